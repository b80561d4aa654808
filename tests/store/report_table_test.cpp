// SPDX-License-Identifier: Apache-2.0
#include "store/report_table.hpp"

#include "store/account_table.hpp"
#include "store/report_counts.hpp"
#include "support/crowd.hpp"
#include "support/prints.hpp"
#include "support/query_plan.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <algorithm>
#include <random>
#include <set>

using namespace ppo;

namespace {
constexpr int everybody = 100'000;
constexpr auto sorts = {ReportSort::Name, ReportSort::Status, ReportSort::LastInvited,
                        ReportSort::LastSignedIn, ReportSort::NextAppointment};

}  // namespace

class ReportTableTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ReportTableTest);
    CPPUNIT_TEST(hidden_patients_are_in_no_row);
    CPPUNIT_TEST(every_row_keeps_what_its_filter_says);
    CPPUNIT_TEST(filter_by_mark_agrees_with_the_marks_of_the_rows);
    CPPUNIT_TEST(search_takes_signs_of_patterns_as_they_are);
    CPPUNIT_TEST(search_ignores_accents_and_letter_case);
    CPPUNIT_TEST(tag_is_found_whole_only);
    CPPUNIT_TEST(every_sort_orders_both_ways);
    CPPUNIT_TEST(rows_go_on_behind_a_place_in_every_sort);
    CPPUNIT_TEST(row_carries_what_the_report_shows);
    CPPUNIT_TEST(first_page_of_every_sort_is_index_work);
    CPPUNIT_TEST(later_pages_of_every_sort_are_index_work);
    CPPUNIT_TEST(invitees_are_those_of_the_rows_for_fifty_random_filters);
    CPPUNIT_TEST(invitee_has_the_facts_of_the_account);
    CPPUNIT_TEST(invitee_of_a_hidden_chart_is_not_found);
    CPPUNIT_TEST(access_of_whom_a_filter_matches_is_counted_and_paged_by_id);
    CPPUNIT_TEST_SUITE_END();

    TempStore store_{};

    std::vector<ReportRow> rows(const ReportQuery& query) {
        return store_.ask([&](Connection& connection) {
            return read_report(connection, query, std::nullopt, false, everybody, noon);
        });
    }
    ReportQuery searching(const std::string& text) {
        ReportQuery query;
        query.search = text;
        return query;
    }

    void assert_index_work(const std::string& plan) {
        CPPUNIT_ASSERT_MESSAGE(plan, plan.find("USING INDEX patient_by_") != std::string::npos);
        CPPUNIT_ASSERT_MESSAGE(plan, plan.find("TEMP B-TREE") == std::string::npos);
    }

