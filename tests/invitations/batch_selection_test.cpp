// SPDX-License-Identifier: Apache-2.0
#include "invitations/batch_selection.hpp"

#include "domain/refusal_sentence.hpp"
#include "invitations/batch.hpp"
#include "invitations/send_invitation.hpp"
#include "store/account_table.hpp"
#include "support/batches.hpp"
#include "support/crowd.hpp"
#include "support/prints.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <functional>

using namespace ppo;

class BatchSelectionTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(BatchSelectionTest);
    CPPUNIT_TEST(filter_takes_whom_the_report_shows);
    CPPUNIT_TEST(filter_s_order_and_direction_do_not_count);
    CPPUNIT_TEST(ids_are_taken_in_their_order);
    CPPUNIT_TEST(one_named_twice_counts_once);
    CPPUNIT_TEST(id_that_nobody_has_is_skipped);
    CPPUNIT_TEST(every_reason_of_a_single_invitation_skips);
    CPPUNIT_TEST(every_word_of_the_patient_skips);
    CPPUNIT_TEST(who_has_signed_in_is_skipped_unless_wanted_too);
    CPPUNIT_TEST(who_was_just_mailed_is_skipped);
    CPPUNIT_TEST(patient_over_the_cap_is_skipped);
    CPPUNIT_TEST(address_over_the_cap_is_skipped);
    CPPUNIT_TEST(family_on_one_address_gets_no_more_than_its_cap);
    CPPUNIT_TEST(mails_of_today_leave_less_room_for_the_family);
    CPPUNIT_TEST(who_is_skipped_takes_no_room_at_the_family_s_address);
    CPPUNIT_TEST(turns_come_to_the_same_as_was_foreseen_for_the_family);
    CPPUNIT_TEST_SUITE_END();

    TempStore store_{};
    Practice practice_ = elm_practice();

    std::string judged(const BatchSelection& selection, UnixTime at = noon) {
        std::string all;
        Reading reading{store_};
        judge_selection(reading, practice_, selection, at,
                        [&](const std::string& patient_id, std::optional<Refusal> refusal) {
                            all += patient_id + " " +
                                   std::string{refusal ? refusal_code(*refusal) : "mail"} + ";";
                        });
        return all;
    }
    std::string judged_with(const std::function<void(Patient&)>& change, bool with_access = true) {
        auto patient = anna("P0001");
        change(patient);
        store_.add(patient, with_access);
        return judged(these({"P0001"}));
    }
    void add_family(int count) {
        for (int i = 1; i <= count; ++i) store_.add(anna(person_id(i)));
    }

