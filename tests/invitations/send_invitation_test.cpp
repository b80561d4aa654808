// SPDX-License-Identifier: Apache-2.0
#include "invitations/send_invitation.hpp"

#include "invitations/link.hpp"
#include "store/account_table.hpp"
#include "store/audit_table.hpp"
#include "store/outbox_table.hpp"
#include "store/patient_table.hpp"
#include "support/prints.hpp"
#include "support/temp_store.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <functional>

using namespace ppo;

namespace {
constexpr auto tick = std::chrono::milliseconds{1};
constexpr auto cool_down = std::chrono::minutes{2};
}  // namespace

class SendInvitationTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(SendInvitationTest);
    CPPUNIT_TEST(first_invitation_lives_seven_days);
    CPPUNIT_TEST(reset_of_a_set_up_patient_lives_a_day);
    CPPUNIT_TEST(queued_mail_goes_to_the_address_on_file);
    CPPUNIT_TEST(row_is_queued_but_stays_gray_until_the_mail_left);
    CPPUNIT_TEST(unknown_patient_is_refused);
    CPPUNIT_TEST(patient_whose_chart_has_gone_is_unknown);
    CPPUNIT_TEST(access_not_enabled_is_refused);
    CPPUNIT_TEST(inactive_and_deceased_are_refused_before_all_else);
    CPPUNIT_TEST(missing_e_mail_is_refused);
    CPPUNIT_TEST(invalid_e_mail_is_refused);
    CPPUNIT_TEST(opted_out_is_refused);
    CPPUNIT_TEST(who_declined_is_refused);
    CPPUNIT_TEST(who_waits_is_refused_with_the_time_that_is_left);
    CPPUNIT_TEST(who_wants_no_mail_is_refused_as_opted_out);
    CPPUNIT_TEST(missing_zip_and_birth_date_stand_against_nothing);
    CPPUNIT_TEST(cool_down_says_how_long_to_the_millisecond);
    CPPUNIT_TEST(cool_down_ends_at_its_end);
    CPPUNIT_TEST(clock_set_back_makes_nobody_wait_longer_than_the_cool_down);
    CPPUNIT_TEST(patient_gets_so_many_mails_a_day_and_no_more);
    CPPUNIT_TEST(mail_that_never_left_does_not_count);
    CPPUNIT_TEST(address_gets_so_many_mails_a_day_and_no_more);
    CPPUNIT_TEST(mails_of_other_kinds_count_against_the_address_alone);
    CPPUNIT_TEST(clock_set_back_makes_nobody_wait_longer_than_a_day);
    CPPUNIT_TEST(refused_invitation_changes_nothing);
    CPPUNIT_TEST(newer_link_replaces_the_older);
    CPPUNIT_TEST(newer_invitation_takes_the_older_mail_out);
    CPPUNIT_TEST(password_and_username_stay_until_the_link_is_used);
    CPPUNIT_TEST(each_invitation_is_recorded_without_the_address);
    CPPUNIT_TEST(twins_get_one_mail_with_a_link_each);
    CPPUNIT_TEST(withdrawn_link_is_dead_and_its_mail_does_not_leave);
    CPPUNIT_TEST(nothing_to_withdraw_is_refused);
    CPPUNIT_TEST(withdrawing_of_an_unknown_patient_is_refused);
    CPPUNIT_TEST_SUITE_END();

    TempStore store_{};
    Practice practice_ = elm_practice();

    Result<QueuedInvitation> send(UnixTime at = noon, const std::string& id = "P001") {
        return send_invitation(store_, practice_, id, nurse, at);
    }
    Refusal refusal_with(const std::function<void(Patient&)>& change) {
        auto patient = anna();
        change(patient);
        store_.add(patient);
        return refusal_of(send());
    }
    std::optional<Invitation> open() {
        return store_.ask(
            [](Connection& connection) { return open_invitation(connection, "P001"); });
    }
    Invitation invitation(const std::string& id) {
        return store_.ask([&](Connection& c) { return find_invitation(c, id).value(); });
    }
    std::optional<QueuedMail> lease(UnixTime at) {
        Transaction transaction{store_};
        return lease_due_mail(transaction, at, at, "w1");
    }
    void settle(UnixTime at) {
        Transaction transaction{store_};
        const auto mail = lease_due_mail(transaction, at, at, "w1").value();
        CPPUNIT_ASSERT(settle_mail(transaction, mail, "w1", MailOutcome{}));
        transaction.commit();
    }
    std::int64_t rows(const std::string& table) {
        return store_.number("SELECT COUNT(*) FROM " + table);
    }

