// SPDX-License-Identifier: Apache-2.0
#include "host/patient_directory.hpp"

#include <Poco/Exception.h>
#include <Poco/JSON/Object.h>
#include <Poco/JSON/Parser.h>
#include <Poco/String.h>

#include <algorithm>
#include <sstream>
#include <stdexcept>
#include <tuple>

namespace ppo_sim {
namespace {
constexpr auto stored_fields = {"id",
                                "first",
                                "last",
                                "born",
                                "email",
                                "zip",
                                "status",
                                "tags",
                                "provider",
                                "language",
                                "phone",
                                "sex",
                                "next_appointment",
                                "last_appointment",
                                "access_granted",
                                "opted_out"};

/// One line of the file. A field that says nothing is left out.
std::string line_of(const Patient& patient) {
    const Patient blank{};
    Poco::JSON::Object object{Poco::JSON_PRESERVE_KEY_ORDER};
    for (const auto* field : stored_fields) {
        const std::string value = get_field(patient, field);
        if (value != get_field(blank, field)) object.set(field, value);
    }
    std::ostringstream line;
    object.stringify(line);
    line << '\n';
    return line.str();
}

std::string removal_of(const std::string& id, const std::string& surviving_id) {
    Poco::JSON::Object object{Poco::JSON_PRESERVE_KEY_ORDER};
    object.set("removed", id);
    if (!surviving_id.empty()) object.set("into", surviving_id);
    std::ostringstream line;
    object.stringify(line);
    line << '\n';
    return line.str();
}

void put(Charts& charts, const Patient& patient) {
    charts.patients[patient.id] = patient;
    charts.gone.erase(patient.id);
}

void take_away(Charts& charts, const std::string& id, const std::string& surviving_id) {
    charts.patients.erase(id);
    charts.gone[id] = surviving_id;
    if (!surviving_id.empty()) charts.merged.push_back(id);
}

void apply_line(const std::string& line, Charts& charts) {
    Poco::JSON::Parser parser;
    const auto object = parser.parse(line).extract<Poco::JSON::Object::Ptr>();
    if (object->has("removed")) {
        take_away(charts, object->getValue<std::string>("removed"),
                  object->optValue<std::string>("into", ""));
        return;
    }
    Patient patient{};
    for (const auto& [field, value] : *object)
        if (const auto reason = set_field(patient, field, value.convert<std::string>()))
            throw std::runtime_error{*reason};
    if (patient.id.empty()) throw std::runtime_error{"a patient without id"};
    put(charts, patient);
}

bool matches(const Patient& patient, const std::string& lower_search) {
    if (lower_search.empty()) return true;
    const std::string all = patient.name() + '\n' + patient.last + ", " + patient.first + '\n' +
                            patient.id + '\n' + patient.email;
    return Poco::toLower(all).find(lower_search) != std::string::npos;
}
}  // namespace

PatientDirectory::PatientDirectory(std::filesystem::path file) : file_{std::move(file)} {
    // A last line without its end is what a crash leaves, and was never answered; or somebody wrote
    // it by hand.
    file_->mend([](const std::string& rest) {
        try {
            Charts ignored;
            apply_line(rest, ignored);
            return true;
        } catch (const std::exception&) {
            return false;
        }
    });
    catch_up();
}

/// Takes over what other processes appended since the last look.
void PatientDirectory::catch_up() const {
    if (!file_) return;
    std::error_code none;
    const auto size = std::filesystem::file_size(file_->path(), none);
    if (none || size == seen_) return;
    const std::unique_lock lock{lock_};
    read_news();
    seen_ = size;
}

void PatientDirectory::read_news() const {
    auto number = lines_;
    read_ = file_->each_after(read_, [&](const std::string& line) {
        ++number;
        if (line.empty()) return;
        try {
            apply_line(line, charts_);
        } catch (const std::exception&) {
            throw std::runtime_error{file_->path().string() + " line " + std::to_string(number) +
                                     " is damaged: restore the file or delete that line"};
        }
    });
    lines_ = number;
}

/// Appends the lines, and makes the change that they tell of, unless others came in between: then
/// all of it is read.
void PatientDirectory::keep(const std::string& lines, const std::function<void()>& change) {
    if (!file_) return change();
    if (file_->append(lines) != read_) return read_news();
    change();
    read_ += lines.size();
    lines_ += static_cast<std::uint64_t>(std::count(lines.begin(), lines.end(), '\n'));
    seen_ = read_;
}

void PatientDirectory::listen(Listener listener) {
    const std::unique_lock lock{lock_};
    listener_ = std::move(listener);
}

void PatientDirectory::tell(const DirectoryEvent& event) const {
    Listener listener;
    {
        const std::shared_lock lock{lock_};
        listener = listener_;
    }
    if (listener) listener(event);
}

std::optional<Patient> PatientDirectory::find(const std::string& id) const {
    catch_up();
    const std::shared_lock lock{lock_};
    const auto found = charts_.patients.find(id);
    if (found == charts_.patients.end()) return std::nullopt;
    return found->second;
}

std::size_t PatientDirectory::size() const {
    catch_up();
    const std::shared_lock lock{lock_};
    return charts_.patients.size();
}

std::vector<Patient> PatientDirectory::all() const {
    catch_up();
    const std::shared_lock lock{lock_};
    std::vector<Patient> out;
    out.reserve(charts_.patients.size());
    for (const auto& [id, patient] : charts_.patients) out.push_back(patient);
    return out;
}

void PatientDirectory::each(const std::function<bool(const Patient&)>& take) const {
    for (const auto& patient : all())
        if (!take(patient)) return;
}

std::vector<Patient> PatientDirectory::list(const std::string& search, std::size_t skip,
                                            std::size_t limit, std::size_t& found) const {
    const std::string wanted = Poco::toLower(search);
    std::vector<Patient> matching;
    for (auto& patient : all())
        if (matches(patient, wanted)) matching.push_back(std::move(patient));
    found = matching.size();
    std::sort(matching.begin(), matching.end(), [](const Patient& a, const Patient& b) {
        return std::tie(a.last, a.first, a.id) < std::tie(b.last, b.first, b.id);
    });
    const auto from = matching.begin() + static_cast<std::ptrdiff_t>(std::min(skip, found));
    const auto to = matching.begin() +
                    static_cast<std::ptrdiff_t>(std::min(found, std::min(skip, found) + limit));
    return {from, to};
}

bool PatientDirectory::add(const Patient& patient) {
    if (patient.id.empty()) return false;
    catch_up();
    {
        const std::unique_lock lock{lock_};
        if (charts_.patients.contains(patient.id)) return false;
        keep(line_of(patient), [&] { put(charts_, patient); });
    }
    tell({DirectoryEvent::Kind::Changed, patient.id, {}});
    return true;
}

void PatientDirectory::add_all(const std::vector<Patient>& patients) {
    catch_up();
    const std::unique_lock lock{lock_};
    std::string lines;
    for (const auto& patient : patients) lines += line_of(patient);
    keep(lines, [&] {
        for (const auto& patient : patients) put(charts_, patient);
    });
}

bool PatientDirectory::replace(const Patient& patient) {
    catch_up();
    {
        const std::unique_lock lock{lock_};
        const auto found = charts_.patients.find(patient.id);
        if (found == charts_.patients.end()) return false;
        keep(line_of(patient), [&] { found->second = patient; });
    }
    tell({DirectoryEvent::Kind::Changed, patient.id, {}});
    return true;
}

std::optional<std::string> PatientDirectory::change(const std::string& id, const std::string& field,
                                                    const std::string& value) {
    auto patient = find(id);
    if (!patient) return "there is no patient " + id;
    if (field == "id") return "the id of a chart never changes";
    if (auto reason = set_field(*patient, field, value)) return reason;
    if (!replace(*patient)) return "there is no patient " + id;
    return std::nullopt;
}

bool PatientDirectory::remove(const std::string& id, Telling telling) {
    catch_up();
    {
        const std::unique_lock lock{lock_};
        if (!charts_.patients.contains(id)) return false;
        keep(removal_of(id, {}), [&] { take_away(charts_, id, {}); });
    }
    if (telling == Telling::Listener) tell({DirectoryEvent::Kind::Removed, id, {}});
    return true;
}

bool PatientDirectory::merge(const std::string& losing_id, const std::string& surviving_id,
                             Telling telling) {
    catch_up();
    {
        const std::unique_lock lock{lock_};
        if (losing_id == surviving_id || !charts_.patients.contains(losing_id) ||
            !charts_.patients.contains(surviving_id))
            return false;
        keep(removal_of(losing_id, surviving_id),
             [&] { take_away(charts_, losing_id, surviving_id); });
    }
    if (telling == Telling::Listener) tell({DirectoryEvent::Kind::Merged, losing_id, surviving_id});
    return true;
}

void PatientDirectory::update(const std::string& id, const std::function<bool(Patient&)>& change) {
    catch_up();
    const std::unique_lock lock{lock_};
    const auto found = charts_.patients.find(id);
    Patient patient = found == charts_.patients.end() ? Patient{} : found->second;
    patient.id = id;
    if (!change(patient) || (found != charts_.patients.end() && found->second == patient)) return;
    keep(line_of(patient), [&] { put(charts_, patient); });
}

std::optional<std::string> PatientDirectory::merged_into(const std::string& id) const {
    catch_up();
    const std::shared_lock lock{lock_};
    const auto found = charts_.gone.find(id);
    if (found == charts_.gone.end() || found->second.empty()) return std::nullopt;
    return found->second;
}

std::string PatientDirectory::survivor_of(const std::string& id) const {
    std::string survivor = id;
    // A chart that was added again may have been merged the other way round: a row has an end.
    for (std::size_t steps = merges().size(); steps > 0; --steps) {
        const auto next = merged_into(survivor);
        if (!next) return survivor;
        survivor = *next;
    }
    return survivor;
}

bool PatientDirectory::was_removed(const std::string& id) const {
    catch_up();
    const std::shared_lock lock{lock_};
    const auto found = charts_.gone.find(id);
    return found != charts_.gone.end() && found->second.empty();
}

std::vector<std::pair<std::string, std::string>> PatientDirectory::merges() const {
    catch_up();
    const std::shared_lock lock{lock_};
    std::vector<std::pair<std::string, std::string>> merges;
    for (const auto& id : charts_.merged)
        if (const auto found = charts_.gone.find(id);
            found != charts_.gone.end() && !found->second.empty())
            merges.emplace_back(id, found->second);
    return merges;
}
}  // namespace ppo_sim
