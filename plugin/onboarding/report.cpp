// SPDX-License-Identifier: Apache-2.0
#include "onboarding/report.hpp"

#include "store/database.hpp"
#include "store/report_counts.hpp"

#include <sodium.h>

#include <array>

namespace ppo {
namespace {
/// Says which query a cursor belongs to: a cursor of another one would skip rows in silence.
std::string fingerprint(const ReportQuery& query) {
    std::string text;
    const auto add = [&text](const std::string& field) {
        text += std::to_string(field.size()) + ":" + field;
    };
    const auto add_time = [&](const std::optional<UnixTime>& time) {
        add(time ? std::to_string(to_milliseconds(*time)) : "-");
    };
    const auto add_flag = [&](const std::optional<bool>& flag) {
        add(!flag ? "-" : *flag ? "1" : "0");
    };
    add(std::to_string(static_cast<int>(query.sort)) + (query.descending ? "d" : "u"));
    for (const auto status : query.statuses) add(std::to_string(static_cast<int>(status)));
    add(std::to_string(query.marks.bits()));
    add_flag(query.access_enabled);
    add_flag(query.has_username);
    add(query.search);
    add(query.tag);
    add(query.provider);
    add_time(query.appointment_after);
    add_time(query.appointment_before);
    std::array<unsigned char, 16> hash{};
    crypto_generichash(hash.data(), hash.size(),
                       reinterpret_cast<const unsigned char*>(text.data()), text.size(), nullptr,
                       0);
    return std::string{hash.begin(), hash.end()};
}

struct Cursor {
    bool backwards = false;
    ReportPlace place{};
};

std::string write_cursor(const ReportQuery& query, const Cursor& cursor) {
    const std::string raw = fingerprint(query) + (cursor.backwards ? "<" : ">") +
                            std::to_string(cursor.place.number) + ":" +
                            std::to_string(cursor.place.text.size()) + ":" + cursor.place.text +
                            cursor.place.patient_id;
    constexpr int variant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
    std::string text(sodium_base64_encoded_len(raw.size(), variant), '\0');
    sodium_bin2base64(text.data(), text.size(), reinterpret_cast<const unsigned char*>(raw.data()),
                      raw.size(), variant);
    text.pop_back();
    return text;
}

std::optional<std::string> decode(std::string_view text) {
    std::string raw(text.size(), '\0');
    std::size_t size = 0;
    if (sodium_base642bin(reinterpret_cast<unsigned char*>(raw.data()), raw.size(), text.data(),
                          text.size(), nullptr, &size, nullptr,
                          sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0)
        return std::nullopt;
    raw.resize(size);
    return raw;
}

std::optional<std::int64_t> number_before_colon(std::string_view& rest) {
    const auto colon = rest.find(':');
    if (colon == 0 || colon == std::string_view::npos || colon > 20) return std::nullopt;
    const std::string digits{rest.substr(0, colon)};
    if (digits.find_first_not_of("-0123456789") != std::string::npos) return std::nullopt;
    rest.remove_prefix(colon + 1);
    char* end = nullptr;
    return std::strtoll(digits.c_str(), &end, 10);
}

std::optional<Cursor> read_cursor(const ReportQuery& query, std::string_view text) {
    const auto raw = decode(text);
    const auto own = fingerprint(query);
    if (!raw || raw->size() <= own.size() || raw->compare(0, own.size(), own) != 0)
        return std::nullopt;
    std::string_view rest{*raw};
    rest.remove_prefix(own.size());
    Cursor cursor;
    cursor.backwards = rest.front() == '<';
    rest.remove_prefix(1);
    const auto number = number_before_colon(rest);
    const auto length = number ? number_before_colon(rest) : std::nullopt;
    if (!length || *length < 0 || static_cast<std::size_t>(*length) > rest.size())
        return std::nullopt;
    cursor.place = {std::string{rest.substr(0, static_cast<std::size_t>(*length))}, *number,
                    std::string{rest.substr(static_cast<std::size_t>(*length))}};
    return cursor;
}
}  // namespace

Result<ReportPage> read_page(Database& database, const ReportQuery& query,
                             std::string_view cursor_text, int limit, UnixTime now) {
    std::optional<Cursor> cursor;
    if (!cursor_text.empty()) {
        cursor = read_cursor(query, cursor_text);
        if (!cursor) return Refusal::StaleCursor;
    }
    const bool backwards = cursor && cursor->backwards;
    ReportPage page;
    {
        // Only who is found by marks is found by two questions about the same moment.
        const bool is_one_question = query.marks == Marks{};
        Reading reading{database,
                        is_one_question ? Reading::Sees::EachItsOwn : Reading::Sees::OnePicture};
        const auto place = cursor ? std::optional{cursor->place} : std::nullopt;
        page.rows = read_report(reading, query, place, backwards, limit + 1, now);
    }
    const bool more = page.rows.size() >
                      static_cast<std::size_t>(limit);  // The one too many only says so.
    if (more && backwards) page.rows.erase(page.rows.begin());
    if (more && !backwards) page.rows.pop_back();
    if (page.rows.empty()) return page;
    if (backwards || more)
        page.next_cursor = write_cursor(query, {false, place_of(page.rows.back(), query.sort)});
    if (backwards ? more : cursor.has_value())
        page.previous_cursor = write_cursor(query, {true, place_of(page.rows.front(), query.sort)});
    return page;
}

Result<ReportWalk> walk_from(Database& database, const ReportQuery& query,
                             std::string_view cursor_text, std::uint64_t limit, int rows_a_page,
                             UnixTime now) {
    ReportWalk walk{std::string{cursor_text}, limit == 0 ? UINT64_MAX : limit};
    if (cursor_text.empty()) return walk;
    const auto cursor = read_cursor(query, cursor_text);
    if (!cursor) return Refusal::StaleCursor;
    const auto rows_most = static_cast<std::uint64_t>(rows_a_page);
    if (!cursor->backwards || walk.left <= rows_most) return walk;
    std::uint64_t found = 0;
    std::string back = walk.cursor;
    while (!back.empty() && found < walk.left) {
        const auto rows = static_cast<int>(std::min(walk.left - found, rows_most));
        const auto page = read_page(database, query, back, rows, now);
        if (!page) return page.refusal();
        found += page->rows.size();
        back = page->previous_cursor;
    }
    if (found == 0) return walk;  // Nothing stands before it, and its first page says so.
    walk.left = found;
    walk.cursor.clear();
    if (back.empty()) return walk;
    const auto row_before = read_page(database, query, back, 1, now);
    if (!row_before) return row_before.refusal();
    walk.cursor = row_before->next_cursor;
    return walk;
}

ReportCounts count(Database& database, const ReportQuery& query, UnixTime now) {
    Reading reading{database};
    return count_report(reading, query, now);
}

std::string shown_name(const ReportRow& row) {
    if (row.last_name.empty()) return row.first_name;
    if (row.first_name.empty()) return row.last_name;
    return row.last_name + ", " + row.first_name;
}
}  // namespace ppo
