// SPDX-License-Identifier: Apache-2.0
#include "domain/local_time.hpp"

#include <unicode/calendar.h>
#include <unicode/gregocal.h>
#include <unicode/smpdtfmt.h>
#include <unicode/timezone.h>

#include <cstdio>
#include <memory>
#include <mutex>
#include <optional>
#include <stdexcept>

namespace ppo {
namespace {
void require_success(UErrorCode status) {
    if (U_FAILURE(status)) throw std::runtime_error{"The time zone data of ICU cannot be used."};
}

std::unique_ptr<icu::TimeZone> open_zone(const std::string& iana_zone) {
    const char* name = is_known_time_zone(iana_zone) ? iana_zone.c_str() : "UTC";
    return std::unique_ptr<icu::TimeZone>{icu::TimeZone::createTimeZone(name)};
}

std::string format(UnixTime time, const std::string& iana_zone, const char* locale,
                   const char16_t* pattern) {
    UErrorCode status = U_ZERO_ERROR;
    icu::SimpleDateFormat formatter{icu::UnicodeString{pattern}, icu::Locale{locale}, status};
    require_success(status);
    formatter.adoptTimeZone(open_zone(iana_zone).release());
    icu::UnicodeString written;
    formatter.format(static_cast<UDate>(to_milliseconds(time)), written);
    // Mail readers show the blanks that do not break in odd ways; an ordinary one reads the same.
    written.findAndReplace(icu::UnicodeString{u"\u00A0"}, icu::UnicodeString{u" "});
    written.findAndReplace(icu::UnicodeString{u"\u202F"}, icu::UnicodeString{u" "});
    std::string text;
    written.toUTF8String(text);
    return text;
}

struct LastWritten {
    std::mutex mutex{};
    std::optional<std::chrono::time_point<std::chrono::system_clock, std::chrono::minutes>>
        minute{};
    std::string zone{};
    std::string language{};
    std::string text{};
};

std::string write_anew(UnixTime time, const std::string& iana_zone, const std::string& language) {
    if (language != "es") return format(time, iana_zone, "en_US", u"EEEE, MMMM d, y 'at' h:mm a z");
    // Spanish says "a la 1:30", and "a las" before every other hour.
    const bool is_one_o_clock = format(time, iana_zone, "es_US", u"h") == "1";
    return format(time, iana_zone, "es_US",
                  is_one_o_clock ? u"EEEE, d 'de' MMMM 'de' y 'a la' h:mm a z"
                                 : u"EEEE, d 'de' MMMM 'de' y 'a las' h:mm a z");
}
}  // namespace

bool is_known_time_zone(const std::string& iana_zone) {
    if (iana_zone.empty()) return false;
    UErrorCode status = U_ZERO_ERROR;
    icu::UnicodeString canonical;
    UBool is_system_name = 0;
    icu::TimeZone::getCanonicalID(icu::UnicodeString::fromUTF8(iana_zone), canonical,
                                  is_system_name, status);
    return U_SUCCESS(status) && is_system_name;
}

std::string write_local_time(UnixTime time, const std::string& iana_zone,
                             const std::string& language) {
    // The mails of a batch name the same minute over and over, and ICU takes longer for one
    // formatter than we do for the rest of a mail.
    static LastWritten last;
    const auto minute = std::chrono::floor<std::chrono::minutes>(time);
    const std::lock_guard lock{last.mutex};
    if (last.minute != minute || last.zone != iana_zone || last.language != language) {
        last.text = write_anew(time, iana_zone, language);
        last.minute = minute;
        last.zone = iana_zone;
        last.language = language;
    }
    return last.text;
}

std::string write_short_time(UnixTime time, UnixTime now, const std::string& iana_zone) {
    const auto is_in_the_same = [&](const char16_t* pattern) {
        return format(time, iana_zone, "en_US", pattern) ==
               format(now, iana_zone, "en_US", pattern);
    };
    const char16_t* pattern = is_in_the_same(u"y-D") ? u"HH:mm"
                              : is_in_the_same(u"y") ? u"MMM d, HH:mm"
                                                     : u"MMM d, y, HH:mm";
    return format(time, iana_zone, "en_US", pattern);
}

UnixTime beginning_of_day(const BirthDate& day, const std::string& iana_zone) {
    UErrorCode status = U_ZERO_ERROR;
    icu::GregorianCalendar calendar{*open_zone(iana_zone), icu::Locale::getRoot(), status};
    require_success(status);
    calendar.clear();
    calendar.set(day.year, day.month - 1, day.day, 0, 0, 0);
    const auto at = static_cast<std::int64_t>(calendar.getTime(status));
    require_success(status);
    return from_milliseconds(at);
}

std::string write_local_day(UnixTime time, const std::string& iana_zone) {
    return format(time, iana_zone, "en_US", u"yyyy-MM-dd");
}

std::string write_iso(UnixTime time) {
    std::string text;
    append_iso(text, time);
    return text;
}

void append_iso(std::string& to, UnixTime time) {
    const auto day = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day date{day};
    const std::chrono::hh_mm_ss clock{std::chrono::floor<std::chrono::seconds>(time - day)};
    const int year = static_cast<int>(date.year());
    // By hand: a report of a million rows has three of them in each.
    const auto two_digits = [&to](unsigned number, char behind) {
        to += {static_cast<char>('0' + number / 10), static_cast<char>('0' + number % 10), behind};
    };
    if (year >= 1000 && year <= 9999) {
        to += {static_cast<char>('0' + year / 1000), static_cast<char>('0' + year / 100 % 10)};
        two_digits(static_cast<unsigned>(year) % 100, '-');
    } else {
        char digits[16];
        std::snprintf(digits, sizeof digits, "%04d-", year);
        to += digits;
    }
    two_digits(static_cast<unsigned>(date.month()), '-');
    two_digits(static_cast<unsigned>(date.day()), 'T');
    two_digits(static_cast<unsigned>(clock.hours().count()), ':');
    two_digits(static_cast<unsigned>(clock.minutes().count()), ':');
    two_digits(static_cast<unsigned>(clock.seconds().count()), 'Z');
}
}  // namespace ppo
