// SPDX-License-Identifier: Apache-2.0
#include "invitations/compose_mail.hpp"

#include "invitations/link.hpp"
#include "invitations/linting.hpp"
#include "invitations/mail_texts.hpp"
#include "invitations/send_invitation.hpp"
#include "onboarding/access.hpp"
#include "store/account_table.hpp"
#include "store/credential_table.hpp"
#include "store/patient_table.hpp"
#include "support/prints.hpp"
#include "support/temp_store.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <functional>

using namespace ppo;

namespace {
bool holds(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}
}  // namespace

class ComposeMailTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ComposeMailTest);
    CPPUNIT_TEST(invitation_carries_the_link_that_finds_its_row);
    CPPUNIT_TEST(mail_speaks_for_the_practice);
    CPPUNIT_TEST(every_try_carries_the_same_id_and_link);
    CPPUNIT_TEST(language_of_the_patient_comes_first);
    CPPUNIT_TEST(dead_link_is_not_mailed);
    CPPUNIT_TEST(expired_link_is_not_mailed);
    CPPUNIT_TEST(whoever_must_not_be_mailed_is_not);
    CPPUNIT_TEST(address_changed_in_letter_case_only_needs_a_new_invitation);
    CPPUNIT_TEST(one_who_must_not_be_mailed_leaves_the_others_mail);
    CPPUNIT_TEST(twins_are_each_named_with_a_link_of_their_own);
    CPPUNIT_TEST(reminder_tells_the_username_and_no_link);
    CPPUNIT_TEST(notice_carries_neither_link_nor_username);
    CPPUNIT_TEST(notice_leaves_although_access_went_off);
    CPPUNIT_TEST(notice_of_a_closed_chart_or_against_the_patients_wish_is_not_mailed);
    CPPUNIT_TEST(only_the_notice_of_a_changed_address_goes_to_the_earlier_one);
    CPPUNIT_TEST(trouble_with_signing_in_is_told_as_it_is_now);
    CPPUNIT_TEST(who_wants_no_invitation_still_gets_notices_and_reminders);
    CPPUNIT_TEST(who_wants_no_mail_gets_none_of_any_kind);
    CPPUNIT_TEST(invitation_queued_before_the_word_is_not_mailed);
    CPPUNIT_TEST(composing_changes_nothing);
    CPPUNIT_TEST(text_of_the_practice_is_used_from_the_next_mail_on);
    CPPUNIT_TEST(each_mail_takes_the_text_of_its_kind_and_language);
    CPPUNIT_TEST(text_that_would_be_refused_today_is_not_mailed);
    CPPUNIT_TEST_SUITE_END();

    static constexpr auto notices_ = {MailKind::PasswordChanged, MailKind::UsernameChanged,
                                      MailKind::EmailChanged, MailKind::SignInTrouble};
    TempStore store_{};
    Practice practice_ = elm_practice();

    QueuedMail queued(UnixTime at = noon) {
        Transaction transaction{store_};
        return lease_due_mail(transaction, at, at, "w1").value();
    }
    QueuedMail invite() {
        CPPUNIT_ASSERT(send_invitation(store_, practice_, "P001", nurse, noon));
        return queued();
    }
    QueuedMail invite_twins() {
        auto twin = anna("P009");
        twin.first_name = "Berta";
        store_.add(twin);
        Transaction transaction{store_};
        static_cast<void>(queue_links(
            transaction, practice_,
            {find_account(transaction, "P001").value(), find_account(transaction, "P009").value()},
            LinkOrigin::AskedByPatient, Actor{}, noon));
        auto mail = lease_due_mail(transaction, noon, noon, "w1").value();
        transaction.commit();
        return mail;
    }
    std::optional<OutgoingMail> compose(const QueuedMail& mail, UnixTime at = noon) {
        return compose_mail(store_, practice_, mail, at);
    }
    std::string link_to(const std::string& patient_id) {
        return store_.ask([&](Connection& connection) {
            return link_secret(store_.database().keyring(),
                               open_invitation(connection, patient_id).value());
        });
    }
    QueuedMail mail_of_kind(MailKind kind) {
        QueuedMail mail;
        mail.id = "m1";
        mail.kind = kind;
        mail.recipient = "anna@example.org";
        mail.people = {{"P001", ""}};
        mail.created_at = noon;
        return mail;
    }

