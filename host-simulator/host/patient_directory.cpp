// SPDX-License-Identifier: Apache-2.0
#include "host/patient_directory.hpp"

#include <Poco/Exception.h>
#include <Poco/JSON/Object.h>
#include <Poco/JSON/Parser.h>
#include <Poco/String.h>

#include <algorithm>
#include <fstream>
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

std::string removal_of(const std::string& id) {
    Poco::JSON::Object object;
    object.set("removed", id);
    std::ostringstream line;
    object.stringify(line);
    line << '\n';
    return line.str();
}

void apply_line(const std::string& line, std::map<std::string, Patient>& patients) {
    Poco::JSON::Parser parser;
    const auto object = parser.parse(line).extract<Poco::JSON::Object::Ptr>();
    if (object->has("removed")) {
        patients.erase(object->getValue<std::string>("removed"));
        return;
    }
    Patient patient{};
    for (const auto& [field, value] : *object)
        if (const auto reason = set_field(patient, field, value.convert<std::string>()))
            throw std::runtime_error{*reason};
    if (patient.id.empty()) throw std::runtime_error{"a patient without id"};
    patients[patient.id] = patient;
}

bool matches(const Patient& patient, const std::string& lower_search) {
    if (lower_search.empty()) return true;
    const std::string all = patient.name() + '\n' + patient.last + ", " + patient.first + '\n' +
                            patient.id + '\n' + patient.email;
    return Poco::toLower(all).find(lower_search) != std::string::npos;
}
}  // namespace

PatientDirectory::PatientDirectory(std::filesystem::path file) : file_{std::move(file)} { load(); }

void PatientDirectory::load() {
    std::ifstream in{file_, std::ios::binary};
    if (!in) {
        if (std::filesystem::exists(file_))
            throw std::runtime_error{"cannot read " + file_.string()};
        return;
    }
    std::string line;
    for (std::size_t number = 1; std::getline(in, line); ++number) {
        if (line.empty()) continue;
        try {
            apply_line(line, patients_);
            if (in.eof()) append("\n");
        } catch (const std::exception&) {
            // A last line without its end is what a crash leaves; it was never answered.
            if (in.eof()) {
                std::filesystem::resize_file(file_,
                                             std::filesystem::file_size(file_) - line.size());
                return;
            }
            throw std::runtime_error{file_.string() + " line " + std::to_string(number) +
                                     " is damaged: restore the file or delete that line"};
        }
    }
}

void PatientDirectory::append(const std::string& lines) {
    if (file_.empty()) return;
    std::ofstream out{file_, std::ios::binary | std::ios::app};
    out << lines << std::flush;
    if (!out) throw std::runtime_error{"cannot write " + file_.string()};
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
    const std::shared_lock lock{lock_};
    const auto found = patients_.find(id);
    if (found == patients_.end()) return std::nullopt;
    return found->second;
}

std::size_t PatientDirectory::size() const {
    const std::shared_lock lock{lock_};
    return patients_.size();
}

std::vector<Patient> PatientDirectory::all() const {
    const std::shared_lock lock{lock_};
    std::vector<Patient> out;
    out.reserve(patients_.size());
    for (const auto& [id, patient] : patients_) out.push_back(patient);
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
    {
        const std::unique_lock lock{lock_};
        if (patients_.contains(patient.id)) return false;
        append(line_of(patient));
        patients_.emplace(patient.id, patient);
    }
    tell({DirectoryEvent::Kind::Changed, patient.id, {}});
    return true;
}

void PatientDirectory::add_all(const std::vector<Patient>& patients) {
    const std::unique_lock lock{lock_};
    std::string lines;
    for (const auto& patient : patients) lines += line_of(patient);
    append(lines);
    for (const auto& patient : patients) patients_[patient.id] = patient;
}

bool PatientDirectory::replace(const Patient& patient) {
    {
        const std::unique_lock lock{lock_};
        const auto found = patients_.find(patient.id);
        if (found == patients_.end()) return false;
        append(line_of(patient));
        found->second = patient;
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

bool PatientDirectory::remove(const std::string& id) {
    {
        const std::unique_lock lock{lock_};
        if (!patients_.contains(id)) return false;
        append(removal_of(id));
        patients_.erase(id);
    }
    tell({DirectoryEvent::Kind::Removed, id, {}});
    return true;
}

bool PatientDirectory::merge(const std::string& losing_id, const std::string& surviving_id) {
    {
        const std::unique_lock lock{lock_};
        if (losing_id == surviving_id || !patients_.contains(losing_id) ||
            !patients_.contains(surviving_id))
            return false;
        append(removal_of(losing_id));
        patients_.erase(losing_id);
    }
    tell({DirectoryEvent::Kind::Merged, losing_id, surviving_id});
    return true;
}
}  // namespace ppo_sim
