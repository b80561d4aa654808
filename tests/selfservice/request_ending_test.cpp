// SPDX-License-Identifier: Apache-2.0
#include "selfservice/request_ending.hpp"

#include "selfservice/link_fixture.hpp"
#include "selfservice/request.hpp"
#include "store/audit_table.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <optional>

using namespace ppo;
using std::chrono::minutes;

class RequestEndingTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(RequestEndingTest);
    CPPUNIT_TEST(erases_all_that_waited_too_long_in_one_stroke);
    CPPUNIT_TEST(records_the_answer_with_the_patient_and_a_digest_of_the_facts);
    CPPUNIT_TEST(records_that_nobody_matched);
    CPPUNIT_TEST(records_why_a_patient_who_matched_is_not_mailed);
    CPPUNIT_TEST(one_digest_stands_for_all_spellings_of_the_facts);
    CPPUNIT_TEST(mails_three_times_an_hour_for_the_same_facts);
    CPPUNIT_TEST(notes_a_match_by_an_unknown_zip);
    CPPUNIT_TEST(a_spoilt_chart_is_not_mailed_and_holds_nobody_up);
    CPPUNIT_TEST(what_is_stored_is_of_one_length_whatever_was_typed);
    CPPUNIT_TEST_SUITE_END();

public:
    void setUp() override { it_.emplace(); }
    void tearDown() override { it_.reset(); }

    void erases_all_that_waited_too_long_in_one_stroke() {
        for (int i = 0; i < 3; ++i) ask(Asked::Account);
        CPPUNIT_ASSERT(!drop_stale_requests(it_->store, noon + minutes{14}));
        CPPUNIT_ASSERT(drop_stale_requests(it_->store, noon + minutes{15}));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, waiting());
        CPPUNIT_ASSERT_EQUAL(std::string{"portal_requests_dropped||done|3"}, last_entry());
    }

    void records_the_answer_with_the_patient_and_a_digest_of_the_facts() {
        ask(Asked::Account);
        answer();
        const auto entry = last_entry();
        CPPUNIT_ASSERT_EQUAL(std::string{"portal_request_answered|P001|done|facts:"},
                             entry.substr(0, 40));
        CPPUNIT_ASSERT_EQUAL(std::size_t{40 + 32}, entry.size());
    }

    void records_that_nobody_matched() {
        annas_.last_name = "Nobody";
        ask(Asked::Account);
        answer();
        CPPUNIT_ASSERT_EQUAL(std::size_t{0},
                             last_entry().find("portal_request_answered||refused_no_match|facts:"));
    }

    void records_why_a_patient_who_matched_is_not_mailed() {
        ask(Asked::Account);
        ask(Asked::Password);
        answer();
        CPPUNIT_ASSERT_EQUAL(
            std::size_t{0},
            last_entry().find("portal_request_answered|P001|refused_cooling_down|facts:"));
    }

    void one_digest_stands_for_all_spellings_of_the_facts() {
        ask(Asked::Account);
        answer();
        const auto first = last_entry();
        annas_ = {"Anna@Example.org", "1980-02-29", "winter", "02139"};
        CPPUNIT_ASSERT(submit_request(it_->store, it_->practice, Asked::Account, annas_,
                                      it_->visitor, noon + minutes{5}));
        answer(noon + minutes{5});
        CPPUNIT_ASSERT_EQUAL(first, last_entry());
    }

    void mails_three_times_an_hour_for_the_same_facts() {
        it_->store.set_up("P001", "anna.w");
        for (int i = 0; i < 5; ++i) ask(Asked::Username);
        answer();
        CPPUNIT_ASSERT_EQUAL(std::int64_t{3}, mails());
        CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, waiting());
        CPPUNIT_ASSERT_EQUAL(
            std::size_t{0},
            last_entry().find("portal_request_answered||refused_too_many_tries|facts:"));
    }

    void notes_a_match_by_an_unknown_zip() {
        auto patient = anna();
        patient.postal_code = "00000";
        it_->store.add(patient);
        ask(Asked::Account);
        answer();
        const auto entry = last_entry();
        CPPUNIT_ASSERT_EQUAL(std::string{" zip_unknown"}, entry.substr(entry.size() - 12));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, mails());
    }

    void a_spoilt_chart_is_not_mailed_and_holds_nobody_up() {
        is_readable_ = false;
        ask(Asked::Account);
        answer();
        CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, mails() + waiting());
        CPPUNIT_ASSERT_EQUAL(
            std::size_t{0},
            last_entry().find("portal_request_answered|P001|refused_chart_unreadable|facts:"));
    }

    void what_is_stored_is_of_one_length_whatever_was_typed() {
        ask(Asked::Account);
        annas_ = {"x@example.org", "1980-02-29", std::string(300, 'x'), "K1A 0B1"};
        it_->visitor.from = "2001:db8:1:2:3:4:5:6";
        ask(Asked::Username);
        CPPUNIT_ASSERT_EQUAL(
            std::int64_t{1},
            it_->store.number("SELECT COUNT(DISTINCT LENGTH(sealed)) FROM portal_request"));
    }

private:
    /// Action, patient, outcome and detail.
    std::string last_entry() {
        return it_->store.ask([](Connection& connection) {
            const auto entry = read_audit(connection, 0, "", 99).back();
            return entry.action + "|" + entry.patient_id + "|" + entry.outcome + "|" + entry.detail;
        });
    }
    void ask(Asked what) {
        CPPUNIT_ASSERT(submit_request(it_->store, it_->practice, what, annas_, it_->visitor, noon));
    }
    void answer(UnixTime at = noon) {
        const auto refresh = [this](const std::string&) { return is_readable_; };
        while (answer_request(it_->store, it_->practice, refresh, at)) continue;
    }
    std::int64_t mails() { return it_->store.number("SELECT COUNT(*) FROM outbox"); }
    std::int64_t waiting() { return it_->store.number("SELECT COUNT(*) FROM portal_request"); }

    std::optional<LinkFixture> it_{};
    Identity annas_{"anna@example.org", "2/29/1980", "WINTER", "02139-4307"};
    bool is_readable_ = true;
};
CPPUNIT_TEST_SUITE_REGISTRATION(RequestEndingTest);
