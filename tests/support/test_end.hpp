// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <map>

namespace ppo {
/// What is given up as soon as the running test has ended, by owner: CppUnit keeps the fixtures of
/// every test until the last one has ended.
inline std::map<const void*, std::function<void()>> at_the_end_of_the_test;

/// The same, of what serves one test after the other. Before the process ends: its libraries are
/// whole then.
inline std::map<const void*, std::function<void()>> at_the_end_of_all_tests;

inline void give_up(std::map<const void*, std::function<void()>>& kept) {
    for (const auto& [owner, end] : kept) end();
    kept.clear();
}
}  // namespace ppo
