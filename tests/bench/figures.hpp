// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace ppo_bench {
using Work = std::function<void()>;

/// Milliseconds since some moment.
[[nodiscard]] double milliseconds_now();

/// Microseconds of one call of each rival: medians over rounds in which each comes once, another
/// one first each time. All are called once before. What takes long is called less often.
[[nodiscard]] std::vector<double> compare(const std::vector<Work>& rivals, int most_rounds = 9);

/// The value below which this part (0 to 1) of the values lies. Sorts them.
[[nodiscard]] double part_of(std::vector<double>& values, double part);

/// What the issue asks of a figure; nothing = it asks nothing.
struct Asked {
    std::optional<double> bar{};
    std::optional<double> goal{};
    bool at_least = false;  // More is better.
};

/// Memory of this process in KiB: resident now, and the most since forget_peak.
[[nodiscard]] long resident_kib();
[[nodiscard]] long peak_kib();
/// False where the system does not let a process forget its peak.
[[nodiscard]] bool forget_peak();

/// A table in Markdown, printed row by row.
class Table {
public:
    /// "10 k", "1 M": stands in every row.
    explicit Table(std::uint64_t patients);

    static void print_head();

    /// Held against raw by the ratio.
    void ratio(const std::string& work, double plugin_us, double raw_us, const Asked& asked) const;
    /// A ratio that was made elsewhere, such as of one page to another.
    void bare_ratio(const std::string& work, double ratio, const Asked& asked) const;
    /// Held against a figure of its own, in this unit; raw beside it where there is one.
    void figure(const std::string& work, double value, const std::string& unit, const Asked& asked,
                std::optional<double> raw = std::nullopt) const;
    /// What could not be measured, and why.
    void left_out(const std::string& work, const std::string& why) const;

private:
    void row(const std::string& work, const std::string& plugin, const std::string& raw,
             const std::string& ratio, double held, const Asked& asked) const;

    std::string patients_;
};

/// "12.3 us", "4.56 ms": three digits that count.
[[nodiscard]] std::string time_text(double microseconds);
}  // namespace ppo_bench
