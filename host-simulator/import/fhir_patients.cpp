// SPDX-License-Identifier: Apache-2.0
#include "host/dates.hpp"
#include "import/import.hpp"

#include <Poco/Exception.h>
#include <Poco/JSON/Array.h>
#include <Poco/JSON/Object.h>
#include <Poco/JSON/Parser.h>
#include <Poco/String.h>

#include <limits>
#include <set>
#include <sstream>

namespace ppo_sim {
namespace {
using Object = Poco::JSON::Object::Ptr;

std::string text(const Object& object, const std::string& member) {
    const auto value = object->get(member);
    return value.isString() ? Poco::trim(value.extract<std::string>()) : std::string{};
}

std::vector<Object> objects(const Object& object, const std::string& member) {
    std::vector<Object> found;
    const auto array = object->getArray(member);
    if (!array) return found;
    for (unsigned i = 0; i < array->size(); ++i)
        if (const auto item = array->getObject(i)) found.push_back(item);
    return found;
}

/// Old addresses and numbers, and those with an end date, are history.
bool is_history(const Object& item) {
    const auto period = item->getObject("period");
    return text(item, "use") == "old" || (period && period->has("end"));
}

void take_name(Patient& patient, const Object& resource) {
    Object best;
    int best_rank = std::numeric_limits<int>::max();
    for (const auto& name : objects(resource, "name")) {
        const std::string use = text(name, "use");
        if (is_history(name) || use == "maiden") continue;
        const int rank = use == "official" ? 0 : use == "usual" ? 1 : 2;
        if (rank >= best_rank) continue;
        best = name;
        best_rank = rank;
    }
    if (!best) return;
    patient.last = text(best, "family");
    const auto given = best->getArray("given");
    if (given && given->size() > 0) patient.first = Poco::trim(given->getElement<std::string>(0));
}

/// The value of the first telecom of a system, the best rank first.
std::string telecom(const Object& resource, const std::string& system) {
    std::string best;
    int best_rank = std::numeric_limits<int>::max();
    for (const auto& item : objects(resource, "telecom")) {
        if (text(item, "system") != system || is_history(item)) continue;
        const int rank = item->optValue<int>("rank", std::numeric_limits<int>::max() - 1);
        if (rank >= best_rank) continue;
        best = text(item, "value");
        best_rank = rank;
    }
    return best;
}

std::string postal_code(const Object& resource) {
    std::string best;
    for (const auto& address : objects(resource, "address")) {
        if (is_history(address)) continue;
        const std::string code = text(address, "postalCode");
        if (text(address, "use") == "home") return code;
        if (best.empty()) best = code;
    }
    return best;
}

std::string language(const Object& resource) {
    std::string best;
    for (const auto& entry : objects(resource, "communication")) {
        const auto spoken = entry->getObject("language");
        if (!spoken) continue;
        const auto codings = objects(spoken, "coding");
        const std::string code = codings.empty() ? "" : text(codings.front(), "code");
        if (entry->optValue<bool>("preferred", false)) return code;
        if (best.empty()) best = code;
    }
    return best;
}

void take_chart_status(Patient& patient, const Object& resource) {
    if (!resource->optValue<bool>("active", true)) patient.chart_status = PPO_CHART_INACTIVE;
    if (resource->optValue<bool>("deceasedBoolean", false) || resource->has("deceasedDateTime"))
        patient.chart_status = PPO_CHART_DECEASED;
}

/// FHIR allows a year or a month alone; neither can answer "when were you born".
std::string take_birth_date(Patient& patient, const std::string& written, Import& import) {
    if (written.empty() || written.size() < 10) {
        ++import.notes[written.empty() ? "no birth date"
                                       : "the birth date has no day and was left out"];
        return {};
    }
    return set_field(patient, "born", written).value_or("");
}

/// Fills `patient` from one line; returns the reason if it cannot be used.
std::string take_resource(const std::string& line, const ChartOnFile& on_file, Patient& patient,
                          Import& import) {
    if (!is_utf8(line)) return "is not UTF-8";
    Object resource;
    try {
        Poco::JSON::Parser parser;
        resource = parser.parse(line).extract<Object>();
    } catch (const Poco::Exception&) {
        return "is not one JSON object";
    }
    if (text(resource, "resourceType") != "Patient") return "is not a Patient resource";
    try {
        patient = on_file(text(resource, "id"));
        patient.id = text(resource, "id");
        take_name(patient, resource);
        const auto keep = [](std::string& field, const std::string& value) {
            if (!value.empty()) field = value;
        };
        keep(patient.email, telecom(resource, "email"));
        keep(patient.phone, telecom(resource, "phone"));
        keep(patient.postal_code, postal_code(resource));
        keep(patient.language, language(resource));
        keep(patient.sex, text(resource, "gender"));
        const auto practitioners = objects(resource, "generalPractitioner");
        if (!practitioners.empty()) keep(patient.provider, text(practitioners.front(), "display"));
        take_chart_status(patient, resource);
        const auto reason = take_birth_date(patient, text(resource, "birthDate"), import);
        return reason.empty() ? why_unusable(patient) : reason;
    } catch (const Poco::Exception&) {
        return "a member has a type that FHIR does not give it";
    }
}
}  // namespace

Import read_fhir_patients(const std::string& content, const ChartOnFile& on_file) {
    Import import{};
    import.format = "fhir";
    std::istringstream lines{content.starts_with("\xEF\xBB\xBF") ? content.substr(3) : content};
    std::set<std::string> ids;
    std::string line;
    for (std::size_t number = 1; std::getline(lines, line); ++number) {
        line = Poco::trim(line);
        if (line.empty()) continue;
        ++import.read;
        Patient patient{};
        std::string reason = take_resource(line, on_file, patient, import);
        if (reason.empty() && !ids.insert(patient.id).second)
            reason = "the id stands in the file already";
        if (reason.empty())
            import.patients.push_back(std::move(patient));
        else
            import.refused.push_back({number, reason});
    }
    return import;
}
}  // namespace ppo_sim
