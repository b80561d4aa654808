// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace ppo_validate {
/// What is checked, and how thoroughly.
struct Target {
    std::filesystem::path plugin{};
    std::filesystem::path folder{};  // A new one for each check, for stores and keys.
    std::uint64_t seed = 1;
    unsigned cycles = 1000;
};

/// What a check has found, in memory that parent and child share: it is there also if the child
/// crashed a moment later.
struct Notebook {
    std::atomic<std::uint32_t> used{0};
    std::atomic<std::uint32_t> failures{0};
    std::atomic<std::uint32_t> finished{0};
    char at[512]{};
    char text[std::size_t{256} * 1024]{};
};

/// Thrown by a check that cannot go on, such as when `create` refuses a good host.
struct CannotGoOn : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// Thrown by a check of something that this plugin does not offer.
struct NotOffered : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// Where a check writes. Sentences are for the vendor: what was done, what came, what should have.
class Findings {
public:
    explicit Findings(Notebook& notebook) : notebook_{notebook} {}

    /// What is done next. Named if the plugin crashes or hangs in it.
    void at(std::string_view what);
    void fail(std::string_view sentence);
    void expect(bool holds, std::string_view otherwise) {
        if (!holds) fail(otherwise);
    }
    void skip(std::string_view why);
    /// A figure that was measured, for the report.
    void figure(std::string_view name, std::string_view value);
    [[nodiscard]] bool failed() const { return notebook_.failures > 0; }
    [[nodiscard]] const char* doing() const { return notebook_.at; }

private:
    void put(char kind, std::string_view text);
    Notebook& notebook_;
};

struct Check {
    std::string name{};   // "growth.onboarding"; its first word is the group.
    std::string claim{};  // What holds of a good plugin, in one sentence.
    std::string mend{};   // What to do where it does not.
    std::function<void(const Target&, Findings&)> run{};
};

struct Figure {
    std::string name{};
    std::string value{};
};

enum class Verdict { Pass, Fail, Skipped };

/// What became of a check.
struct Outcome {
    Verdict verdict = Verdict::Pass;
    std::vector<std::string> problems{};
    std::string skipped_because{};
    std::vector<Figure> figures{};
    double seconds = 0;
};

/// Reads what was written, together with how the check ended; `ending` is empty for a good end.
[[nodiscard]] Outcome read_outcome(const Notebook& notebook, const std::string& ending);

/// Every check, in the order in which they run.
[[nodiscard]] std::vector<Check> all_checks();

// The groups; each puts its checks behind those that are there.
void put_loading_checks(std::vector<Check>& all);
void put_life_checks(std::vector<Check>& all);
void put_setting_checks(std::vector<Check>& all);
void put_slot_checks(std::vector<Check>& all);
void put_view_checks(std::vector<Check>& all);
void put_report_checks(std::vector<Check>& all);
void put_batch_checks(std::vector<Check>& all);
void put_callback_checks(std::vector<Check>& all);
void put_directory_checks(std::vector<Check>& all);
void put_thread_checks(std::vector<Check>& all);
void put_privacy_checks(std::vector<Check>& all);
void put_unload_checks(std::vector<Check>& all);
}  // namespace ppo_validate
