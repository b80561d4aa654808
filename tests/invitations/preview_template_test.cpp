// SPDX-License-Identifier: Apache-2.0
#include "invitations/preview_template.hpp"

#include "invitations/link.hpp"
#include "invitations/linting.hpp"
#include "invitations/mail_texts.hpp"
#include "support/prints.hpp"
#include "support/temp_store.hpp"

#include <cppunit/extensions/HelperMacros.h>

using namespace ppo;

namespace {
bool holds(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}
}  // namespace

class PreviewTemplateTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(PreviewTemplateTest);
    CPPUNIT_TEST(shows_the_mail_as_a_patient_gets_it);
    CPPUNIT_TEST(line_with_the_username_is_left_out_for_a_patient_without_one);
    CPPUNIT_TEST(invented_patient_shows_every_line);
    CPPUNIT_TEST(what_is_not_given_comes_from_the_text_in_use);
    CPPUNIT_TEST(link_opens_nothing);
    CPPUNIT_TEST(each_kind_expires_as_its_links_do);
    CPPUNIT_TEST(unknown_patient_is_refused);
    CPPUNIT_TEST(bad_text_is_refused);
    CPPUNIT_TEST(preview_changes_nothing);
    CPPUNIT_TEST(test_mail_is_marked_and_speaks_for_the_practice);
    CPPUNIT_TEST(test_mail_to_a_bad_address_is_refused);
    CPPUNIT_TEST(test_mail_with_a_bad_text_is_refused);
    CPPUNIT_TEST(test_mail_is_recorded_without_the_address);
    CPPUNIT_TEST_SUITE_END();

    TempStore store_{};
    Practice practice_ = elm_practice();
    TemplateDraft draft_{TemplateKind::FirstSetUp, "en", good_texts()};

    Result<MailWords> preview(const std::string& patient_id = "P001") {
        return preview_template(store_, practice_, draft_, patient_id, noon);
    }
    Result<OutgoingMail> test_mail(const std::string& recipient = "dana@elm.example.org") {
        return write_test_mail(store_, practice_, draft_, recipient, nurse, noon);
    }

public:
    void setUp() override { store_.add(anna()); }

    void shows_the_mail_as_a_patient_gets_it() {
        const auto words = preview();
        CPPUNIT_ASSERT_EQUAL(std::string{"Your portal"}, words->subject);
        CPPUNIT_ASSERT(holds(words->text, "Hello Anna,\n"));
        CPPUNIT_ASSERT(holds(words->html, "<p>Hello Anna</p>"));
    }

    void line_with_the_username_is_left_out_for_a_patient_without_one() {
        draft_.texts.text += "Username: [[username]]\n";
        CPPUNIT_ASSERT(!holds(preview()->text, "Username"));
        store_.set_up("P001", "anna.w");
        CPPUNIT_ASSERT(holds(preview()->text, "Username: anna.w\n"));
    }

    void invented_patient_shows_every_line() {
        draft_.texts = {};
        const auto words = preview("");
        CPPUNIT_ASSERT(holds(words->text, "Hello Maria,"));
        CPPUNIT_ASSERT(holds(words->text, "Your username: maria.sample"));
        CPPUNIT_ASSERT(!holds(words->text + words->html + words->subject, "[["));
    }

    void what_is_not_given_comes_from_the_text_in_use() {
        CPPUNIT_ASSERT(set_template(store_, draft_.kind, "en", good_texts(), nurse, noon));
        draft_.texts = {};
        draft_.texts.subject = "Another one";
        const auto words = preview();
        CPPUNIT_ASSERT_EQUAL(std::string{"Another one"}, words->subject);
        CPPUNIT_ASSERT(words->text.starts_with("Hello Anna,\nhttps://"));
        CPPUNIT_ASSERT(words->html.starts_with("<p>Hello Anna</p>"));
    }

    void link_opens_nothing() {
        CPPUNIT_ASSERT(holds(preview()->text, "\nhttps://portal.example.org/link/preview\n"));
        CPPUNIT_ASSERT(holds(preview()->html, "href=\"https://portal.example.org/link/preview\""));
        CPPUNIT_ASSERT(!store_.ask(
            [&](Connection& c) { return find_link(c, store_.database().keyring(), "preview"); }));
    }

    void each_kind_expires_as_its_links_do() {
        CPPUNIT_ASSERT(holds(preview()->text, "November 27, 2026"));
        draft_.kind = TemplateKind::NewPassword;
        CPPUNIT_ASSERT(holds(preview()->text, "November 21, 2026"));
        draft_.kind = TemplateKind::Reminder;
        CPPUNIT_ASSERT(holds(preview()->text, "November 22, 2026"));
    }

    void unknown_patient_is_refused() {
        CPPUNIT_ASSERT_EQUAL(Refusal::UnknownPatient, refusal_of(preview("P404")));
    }

    void bad_text_is_refused() {
        draft_.texts.text = "no link";
        CPPUNIT_ASSERT_EQUAL(Refusal::Template, refusal_of(preview()));
    }

    void preview_changes_nothing() {
        const auto before = store_.bytes();
        CPPUNIT_ASSERT(preview());
        CPPUNIT_ASSERT(before == store_.bytes());
    }

    void test_mail_is_marked_and_speaks_for_the_practice() {
        const auto mail = test_mail();
        CPPUNIT_ASSERT_EQUAL(std::string{"[Test] Your portal"}, mail->words.subject);
        CPPUNIT_ASSERT_EQUAL(std::string{"dana@elm.example.org"}, mail->recipient);
        CPPUNIT_ASSERT_EQUAL(std::string{"Elm Practice portal@elm.example.org"},
                             mail->sender_name + " " + mail->sender_address);
        CPPUNIT_ASSERT(holds(mail->message_id, "@elm.example.org"));
        CPPUNIT_ASSERT(holds(mail->words.text, "Hello Maria,"));
        draft_.language = "es";
        CPPUNIT_ASSERT_EQUAL(std::string{"[Prueba] Your portal"}, test_mail()->words.subject);
    }

    void test_mail_to_a_bad_address_is_refused() {
        for (const auto* bad :
             {"dana", "", "a@b.example\r\nBcc: c@d.example", "a@b.example,c@d.ex"})
            CPPUNIT_ASSERT_EQUAL(Refusal::InvalidEmail, refusal_of(test_mail(bad)));
    }

    void test_mail_with_a_bad_text_is_refused() {
        draft_.texts.subject = "For [[first_name]]";
        CPPUNIT_ASSERT_EQUAL(Refusal::Template, refusal_of(test_mail()));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, store_.number("SELECT COUNT(*) FROM audit WHERE "
                                                            "action = 'test_mail_asked_for'"));
    }

    void test_mail_is_recorded_without_the_address() {
        CPPUNIT_ASSERT(test_mail());
        CPPUNIT_ASSERT_EQUAL(
            std::int64_t{1},
            store_.number("SELECT COUNT(*) FROM audit WHERE action = 'test_mail_asked_for' AND "
                          "actor_id = 'nurse-1' AND detail = 'first_set_up en'"));
        CPPUNIT_ASSERT(!holds(store_.bytes(), "dana@elm"));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(PreviewTemplateTest);
