// SPDX-License-Identifier: Apache-2.0
#include "selfservice/request.hpp"

#include "selfservice/link_fixture.hpp"
#include "store/audit_table.hpp"
#include "support/prints.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <optional>

using namespace ppo;
using std::chrono::minutes;

class RequestTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(RequestTest);
    CPPUNIT_TEST(queues_a_link_for_who_matches);
    CPPUNIT_TEST(the_link_lives_as_long_as_requested_links_do);
    CPPUNIT_TEST(mails_nothing_before_the_worker_runs);
    CPPUNIT_TEST(answers_the_same_whether_or_not_anyone_matches);
    CPPUNIT_TEST(mails_to_the_address_on_file_not_the_one_typed);
    CPPUNIT_TEST(matches_names_without_accents_and_punctuation);
    CPPUNIT_TEST(mails_nothing_if_any_fact_is_wrong);
    CPPUNIT_TEST(mails_nothing_to_who_is_not_enabled);
    CPPUNIT_TEST(mails_nothing_for_closed_charts);
    CPPUNIT_TEST(mails_nothing_to_who_opted_out);
    CPPUNIT_TEST(mails_nothing_without_a_zip_on_file);
    CPPUNIT_TEST(sends_a_reminder_of_the_username_without_a_link);
    CPPUNIT_TEST(twins_get_one_mail_with_two_links);
    CPPUNIT_TEST(twins_get_one_reminder);
    CPPUNIT_TEST(mails_once_within_the_cool_down);
    CPPUNIT_TEST(says_the_same_and_mails_nothing_over_the_patient_s_cap);
    CPPUNIT_TEST(says_the_same_and_mails_nothing_over_the_address_s_cap);
    CPPUNIT_TEST(forgets_what_is_older_than_a_quarter_of_an_hour);
    CPPUNIT_TEST(still_answers_a_moment_before_that);
    CPPUNIT_TEST(answers_the_oldest_first_and_one_at_a_time);
    CPPUNIT_TEST(forgets_a_request_once_it_is_answered);
    CPPUNIT_TEST(reads_who_matches_again_from_the_host);
    CPPUNIT_TEST(mails_nothing_if_the_fresh_chart_no_longer_matches);
    CPPUNIT_TEST(asks_the_host_nothing_if_nobody_matches);
    CPPUNIT_TEST(holds_nothing_of_what_was_typed_in_clear);
    CPPUNIT_TEST(refuses_a_form_by_its_field);
    CPPUNIT_TEST(stores_nothing_of_a_refused_form);
    CPPUNIT_TEST(records_the_request_without_a_patient);
    CPPUNIT_TEST(drops_a_request_that_was_tampered_with);
    CPPUNIT_TEST(whose_chart_cannot_be_read_is_not_mailed);
    CPPUNIT_TEST_SUITE_END();