public:
    void setUp() override { add_crowd(store_, 400); }

    void invitees_are_those_of_the_rows_for_fifty_random_filters() {
        std::mt19937 dice{7};
        Reading reading{store_};
        for (int round = 0; round < 50; ++round) {
            const auto query = random_query(dice);
            std::multiset<std::string> expected;
            for (const auto& row :
                 read_report(reading, query, std::nullopt, false, everybody, noon))
                expected.insert(row.patient_id);
            std::multiset<std::string> taken;
            each_invitee(reading, query, noon,
                         [&](const Invitee& invitee) { taken.insert(invitee.patient_id); });
            CPPUNIT_ASSERT(expected == taken);
        }
    }

    void invitee_has_the_facts_of_the_account() {
        Reading reading{store_};
        int seen = 0;
        each_invitee(reading, {}, noon, [&](const Invitee& invitee) {
            const auto account = store_.account(invitee.patient_id);
            const auto& facts = account.facts;
            ++seen;
            CPPUNIT_ASSERT_EQUAL(account.patient.email, invitee.email);
            CPPUNIT_ASSERT(facts.access_enabled == invitee.facts.access_enabled);
            CPPUNIT_ASSERT(facts.chart_status == invitee.facts.chart_status);
            CPPUNIT_ASSERT(facts.has_email == invitee.facts.has_email);
            CPPUNIT_ASSERT(facts.email_is_valid == invitee.facts.email_is_valid);
            CPPUNIT_ASSERT(facts.opted_out == invitee.facts.opted_out);
            CPPUNIT_ASSERT(facts.first_signed_in_at == invitee.facts.first_signed_in_at);
            CPPUNIT_ASSERT(consent_of(facts) == consent_of(invitee.facts));
            CPPUNIT_ASSERT_EQUAL(facts.mail_state, invitee.facts.mail_state);
            const auto alone = find_invitee(reading, invitee.patient_id);
            CPPUNIT_ASSERT_EQUAL(invitee.email, alone.value().email);
        });
        CPPUNIT_ASSERT(seen > 100);
    }

    void access_of_whom_a_filter_matches_is_counted_and_paged_by_id() {
        add_crowd(store_, 300);
        ReportQuery query;
        query.sort = ReportSort::Status;
        query.tag = "recall";
        std::set<std::string> with_access;
        for (const auto& row : rows(query))
            if (row.access_enabled) with_access.insert(row.patient_id);
        store_.ask([&](Connection& c) {
            const auto counted = count_access(c, query, noon);
            CPPUNIT_ASSERT_EQUAL(std::ssize(rows(query)), std::ptrdiff_t{counted.patients});
            CPPUNIT_ASSERT_EQUAL(std::ssize(with_access), std::ptrdiff_t{counted.enabled});
            std::vector<std::string> paged;
            for (std::string last;; last = paged.back()) {
                const auto page = ids_with_access(c, query, true, last, 7, noon);
                paged.insert(paged.end(), page.begin(), page.end());
                if (page.size() < 7) break;
            }
            CPPUNIT_ASSERT(paged == std::vector(with_access.begin(), with_access.end()));
            return 0;
        });
    }

    void invitee_of_a_hidden_chart_is_not_found() {
        const auto hidden = store_.ask([](Connection& connection) {
            auto rows = connection.query("SELECT patient_id FROM patient WHERE in_directory = 0");
            return rows.next() ? rows.text(0) : std::string{};
        });
        CPPUNIT_ASSERT(!hidden.empty());
        Reading reading{store_};
        CPPUNIT_ASSERT(!find_invitee(reading, hidden));
        CPPUNIT_ASSERT(!find_invitee(reading, "P404"));
    }

    void hidden_patients_are_in_no_row() {
        CPPUNIT_ASSERT(store_.number("SELECT COUNT(*) FROM patient WHERE in_directory = 0") > 0);
        CPPUNIT_ASSERT_EQUAL(store_.number("SELECT COUNT(*) FROM patient WHERE in_directory = 1"),
                             static_cast<std::int64_t>(rows({}).size()));
    }

    void every_row_keeps_what_its_filter_says() {
        std::mt19937 dice{51};
        for (int i = 0; i < 50; ++i) {
            const auto query = random_query(dice);
            for (const auto& row : rows(query)) {
                const auto& wanted = query.statuses;
                CPPUNIT_ASSERT(wanted.empty() ||
                               std::find(wanted.begin(), wanted.end(), row.status) != wanted.end());
                CPPUNIT_ASSERT(!query.access_enabled ||
                               row.access_enabled == *query.access_enabled);
                CPPUNIT_ASSERT(!query.has_username || row.username.empty() != *query.has_username);
                CPPUNIT_ASSERT(query.provider.empty() || row.provider == query.provider);
                CPPUNIT_ASSERT(!query.appointment_after ||
                               row.next_appointment_at >= query.appointment_after);
                CPPUNIT_ASSERT(!query.appointment_before ||
                               (row.next_appointment_at &&
                                row.next_appointment_at < query.appointment_before));
            }
        }
    }

    void filter_by_mark_agrees_with_the_marks_of_the_rows() {
        const auto all = rows({});
        for (const auto& mark : all_marks("en")) {
            ReportQuery query;
            query.marks.add(mark.mark);
            const auto expected = std::count_if(all.begin(), all.end(), [&](const ReportRow& row) {
                return row.marks.has(mark.mark);
            });
            CPPUNIT_ASSERT_EQUAL_MESSAGE(std::string{mark.word}, expected,
                                         static_cast<std::ptrdiff_t>(rows(query).size()));
        }
    }

    void search_takes_signs_of_patterns_as_they_are() {
        const auto found = rows(searching("0%_o"));
        CPPUNIT_ASSERT(!found.empty());
        for (const auto& row : found) CPPUNIT_ASSERT_EQUAL(std::string{"50%_off"}, row.last_name);
        CPPUNIT_ASSERT_EQUAL(found.size(), rows(searching("%")).size());
    }

    void search_ignores_accents_and_letter_case() {
        const auto plain = rows(searching("NUNEZ")).size();
        CPPUNIT_ASSERT(plain > 0);
        CPPUNIT_ASSERT_EQUAL(plain, rows(searching("núñez")).size());
    }

    void tag_is_found_whole_only() {
        ReportQuery query;
        query.tag = "vip";
        const auto found = rows(query);
        CPPUNIT_ASSERT(!found.empty());
        for (const auto& row : found) CPPUNIT_ASSERT_EQUAL(std::string{"recall; vip"}, row.tags);
    }

    void every_sort_orders_both_ways() {
        const auto key = [](const ReportRow& row, ReportSort sort) {
            const auto place = place_of(row, sort);
            return std::tuple{place.number, place.text, place.patient_id};
        };
        for (const auto sort : sorts)
            for (const bool descending : {false, true}) {
                ReportQuery query;
                query.sort = sort;
                query.descending = descending;
                const auto found = rows(query);
                const bool sorted = std::is_sorted(
                    found.begin(), found.end(), [&](const auto& one, const auto& other) {
                        return descending ? key(other, sort) < key(one, sort)
                                          : key(one, sort) < key(other, sort);
                    });
                CPPUNIT_ASSERT(sorted && found.size() > 300);
            }
    }

    void rows_go_on_behind_a_place_in_every_sort() {
        for (const auto sort : sorts) {
            ReportQuery query;
            query.sort = sort;
            const auto all = rows(query);
            const auto rest = store_.ask([&](Connection& connection) {
                return read_report(connection, query, place_of(all[99], sort), false, everybody,
                                   noon);
            });
            CPPUNIT_ASSERT_EQUAL(all.size() - 100, rest.size());
            CPPUNIT_ASSERT_EQUAL(all[100].patient_id, rest.front().patient_id);
        }
    }

    void row_carries_what_the_report_shows() {
        store_.add(anna("A1"));
        store_.set_up("A1", "Anna.W");
        store_.change("A1", [](Transaction& t) {
            put_invited(t, "A1", noon);
            put_signed_in(t, "A1", noon);
            put_link_expiry(t, "A1", noon);
        });
        const auto found = rows(searching("anna.w"));
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, found.size());
        const auto& row = found.front();
        CPPUNIT_ASSERT_EQUAL(
            std::string{"A1 Winter Anna anna@example.org Anna.W Dr. Reed diabetes; recall"},
            row.patient_id + " " + row.last_name + " " + row.first_name + " " + row.email + " " +
                row.username + " " + row.provider + " " + row.tags);
        CPPUNIT_ASSERT(row.last_invited_at == noon && row.last_signed_in_at == noon);
        CPPUNIT_ASSERT(row.access_enabled && row.next_appointment_at == anna().next_appointment);
        CPPUNIT_ASSERT_EQUAL(PortalStatus::SignedIn, row.status);
        CPPUNIT_ASSERT(row.marks == Marks{static_cast<std::uint64_t>(Mark::LinkExpired)});
    }

    void first_page_of_every_sort_is_index_work() {
        if (!store_.is_file()) return;  // How SQLite goes about it.
        for (const auto sort : sorts)
            for (const bool descending : {false, true}) {
                ReportQuery query;
                query.sort = sort;
                query.descending = descending;
                store_.reopen();
                assert_index_work(plan_of(store_, [&](Connection& connection) {
                    return read_report(connection, query, std::nullopt, false, 100, noon);
                }));
            }
    }

    void later_pages_of_every_sort_are_index_work() {
        if (!store_.is_file()) return;  // How SQLite goes about it.
        for (const auto sort : sorts)
            for (const bool backwards : {false, true}) {
                ReportQuery query;
                query.sort = sort;
                const auto place = place_of(rows(query)[200], sort);
                store_.reopen();
                const auto plan = plan_of(store_, [&](Connection& connection) {
                    return read_report(connection, query, place, backwards, 100, noon);
                });
                assert_index_work(plan);
                CPPUNIT_ASSERT_MESSAGE(plan, plan.find("SEARCH patient") != std::string::npos);
            }
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(ReportTableTest);