public:
    void setUp() override { store_.add(anna()); }

    void invitation_carries_the_link_that_finds_its_row() {
        const auto mail = compose(invite());
        const auto link = "https://portal.example.org/link/" + link_to("P001");
        CPPUNIT_ASSERT(holds(mail->words.text, link) && holds(mail->words.html, link));
        CPPUNIT_ASSERT(holds(mail->words.text, "Anna"));
    }

    void mail_speaks_for_the_practice() {
        const auto mail = compose(invite());
        CPPUNIT_ASSERT_EQUAL(
            std::string{"Elm Practice portal@elm.example.org desk@elm.example.org"},
            mail->sender_name + " " + mail->sender_address + " " + mail->reply_to);
        CPPUNIT_ASSERT_EQUAL(std::string{"anna@example.org"}, mail->recipient);
        CPPUNIT_ASSERT(holds(mail->words.text, practice_.phone));
        CPPUNIT_ASSERT(holds(mail->message_id, "@elm.example.org") && mail->date == noon);
    }

    void every_try_carries_the_same_id_and_link() {
        const auto queued = invite();
        const auto one = compose(queued);
        store_.reopen();
        const auto other = compose(queued, noon + std::chrono::hours{3});
        CPPUNIT_ASSERT_EQUAL(one->message_id, other->message_id);
        CPPUNIT_ASSERT_EQUAL(one->words.text, other->words.text);
    }

    void language_of_the_patient_comes_first() {
        CPPUNIT_ASSERT_EQUAL(std::string{"en"}, compose(invite())->words.language);
        store_.add(bruno());
        CPPUNIT_ASSERT(
            send_invitation(store_, practice_, "P002", nurse, noon - std::chrono::hours{1}));
        CPPUNIT_ASSERT_EQUAL(std::string{"es"}, compose(queued())->words.language);
    }

    void dead_link_is_not_mailed() {
        for (int end = 1; end <= 6; ++end) {
            const auto mail = invite();
            store_.change("P001", [end](Transaction& t) {
                CPPUNIT_ASSERT(close_open_invitation(t, "P001", static_cast<LinkEnd>(end), noon));
            });
            CPPUNIT_ASSERT(!compose(mail));
            store_.tamper("DELETE FROM outbox; DELETE FROM invitation");
        }
    }

    void expired_link_is_not_mailed() {
        const auto mail = invite();
        const auto end = noon + std::chrono::hours{24 * 7};
        CPPUNIT_ASSERT(compose(mail, end - std::chrono::milliseconds{1}));
        CPPUNIT_ASSERT(!compose(mail, end));
    }

    void whoever_must_not_be_mailed_is_not() {
        const auto mail = invite();
        const std::function<void(Patient&)> changes[] = {
            [](Patient& p) { p.chart_status = ChartStatus::Inactive; },
            [](Patient& p) { p.chart_status = ChartStatus::Deceased; },
            [](Patient& p) { p.email = "other@example.org"; },
            [](Patient& p) { p.email.clear(); },
            [](Patient& p) { p.opted_out = true; },
        };
        for (const auto& change : changes) {
            auto patient = anna();
            change(patient);
            store_.add(patient);
            CPPUNIT_ASSERT(!compose(mail));
        }
        store_.add(anna());
        CPPUNIT_ASSERT(compose(mail));
        CPPUNIT_ASSERT(set_access(store_, "P001", false, nurse, noon));
        CPPUNIT_ASSERT(!compose(mail));
    }

    void address_changed_in_letter_case_only_needs_a_new_invitation() {
        const auto mail = invite();
        auto patient = anna();
        patient.email = "Anna@example.org";
        store_.add(patient);
        CPPUNIT_ASSERT(!compose(mail));
    }

    void one_who_must_not_be_mailed_leaves_the_others_mail() {
        const auto mail = invite_twins();
        const auto dead = link_to("P001");
        CPPUNIT_ASSERT(set_access(store_, "P001", false, nurse, noon));
        const auto words = compose(mail)->words.text;
        CPPUNIT_ASSERT(holds(words, link_to("P009")));
        CPPUNIT_ASSERT(!holds(words, dead) && !holds(words, "Anna"));
    }

    void twins_are_each_named_with_a_link_of_their_own() {
        const auto words = compose(invite_twins())->words;
        for (const auto& part :
             {std::string{"Anna"}, std::string{"Berta"}, link_to("P001"), link_to("P009")})
            CPPUNIT_ASSERT(holds(words.text, part) && holds(words.html, part));
    }

    void reminder_tells_the_username_and_no_link() {
        store_.set_up("P001", "anna.w");
        const auto mail = compose(mail_of_kind(MailKind::UsernameReminder));
        CPPUNIT_ASSERT(holds(mail->words.text, "anna.w"));
        CPPUNIT_ASSERT(!holds(mail->words.text, "/link/"));
    }

    void notice_carries_neither_link_nor_username() {
        store_.set_up("P001", "anna.w");
        for (const auto kind : {MailKind::PasswordChanged, MailKind::UsernameChanged,
                                MailKind::EmailChanged, MailKind::SignInTrouble}) {
            const auto mail = compose(mail_of_kind(kind));
            CPPUNIT_ASSERT(!holds(mail->words.text, "/link/") &&
                           !holds(mail->words.text, "anna.w"));
            CPPUNIT_ASSERT(holds(mail->words.text, practice_.phone));
        }
    }

    void notice_leaves_although_access_went_off() {
        CPPUNIT_ASSERT(set_access(store_, "P001", false, nurse, noon));
        for (const auto kind : notices_) CPPUNIT_ASSERT(compose(mail_of_kind(kind)));
        CPPUNIT_ASSERT(!compose(mail_of_kind(MailKind::UsernameReminder)));
    }

    void notice_of_a_closed_chart_or_against_the_patients_wish_is_not_mailed() {
        const std::function<void(Patient&)> changes[] = {
            [](Patient& p) { p.chart_status = ChartStatus::Inactive; },
            [](Patient& p) { p.chart_status = ChartStatus::Deceased; },
            [](Patient& p) { p.opted_out = true; },
        };
        for (const auto& change : changes) {
            auto patient = anna();
            change(patient);
            store_.add(patient);
            for (const auto kind : notices_) CPPUNIT_ASSERT(!compose(mail_of_kind(kind)));
        }
    }

    void only_the_notice_of_a_changed_address_goes_to_the_earlier_one() {
        auto patient = anna();
        patient.email = "other@example.org";
        store_.add(patient);
        const auto mail = compose(mail_of_kind(MailKind::EmailChanged));
        CPPUNIT_ASSERT_EQUAL(std::string{"anna@example.org"}, mail->recipient);
        CPPUNIT_ASSERT(!holds(mail->words.text, "example.org"));
        for (const auto kind :
             {MailKind::PasswordChanged, MailKind::UsernameChanged, MailKind::SignInTrouble})
            CPPUNIT_ASSERT(!compose(mail_of_kind(kind)));
    }

    void trouble_with_signing_in_is_told_as_it_is_now() {
        const auto mail = mail_of_kind(MailKind::SignInTrouble);
        CPPUNIT_ASSERT_EQUAL(std::string{"Wrong passwords for your portal account"},
                             compose(mail)->words.subject);
        store_.change("P001", [](Transaction& t) { disable_password(t, "P001"); });
        CPPUNIT_ASSERT_EQUAL(std::string{"Your portal password was disabled"},
                             compose(mail)->words.subject);
    }

    void who_wants_no_invitation_still_gets_notices_and_reminders() {
        store_.say("P001", {Consent::Declined, {}});
        for (const auto kind : {MailKind::UsernameReminder, MailKind::PasswordChanged})
            CPPUNIT_ASSERT(compose(mail_of_kind(kind)));
        store_.say("P001", {Consent::Deferred, noon + std::chrono::hours{1}});
        for (const auto kind : {MailKind::UsernameReminder, MailKind::PasswordChanged})
            CPPUNIT_ASSERT(compose(mail_of_kind(kind)));
    }

    void who_wants_no_mail_gets_none_of_any_kind() {
        store_.say("P001", {Consent::DoNotMail, {}});
        for (const auto kind : {MailKind::Invitation, MailKind::UsernameReminder,
                                MailKind::PasswordChanged, MailKind::UsernameChanged})
            CPPUNIT_ASSERT(!compose(mail_of_kind(kind)));
    }

    void invitation_queued_before_the_word_is_not_mailed() {
        // The link lives on here, as if another program had stored the word: the words of the mail
        // are looked at once more.
        const auto mail = invite();
        store_.tamper("UPDATE patient SET consent = 2, consent_until = " +
                      std::to_string(to_milliseconds(noon) + 1));
        CPPUNIT_ASSERT(!compose(mail));
        CPPUNIT_ASSERT(compose(mail, noon + std::chrono::milliseconds{1}));
    }

    void composing_changes_nothing() {
        const auto mail = invite();
        const auto before = store_.bytes();
        CPPUNIT_ASSERT(compose(mail));
        CPPUNIT_ASSERT(before == store_.bytes());
    }

    void replace(TemplateKind kind, const std::string& language, const std::string& subject) {
        auto texts = good_texts();
        texts.subject = subject;
        CPPUNIT_ASSERT(set_template(store_, kind, language, texts, nurse, noon));
    }

    void text_of_the_practice_is_used_from_the_next_mail_on() {
        const auto queued = invite();
        CPPUNIT_ASSERT_EQUAL(std::string{"Set up your portal account"},
                             compose(queued)->words.subject);
        replace(TemplateKind::FirstSetUp, "en", "Welcome");
        CPPUNIT_ASSERT_EQUAL(std::string{"Welcome"}, compose(queued)->words.subject);
        CPPUNIT_ASSERT(compose(queued)->words.text.starts_with("Hello Anna,\nhttps://"));
        reset_template(store_, TemplateKind::FirstSetUp, "en", nurse, noon);
        CPPUNIT_ASSERT_EQUAL(std::string{"Set up your portal account"},
                             compose(queued)->words.subject);
    }

    void each_mail_takes_the_text_of_its_kind_and_language() {
        replace(TemplateKind::FirstSetUp, "en", "first");
        replace(TemplateKind::FirstSetUp, "es", "primero");
        replace(TemplateKind::NewPassword, "en", "password");
        replace(TemplateKind::Reminder, "en", "reminder");
        auto mail = invite();
        CPPUNIT_ASSERT_EQUAL(std::string{"first"}, compose(mail)->words.subject);
        mail.language = "es";
        CPPUNIT_ASSERT_EQUAL(std::string{"primero"}, compose(mail)->words.subject);
        mail.language = "en";
        mail.is_reminder = true;
        CPPUNIT_ASSERT_EQUAL(std::string{"reminder"}, compose(mail)->words.subject);
        store_.set_up("P001", "anna.w");
        const auto later = noon + std::chrono::hours{1};
        CPPUNIT_ASSERT(send_invitation(store_, practice_, "P001", nurse, later));
        CPPUNIT_ASSERT_EQUAL(std::string{"password"}, compose(queued(later), later)->words.subject);
    }

    void text_that_would_be_refused_today_is_not_mailed() {
        const auto mail = invite();
        replace(TemplateKind::FirstSetUp, "en", "Welcome");
        store_.tamper("UPDATE mail_template SET html = html || '<img src=\"x\">[['");
        CPPUNIT_ASSERT_EQUAL(std::string{"Set up your portal account"},
                             compose(mail)->words.subject);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(ComposeMailTest);
