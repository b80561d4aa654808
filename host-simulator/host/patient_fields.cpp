// SPDX-License-Identifier: Apache-2.0
// The fields of a patient by name, as people and files write them.
#include "host/dates.hpp"
#include "host/patient_directory.hpp"

#include <Poco/String.h>
#include <Poco/StringTokenizer.h>

#include <array>

namespace ppo_sim {
namespace {
using Words = std::array<const char*, 5>;
constexpr Words chart_words{"", "Active", "Prospective", "Inactive", "Deceased"};

const std::map<std::string, std::string Patient::*>& text_fields() {
    static const std::map<std::string, std::string Patient::*> fields{
        {"id", &Patient::id},
        {"first", &Patient::first},
        {"last", &Patient::last},
        {"email", &Patient::email},
        {"zip", &Patient::postal_code},
        {"postal_code", &Patient::postal_code},
        {"provider", &Patient::provider},
        {"language", &Patient::language},
        {"phone", &Patient::phone},
        {"sex", &Patient::sex}};
    return fields;
}

std::optional<std::string> set_chart_status(Patient& patient, const std::string& value) {
    for (std::uint32_t status = PPO_CHART_ACTIVE; status <= PPO_CHART_DECEASED; ++status)
        if (Poco::icompare(value, std::string{chart_words[status]}) == 0) {
            patient.chart_status = status;
            return std::nullopt;
        }
    return "the chart status is Active, Prospective, Inactive or Deceased";
}

std::optional<std::string> set_flag(bool& flag, const std::string& value) {
    const std::string word = Poco::toLower(value);
    const bool yes = word == "yes" || word == "true" || word == "1";
    const bool no = word.empty() || word == "no" || word == "false" || word == "0";
    if (!yes && !no) return "write yes or no";
    flag = yes;
    return std::nullopt;
}

std::optional<std::string> set_moment(ppo_time& moment, const std::string& value) {
    if (value.empty()) {
        moment = PPO_TIME_NONE;
        return std::nullopt;
    }
    const auto read = read_moment(value);
    if (!read) return "not a date that exists";
    moment = *read;
    return std::nullopt;
}

std::string join(const std::vector<std::string>& tags) {
    std::string joined;
    for (const auto& tag : tags) joined += (joined.empty() ? "" : ";") + tag;
    return joined;
}
}  // namespace

std::string Patient::name() const {
    if (first.empty() || last.empty()) return first + last;
    return first + " " + last;
}

std::optional<std::string> set_field(Patient& patient, const std::string& field,
                                     const std::string& value) {
    if (const auto text = text_fields().find(field); text != text_fields().end()) {
        patient.*(text->second) = value;
        return std::nullopt;
    }
    if (field == "born" || field == "dob" || field == "birth_date") {
        const auto date = value.empty() ? std::optional<std::string>{""} : read_birth_date(value);
        if (!date) return "the birth date is not a date that exists";
        patient.birth_date = *date;
        return std::nullopt;
    }
    if (field == "status") return set_chart_status(patient, value);
    if (field == "tags") {
        const Poco::StringTokenizer split{
            value, ";", Poco::StringTokenizer::TOK_TRIM | Poco::StringTokenizer::TOK_IGNORE_EMPTY};
        patient.tags.assign(split.begin(), split.end());
        return std::nullopt;
    }
    if (field == "next_appointment") return set_moment(patient.next_appointment, value);
    if (field == "last_appointment") return set_moment(patient.last_appointment, value);
    if (field == "access_granted") return set_flag(patient.access_granted, value);
    if (field == "opted_out") return set_flag(patient.opted_out, value);
    return "a patient has no field called " + field;
}

std::string get_field(const Patient& patient, const std::string& field) {
    if (const auto text = text_fields().find(field); text != text_fields().end())
        return patient.*(text->second);
    if (field == "born" || field == "dob" || field == "birth_date") return patient.birth_date;
    if (field == "status") return chart_status_word(patient.chart_status);
    if (field == "tags") return join(patient.tags);
    if (field == "next_appointment") return write_moment(patient.next_appointment);
    if (field == "last_appointment") return write_moment(patient.last_appointment);
    if (field == "access_granted") return patient.access_granted ? "yes" : "no";
    if (field == "opted_out") return patient.opted_out ? "yes" : "no";
    return {};
}

std::string chart_status_word(std::uint32_t chart_status) {
    return chart_status < chart_words.size() ? chart_words[chart_status] : "";
}
}  // namespace ppo_sim
