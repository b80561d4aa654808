// SPDX-License-Identifier: Apache-2.0
//
// Looks for many secrets at once in what it is given on standard input, and knows nothing else:
//   "needle LABEL HEX" a line, then "search NAME SIZE" a line and SIZE bytes behind it, as often as
//   wanted. Prints "LABEL NAME OFFSET" for each find, and at the end "searched BYTES".
#include <cstdint>
#include <cstring>
#include <iostream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace {
constexpr std::size_t key_size = 8;  // No needle is shorter.

struct Needle {
    std::string label{};
    std::string bytes{};
};

std::string from_hex(const std::string& hex) {
    std::string bytes;
    for (std::size_t i = 0; i + 1 < hex.size(); i += 2)
        bytes += static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16));
    return bytes;
}

/// Needles by their first eight bytes, behind a table that most places fail at once.
class Hunt {
public:
    void add(Needle needle) {
        if (needle.bytes.size() < key_size) throw std::runtime_error{"a needle is too short"};
        const auto key = key_at(needle.bytes.data());
        maybe_[place(key)] = true;
        needles_[key].push_back(std::move(needle));
    }

    void search(const std::string& name, std::string_view hay) const {
        for (std::size_t at = 0; at + key_size <= hay.size(); ++at) {
            const auto key = key_at(hay.data() + at);
            if (!maybe_[place(key)]) continue;
            const auto found = needles_.find(key);
            if (found == needles_.end()) continue;
            for (const auto& needle : found->second)
                if (hay.substr(at, needle.bytes.size()) == needle.bytes)
                    std::cout << needle.label << '\t' << name << '\t' << at << '\n';
        }
    }

private:
    static std::uint64_t key_at(const char* bytes) {
        std::uint64_t key = 0;
        std::memcpy(&key, bytes, key_size);
        return key;
    }
    static std::size_t place(std::uint64_t key) {
        return static_cast<std::size_t>((key * 0x9E3779B97F4A7C15U) >> 42);
    }

    std::vector<bool> maybe_ = std::vector<bool>(1U << 22);
    std::unordered_map<std::uint64_t, std::vector<Needle>> needles_{};
};
}  // namespace

int main() {
    std::ios::sync_with_stdio(false);
    Hunt hunt;
    std::uint64_t searched = 0;
    for (std::string line; std::getline(std::cin, line);) {
        const auto first = line.find('\t');
        const auto second = line.find('\t', first + 1);
        const auto name = line.substr(first + 1, second - first - 1);
        const auto rest = line.substr(second + 1);
        if (line.starts_with("needle")) {
            hunt.add({name, from_hex(rest)});
            continue;
        }
        std::string hay(std::stoul(rest), '\0');
        if (!std::cin.read(hay.data(), static_cast<std::streamsize>(hay.size()))) return 2;
        hunt.search(name, hay);
        searched += hay.size();
    }
    std::cout << "searched\t" << searched << '\n';
    return 0;
}
