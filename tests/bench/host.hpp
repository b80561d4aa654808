// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ppo/ppo.h"

#include <cstdint>
#include <string>

namespace ppo_bench {
/// A host with as many made-up patients as wanted, and a loaded plugin with one instance on a store
/// of its own.
class BenchHost {
public:
    BenchHost(const std::string& plugin_path, const std::string& folder, std::uint64_t patients);
    ~BenchHost();
    BenchHost(const BenchHost&) = delete;
    BenchHost& operator=(const BenchHost&) = delete;

    [[nodiscard]] const ppo_plugin& plugin() const { return *plugin_; }
    [[nodiscard]] ppo_instance* instance() const { return instance_; }
    [[nodiscard]] const ppo_caller& caller() const { return caller_; }
    template <class Table>
    [[nodiscard]] const Table& table(const char* id) const {
        return *static_cast<const Table*>(query(id));
    }

    /// Ends the instance; the store stays.
    void end_instance();

    [[nodiscard]] double load_milliseconds() const { return load_milliseconds_; }
    [[nodiscard]] double create_milliseconds() const { return create_milliseconds_; }
    [[nodiscard]] long resident_before_kib() const { return resident_before_kib_; }

private:
    [[nodiscard]] const void* query(const char* id) const;

    std::uint64_t patients_;
    void* library_ = nullptr;
    const ppo_plugin* plugin_ = nullptr;
    ppo_instance* instance_ = nullptr;
    ppo_host_directory_1 directory_{};
    ppo_host host_{};
    ppo_caller caller_{};
    double load_milliseconds_ = 0;
    double create_milliseconds_ = 0;
    long resident_before_kib_ = 0;

    static ppo_result each_patient(void* context, const ppo_patient_sink* sink, ppo_error* error);
    static ppo_result get_patient(void* context, const char* id, std::size_t size,
                                  const ppo_patient_sink* sink, ppo_error* error);
    static const void* host_query(void* context, const char* id, std::size_t size);
};

[[nodiscard]] ppo_text text(const std::string& value);
[[nodiscard]] std::string patient_id(std::uint64_t number);

/// Resident memory of this process.
[[nodiscard]] long resident_kib();

/// Milliseconds since some moment.
[[nodiscard]] double milliseconds_now();
}  // namespace ppo_bench