public:
    void setUp() override { it_.emplace(); }

    void tearDown() override { it_.reset(); }

    void queues_a_link_for_who_matches() {
        ask(Asked::Account);
        answer();
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, mails());
        CPPUNIT_ASSERT_EQUAL(std::size_t{43}, it_->link_of("P001").size());
    }

    void the_link_lives_as_long_as_requested_links_do() {
        ask(Asked::Password);
        answer(noon + minutes{2});
        const auto page = open_link(it_->store, it_->practice, it_->link_of("P001"),
                                    noon + minutes{2});
        CPPUNIT_ASSERT(page.expires_at == noon + minutes{2} + it_->practice.requested_link);
    }

    void mails_nothing_before_the_worker_runs() {
        ask(Asked::Account);
        CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, mails());
    }

    void answers_the_same_whether_or_not_anyone_matches() {
        auto nobody = annas_;
        nobody.last_name = "Nobody";
        CPPUNIT_ASSERT(
            submit_request(it_->store, it_->practice, Asked::Account, annas_, it_->visitor, noon));
        CPPUNIT_ASSERT(
            submit_request(it_->store, it_->practice, Asked::Account, nobody, it_->visitor, noon));
    }

    void mails_to_the_address_on_file_not_the_one_typed() {
        annas_.email = " ANNA@EXAMPLE.ORG ";
        ask(Asked::Account);
        answer();
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, it_->store.number("SELECT COUNT(*) FROM outbox WHERE "
                                                                "recipient = 'anna@example.org'"));
    }

    void matches_names_without_accents_and_punctuation() {
        const Identity brunos{"bruno@example.net", "7/4/1951", "nunez gomez", "90210-1234"};
        CPPUNIT_ASSERT(
            submit_request(it_->store, it_->practice, Asked::Account, brunos, it_->visitor, noon));
        answer();
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, mails());
    }

    void mails_nothing_if_any_fact_is_wrong() {
        for (const auto& wrong : {Identity{"anna@example.net", "1980-02-29", "Winter", "02139"},
                                  Identity{"anna@example.org", "1980-02-28", "Winter", "02139"},
                                  Identity{"anna@example.org", "1980-02-29", "Summer", "02139"},
                                  Identity{"anna@example.org", "1980-02-29", "Winter", "02138"}}) {
            annas_ = wrong;
            ask(Asked::Account);
        }
        answer();
        CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, mails());
    }

    void mails_nothing_to_who_is_not_enabled() {
        it_->store.add(anna("P003"), false);
        it_->store.tamper("UPDATE patient SET access_enabled = 0");
        ask(Asked::Account);
        answer();
        CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, mails());
    }

    void mails_nothing_for_closed_charts() {
        for (const auto status : {ChartStatus::Inactive, ChartStatus::Deceased}) {
            auto patient = anna();
            patient.chart_status = status;
            it_->store.add(patient);
            ask(Asked::Account);
            answer();
        }
        CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, mails());
    }

    void mails_nothing_to_who_opted_out() {
        auto patient = anna();
        patient.opted_out = true;
        it_->store.add(patient);
        ask(Asked::Username);
        answer();
        CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, mails());
    }

    void mails_nothing_without_a_zip_on_file() {
        auto patient = anna();
        patient.postal_code.clear();
        it_->store.add(patient);
        ask(Asked::Account);
        answer();
        CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, mails());
    }

    void sends_a_reminder_of_the_username_without_a_link() {
        it_->store.set_up("P001", "anna.w");
        ask(Asked::Username);
        answer();
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1},
                             it_->store.number("SELECT COUNT(*) FROM outbox WHERE kind = 2"));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, it_->store.number("SELECT COUNT(*) FROM invitation"));
    }

    void twins_get_one_mail_with_two_links() {
        add_twin();
        ask(Asked::Account);
        answer();
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, mails());
        CPPUNIT_ASSERT_EQUAL(std::int64_t{2},
                             it_->store.number("SELECT COUNT(*) FROM outbox_person"));
        CPPUNIT_ASSERT(it_->link_of("P001") != it_->link_of("P003"));
    }

    void twins_get_one_reminder() {
        add_twin();
        ask(Asked::Username);
        answer();
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, mails());
        CPPUNIT_ASSERT_EQUAL(std::int64_t{2},
                             it_->store.number("SELECT COUNT(*) FROM outbox_person"));
    }

    void mails_once_within_the_cool_down() {
        ask(Asked::Account);
        ask(Asked::Password);
        answer();
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, mails());
    }

    void says_the_same_and_mails_nothing_over_the_patient_s_cap() {
        it_->practice.patient_mails_per_day = 2;
        for (const int round : {0, 1, 2, 3}) {
            const auto at = noon + minutes{5 * round};
            CPPUNIT_ASSERT(submit_request(it_->store, it_->practice, Asked::Password, annas_,
                                          it_->visitor, at));
            answer(at);
            it_->store.tamper("UPDATE outbox SET state = 2, next_try_at = NULL");  // It left.
        }
        CPPUNIT_ASSERT_EQUAL(std::int64_t{2}, mails());
        CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, waiting());
    }

    void says_the_same_and_mails_nothing_over_the_address_s_cap() {
        it_->practice.address_mails_per_day = 1;
        it_->store.set_up("P001", "anna.w");
        for (const auto what : {Asked::Username, Asked::Username, Asked::Password}) ask(what);
        answer();
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, mails());
        CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, waiting());
    }

    void forgets_what_is_older_than_a_quarter_of_an_hour() {
        ask(Asked::Account);
        answer(noon + minutes{15});
        CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, mails());
        CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, waiting());
    }

    void still_answers_a_moment_before_that() {
        ask(Asked::Account);
        answer(noon + minutes{15} - std::chrono::milliseconds{1});
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, mails());
    }

    void answers_the_oldest_first_and_one_at_a_time() {
        const Identity brunos{"bruno@example.net", "7/4/1951", "Nunez-Gomez", "90210"};
        CPPUNIT_ASSERT(submit_request(it_->store, it_->practice, Asked::Account, annas_,
                                      it_->visitor, noon + minutes{1}));
        CPPUNIT_ASSERT(
            submit_request(it_->store, it_->practice, Asked::Account, brunos, it_->visitor, noon));
        CPPUNIT_ASSERT(answer_one(noon + minutes{2}));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, mails());
        CPPUNIT_ASSERT_EQUAL(std::size_t{43}, it_->link_of("P002").size());
    }

    void forgets_a_request_once_it_is_answered() {
        ask(Asked::Account);
        CPPUNIT_ASSERT(answer_one(noon));
        CPPUNIT_ASSERT(!answer_one(noon));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, waiting());
    }

    void reads_who_matches_again_from_the_host() {
        ask(Asked::Account);
        answer();
        CPPUNIT_ASSERT(std::vector<std::string>{"P001"} == refreshed_);
    }

    void mails_nothing_if_the_fresh_chart_no_longer_matches() {
        ask(Asked::Account);
        refresh_ = [this](const std::string& id) {
            auto patient = anna(id);
            patient.email = "moved@example.org";
            it_->store.add(patient);
        };
        answer();
        CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, mails());
    }

    void asks_the_host_nothing_if_nobody_matches() {
        annas_.last_name = "Nobody";
        ask(Asked::Account);
        answer();
        CPPUNIT_ASSERT(refreshed_.empty());
    }

    void holds_nothing_of_what_was_typed_in_clear() {
        const Identity typed{"zaphod.typed@example.com", "3/17/1942", "Quetzalcoatl", "H4X 0R7"};
        CPPUNIT_ASSERT(
            submit_request(it_->store, it_->practice, Asked::Account, typed, it_->visitor, noon));
        const auto bytes = it_->store.bytes();
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, waiting());
        for (const char* fact :
             {"zaphod.typed", "3/17/1942", "1942-03-17", "Quetzalcoatl", "H4X 0R7"})
            CPPUNIT_ASSERT_MESSAGE(fact, bytes.find(fact) == std::string::npos);
    }

    void refuses_a_form_by_its_field() {
        refuses({"", "1980-02-29", "Winter", "02139"}, Refusal::FieldEmpty, "email");
        refuses({"no address", "1980-02-29", "Winter", "02139"}, Refusal::InvalidEmail, "email");
        refuses({"a@example.org", "1980-02-30", "Winter", "02139"}, Refusal::InvalidBirthDate,
                "birth_date");
        refuses({"a@example.org", "1980-02-29", "", "02139"}, Refusal::FieldEmpty, "last_name");
        refuses({"a@example.org", "1980-02-29", "Winter", "!"}, Refusal::InvalidPostalCode,
                "postal_code");
    }

    void stores_nothing_of_a_refused_form() {
        CPPUNIT_ASSERT(
            !submit_request(it_->store, it_->practice, Asked::Account, {}, it_->visitor, noon));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, waiting());
        CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, it_->store.number("SELECT COUNT(*) FROM audit"));
    }

    void records_the_request_without_a_patient() {
        ask(Asked::Account);
        const auto entry = it_->store.ask(
            [](Connection& connection) { return read_audit(connection, 0, "", 1).front(); });
        CPPUNIT_ASSERT_EQUAL(std::string{"portal_request_received"}, entry.action);
        CPPUNIT_ASSERT_EQUAL(std::string{}, entry.patient_id + entry.actor.id);
    }

    void drops_a_request_that_was_tampered_with() {
        ask(Asked::Account);
        it_->store.tamper("UPDATE portal_request SET sealed = 'k1:AAAA'");
        answer();
        CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, mails());
        CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, waiting());
    }

    void whose_chart_cannot_be_read_is_not_mailed() {
        is_readable_ = false;
        ask(Asked::Account);
        answer();
        CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, mails());
        CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, waiting());
    }

