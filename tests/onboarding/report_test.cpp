// SPDX-License-Identifier: Apache-2.0
#include "onboarding/report.hpp"

#include "onboarding/access.hpp"
#include "store/patient_table.hpp"
#include "support/crowd.hpp"
#include "support/prints.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <functional>

using namespace ppo;

namespace {
using Ids = std::vector<std::string>;

/// Every order: five sorts, up and down.
std::vector<ReportQuery> every_order() {
    std::vector<ReportQuery> queries;
    for (int sort = 0; sort <= 4; ++sort)
        for (const bool descending : {false, true}) {
            ReportQuery query;
            query.sort = static_cast<ReportSort>(sort);
            query.descending = descending;
            queries.push_back(query);
        }
    return queries;
}

Ids ids_of(const ReportPage& page) {
    Ids ids;
    for (const auto& row : page.rows) ids.push_back(row.patient_id);
    return ids;
}
}  // namespace

class ReportTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ReportTest);
    CPPUNIT_TEST(pages_forwards_make_the_whole_list_in_every_order);
    CPPUNIT_TEST(pages_backwards_are_the_same_pages);
    CPPUNIT_TEST(walk_backwards_begins_where_its_rows_begin);
    CPPUNIT_TEST(first_page_has_no_previous_and_last_no_next);
    CPPUNIT_TEST(page_that_just_fits_has_no_next);
    CPPUNIT_TEST(empty_list_has_no_cursor);
    CPPUNIT_TEST(filtered_list_pages_too);
    CPPUNIT_TEST(nobody_is_shown_twice_or_left_out_while_others_change);
    CPPUNIT_TEST(removal_of_the_row_at_the_cursor_loses_nobody);
    CPPUNIT_TEST(cursor_survives_a_restart);
    CPPUNIT_TEST(cursor_of_another_query_is_refused);
    CPPUNIT_TEST(altered_or_invented_cursor_is_refused);
    CPPUNIT_TEST(marks_of_a_page_are_right_at_its_moment);
    CPPUNIT_TEST(name_is_shown_as_people_write_it);
    CPPUNIT_TEST_SUITE_END();

    TempStore store_{};

    ReportPage page(const ReportQuery& query, const std::string& cursor = {}, int limit = 37) {
        return read_page(store_, query, cursor, limit, noon).value();
    }
    Ids all(const ReportQuery& query) { return ids_of(page(query, {}, 100'000)); }

public:
    void setUp() override { add_crowd(store_, 200); }

    void pages_forwards_make_the_whole_list_in_every_order() {
        for (const auto& query : every_order()) {
            Ids seen;
            std::string cursor;
            do {
                const auto next = page(query, cursor);
                for (const auto& id : ids_of(next)) seen.push_back(id);
                cursor = next.next_cursor;
            } while (!cursor.empty());
            CPPUNIT_ASSERT(seen == all(query));
        }
    }

    void walk_backwards_begins_where_its_rows_begin() {
        for (const auto& query : every_order()) {
            const Ids everybody = all(query);
            const auto back = page(query, page(query, {}, 90).next_cursor, 1).previous_cursor;
            for (const std::size_t limit : {11U, 20U, 89U, 90U, 91U, 0U}) {
                const auto walk = walk_from(store_, query, back, limit, 10, noon);
                const std::size_t rows = limit == 0 || limit > 90 ? 90 : limit;
                CPPUNIT_ASSERT_EQUAL(std::uint64_t{rows}, walk->left);
                const auto first = everybody.begin() + static_cast<std::ptrdiff_t>(90 - rows);
                CPPUNIT_ASSERT(ids_of(page(query, walk->cursor, static_cast<int>(rows))) ==
                               Ids(first, everybody.begin() + 90));
            }
        }
    }

    void pages_backwards_are_the_same_pages() {
        for (const auto& query : every_order()) {
            std::vector<ReportPage> pages{page(query)};
            while (!pages.back().next_cursor.empty())
                pages.push_back(page(query, pages.back().next_cursor));
            CPPUNIT_ASSERT(pages.size() > 3);
            for (std::size_t i = pages.size() - 1; i > 0; --i) {
                const auto back = page(query, pages[i].previous_cursor);
                CPPUNIT_ASSERT(ids_of(back) == ids_of(pages[i - 1]));
                CPPUNIT_ASSERT(ids_of(page(query, back.next_cursor)) == ids_of(pages[i]));
            }
        }
    }

    void first_page_has_no_previous_and_last_no_next() {
        auto last = page({});
        CPPUNIT_ASSERT(last.previous_cursor.empty() && !last.next_cursor.empty());
        const auto second = page({}, last.next_cursor);
        CPPUNIT_ASSERT(page({}, second.previous_cursor).previous_cursor.empty());
        while (!last.next_cursor.empty()) last = page({}, last.next_cursor);
        CPPUNIT_ASSERT(!last.previous_cursor.empty());
    }

    void page_that_just_fits_has_no_next() {
        const auto count = static_cast<int>(all({}).size());
        CPPUNIT_ASSERT(page({}, {}, count).next_cursor.empty());
        CPPUNIT_ASSERT(!page({}, {}, count - 1).next_cursor.empty());
    }

    void empty_list_has_no_cursor() {
        ReportQuery nobody;
        nobody.search = "nobody is called this";
        const auto empty = page(nobody);
        CPPUNIT_ASSERT(empty.rows.empty());
        CPPUNIT_ASSERT(empty.next_cursor.empty() && empty.previous_cursor.empty());
    }

    void filtered_list_pages_too() {
        ReportQuery query;
        query.statuses = {PortalStatus::NotEnabled, PortalStatus::SignedIn};
        query.provider = "Dr. Reed";
        const auto first = page(query, {}, 5);
        const auto second = page(query, first.next_cursor, 5);
        auto seen = ids_of(first);
        for (const auto& id : ids_of(second)) seen.push_back(id);
        auto expected = all(query);
        expected.resize(10);
        CPPUNIT_ASSERT(seen == expected);
    }

    void nobody_is_shown_twice_or_left_out_while_others_change() {
        const ReportQuery by_name;
        const auto before = all(by_name);
        Ids seen;
        std::string cursor;
        do {
            const auto next = page(by_name, cursor);
            for (const auto& id : ids_of(next)) seen.push_back(id);
            cursor = next.next_cursor;
            for (const auto& id : ids_of(next))
                CPPUNIT_ASSERT(set_access(store_, id, seen.size() % 2 == 0, nurse, noon));
        } while (!cursor.empty());
        CPPUNIT_ASSERT(seen == before);
    }

    void removal_of_the_row_at_the_cursor_loses_nobody() {
        const ReportQuery by_name;
        const auto before = all(by_name);
        const auto first = page(by_name);
        store_.change(before[36], [&](Transaction& t) { hide_patient(t, before[36]); });
        CPPUNIT_ASSERT_EQUAL(before[37], ids_of(page(by_name, first.next_cursor)).front());
    }

    void cursor_survives_a_restart() {
        const auto first = page({});
        const auto second = ids_of(page({}, first.next_cursor));
        store_.reopen();
        CPPUNIT_ASSERT(second == ids_of(page({}, first.next_cursor)));
    }

    void cursor_of_another_query_is_refused() {
        const std::function<void(ReportQuery&)> changes[] = {
            [](ReportQuery& q) { q.sort = ReportSort::Status; },
            [](ReportQuery& q) { q.descending = true; },
            [](ReportQuery& q) { q.statuses = {PortalStatus::Invited}; },
            [](ReportQuery& q) { q.marks.add(Mark::NoEmail); },
            [](ReportQuery& q) { q.access_enabled = false; },
            [](ReportQuery& q) { q.has_username = true; },
            [](ReportQuery& q) { q.search = "a"; },
            [](ReportQuery& q) { q.tag = "a"; },
            [](ReportQuery& q) { q.provider = "a"; },
            [](ReportQuery& q) { q.appointment_after = noon; },
            [](ReportQuery& q) { q.appointment_before = noon; },
        };
        const auto cursor = page({}).next_cursor;
        for (const auto& change : changes) {
            ReportQuery other;
            change(other);
            CPPUNIT_ASSERT_EQUAL(Refusal::StaleCursor,
                                 refusal_of(read_page(store_, other, cursor, 10, noon)));
        }
    }

    void altered_or_invented_cursor_is_refused() {
        const auto cursor = page({}).next_cursor;
        auto altered = cursor;
        altered.front() = altered.front() == 'A' ? 'B' : 'A';
        for (const auto& text : {altered, cursor.substr(0, 20), cursor.substr(0, 22),
                                 std::string{"x"}, std::string{"!!!"}, std::string(10'000, 'A')})
            CPPUNIT_ASSERT_EQUAL(Refusal::StaleCursor,
                                 refusal_of(read_page(store_, {}, text, 10, noon)));
    }

    void marks_of_a_page_are_right_at_its_moment() {
        ReportQuery expired;
        expired.marks.add(Mark::LinkExpired);
        const auto then = read_page(store_, expired, {}, 1000, noon - std::chrono::hours{24 * 365});
        const auto later = read_page(store_, expired, {}, 1000,
                                     noon + std::chrono::hours{24 * 365});
        CPPUNIT_ASSERT(then->rows.empty() && !later->rows.empty());
        for (const auto& row : later->rows) CPPUNIT_ASSERT(row.marks.has(Mark::LinkExpired));
    }

    void name_is_shown_as_people_write_it() {
        ReportRow row;
        row.first_name = "Anna";
        CPPUNIT_ASSERT_EQUAL(std::string{"Anna"}, shown_name(row));
        row.last_name = "Winter";
        CPPUNIT_ASSERT_EQUAL(std::string{"Winter, Anna"}, shown_name(row));
        row.first_name.clear();
        CPPUNIT_ASSERT_EQUAL(std::string{"Winter"}, shown_name(row));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(ReportTest);
