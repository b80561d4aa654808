// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ppo/ppo.h"

#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace ppo_faults {
/// What the command line says, as "name=value".
class Arguments {
public:
    /// Takes every leading "name=value" off.
    Arguments(int argc, char** argv);

    [[nodiscard]] const std::string& text(const std::string& name) const;
    [[nodiscard]] std::string text_or(const std::string& name, const std::string& other) const;
    [[nodiscard]] std::uint32_t number_or(const std::string& name, std::uint32_t other) const;
    [[nodiscard]] const std::vector<std::string>& commands() const { return commands_; }

private:
    std::map<std::string, std::string> values_{};
    std::vector<std::string> commands_{};
};

/// A patient as the practice's file has it: one line, its fields apart by tabs.
struct Chart {
    std::string id{};
    std::string first_name{};
    std::string last_name{};
    std::string language{};
    std::string email{};
};

/// What every chart has on file.
inline constexpr const char* birth_date = "1980-02-28";
inline constexpr const char* postal_code = "02139";

/// A host with the patients of a file and a clock that is set by hand, and a loaded plugin with one
/// instance on the store named. Every patient may use the portal.
class Practice {
public:
    explicit Practice(const Arguments& arguments);
    ~Practice();
    Practice(const Practice&) = delete;
    Practice& operator=(const Practice&) = delete;

    [[nodiscard]] ppo_instance* instance() const { return instance_; }
    [[nodiscard]] const ppo_plugin& plugin() const { return *plugin_; }
    [[nodiscard]] const ppo_caller& caller() const { return caller_; }
    [[nodiscard]] const ppo_visitor& visitor() const { return visitor_; }
    [[nodiscard]] const std::vector<Chart>& charts() const { return charts_; }
    [[nodiscard]] const Chart& chart(const std::string& id) const {
        return charts_[places_.at(id)];
    }
    template <class Table>
    [[nodiscard]] const Table& table(const char* id) const {
        return *static_cast<const Table*>(query(id));
    }

    /// Minutes after the moment at which the program was told to begin.
    void set_clock(std::int64_t minutes) { time_ = begin_ + minutes * 60'000; }

    /// Works until nothing is due at this time.
    void work();

    /// From now on the clock runs, and all who were told the same `since` agree on the time.
    void let_clock_run() { clock_runs_ = true; }

    /// Works for a moment; false if nothing was due.
    [[nodiscard]] bool work_a_little();

private:
    [[nodiscard]] const void* query(const char* id) const;
    void load(const std::string& plugin_path);
    void create(const Arguments& arguments);

    std::vector<Chart> charts_{};
    std::map<std::string, std::size_t> places_{};  // By id.
    ppo_time begin_ = 0;
    ppo_time time_ = 0;
    ppo_time since_ = 0;  // By the clock on the wall, in milliseconds.
    ppo_time speed_ = 1;  // How much faster the practice's clock runs than that one.
    bool clock_runs_ = false;
    void* library_ = nullptr;
    const ppo_plugin* plugin_ = nullptr;
    ppo_instance* instance_ = nullptr;
    ppo_host_directory_1 directory_{};
    ppo_host host_{};
    ppo_caller caller_{};
    ppo_visitor visitor_{};

    static ppo_time now(void* context);
    static ppo_result each_patient(void* context, const ppo_patient_sink* sink, ppo_error* error);
    static ppo_result get_patient(void* context, const char* id, std::size_t size,
                                  const ppo_patient_sink* sink, ppo_error* error);
    static const void* host_query(void* context, const char* id, std::size_t size);
};

[[nodiscard]] ppo_text text(const std::string& value);
[[nodiscard]] std::string copy_of(ppo_text value);
[[nodiscard]] ppo_error fresh_error();

/// Throws what the plugin said, unless it said PPO_OK.
void must(ppo_result result, const ppo_error& error, const char* what);
}  // namespace ppo_faults