public:
    void filter_takes_whom_the_report_shows() {
        add_crowd(store_, 300);
        ReportQuery query;
        query.search = "ash";
        query.tag = "recall";
        query.marks.add(Mark::LinkExpired);
        std::size_t taken = 0;
        Reading reading{store_};
        judge_selection(reading, practice_, {.filter = query}, noon,
                        [&](const std::string&, std::optional<Refusal>) { ++taken; });
        const auto shown = read_report(reading, query, std::nullopt, false, 1000, noon).size();
        CPPUNIT_ASSERT(shown > 0);
        CPPUNIT_ASSERT_EQUAL(shown, taken);
    }

    void filter_s_order_and_direction_do_not_count() {
        add_people(store_, 3);
        ReportQuery query;
        query.sort = ReportSort::LastInvited;
        query.descending = true;
        CPPUNIT_ASSERT_EQUAL(judged(everybody()), judged({.filter = query}));
    }

    void ids_are_taken_in_their_order() {
        add_people(store_, 3);
        CPPUNIT_ASSERT_EQUAL(std::string{"P0003 mail;P0001 mail;"},
                             judged(these({"P0003", "P0001"})));
    }

    void one_named_twice_counts_once() {
        add_people(store_, 2);
        CPPUNIT_ASSERT_EQUAL(std::string{"P0001 mail;P0002 mail;"},
                             judged(these({"P0001", "P0002", "P0001", "P0001"})));
    }

    void id_that_nobody_has_is_skipped() {
        CPPUNIT_ASSERT_EQUAL(std::string{"P404 refused_unknown_patient;"},
                             judged(these({"P404", "P404"})));
    }

    void every_reason_of_a_single_invitation_skips() {
        const auto nothing = [](Patient&) {};
        CPPUNIT_ASSERT_EQUAL(std::string{"P0001 refused_access_not_enabled;"},
                             judged_with(nothing, false));
        store_.change("P0001",
                      [](Transaction& t) { CPPUNIT_ASSERT(put_access(t, "P0001", true, noon)); });
        CPPUNIT_ASSERT_EQUAL(std::string{"P0001 refused_no_email;"},
                             judged_with([](Patient& p) { p.email.clear(); }));
        CPPUNIT_ASSERT_EQUAL(std::string{"P0001 refused_invalid_email;"},
                             judged_with([](Patient& p) { p.email = "anna"; }));
        CPPUNIT_ASSERT_EQUAL(std::string{"P0001 refused_opted_out;"},
                             judged_with([](Patient& p) { p.opted_out = true; }));
        CPPUNIT_ASSERT_EQUAL(
            std::string{"P0001 refused_chart_inactive;"},
            judged_with([](Patient& p) { p.chart_status = ChartStatus::Inactive; }));
        CPPUNIT_ASSERT_EQUAL(
            std::string{"P0001 refused_chart_deceased;"},
            judged_with([](Patient& p) { p.chart_status = ChartStatus::Deceased; }));
        CPPUNIT_ASSERT_EQUAL(std::string{"P0001 mail;"}, judged_with(nothing));
    }

    void every_word_of_the_patient_skips() {
        add_people(store_, 1);
        store_.say("P0001", {Consent::Declined, {}});
        CPPUNIT_ASSERT_EQUAL(std::string{"P0001 refused_declined;"}, judged(everybody()));
        const auto tomorrow = noon + std::chrono::hours{24};
        store_.say("P0001", {Consent::Deferred, tomorrow});
        CPPUNIT_ASSERT_EQUAL(std::string{"P0001 refused_deferred;"}, judged(everybody()));
        CPPUNIT_ASSERT_EQUAL(std::string{"P0001 refused_deferred;"}, judged(these({"P0001"})));
        CPPUNIT_ASSERT_EQUAL(std::string{"P0001 mail;"}, judged(everybody(), tomorrow));
        store_.say("P0001", {Consent::DoNotMail, {}});
        CPPUNIT_ASSERT_EQUAL(std::string{"P0001 refused_opted_out;"}, judged(everybody()));
    }

    void who_has_signed_in_is_skipped_unless_wanted_too() {
        add_people(store_, 1);
        store_.change("P0001", [](Transaction& t) { put_signed_in(t, "P0001", noon); });
        auto selection = everybody();
        CPPUNIT_ASSERT_EQUAL(std::string{"P0001 refused_already_signed_in;"}, judged(selection));
        selection.signed_in_too = true;
        CPPUNIT_ASSERT_EQUAL(std::string{"P0001 mail;"}, judged(selection));
    }

    void who_was_just_mailed_is_skipped() {
        add_people(store_, 1);
        CPPUNIT_ASSERT(send_invitation(store_, practice_, "P0001", nurse, noon));
        const auto over = noon + practice_.cool_down;
        CPPUNIT_ASSERT_EQUAL(std::string{"P0001 refused_cooling_down;"},
                             judged(everybody(), over - std::chrono::milliseconds{1}));
        CPPUNIT_ASSERT_EQUAL(std::string{"P0001 mail;"}, judged(everybody(), over));
    }

    void patient_over_the_cap_is_skipped() {
        add_people(store_, 1);
        practice_.patient_mails_per_day = 1;
        CPPUNIT_ASSERT(send_invitation(store_, practice_, "P0001", nurse, noon));
        settle_due(store_, noon);
        CPPUNIT_ASSERT_EQUAL(std::string{"P0001 refused_too_many_mails;"},
                             judged(everybody(), noon + std::chrono::hours{23}));
        CPPUNIT_ASSERT_EQUAL(std::string{"P0001 mail;"},
                             judged(everybody(), noon + std::chrono::hours{24}));
    }

    void address_over_the_cap_is_skipped() {
        add_family(2);
        practice_.address_mails_per_day = 1;
        CPPUNIT_ASSERT(send_invitation(store_, practice_, "P0001", nurse, noon));
        CPPUNIT_ASSERT_EQUAL(std::string{"P0002 refused_too_many_mails;"},
                             judged(these({"P0002"})));
    }

    void family_on_one_address_gets_no_more_than_its_cap() {
        add_family(5);
        practice_.address_mails_per_day = 3;
        CPPUNIT_ASSERT_EQUAL(std::string{"P0001 mail;P0002 mail;P0003 mail;"
                                         "P0004 refused_too_many_mails;"
                                         "P0005 refused_too_many_mails;"},
                             judged(these({"P0001", "P0002", "P0003", "P0004", "P0005"})));
    }

    void mails_of_today_leave_less_room_for_the_family() {
        add_family(3);
        practice_.address_mails_per_day = 2;
        CPPUNIT_ASSERT(send_invitation(store_, practice_, "P0003", nurse, noon));
        CPPUNIT_ASSERT_EQUAL(std::string{"P0001 mail;P0002 refused_too_many_mails;"},
                             judged(these({"P0001", "P0002"})));
    }

    void who_is_skipped_takes_no_room_at_the_family_s_address() {
        add_family(2);
        store_.add(anna("P0003"), false);
        practice_.address_mails_per_day = 2;
        CPPUNIT_ASSERT_EQUAL(std::string{"P0003 refused_access_not_enabled;P0001 mail;P0002 mail;"},
                             judged(these({"P0003", "P0001", "P0002"})));
    }

    void turns_come_to_the_same_as_was_foreseen_for_the_family() {
        add_family(5);
        practice_.address_mails_per_day = 3;
        const auto id = start_some(store_, practice_, everybody());
        const auto foreseen = how_many(progress_of(store_, id), BatchOutcome::Waiting);
        advance_all(store_, practice_, noon + practice_.hold_back);
        CPPUNIT_ASSERT_EQUAL(foreseen, how_many(progress_of(store_, id), BatchOutcome::Queued));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(BatchSelectionTest);
