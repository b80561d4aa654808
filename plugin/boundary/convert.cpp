// SPDX-License-Identifier: Apache-2.0
#include "boundary/convert.hpp"

#include "domain/birth_date.hpp"
#include "domain/text_fold.hpp"

namespace ppo {
namespace {
constexpr std::size_t longest_id = 64;
constexpr std::size_t longest_name = 220;
constexpr std::size_t longest_language = 35;

std::optional<UnixTime> to_optional_time(ppo_time time, const char* field) {
    if (time == PPO_TIME_NONE) return std::nullopt;
    constexpr ppo_time year_3000 = 32'503'680'000'000;
    if (time < -year_3000 || time > year_3000)
        throw Misuse{PPO_MISUSE_VALUE, field, "A time is out of its range."};
    return from_milliseconds(time);
}

/// Names are printed on one line: what breaks lines or rings bells becomes a space.
std::string one_line(std::string_view text) {
    std::string line{text};
    for (char& c : line)
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = ' ';
    return line;
}

std::string to_birth_date(ppo_text text) {
    const auto typed = optional_text(text, "birth_date", 10);
    if (typed.empty()) return {};
    const auto date = typed.size() == 10 && typed[4] == '-' ? parse_birth_date(typed)
                                                            : std::nullopt;
    if (!date)
        throw Misuse{PPO_MISUSE_VALUE, "birth_date",
                     "A birth date must be a real day, YYYY-MM-DD."};
    return to_iso(*date);
}

std::vector<std::string> to_tags(const ppo_patient& patient) {
    constexpr std::uint64_t most_tags = 32;
    if (patient.tag_count > most_tags)
        throw Misuse{PPO_MISUSE_VALUE, "tags", "A patient has at most 32 tags."};
    if (patient.tag_count > 0 && patient.tags == nullptr)
        throw Misuse{PPO_MISUSE_NULL, "tags", "The tags are NULL, but their count is not 0."};
    std::vector<std::string> tags;
    for (std::uint64_t i = 0; i < patient.tag_count; ++i) {
        auto tag = one_line(required_text(patient.tags[i], "tags", longest_id));
        std::replace(tag.begin(), tag.end(), ';', ',');  // The store sets tags apart with it.
        tags.push_back(std::move(tag));
    }
    return tags;
}
}  // namespace

std::string_view optional_text(ppo_text text, const char* field, std::size_t longest) {
    if (text.data == nullptr) {
        if (text.size > 0)
            throw Misuse{PPO_MISUSE_NULL, field, "A text is NULL, but its size is not 0."};
        return {};
    }
    if (text.size > longest) throw Misuse{PPO_MISUSE_TEXT_TOO_LONG, field, "A text is too long."};
    const std::string_view view{text.data, text.size};
    if (view.find('\0') != std::string_view::npos)
        throw Misuse{PPO_MISUSE_TEXT_HAS_NUL, field, "A text has a NUL character in it."};
    if (!is_valid_utf8(view))
        throw Misuse{PPO_MISUSE_TEXT_NOT_UTF8, field, "A text is not valid UTF-8."};
    return view;
}

std::string_view required_text(ppo_text text, const char* field, std::size_t longest) {
    const auto view = optional_text(text, field, longest);
    if (view.empty())
        throw Misuse{PPO_MISUSE_TEXT_EMPTY, field, "A text that is required is empty."};
    return view;
}

std::string_view patient_id_of(ppo_text text) {
    return required_text(text, "patient_id", longest_id);
}

void check_table(const void* table, std::uint32_t size_of_table, std::size_t known,
                 const char* name) {
    if (table == nullptr) throw Misuse{PPO_MISUSE_NULL, name, "A struct that is required is NULL."};
    if (size_of_table < known || size_of_table > largest_struct)
        throw Misuse{PPO_MISUSE_STRUCT_SIZE, name, "struct_size is not that of this struct."};
}

void check_filled(const void* object, std::uint32_t size_of_object, std::size_t known,
                  const char* name) {
    check_table(object, size_of_object, known, name);
    const auto* bytes = static_cast<const unsigned char*>(object);
    if (std::any_of(bytes + known, bytes + size_of_object,
                    [](unsigned char byte) { return byte != 0; }))
        throw Misuse{PPO_MISUSE_STRUCT_SIZE, name,
                     "A newer member is set that this version does not know."};
}

bool goes_on(ppo_result answer) {
    if (answer == PPO_OK) return true;
    if (answer == PPO_STOPPED) return false;
    throw HostFault{PPO_FAULT_HOST, "A sink of the host failed."};
}

Patient to_patient(const ppo_patient* given) {
    const ppo_patient& from = filled(given, "patient");
    if (from.chart_status < PPO_CHART_ACTIVE || from.chart_status > PPO_CHART_DECEASED)
        throw Misuse{PPO_MISUSE_VALUE, "chart_status", "The chart status is not one of the four."};
    Patient patient;
    patient.id = required_text(from.id, "id", longest_id);
    patient.first_name = one_line(optional_text(from.first_name, "first_name", longest_name));
    patient.last_name = one_line(optional_text(from.last_name, "last_name", longest_name));
    patient.birth_date = to_birth_date(from.birth_date);
    patient.email = optional_text(from.email, "email", 320);
    patient.postal_code = one_line(optional_text(from.postal_code, "postal_code", 32));
    patient.language = optional_text(from.language, "language", longest_language);
    patient.provider = one_line(optional_text(from.provider, "provider", longest_name));
    patient.tags = to_tags(from);
    patient.chart_status = static_cast<ChartStatus>(from.chart_status);
    patient.access_granted = (from.flags & PPO_PATIENT_ACCESS_GRANTED) != 0;
    patient.opted_out = (from.flags & PPO_PATIENT_OPTED_OUT) != 0;
    patient.next_appointment = to_optional_time(from.next_appointment, "next_appointment");
    patient.last_appointment = to_optional_time(from.last_appointment, "last_appointment");
    return patient;
}

std::optional<std::string> id_of_unusable(const ppo_patient* given) {
    try {
        return std::string{patient_id_of(filled(given, "patient").id)};
    } catch (const Misuse&) {
        return std::nullopt;
    }
}

Caller to_caller(const ppo_caller* given) {
    const ppo_caller& from = filled(given, "caller");
    static_cast<void>(optional_text(from.name, "name", longest_name));
    return {{Actor::Kind::Staff, std::string{required_text(from.staff_id, "staff_id", longest_id)},
             one_line(optional_text(from.from, "from", longest_id))},
            from.permissions};
}

Visitor to_visitor(const ppo_visitor* given) {
    const ppo_visitor& from = filled(given, "visitor");
    static_cast<void>(optional_text(from.user_agent, "user_agent", 512));
    return {one_line(required_text(from.from, "from", longest_id)),
            std::string{optional_text(from.language, "language", longest_language)}};
}
}  // namespace ppo
