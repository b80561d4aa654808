// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace ppo {
class Connection;

/// Makes sure that there is a regular file to open, and makes it with mode 0600 if it is absent;
/// returns its absolute path. Poco would wait a minute for a wrong path and make a file that others
/// can read. Throws StoreFault that names the file and the mend.
[[nodiscard]] std::string prepare_store_file(const std::string& path);

/// Throws StoreFault if the file is cut off, damaged or cannot be written. Looks inside small
/// files, at sizes only in large ones.
void check_store_file(Connection& connection, const std::string& path);
}  // namespace ppo
