// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/line_file.hpp"

#include <ppo/ppo.h>

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <string>
#include <utility>
#include <vector>

namespace ppo_sim {
/// What the pretend EMR knows of one patient.
struct Patient {
    std::string id{};
    std::string first{};
    std::string last{};
    std::string birth_date{};  // YYYY-MM-DD, or YYYY-MM or YYYY if no more is known.
    std::string email{};
    std::string postal_code{};
    std::uint32_t chart_status = PPO_CHART_ACTIVE;  // PPO_CHART_*.
    std::vector<std::string> tags{};
    std::string provider{};
    ppo_time next_appointment = PPO_TIME_NONE;
    ppo_time last_appointment = PPO_TIME_NONE;
    std::string language{};
    std::string phone{};
    std::string sex{};
    bool access_granted = false;  // "May activate portal" was ticked when the chart was added.
    bool opted_out = false;

    bool operator==(const Patient&) const = default;
    [[nodiscard]] std::string name() const;  // "Anna Weber".
};

/// Sets a field by name from text: id, first, last, born (also dob, birth_date), email, zip
/// (postal_code), status, tags
/// (";" between), provider, next_appointment, last_appointment (YYYY-MM-DD[THH:MM]), language,
/// phone, sex, access_granted, opted_out (yes/no). Returns the reason if the name is unknown or the
/// value cannot be; then nothing changed.
[[nodiscard]] std::optional<std::string> set_field(Patient& patient, const std::string& field,
                                                   const std::string& value);

/// The value of a field as text, the way set_field takes it; empty for unknown names.
[[nodiscard]] std::string get_field(const Patient& patient, const std::string& field);

/// "Active", "Prospective", "Inactive", "Deceased".
[[nodiscard]] std::string chart_status_word(std::uint32_t chart_status);

/// What happened to the directory, told after it is stored and without any lock held.
struct DirectoryEvent {
    enum class Kind { Changed, Removed, Merged };  // Changed: also added.
    Kind kind = Kind::Changed;
    std::string patient_id{};
    std::string surviving_id{};  // Merged only.
};

/// Whether a change is told to the listener, or whoever makes it tells the plugin.
enum class Telling { Listener, Nobody };

/// The charts, and where those went that are there no more.
struct Charts {
    std::map<std::string, Patient> patients{};
    std::map<std::string, std::string> gone{};  // To the surviving id; empty = removed.
    std::vector<std::string> merged{};          // In the order of the merges.
};

/// The patients of the pretend EMR: in memory, and in a file if one is named (JSON lines; each
/// change appends one line, so that a crash loses nothing that was answered). Several processes may
/// share the file: whoever asks sees what the others appended. Thread-safe.
class PatientDirectory {
public:
    using Listener = std::function<void(const DirectoryEvent&)>;

    /// In memory only.
    PatientDirectory() = default;
    /// Reads the file if it is there. Throws std::runtime_error naming the file and line if it
    /// cannot be read.
    explicit PatientDirectory(std::filesystem::path file);

    /// One listener; it is called on the thread that made the change.
    void listen(Listener listener);

    [[nodiscard]] std::optional<Patient> find(const std::string& id) const;
    [[nodiscard]] std::size_t size() const;
    /// Every patient in id order.
    [[nodiscard]] std::vector<Patient> all() const;
    /// Calls `take` for every patient in id order, without holding the lock meanwhile, until it
    /// answers false.
    void each(const std::function<bool(const Patient&)>& take) const;
    /// A page for a list: patients whose name, id or e-mail contains `search` (ASCII case ignored),
    /// by last and first name, `limit` of them after skipping `skip`; `found` receives how many
    /// match in all.
    [[nodiscard]] std::vector<Patient> list(const std::string& search, std::size_t skip,
                                            std::size_t limit, std::size_t& found) const;

    /// False if the id is already there (or empty).
    [[nodiscard]] bool add(const Patient& patient);
    /// Adds or replaces many at once and tells nobody: for import, before a plugin runs.
    void add_all(const std::vector<Patient>& patients);
    /// Replaces all facts of a patient; false if the id is unknown.
    [[nodiscard]] bool replace(const Patient& patient);
    /// Changes one field as set_field does; returns the reason if it cannot.
    [[nodiscard]] std::optional<std::string> change(const std::string& id, const std::string& field,
                                                    const std::string& value);
    [[nodiscard]] bool remove(const std::string& id, Telling telling = Telling::Listener);
    /// The losing chart disappears; the surviving chart keeps its own facts. False if either is
    /// unknown.
    [[nodiscard]] bool merge(const std::string& losing_id, const std::string& surviving_id,
                             Telling telling = Telling::Listener);
    /// Changes the facts of a patient, who is added if there is none with this id, and tells
    /// nobody. Nobody else in this process changes the chart meanwhile. `change` answers whether
    /// the chart may be stored; it must not ask this directory.
    void update(const std::string& id, const std::function<bool(Patient&)>& change);

    /// The chart that this one became a part of, directly; nothing if it never was merged away, or
    /// was added again since.
    [[nodiscard]] std::optional<std::string> merged_into(const std::string& id) const;
    /// The same at the end of a row of merges; the id itself if it was never merged away.
    [[nodiscard]] std::string survivor_of(const std::string& id) const;
    /// True if there was a chart with this id that was removed, not merged.
    [[nodiscard]] bool was_removed(const std::string& id) const;
    /// Losing and surviving id of each merge, in their order.
    [[nodiscard]] std::vector<std::pair<std::string, std::string>> merges() const;

private:
    void catch_up() const;
    void read_news() const;
    void keep(const std::string& lines, const std::function<void()>& change);
    void tell(const DirectoryEvent& event) const;

    mutable std::shared_mutex lock_{};
    mutable Charts charts_{};
    std::optional<LineFile> file_{};
    mutable std::uint64_t read_ = 0;              // So many bytes of the file.
    mutable std::uint64_t lines_ = 0;             // And lines.
    mutable std::atomic<std::uint64_t> seen_{0};  // The file's size at the last look.
    Listener listener_{};
};
}  // namespace ppo_sim
