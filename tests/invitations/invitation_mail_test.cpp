// SPDX-License-Identifier: Apache-2.0
#include "invitations/invitation_mail.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <stdexcept>

using namespace ppo;

namespace {
const PracticeWords practice{.name = "Elm & Oak Practice",
                             .phone = "(555) 010-0199",
                             .language = "en",
                             .time_zone = "America/New_York"};

LinkWords link_for(const std::string& first_name, const std::string& username = {}) {
    return {.first_name = first_name,
            .username = username,
            .url = "https://portal.example/setup?lang=en&code=" + first_name + "-0123456789",
            .expires_at = from_milliseconds(1'796'157'000'000),  // 2026-12-01T20:30:00Z
            .is_first_set_up = true};
}

int count(const std::string& text, const std::string& part) {
    int found = 0;
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++found;
    return found;
}

bool holds(const std::string& text, const std::string& part) { return count(text, part) > 0; }

/// Every mail that we write, in both languages.
std::vector<MailWords> every_mail() {
    auto again = link_for("Anna", "anna.w");
    again.is_first_set_up = false;
    auto nameless = again;
    nameless.username.clear();
    auto without_phone = practice;
    without_phone.phone.clear();
    std::vector<MailWords> mails;
    for (const auto* language : {"en", "es"})
        for (const auto& from : {practice, without_phone}) {
            for (const auto& link : {link_for("Anna"), link_for("Anna", "anna.w"), again, nameless})
                mails.push_back(write_invitation_mail(from, link, language));
            mails.push_back(write_shared_mail(from, {link_for("Anna"), again}, language));
            mails.push_back(write_username_mail(from, {again}, language));
            mails.push_back(write_username_mail(from, {again, nameless}, language));
            mails.push_back(write_notice_mail(from, Notice::PasswordChanged, "Anna", language));
            mails.push_back(write_notice_mail(from, Notice::UsernameChanged, "Anna", language));
        }
    return mails;
}
}  // namespace

class InvitationMailTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(InvitationMailTest);
    CPPUNIT_TEST(first_invitation_reads_as_intended);
    CPPUNIT_TEST(text_holds_the_link_once);
    CPPUNIT_TEST(html_holds_the_link_as_button_and_as_words);
    CPPUNIT_TEST(html_escapes_names_and_link);
    CPPUNIT_TEST(username_is_told_if_there_is_one);
    CPPUNIT_TEST(new_password_mail_says_so);
    CPPUNIT_TEST(spanish_mail_is_spanish_throughout);
    CPPUNIT_TEST(twins_get_one_link_each_under_their_names);
    CPPUNIT_TEST(shared_mail_for_nobody_is_an_error);
    CPPUNIT_TEST(username_mail_has_no_link);
    CPPUNIT_TEST(username_mail_tells_how_to_create_an_account);
    CPPUNIT_TEST(notice_says_whom_to_call);
    CPPUNIT_TEST(notice_knows_what_changed);
    CPPUNIT_TEST(without_a_phone_no_gap_is_left);
    CPPUNIT_TEST(nothing_is_loaded_from_elsewhere);
    CPPUNIT_TEST(every_html_names_its_language_and_is_small);
    CPPUNIT_TEST(no_bracket_is_left);
    CPPUNIT_TEST(patient_language_comes_first);
    CPPUNIT_TEST_SUITE_END();

    void first_invitation_reads_as_intended() {
        const auto mail = write_invitation_mail(practice, link_for("Anna"), "en");
        CPPUNIT_ASSERT_EQUAL(std::string{"Set up your portal account"}, mail.subject);
        CPPUNIT_ASSERT_EQUAL(
            std::string{
                "Hello Anna,\n\n"
                "Elm & Oak Practice invites you to its patient portal. With the link below you "
                "choose your username and your password.\n\n"
                "https://portal.example/setup?lang=en&code=Anna-0123456789\n\n"
                "The link works until Tuesday, December 1, 2026 at 3:30 PM EST, and only once.\n\n"
                "If this mail is not meant for you, please delete it; nothing changes unless the "
                "link is used.\n\n"
                "Questions? Call us at (555) 010-0199. We are glad to help.\n\n"
                "Elm & Oak Practice\n"},
            mail.text);
    }
    void text_holds_the_link_once() {
        const auto mail = write_invitation_mail(practice, link_for("Anna"), "en");
        CPPUNIT_ASSERT_EQUAL(1, count(mail.text, link_for("Anna").url));
    }
    void html_holds_the_link_as_button_and_as_words() {
        const auto mail = write_invitation_mail(practice, link_for("Anna"), "en");
        const std::string url = "https://portal.example/setup?lang=en&amp;code=Anna-0123456789";
        CPPUNIT_ASSERT_EQUAL(1, count(mail.html, "<a href=\"" + url + "\""));
        CPPUNIT_ASSERT_EQUAL(1, count(mail.html, ">" + url + "<"));
        CPPUNIT_ASSERT_EQUAL(1, count(mail.html, "href="));
    }
    void html_escapes_names_and_link() {
        auto link = link_for("<b>Anna</b>", "\"><script>");
        link.url = "https://portal.example/\"onclick=\"x";
        const auto mail = write_invitation_mail(practice, link, "en");
        CPPUNIT_ASSERT(!holds(mail.html, "<b>") && !holds(mail.html, "<script"));
        CPPUNIT_ASSERT(!holds(mail.html, "\"onclick"));
        CPPUNIT_ASSERT(holds(mail.html, "Elm &amp; Oak Practice"));
    }
    void username_is_told_if_there_is_one() {
        const auto with = write_invitation_mail(practice, link_for("Anna", "anna.w"), "en");
        CPPUNIT_ASSERT(holds(with.text, "Your username: anna.w\n"));
        CPPUNIT_ASSERT(holds(with.html, "Your username: anna.w"));
        const auto without = write_invitation_mail(practice, link_for("Anna"), "en");
        CPPUNIT_ASSERT(!holds(without.text, "Your username:"));
    }
    void new_password_mail_says_so() {
        auto link = link_for("Anna", "anna.w");
        link.is_first_set_up = false;
        const auto mail = write_invitation_mail(practice, link, "en");
        CPPUNIT_ASSERT_EQUAL(std::string{"Choose a new portal password"}, mail.subject);
        CPPUNIT_ASSERT(holds(mail.html, ">Choose a new password</a>"));
        CPPUNIT_ASSERT(holds(mail.text, "your account stays as it is"));
    }
    void spanish_mail_is_spanish_throughout() {
        const auto mail = write_invitation_mail(practice, link_for("Núria"), "es");
        CPPUNIT_ASSERT_EQUAL(std::string{"Configure su cuenta del portal"}, mail.subject);
        CPPUNIT_ASSERT_EQUAL(std::string{"es"}, mail.language);
        CPPUNIT_ASSERT(
            holds(mail.text, "hasta el martes, 1 de diciembre de 2026 a las 3:30 p. m. EST"));
        for (const auto* english : {"Hello", "link", "password", "Questions", "button"})
            CPPUNIT_ASSERT_MESSAGE(english, !holds(mail.text, english));
    }
    void twins_get_one_link_each_under_their_names() {
        const auto mail = write_shared_mail(practice,
                                            {link_for("Anna"), link_for("Otto", "otto.w")}, "en");
        for (const auto* name : {"Anna", "Otto"}) {
            CPPUNIT_ASSERT_EQUAL(1, count(mail.text, link_for(name).url));
            const auto heading = mail.text.find(std::string{"For "} + name + ":\n");
            CPPUNIT_ASSERT(heading < mail.text.find(link_for(name).url));
        }
        CPPUNIT_ASSERT(mail.text.find(link_for("Anna").url) < mail.text.find("For Otto:"));
        CPPUNIT_ASSERT_EQUAL(2, count(mail.html, "href="));
    }
    void shared_mail_for_nobody_is_an_error() {
        CPPUNIT_ASSERT_THROW((void)write_shared_mail(practice, {}, "en"), std::logic_error);
        CPPUNIT_ASSERT_THROW((void)write_username_mail(practice, {}, "en"), std::logic_error);
    }
    void username_mail_has_no_link() {
        const auto mail = write_username_mail(practice, {link_for("Anna", "anna.w")}, "en");
        CPPUNIT_ASSERT(holds(mail.text, "Hello Anna,") && holds(mail.text, "anna.w"));
        CPPUNIT_ASSERT(!holds(mail.text, "http") && !holds(mail.html, "http"));
    }
    void username_mail_tells_how_to_create_an_account() {
        const auto mail = write_username_mail(practice,
                                              {link_for("Anna", "anna.w"), link_for("Otto")}, "en");
        CPPUNIT_ASSERT(holds(mail.text, "Username of Anna: anna.w\n"));
        CPPUNIT_ASSERT(holds(mail.text, "Otto does not have a username yet."));
        CPPUNIT_ASSERT(holds(mail.text, "I'm a registered patient. Create my account"));
    }
    void notice_says_whom_to_call() {
        const auto mail = write_notice_mail(practice, Notice::PasswordChanged, "Anna", "en");
        CPPUNIT_ASSERT(
            holds(mail.text, "If that was not you, please call (555) 010-0199 right away."));
    }
    void notice_knows_what_changed() {
        CPPUNIT_ASSERT_EQUAL(
            std::string{"Your portal username was changed"},
            write_notice_mail(practice, Notice::UsernameChanged, "Anna", "en").subject);
        CPPUNIT_ASSERT_EQUAL(
            std::string{"Your portal password was changed"},
            write_notice_mail(practice, Notice::PasswordChanged, "Anna", "en").subject);
    }
    void without_a_phone_no_gap_is_left() {
        auto without_phone = practice;
        without_phone.phone.clear();
        const auto mail = write_invitation_mail(without_phone, link_for("Anna"), "en");
        CPPUNIT_ASSERT(holds(mail.text, "Questions? Please call the practice."));
    }
    void nothing_is_loaded_from_elsewhere() {
        for (const auto& mail : every_mail())
            for (const auto* loader :
                 {"<img", "src=", "url(", "@import", "<link", "<script", "<style"})
                CPPUNIT_ASSERT_MESSAGE(loader, !holds(mail.html, loader));
    }
    void every_html_names_its_language_and_is_small() {
        for (const auto& mail : every_mail()) {
            CPPUNIT_ASSERT(holds(mail.html, "<html lang=\"" + mail.language + "\">"));
            CPPUNIT_ASSERT(mail.html.size() < 20'000);
        }
    }
    void no_bracket_is_left() {
        for (const auto& mail : every_mail())
            CPPUNIT_ASSERT(!holds(mail.subject + mail.text + mail.html, "[["));
    }
    void patient_language_comes_first() {
        CPPUNIT_ASSERT_EQUAL(std::string{"es"}, mail_language("es-MX", "en"));
        CPPUNIT_ASSERT_EQUAL(std::string{"es"}, mail_language("Spanish", "en"));
        CPPUNIT_ASSERT_EQUAL(std::string{"en"}, mail_language("en_US", "es"));
        CPPUNIT_ASSERT_EQUAL(std::string{"es"}, mail_language("", "es"));
        CPPUNIT_ASSERT_EQUAL(std::string{"es"}, mail_language("Tagalog", "es"));
        CPPUNIT_ASSERT_EQUAL(std::string{"en"}, mail_language("fr", "de"));
        CPPUNIT_ASSERT_EQUAL(std::string{"en"}, mail_language("estonian", ""));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(InvitationMailTest);
