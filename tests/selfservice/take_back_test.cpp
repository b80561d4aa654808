// SPDX-License-Identifier: Apache-2.0
#include "selfservice/take_back.hpp"

#include "selfservice/link_fixture.hpp"
#include "selfservice/request.hpp"
#include "store/audit_table.hpp"
#include "support/prints.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <functional>
#include <optional>

using namespace ppo;

class TakeBackTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(TakeBackTest);
    CPPUNIT_TEST(who_declined_or_waits_takes_it_back_by_asking);
    CPPUNIT_TEST(taking_it_back_is_recorded_once_for_the_visitor);
    CPPUNIT_TEST(asking_for_the_username_mails_it_and_takes_nothing_back);
    CPPUNIT_TEST(do_not_mail_is_not_taken_back_by_who_knows_the_facts);
    CPPUNIT_TEST(do_not_mail_that_was_said_meanwhile_holds);
    CPPUNIT_TEST_SUITE_END();

public:
    void setUp() override { it_.emplace(); }

    void tearDown() override { it_.reset(); }

    void who_declined_or_waits_takes_it_back_by_asking() {
        const ConsentSaid words[] = {{Consent::Declined, {}},
                                     {Consent::Deferred, noon + std::chrono::hours{48}}};
        auto at = noon;
        for (const auto& said : words) {
            it_->store.say("P001", said);
            ask(Asked::Password, at);
            answer(at);
            CPPUNIT_ASSERT_EQUAL(Consent::NothingSaid, consent());
            CPPUNIT_ASSERT_EQUAL(std::size_t{43}, it_->link_of("P001").size());
            at += std::chrono::hours{1};
        }
        CPPUNIT_ASSERT_EQUAL(std::int64_t{2}, mails());
    }

    void taking_it_back_is_recorded_once_for_the_visitor() {
        it_->store.say("P001", {Consent::Declined, {}});
        ask(Asked::Account);
        answer();
        const auto all = it_->store.ask([](Connection& c) { return read_audit(c, 0, "P001", 10); });
        CPPUNIT_ASSERT_EQUAL(std::size_t{3}, all.size());
        CPPUNIT_ASSERT_EQUAL(
            std::string{"consent_changed none 203.0.113.7"},
            all.front().action + " " + all.front().detail + " " + all.front().actor.from);
        CPPUNIT_ASSERT(all.front().actor.kind == Actor::Kind::Patient);
        CPPUNIT_ASSERT_EQUAL(std::string{"invitation_queued"}, all.at(1).action);
    }

    void asking_for_the_username_mails_it_and_takes_nothing_back() {
        it_->store.say("P001", {Consent::Declined, {}});
        ask(Asked::Username);
        answer();
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, mails());
        CPPUNIT_ASSERT_EQUAL(Consent::Declined, consent());
    }

    void do_not_mail_is_not_taken_back_by_who_knows_the_facts() {
        it_->store.say("P001", {Consent::DoNotMail, {}});
        for (const auto what : {Asked::Account, Asked::Password, Asked::Username}) ask(what);
        answer();
        CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, mails());
        CPPUNIT_ASSERT_EQUAL(Consent::DoNotMail, consent());
    }

    void do_not_mail_that_was_said_meanwhile_holds() {
        it_->store.say("P001", {Consent::Declined, {}});
        refresh_ = [this] { it_->store.say("P001", {Consent::DoNotMail, {}}); };
        ask(Asked::Account);
        answer();
        CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, mails());
        CPPUNIT_ASSERT_EQUAL(Consent::DoNotMail, consent());
    }

private:
    void ask(Asked what, UnixTime at = noon) {
        const Identity annas{"anna@example.org", "2/29/1980", "WINTER", "02139-4307"};
        CPPUNIT_ASSERT(submit_request(it_->store, it_->practice, what, annas, it_->visitor, at));
    }
    void answer(UnixTime at = noon) {
        const auto refresh = [this](const std::string&) {
            if (refresh_) refresh_();
            return true;
        };
        while (answer_request(it_->store, it_->practice, refresh, at)) continue;
    }
    Consent consent() { return it_->store.account("P001").facts.consent; }
    std::int64_t mails() { return it_->store.number("SELECT COUNT(*) FROM outbox"); }

    std::optional<LinkFixture> it_{};
    std::function<void()> refresh_{};  // What happens while the host is asked.
};
CPPUNIT_TEST_SUITE_REGISTRATION(TakeBackTest);
