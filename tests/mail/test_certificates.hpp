// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <Poco/Net/Context.h>

#include <filesystem>
#include <string>

namespace ppo_test {
/// An authority made for one test run, in a folder that goes away with it.
class TestAuthority {
public:
    TestAuthority();
    TestAuthority(const TestAuthority&) = delete;
    TestAuthority& operator=(const TestAuthority&) = delete;
    ~TestAuthority();

    [[nodiscard]] std::string ca_file() const { return folder_ / "ca.pem"; }
    /// What a server with a certificate for these names uses: "IP:127.0.0.1",
    /// "DNS:mx.test,DNS:...".
    [[nodiscard]] Poco::Net::Context::Ptr server(const std::string& names, bool is_expired = false);
    /// The same, but signed by itself.
    [[nodiscard]] Poco::Net::Context::Ptr self_signed_server(const std::string& names);

private:
    std::filesystem::path folder_{};
    int count_ = 0;
};
}  // namespace ppo_test
