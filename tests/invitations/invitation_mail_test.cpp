// SPDX-License-Identifier: Apache-2.0
#include "invitations/invitation_mail.hpp"

#include "invitations/mail_texts.hpp"
#include "mail/mail_message.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <optional>
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

/// With the text that comes with the plugin.
MailWords write_own(const PracticeWords& from, const LinkWords& link, const std::string& language,
                    std::optional<TemplateKind> kind = std::nullopt) {
    const auto otherwise = link.is_first_set_up ? TemplateKind::FirstSetUp
                                                : TemplateKind::NewPassword;
    return write_invitation_mail(from, link, own_template(kind.value_or(otherwise), language),
                                 language);
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
                mails.push_back(write_own(from, link, language));
            mails.push_back(write_own(from, link_for("Anna"), language, TemplateKind::Reminder));
            mails.push_back(write_shared_mail(from, {link_for("Anna"), again}, language));
            mails.push_back(write_username_mail(from, {again}, language));
            mails.push_back(write_username_mail(from, {again, nameless}, language));
            for (const auto notice :
                 {Notice::PasswordChanged, Notice::UsernameChanged, Notice::EmailChanged,
                  Notice::SignInTrouble, Notice::PasswordDisabled})
                mails.push_back(write_notice_mail(from, notice, "Anna", language));
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
    CPPUNIT_TEST(line_with_the_username_leaves_no_gap);
    CPPUNIT_TEST(new_password_mail_says_so);
    CPPUNIT_TEST(reminder_says_that_the_earlier_link_still_works);
    CPPUNIT_TEST(values_never_become_variables_lines_or_links);
    CPPUNIT_TEST(spanish_mail_is_spanish_throughout);
    CPPUNIT_TEST(twins_get_one_link_each_under_their_names);
    CPPUNIT_TEST(shared_mail_for_nobody_is_an_error);
    CPPUNIT_TEST(username_mail_has_no_link);
    CPPUNIT_TEST(username_mail_tells_how_to_create_an_account);
    CPPUNIT_TEST(notice_says_whom_to_call);
    CPPUNIT_TEST(notice_of_a_changed_address_asks_whether_you_asked);
    CPPUNIT_TEST(notice_of_wrong_passwords_tells_the_way_on);
    CPPUNIT_TEST(notice_knows_what_changed);
    CPPUNIT_TEST(without_a_phone_no_gap_is_left);
    CPPUNIT_TEST(nothing_is_loaded_from_elsewhere);
    CPPUNIT_TEST(every_html_names_its_language_and_is_small);
    CPPUNIT_TEST(every_mail_fits_on_the_wire);
    CPPUNIT_TEST(every_html_holds_in_mail_clients);
    CPPUNIT_TEST(no_bracket_is_left);
    CPPUNIT_TEST(patient_language_comes_first);
    CPPUNIT_TEST_SUITE_END();

    void first_invitation_reads_as_intended() {
        const auto mail = write_own(practice, link_for("Anna"), "en");
        CPPUNIT_ASSERT_EQUAL(std::string{"Set up your portal account"}, mail.subject);
        CPPUNIT_ASSERT_EQUAL(
            std::string{
                "Hello Anna,\n\n"
                "Elm & Oak Practice invites you to its patient portal. With the link below you "
                "set up your account.\n\n"
                "https://portal.example/setup?lang=en&code=Anna-0123456789\n\n"
                "The link works until Tuesday, December 1, 2026 at 3:30 PM EST, and only once.\n\n"
                "If this mail is not meant for you, please delete it; nothing changes unless the "
                "link is used.\n\n"
                "Questions? Call us at (555) 010-0199. We are glad to help.\n\n"
                "Elm & Oak Practice\n"},
            mail.text);
    }
    void text_holds_the_link_once() {
        const auto mail = write_own(practice, link_for("Anna"), "en");
        CPPUNIT_ASSERT_EQUAL(1, count(mail.text, link_for("Anna").url));
    }
    void html_holds_the_link_as_button_and_as_words() {
        const auto mail = write_own(practice, link_for("Anna"), "en");
        const std::string url = "https://portal.example/setup?lang=en&amp;code=Anna-0123456789";
        CPPUNIT_ASSERT_EQUAL(1, count(mail.html, "<a href=\"" + url + "\""));
        CPPUNIT_ASSERT_EQUAL(1, count(mail.html, ">" + url + "<"));
        CPPUNIT_ASSERT_EQUAL(1, count(mail.html, "href="));
    }
    void html_escapes_names_and_link() {
        auto link = link_for("<b>Anna</b>", "\"><script>");
        link.url = "https://portal.example/\"onclick=\"x";
        const auto mail = write_own(practice, link, "en");
        CPPUNIT_ASSERT(!holds(mail.html, "<b>") && !holds(mail.html, "<script"));
        CPPUNIT_ASSERT(!holds(mail.html, "\"onclick"));
        CPPUNIT_ASSERT(holds(mail.html, "Elm &amp; Oak Practice"));
    }
    void username_is_told_if_there_is_one() {
        const auto with = write_own(practice, link_for("Anna", "anna.w"), "en");
        CPPUNIT_ASSERT(holds(with.text, "Your username: anna.w\n"));
        CPPUNIT_ASSERT(holds(with.html, "Your username: anna.w"));
        const auto without = write_own(practice, link_for("Anna"), "en");
        CPPUNIT_ASSERT(!holds(without.text, "Your username:"));
    }
    void line_with_the_username_leaves_no_gap() {
        for (const auto& mail : every_mail()) CPPUNIT_ASSERT(!holds(mail.text, "\n\n\n"));
    }
    void new_password_mail_says_so() {
        auto link = link_for("Anna", "anna.w");
        link.is_first_set_up = false;
        const auto mail = write_own(practice, link, "en");
        CPPUNIT_ASSERT_EQUAL(std::string{"Choose a new portal password"}, mail.subject);
        CPPUNIT_ASSERT(holds(mail.html, ">Choose a new password</a>"));
        CPPUNIT_ASSERT(holds(mail.text, "your account stays as it is"));
    }
    void reminder_says_that_the_earlier_link_still_works() {
        const auto mail = write_own(practice, link_for("Anna"), "en", TemplateKind::Reminder);
        CPPUNIT_ASSERT_EQUAL(std::string{"Reminder: set up your portal account"}, mail.subject);
        CPPUNIT_ASSERT(holds(mail.text,
                             "It is the same link as in our earlier mail, which still works too: "
                             "until Tuesday, December 1, 2026 at 3:30 PM EST, and only once."));
        const auto spanish = write_own(practice, link_for("Anna"), "es", TemplateKind::Reminder);
        CPPUNIT_ASSERT(holds(spanish.text, "sigue funcionando: hasta el martes, 1 de diciembre"));
    }
    void values_never_become_variables_lines_or_links() {
        auto link = link_for("Anna", "[[first_name]]");
        link.first_name = "[[link]]\r\nhttps://evil.example";
        const auto mail = write_own(practice, link, "en");
        CPPUNIT_ASSERT(holds(mail.text, "Hello [[link]]  https   evil.example,\n"));
        CPPUNIT_ASSERT(holds(mail.text, "Your username: [[first_name]]\n"));
        CPPUNIT_ASSERT_EQUAL(1, count(mail.text, "://"));
    }
    void spanish_mail_is_spanish_throughout() {
        const auto mail = write_own(practice, link_for("Núria"), "es");
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
    void notice_of_a_changed_address_asks_whether_you_asked() {
        const auto english = write_notice_mail(practice, Notice::EmailChanged, "Anna", "en");
        CPPUNIT_ASSERT(holds(
            english.text, "If you did not ask for this, please call (555) 010-0199 right away."));
        CPPUNIT_ASSERT(!holds(english.text, "@"));
        const auto spanish = write_notice_mail(practice, Notice::EmailChanged, "Anna", "es");
        CPPUNIT_ASSERT(
            holds(spanish.text, "Si usted no lo pidió, llame enseguida al (555) 010-0199."));
    }
    void notice_of_wrong_passwords_tells_the_way_on() {
        for (const auto notice : {Notice::SignInTrouble, Notice::PasswordDisabled}) {
            const auto mail = write_notice_mail(practice, notice, "Anna", "en");
            CPPUNIT_ASSERT(holds(mail.text, "I forgot my password"));
            CPPUNIT_ASSERT(holds(mail.text, "(555) 010-0199"));
            CPPUNIT_ASSERT(!holds(mail.text, "http"));
        }
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
        const auto mail = write_shared_mail(without_phone, {link_for("Anna")}, "en");
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
    void every_mail_fits_on_the_wire() {
        for (const auto& words : every_mail()) {
            OutgoingMail mail;
            mail.message_id = "m1@elm.example";
            mail.sender_name = std::string(60, 'E') + " Practice";
            mail.sender_address = mail.reply_to = "portal@elm.example";
            mail.recipient = "anna@example.org";
            mail.words = words;
            const auto message = write_message(mail);
            CPPUNIT_ASSERT(message.size() < 20 * 1024);
            std::size_t longest = 0;
            for (std::size_t at = 0; at < message.size();) {
                const auto end = message.find("\r\n", at);
                longest = std::max(longest, end - at);
                at = end + 2;
            }
            CPPUNIT_ASSERT(longest <= 998);
        }
    }
    void every_html_holds_in_mail_clients() {
        for (const auto& mail : every_mail()) {
            CPPUNIT_ASSERT_EQUAL(count(mail.html, "<table"),
                                 count(mail.html, "<table role=\"presentation\" width=\"100%\""));
            CPPUNIT_ASSERT(holds(mail.html, "<meta name=\"color-scheme\" content=\"light dark\">"));
            CPPUNIT_ASSERT(!holds(mail.html, "min-width") && !holds(mail.html, "width:3"));
            CPPUNIT_ASSERT(count(mail.html, "href=") <= 1 ||
                           count(mail.html, "href=") == count(mail.html, "break-all"));
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
