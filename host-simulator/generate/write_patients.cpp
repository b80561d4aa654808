// SPDX-License-Identifier: Apache-2.0
#include "generate/write_patients.hpp"

#include "generate/household.hpp"

namespace ppo_sim {
namespace {
/// "2026-05-04T09:30:00Z", as host/dates writes it, without a detour through printf.
std::string moment_text(ppo_time moment) {
    if (moment == PPO_TIME_NONE) return {};
    using namespace std::chrono;
    const sys_time<milliseconds> time{milliseconds{moment}};
    const auto day = floor<days>(time);
    const auto minutes = duration_cast<std::chrono::minutes>(time - day).count();
    const auto two = [](long number) {
        return std::string{static_cast<char>('0' + number / 10),
                           static_cast<char>('0' + number % 10)};
    };
    return iso_date(day) + "T" + two(minutes / 60) + ":" + two(minutes % 60) + ":00Z";
}

void append_cell(std::string& text, std::string_view value) {
    if (value.find_first_of(",\"\r\n") == std::string_view::npos) {
        text += value;
        return;
    }
    text += '"';
    for (const char c : value) {
        if (c == '"') text += '"';
        text += c;
    }
    text += '"';
}

void append_tags(std::string& text, const Patient& patient) {
    for (std::size_t i = 0; i < patient.tags.size(); ++i) {
        if (i > 0) text += ';';
        text += patient.tags[i];
    }
}

/// Names and values in one order for both formats; what is empty is passed too.
template <class Take>
void each_field(const Patient& patient, const Take& take) {
    std::string tags;
    append_tags(tags, patient);
    take("id", patient.id);
    take("first", patient.first);
    take("last", patient.last);
    take("born", patient.birth_date);
    take("email", patient.email);
    take("zip", patient.postal_code);
    take("status", chart_status_word(patient.chart_status));
    take("tags", tags);
    take("provider", patient.provider);
    take("language", patient.language);
    take("phone", patient.phone);
    take("sex", patient.sex);
    take("next_appointment", moment_text(patient.next_appointment));
    take("last_appointment", moment_text(patient.last_appointment));
    take("access_granted", std::string{patient.access_granted ? "yes" : ""});
    take("opted_out", std::string{patient.opted_out ? "yes" : ""});
}
}  // namespace

std::string_view csv_header() {
    return "id,first,last,born,email,zip,status,tags,provider,language,phone,sex,"
           "next_appointment,last_appointment,access_granted,opted_out\r\n";
}

void append_csv(std::string& text, const Patient& patient) {
    each_field(patient, [&text](const char* name, const std::string& value) {
        if (std::string_view{name} != "id") text += ',';
        append_cell(text, value);
    });
    text += "\r\n";
}

void append_line(std::string& text, const Patient& patient) {
    each_field(patient, [&text](const char* name, const std::string& value) {
        if (value.empty()) return;
        text += text.empty() || text.back() == '\n' ? "{\"" : ",\"";
        text.append(name).append("\":\"");
        for (const char c : value) {
            if (c == '"' || c == '\\') text += '\\';
            text += c;
        }
        text += '"';
    });
    text += "}\n";
}
}  // namespace ppo_sim
