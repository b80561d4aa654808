// SPDX-License-Identifier: Apache-2.0
// Whether everything in a store that follows from something else is what the domain makes of it.
//
//   ppo-check-store STORE...   names what is not, and then ends with 1
//   ppo-check-store -          reads paths, one a line, and answers each with "ok" or what is wrong
#include "support/store_check.hpp"

#include <exception>
#include <iostream>
#include <string>

namespace {
/// Empty if all is well.
std::string look_at(const std::string& path) {
    try {
        return ppo::untrue_words(ppo::find_untrue(path));
    } catch (const std::exception& failure) {
        return std::string{"the store cannot be checked: "} + failure.what();
    }
}
}  // namespace

int main(int argc, char** argv) {
    if (argc < 2) {
        std::cerr << "usage: ppo-check-store STORE... | -\n";
        return 2;
    }
    if (argv[1] == std::string{"-"}) {
        for (std::string path; std::getline(std::cin, path);) {
            const auto wrong = look_at(path);
            std::cout << (wrong.empty() ? "ok" : wrong) << std::endl;
        }
        return 0;
    }
    int result = 0;
    for (int i = 1; i < argc; ++i) {
        const auto wrong = look_at(argv[i]);
        if (wrong.empty()) continue;
        std::cout << argv[i] << ": " << wrong << '\n';
        result = 1;
    }
    return result;
}