private:
    void ask(Asked what) {
        CPPUNIT_ASSERT(submit_request(it_->store, it_->practice, what, annas_, it_->visitor, noon));
    }
    bool answer_one(UnixTime at) {
        return answer_request(
            it_->store, it_->practice,
            [this](const std::string& id) {
                refreshed_.push_back(id);
                if (refresh_) refresh_(id);
                return is_readable_;
            },
            at);
    }
    void answer(UnixTime at = noon) {
        while (answer_one(at)) continue;
    }
    void add_twin() {
        auto twin = anna("P003");
        twin.first_name = "Alma";
        it_->store.add(twin);
    }
    void refuses(const Identity& typed, Refusal reason, const std::string& field) {
        const auto done = submit_request(it_->store, it_->practice, Asked::Account, typed,
                                         it_->visitor, noon);
        CPPUNIT_ASSERT_MESSAGE(field, !done && done.refusal().reason == reason);
        CPPUNIT_ASSERT_EQUAL(field, done.refusal().field);
    }
    std::int64_t mails() { return it_->store.number("SELECT COUNT(*) FROM outbox"); }
    std::int64_t waiting() { return it_->store.number("SELECT COUNT(*) FROM portal_request"); }

    std::optional<LinkFixture> it_{};
    Identity annas_{"anna@example.org", "2/29/1980", "WINTER", "02139-4307"};
    std::vector<std::string> refreshed_{};
    std::function<void(const std::string&)> refresh_{};
    bool is_readable_ = true;  // The chart, as the host gives it.
};
CPPUNIT_TEST_SUITE_REGISTRATION(RequestTest);
