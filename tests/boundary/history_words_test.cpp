// SPDX-License-Identifier: Apache-2.0
#include "boundary/history_words.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <algorithm>
#include <set>

using namespace ppo;

class HistoryWordsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(HistoryWordsTest);
    CPPUNIT_TEST(says_what_was_done);
    CPPUNIT_TEST(says_what_was_refused);
    CPPUNIT_TEST(spells_an_unknown_action_out);
    CPPUNIT_TEST(tells_first_set_up_new_password_and_asked_for_apart);
    CPPUNIT_TEST(says_what_was_tried_without_permission);
    CPPUNIT_TEST(has_words_of_its_own_where_the_name_says_too_little);
    CPPUNIT_TEST(says_what_the_patient_wants);
    CPPUNIT_TEST(an_unknown_outcome_may_have_been_sent_twice);
    CPPUNIT_TEST(says_who_acted);
    CPPUNIT_TEST_SUITE_END();

public:
    void says_what_was_done() {
        CPPUNIT_ASSERT_EQUAL(std::string{"Signed in"}, history_sentence(entry("signed_in")));
    }

    void says_what_was_refused() {
        auto refused = entry("signed_in");
        refused.outcome = "refused_sign_in";
        CPPUNIT_ASSERT_EQUAL(std::string{"Sign-in refused"}, history_sentence(refused));
    }

    void spells_an_unknown_action_out() {
        CPPUNIT_ASSERT_EQUAL(std::string{"Moon landed"}, history_sentence(entry("moon_landed")));
        CPPUNIT_ASSERT_EQUAL(std::string{}, history_sentence(entry("")));
    }

    void tells_first_set_up_new_password_and_asked_for_apart() {
        auto queued = entry("invitation_queued");
        queued.detail = "first_set_up";
        CPPUNIT_ASSERT_EQUAL(std::string{"Invitation queued (first set-up)"},
                             history_sentence(queued));
        queued.detail = "reset_by_staff";
        CPPUNIT_ASSERT_EQUAL(std::string{"Invitation queued (new password, sent by staff)"},
                             history_sentence(queued));
        queued.detail = "asked_by_patient";
        CPPUNIT_ASSERT_EQUAL(std::string{"Invitation queued (asked for by the patient)"},
                             history_sentence(queued));
    }

    void says_what_was_tried_without_permission() {
        auto tried = entry("not_permitted");
        tried.detail = "set_access more_not_recorded";
        CPPUNIT_ASSERT_EQUAL(std::string{"Tried without permission: Set access"},
                             history_sentence(tried));
    }

    void has_words_of_its_own_where_the_name_says_too_little() {
        for (const char* action : {"access_enabled",
                                   "access_disabled",
                                   "invitation_withdrawn",
                                   "mail_sent",
                                   "mail_deferred",
                                   "mail_failed",
                                   "mail_outcome_unknown",
                                   "mail_cancelled",
                                   "link_closed",
                                   "link_answered",
                                   "setup_completed",
                                   "username_set",
                                   "password_set_by_staff",
                                   "password_changed",
                                   "patient_changed",
                                   "patient_removed",
                                   "patient_returned",
                                   "patient_merged_away",
                                   "patient_merged_in",
                                   "portal_request_received",
                                   "portal_request_answered",
                                   "portal_requests_dropped",
                                   "source_limited",
                                   "mail_bounced",
                                   "mail_server_down",
                                   "mail_server_back",
                                   "mail_text_replaced",
                                   "mail_text_reset",
                                   "batch_started",
                                   "batch_undone",
                                   "batch_paused",
                                   "batch_resumed",
                                   "batch_cancelled",
                                   "batch_done",
                                   "batch_list_taken_out",
                                   "link_opened",
                                   "link_delayed",
                                   "sign_in_delayed",
                                   "password_disabled"})
            CPPUNIT_ASSERT_MESSAGE(action, history_sentence(entry(action)) != words_of(action));
    }

    void says_what_the_patient_wants() {
        std::set<std::string> seen;
        for (const char* detail :
             {"none", "declined", "deferred until=2026-05-01T05:00:00Z", "do_not_mail", "new"}) {
            auto changed = entry("consent_changed");
            changed.detail = detail;
            CPPUNIT_ASSERT(seen.insert(history_sentence(changed)).second);
        }
        CPPUNIT_ASSERT(seen.count("Noted: ask again later") == 1);
    }

    void an_unknown_outcome_may_have_been_sent_twice() {
        CPPUNIT_ASSERT(
            history_sentence(entry("mail_outcome_unknown")).find("may have been sent twice") !=
            std::string::npos);
    }

    void says_who_acted() {
        auto acted = entry("signed_in");
        acted.actor = {Actor::Kind::Staff, "nurse-1", {}};
        CPPUNIT_ASSERT_EQUAL(std::string{"Staff nurse-1"}, history_actor(acted));
        acted.actor = {Actor::Kind::Patient, "P001", {}};
        CPPUNIT_ASSERT_EQUAL(std::string{"Patient or visitor"}, history_actor(acted));
        acted.actor.from = "203.0.113.7";
        CPPUNIT_ASSERT_EQUAL(std::string{"Patient or visitor, 203.0.113.7"}, history_actor(acted));
        acted.actor = {Actor::Kind::Plugin, {}, {}};
        CPPUNIT_ASSERT_EQUAL(std::string{"Portal software"}, history_actor(acted));
        acted.actor = {Actor::Kind::Host, {}, {}};
        CPPUNIT_ASSERT_EQUAL(std::string{"EMR"}, history_actor(acted));
    }

private:
    /// How an action without words of its own would read, but for its first letter.
    static std::string words_of(std::string action) {
        std::replace(action.begin(), action.end(), '_', ' ');
        action.front() = static_cast<char>(action.front() - 'a' + 'A');
        return action;
    }
    static AuditEntry entry(const std::string& action) {
        AuditEntry made;
        made.action = action;
        made.outcome = "done";
        return made;
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(HistoryWordsTest);