public:
    void setUp() override { store_.add(anna()); }

    void first_invitation_lives_seven_days() {
        CPPUNIT_ASSERT(send()->link_expires_at == noon + std::chrono::hours{24 * 7});
        CPPUNIT_ASSERT_EQUAL(LinkOrigin::FirstSetUp, open()->origin);
    }

    void reset_of_a_set_up_patient_lives_a_day() {
        store_.set_up("P001", "anna.w");
        CPPUNIT_ASSERT(send()->link_expires_at == noon + std::chrono::hours{24});
        CPPUNIT_ASSERT_EQUAL(LinkOrigin::ResetByStaff, open()->origin);
    }

    void queued_mail_goes_to_the_address_on_file() {
        CPPUNIT_ASSERT(send());
        const auto mail = lease(noon);
        CPPUNIT_ASSERT_EQUAL(std::string{"anna@example.org"}, mail->recipient);
        CPPUNIT_ASSERT_EQUAL(open()->id, mail->people.front().invitation_id);
    }

    void row_is_queued_but_stays_gray_until_the_mail_left() {
        CPPUNIT_ASSERT(send());
        CPPUNIT_ASSERT_EQUAL(PortalStatus::NotInvited, store_.account("P001").status);
        CPPUNIT_ASSERT(store_.account("P001").marks.has(Mark::Queued));
    }

    void unknown_patient_is_refused() {
        CPPUNIT_ASSERT_EQUAL(Refusal::UnknownPatient, refusal_of(send(noon, "P404")));
    }

    void patient_whose_chart_has_gone_is_unknown() {
        store_.change("P001", [](Transaction& t) { hide_patient(t, "P001"); });
        CPPUNIT_ASSERT_EQUAL(Refusal::UnknownPatient, refusal_of(send()));
    }

    void access_not_enabled_is_refused() {
        store_.add(bruno(), false);
        CPPUNIT_ASSERT_EQUAL(Refusal::AccessNotEnabled, refusal_of(send(noon, "P002")));
    }

    void inactive_and_deceased_are_refused_before_all_else() {
        store_.change("P001",
                      [](Transaction& t) { CPPUNIT_ASSERT(put_access(t, "P001", false, noon)); });
        CPPUNIT_ASSERT_EQUAL(Refusal::ChartInactive, refusal_with([](Patient& patient) {
                                 patient.chart_status = ChartStatus::Inactive;
                                 patient.email.clear();
                             }));
        CPPUNIT_ASSERT_EQUAL(Refusal::ChartDeceased, refusal_with([](Patient& patient) {
                                 patient.chart_status = ChartStatus::Deceased;
                                 patient.opted_out = true;
                             }));
    }

    void missing_e_mail_is_refused() {
        CPPUNIT_ASSERT_EQUAL(Refusal::NoEmail, refusal_with([](Patient& p) { p.email.clear(); }));
    }

    void invalid_e_mail_is_refused() {
        for (const auto* email :
             {"anna", "anna@", "@example.org", "a@example.org\nBcc: b@example.org"})
            CPPUNIT_ASSERT_EQUAL(Refusal::InvalidEmail,
                                 refusal_with([&](Patient& p) { p.email = email; }));
    }

    void opted_out_is_refused() {
        CPPUNIT_ASSERT_EQUAL(Refusal::OptedOut,
                             refusal_with([](Patient& p) { p.opted_out = true; }));
    }

    void who_declined_is_refused() {
        store_.say("P001", {Consent::Declined, {}});
        CPPUNIT_ASSERT_EQUAL(Refusal::Declined, refusal_of(send()));
    }

    void who_waits_is_refused_with_the_time_that_is_left() {
        store_.say("P001", {Consent::Deferred, noon + std::chrono::hours{48}});
        const auto refused = send(noon + tick);
        CPPUNIT_ASSERT_EQUAL(Refusal::Deferred, refusal_of(refused));
        CPPUNIT_ASSERT(refused.refusal().retry_after == std::chrono::hours{48} - tick);
        CPPUNIT_ASSERT(send(noon + std::chrono::hours{48}));
    }

    void who_wants_no_mail_is_refused_as_opted_out() {
        store_.say("P001", {Consent::DoNotMail, {}});
        CPPUNIT_ASSERT_EQUAL(Refusal::OptedOut, refusal_of(send()));
    }

    void missing_zip_and_birth_date_stand_against_nothing() {
        auto patient = anna();
        patient.postal_code.clear();
        patient.birth_date.clear();
        store_.add(patient);
        CPPUNIT_ASSERT(send());
    }

    void cool_down_says_how_long_to_the_millisecond() {
        CPPUNIT_ASSERT(send());
        const auto again = send(noon + std::chrono::seconds{45} + tick);
        CPPUNIT_ASSERT_EQUAL(Refusal::CoolingDown, refusal_of(again));
        CPPUNIT_ASSERT(again.refusal().retry_after == std::chrono::seconds{75} - tick);
    }

    void cool_down_ends_at_its_end() {
        CPPUNIT_ASSERT(send());
        CPPUNIT_ASSERT_EQUAL(Refusal::CoolingDown, refusal_of(send(noon + cool_down - tick)));
        CPPUNIT_ASSERT(send(noon + cool_down));
    }

    void clock_set_back_makes_nobody_wait_longer_than_the_cool_down() {
        CPPUNIT_ASSERT(send());
        const auto again = send(noon - std::chrono::hours{24});
        CPPUNIT_ASSERT(again.refusal().retry_after == cool_down);
    }

    void patient_gets_so_many_mails_a_day_and_no_more() {
        practice_.patient_mails_per_day = 2;
        const auto second = noon + std::chrono::hours{1};
        CPPUNIT_ASSERT(send());
        settle(noon);
        CPPUNIT_ASSERT(send(second));
        settle(second);
        const auto third = send(second + cool_down);
        CPPUNIT_ASSERT_EQUAL(Refusal::TooManyMails, refusal_of(third));
        CPPUNIT_ASSERT(third.refusal().retry_after ==
                       noon + std::chrono::hours{24} - (second + cool_down));
        CPPUNIT_ASSERT(!send(noon + std::chrono::hours{24} - tick));
        CPPUNIT_ASSERT(send(noon + std::chrono::hours{24}));
    }

    void mail_that_never_left_does_not_count() {
        practice_.patient_mails_per_day = 1;
        practice_.address_mails_per_day = 1;
        CPPUNIT_ASSERT(send());
        CPPUNIT_ASSERT(revoke_invitation(store_, "P001", nurse, noon));
        CPPUNIT_ASSERT(send(noon + cool_down));
    }

    void address_gets_so_many_mails_a_day_and_no_more() {
        practice_.address_mails_per_day = 2;
        for (const auto* id : {"P007", "P008", "P009"}) store_.add(anna(id));
        CPPUNIT_ASSERT(send(noon, "P007"));
        CPPUNIT_ASSERT(send(noon + tick, "P008"));
        const auto third = send(noon + cool_down, "P009");
        CPPUNIT_ASSERT_EQUAL(Refusal::TooManyMails, refusal_of(third));
        CPPUNIT_ASSERT(third.refusal().retry_after == std::chrono::hours{24} - cool_down);
        CPPUNIT_ASSERT(send(noon + std::chrono::hours{24}, "P009"));
    }

    void mails_of_other_kinds_count_against_the_address_alone() {
        practice_.patient_mails_per_day = 1;
        practice_.address_mails_per_day = 2;
        const auto notify = [&] {
            Transaction transaction{store_};
            queue_mail(transaction, {.id = random_id(),
                                     .kind = MailKind::PasswordChanged,
                                     .recipient = "anna@example.org",
                                     .created_at = noon,
                                     .people = {{"P001", {}}}});
            transaction.commit();
        };
        notify();
        CPPUNIT_ASSERT(send());
        store_.add(anna("P009"));
        CPPUNIT_ASSERT_EQUAL(Refusal::TooManyMails, refusal_of(send(noon, "P009")));
    }

    void clock_set_back_makes_nobody_wait_longer_than_a_day() {
        practice_.address_mails_per_day = 1;
        store_.add(anna("P009"));
        CPPUNIT_ASSERT(send(noon + std::chrono::hours{48}));
        CPPUNIT_ASSERT(send(noon, "P009").refusal().retry_after == std::chrono::hours{24});
    }

    void refused_invitation_changes_nothing() {
        CPPUNIT_ASSERT(send());
        const auto before = store_.bytes();
        CPPUNIT_ASSERT_EQUAL(Refusal::CoolingDown, refusal_of(send()));
        CPPUNIT_ASSERT(before == store_.bytes());
    }

    void newer_link_replaces_the_older() {
        CPPUNIT_ASSERT(send());
        const auto older = open()->id;
        CPPUNIT_ASSERT(send(noon + cool_down));
        CPPUNIT_ASSERT(open()->id != older);
        CPPUNIT_ASSERT_EQUAL(LinkEnd::Replaced, invitation(older).end);
    }

    void newer_invitation_takes_the_older_mail_out() {
        CPPUNIT_ASSERT(send());
        CPPUNIT_ASSERT(send(noon + cool_down));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{2}, rows("outbox"));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, rows("outbox WHERE next_try_at IS NOT NULL"));
        CPPUNIT_ASSERT_EQUAL(open()->id, lease(noon + cool_down)->people.front().invitation_id);
        CPPUNIT_ASSERT(store_.account("P001").marks.has(Mark::Queued));
    }

    void password_and_username_stay_until_the_link_is_used() {
        store_.set_up("P001", "anna.w");
        CPPUNIT_ASSERT(send());
        CPPUNIT_ASSERT(store_.account("P001").has_password);
        CPPUNIT_ASSERT_EQUAL(std::string{"anna.w"}, store_.account("P001").username);
    }

    void each_invitation_is_recorded_without_the_address() {
        CPPUNIT_ASSERT(send());
        const auto entries = store_.ask([](Connection& c) { return read_audit(c, 0, "P001", 10); });
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, entries.size());
        const auto& entry = entries.front();
        CPPUNIT_ASSERT_EQUAL(std::string{"invitation_queued nurse-1 done"},
                             entry.action + " " + entry.actor.id + " " + entry.outcome);
        CPPUNIT_ASSERT(entry.detail.find('@') == std::string::npos);
    }

    void twins_get_one_mail_with_a_link_each() {
        store_.add(anna("P009"));
        {
            Transaction transaction{store_};
            const auto queued = queue_links(transaction, practice_,
                                            {find_account(transaction, "P001").value(),
                                             find_account(transaction, "P009").value()},
                                            LinkOrigin::AskedByPatient, Actor{}, noon);
            transaction.commit();
            CPPUNIT_ASSERT(queued.first_expiry == noon + std::chrono::hours{1});
        }
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, rows("outbox"));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{2}, rows("invitation WHERE closed_at IS NULL"));
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, lease(noon)->people.size());
    }

    void withdrawn_link_is_dead_and_its_mail_does_not_leave() {
        CPPUNIT_ASSERT(send());
        const auto id = open()->id;
        CPPUNIT_ASSERT(revoke_invitation(store_, "P001", nurse, noon));
        CPPUNIT_ASSERT_EQUAL(LinkEnd::Withdrawn, invitation(id).end);
        CPPUNIT_ASSERT(!lease(noon));
        CPPUNIT_ASSERT_EQUAL(PortalStatus::NotInvited, store_.account("P001").status);
    }

    void nothing_to_withdraw_is_refused() {
        CPPUNIT_ASSERT_EQUAL(Refusal::NoOpenInvitation,
                             refusal_of(revoke_invitation(store_, "P001", nurse, noon)));
    }

    void withdrawing_of_an_unknown_patient_is_refused() {
        CPPUNIT_ASSERT_EQUAL(Refusal::UnknownPatient,
                             refusal_of(revoke_invitation(store_, "P404", nurse, noon)));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(SendInvitationTest);
