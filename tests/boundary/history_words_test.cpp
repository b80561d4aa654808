// SPDX-License-Identifier: Apache-2.0
#include "boundary/history_words.hpp"

#include <cppunit/extensions/HelperMacros.h>

using namespace ppo;

class HistoryWordsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(HistoryWordsTest);
    CPPUNIT_TEST(says_what_was_done);
    CPPUNIT_TEST(says_what_was_refused);
    CPPUNIT_TEST(shows_an_unknown_action_as_it_is);
    CPPUNIT_TEST(has_words_for_every_action);
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

    void shows_an_unknown_action_as_it_is() {
        CPPUNIT_ASSERT_EQUAL(std::string{"moon_landed"}, history_sentence(entry("moon_landed")));
    }

    void has_words_for_every_action() {
        for (const char* action : {"access_enabled",
                                   "access_disabled",
                                   "invitation_queued",
                                   "invitation_withdrawn",
                                   "username_reminder_queued",
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
                                   "signed_in",
                                   "delays_lifted",
                                   "patient_changed",
                                   "patient_removed",
                                   "patient_merged_away",
                                   "patient_merged_in",
                                   "portal_request_received",
                                   "portal_request_answered",
                                   "portal_requests_dropped",
                                   "source_limited",
                                   "reminder_queued",
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
                                   "batch_list_taken_out"})
            CPPUNIT_ASSERT_MESSAGE(action, history_sentence(entry(action)) != action);
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
        acted.actor = {Actor::Kind::Plugin, {}, {}};
        CPPUNIT_ASSERT_EQUAL(std::string{"Portal software"}, history_actor(acted));
        acted.actor = {Actor::Kind::Host, {}, {}};
        CPPUNIT_ASSERT_EQUAL(std::string{"EMR"}, history_actor(acted));
    }

private:
    static AuditEntry entry(const std::string& action) {
        AuditEntry made;
        made.action = action;
        made.outcome = "done";
        return made;
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(HistoryWordsTest);
