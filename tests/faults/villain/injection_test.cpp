// SPDX-License-Identifier: Apache-2.0
#include "boundary/tables.hpp"
#include "mail/header_encoder.hpp"
#include "mail/mail_message.hpp"
#include "mail/mime_reader.hpp"
#include "mail/sample_mail.hpp"
#include "mail/scripted_server.hpp"
#include "mail/smtp_transport.hpp"
#include "support/live_plugin.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <algorithm>

using namespace ppo;
using namespace ppo_test;

namespace {
/// Values that try to get out of their field and into a header, a recipient or a command.
struct Hostile {
    std::string name{};
    std::string value{};
};
const std::string evil = "evil@evil.example";
const std::vector<Hostile> hostile_values{
    {"CR", "Anna\rBcc: " + evil},
    {"LF", "Anna\nBcc: " + evil},
    {"CRLF", "Anna\r\nBcc: " + evil + "\r\n\r\nevil text"},
    {"fold", "Anna\r\n Bcc: " + evil},
    {"NUL", std::string{"Anna\0Bcc: ", 10} + evil},
    {"U+0085",
     "Anna\xC2\x85"
     "Bcc: " +
         evil},
    {"U+2028",
     "Anna\xE2\x80\xA8"
     "Bcc: " +
         evil},
    {"U+2029",
     "Anna\xE2\x80\xA9"
     "Bcc: " +
         evil},
    {"encoded word", "=?utf-8?Q?Anna=0D=0ABcc:_evil=40evil.example?="},
    {"encoded word in base64", "=?UTF-8?B?DQpCY2M6IGV2aWxAZXZpbC5leGFtcGxl?="},
    {"right to left",
     "Anna\xE2\x80\xAE"
     "moc.live"},
    {"second mailbox", "Anna <" + evil + ">, x"},
    {"quote", "Anna\" <" + evil + ">, \"x"},
    {"comment", "Anna (\\) <" + evil + ">"},
    {"end of the mail", "Anna\r\n.\r\nMAIL FROM:<" + evil + ">\r\nRCPT TO:<" + evil + ">"},
    {"parameter", "anna@home.example> NOTIFY=SUCCESS ORCPT=rfc822;" + evil},
    {"second address", "anna@home.example," + evil},
    {"very long", std::string(6'000, 'A')},
    {"very long beyond ASCII", [] {
         std::string text;
         while (text.size() < 6'000) text += "\xC3\xA4";
         return text;
     }()}};

const std::vector<std::string> every_header{
    "From",           "To",           "Reply-To",         "Subject",     "Date", "Message-ID",
    "Auto-Submitted", "MIME-Version", "Content-Language", "Content-Type"};

/// Reads the mail back and finds exactly what belongs into it.
void assert_intact(const std::string& what, const std::string& bytes,
                   const std::string& recipient) {
    const auto message = read_message(bytes);
    std::vector<std::string> names;
    for (const auto& header : message.headers) names.push_back(header.first);
    CPPUNIT_ASSERT_MESSAGE(what, names == every_header);
    CPPUNIT_ASSERT_EQUAL_MESSAGE(what, recipient, message.header("To"));
    const auto parts = read_parts(message);
    CPPUNIT_ASSERT_EQUAL_MESSAGE(what, std::size_t{2}, parts.size());
    for (const auto& part : parts) {
        CPPUNIT_ASSERT_EQUAL_MESSAGE(what, std::size_t{2}, part.headers.size());
        CPPUNIT_ASSERT_EQUAL_MESSAGE(what, std::string{"base64"},
                                     part.header("Content-Transfer-Encoding"));
    }
}
}  // namespace

class InjectionTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(InjectionTest);
    CPPUNIT_TEST(no_field_of_a_mail_gets_out_on_the_wire);
    CPPUNIT_TEST(words_are_read_back_as_they_were_given);
    CPPUNIT_TEST(settings_that_break_lines_are_refused_by_name);
    CPPUNIT_TEST(practice_name_does_not_get_out);
    CPPUNIT_TEST(names_of_patients_do_not_get_out);
    CPPUNIT_TEST(address_of_a_patient_is_one_address_or_invalid);
    CPPUNIT_TEST(username_is_refused_or_does_not_get_out);
    CPPUNIT_TEST(template_is_refused_or_does_not_get_out);
    CPPUNIT_TEST_SUITE_END();

    struct Field {
        const char* name = "";
        std::function<std::string&(OutgoingMail&)> of{};
    };
    const std::vector<Field> fields_{
        {"message_id", [](OutgoingMail& mail) -> std::string& { return mail.message_id; }},
        {"sender_name", [](OutgoingMail& mail) -> std::string& { return mail.sender_name; }},
        {"sender_address", [](OutgoingMail& mail) -> std::string& { return mail.sender_address; }},
        {"reply_to", [](OutgoingMail& mail) -> std::string& { return mail.reply_to; }},
        {"recipient", [](OutgoingMail& mail) -> std::string& { return mail.recipient; }},
        {"subject", [](OutgoingMail& mail) -> std::string& { return mail.words.subject; }},
        {"text", [](OutgoingMail& mail) -> std::string& { return mail.words.text; }},
        {"html", [](OutgoingMail& mail) -> std::string& { return mail.words.html; }},
        {"language", [](OutgoingMail& mail) -> std::string& { return mail.words.language; }}};

    void no_field_of_a_mail_gets_out_on_the_wire() {
        for (const auto& field : fields_)
            for (const auto& hostile : hostile_values) {
                const auto what = std::string{field.name} + " / " + hostile.name;
                auto mail = sample_mail();
                field.of(mail) = hostile.value;
                MailServer mail_server;
                mail_server.answers["EHLO"] =
                    "250-mx\r\n250-DSN\r\n250-PIPELINING\r\n"
                    "250 SMTPUTF8\r\n";
                ScriptedServer server{mail_server.script()};
                SmtpSettings settings;
                settings.server = {SmtpSecurity::Plain, "127.0.0.1", server.port()};
                SmtpTransport transport{settings};
                bool left = false;
                const auto delivery = transport.send(mail, [&left] { left = true; });
                if (delivery.state == DeliveryState::Sent) {
                    CPPUNIT_ASSERT_EQUAL_MESSAGE(what, std::size_t{1}, mail_server.mails().size());
                    assert_intact(what, mail_server.mails()[0], mail.recipient);
                    CPPUNIT_ASSERT_EQUAL_MESSAGE(what, std::size_t{4}, mail_server.heard().size());
                    CPPUNIT_ASSERT_EQUAL_MESSAGE(what, "RCPT TO:<" + mail.recipient + ">",
                                                 mail_server.heard()[2]);
                    continue;
                }
                CPPUNIT_ASSERT_MESSAGE(what, delivery.state == DeliveryState::Failed && !left);
                CPPUNIT_ASSERT_EQUAL_MESSAGE(what, 0, mail_server.count("MAIL"));
                CPPUNIT_ASSERT_MESSAGE(what, delivery.reason.find("evil") == std::string::npos);
            }
    }

    void words_are_read_back_as_they_were_given() {
        int written = 0;
        for (const auto& hostile : hostile_values) {
            auto mail = sample_mail();
            mail.sender_name = mail.words.subject = hostile.value;
            std::string bytes;
            try {
                bytes = write_message(mail);
            } catch (const UnwritableHeader&) {
                continue;  // Another test says what becomes of these.
            }
            ++written;
            const auto message = read_message(bytes);
            const auto subject = read_encoded_words(message.header("Subject"));
            const bool is_changed = hostile.name.starts_with("U+");  // A blank instead.
            CPPUNIT_ASSERT_MESSAGE(hostile.name, is_changed != (subject == hostile.value));
            const auto from = message.header("From");
            const std::string address = " <" + mail.sender_address + ">";
            CPPUNIT_ASSERT_MESSAGE(hostile.name, from.ends_with(address));
            const auto phrase = from.substr(0, from.size() - address.size());
            const bool is_closed = phrase.starts_with("=?UTF-8?B?") ||
                                   (phrase.starts_with('"') && phrase.ends_with('"')) ||
                                   phrase.find_first_of("<>,;:\"()") == std::string::npos;
            CPPUNIT_ASSERT_MESSAGE(hostile.name, is_closed);
        }
        CPPUNIT_ASSERT(written >= 10);
    }

    void settings_that_break_lines_are_refused_by_name() {
        using Member = ppo_text ppo_settings::*;
        const std::vector<std::pair<std::string, Member>> texts{
            {"practice_name", &ppo_settings::practice_name},
            {"practice_phone", &ppo_settings::practice_phone},
            {"portal_url", &ppo_settings::portal_url},
            {"mail_sender", &ppo_settings::mail_sender},
            {"mail_reply_to", &ppo_settings::mail_reply_to}};
        for (const auto& [name, member] : texts)
            for (const auto& hostile : hostile_values) {
                const bool breaks_lines = hostile.value.find_first_of(
                                              std::string_view{"\r\n\0", 3}) != std::string::npos;
                const bool is_address = name.starts_with("mail_");
                const bool is_long = hostile.value.size() > 1000;
                if (!breaks_lines && !is_address && !is_long) continue;
                TestSettings settings;
                settings.given.*member = settings.keep(hostile.value);
                FakeHost host;
                ppo_instance* made = nullptr;
                auto error = fresh_error();
                const auto result = plugin_table.create(&host.table, &settings.given, &made,
                                                        &error);
                CPPUNIT_ASSERT_MESSAGE(name + " / " + hostile.name, result != PPO_OK);
                CPPUNIT_ASSERT_EQUAL_MESSAGE(hostile.name, name, std::string{error.field});
                CPPUNIT_ASSERT_MESSAGE(
                    name, std::string{error.message}.find("evil") == std::string::npos);
            }
    }

    void practice_name_does_not_get_out() {
        int taken = 0;
        for (const auto& hostile : hostile_values) {
            TestSettings settings;
            settings.given.practice_name = settings.keep(hostile.value);
            FakeHost host;
            ppo_instance* made = nullptr;
            if (plugin_table.create(&host.table, &settings.given, &made, nullptr) != PPO_OK)
                continue;
            plugin_table.destroy(made);
            ++taken;
            LivePlugin plugin{[&](FakeHost&, TestSettings& own) {
                own.given.practice_name = own.keep(hostile.value);
            }};
            invite_and_check(plugin, "practice_name / " + hostile.name);
        }
        CPPUNIT_ASSERT(taken >= 4);
    }

    void names_of_patients_do_not_get_out() {
        int taken = 0;
        for (const auto& hostile : hostile_values)
            for (const auto member : {&Patient::first_name, &Patient::last_name}) {
                LivePlugin plugin{[&](FakeHost& host, TestSettings&) {
                    host.patients[0].*member = hostile.value;
                }};
                if (!is_there(plugin)) continue;  // Left out when the directory was read.
                ++taken;
                invite_and_check(plugin, "name / " + hostile.name);
            }
        CPPUNIT_ASSERT(taken >= 20);
    }

    void address_of_a_patient_is_one_address_or_invalid() {
        for (const auto& hostile : hostile_values)
            for (const auto& address : {hostile.value, hostile.value + "@home.example",
                                        "anna@home.example" + hostile.value}) {
                LivePlugin plugin{
                    [&](FakeHost& host, TestSettings&) { host.patients[0].email = address; }};
                if (!is_there(plugin)) continue;
                plugin.enable("P001");
                const auto result = LivePlugin::onboarding().send_invitation(
                    plugin.self, &plugin.caller, to_text("P001"), nullptr, nullptr);
                plugin.work();
                // An encoded word is an address by the letter of the law; no header carries it.
                if (hostile.value.find("=?") == std::string::npos)
                    CPPUNIT_ASSERT_EQUAL_MESSAGE(hostile.name,
                                                 ppo_result{PPO_REFUSED_INVALID_EMAIL}, result);
                CPPUNIT_ASSERT_MESSAGE(hostile.name, plugin.host.mails().empty());
            }
    }

    void username_is_refused_or_does_not_get_out() {
        int refused = 0;
        for (const auto& hostile : hostile_values) {
            LivePlugin plugin;
            const auto link = plugin.invited("P001");
            const auto given = plugin.answers(link, plugin.host.patients[0].birth_date);
            const auto result = LivePlugin::selfservice().complete_setup(
                plugin.self, &plugin.visitor, &given, to_text(hostile.value),
                to_text("correct horse battery staple"), nullptr);
            if (result != PPO_OK) ++refused;
            plugin.advance(std::chrono::minutes{10});
            invite_and_check(plugin, "username / " + hostile.name);
        }
        // None of them looks like a username: letters, digits and few signs.
        CPPUNIT_ASSERT_EQUAL(static_cast<int>(hostile_values.size()), refused);
    }

    void template_is_refused_or_does_not_get_out() {
        const auto& table = *static_cast<const ppo_mail_1*>(
            plugin_table.query(to_text(PPO_MAIL_1)));
        for (const auto& hostile : hostile_values) {
            LivePlugin plugin;
            plugin.caller.permissions |= PPO_MAY_CHANGE_SETTINGS;
            auto given = fresh<ppo_mail_template>();
            given.kind = PPO_TEMPLATE_FIRST_SET_UP;
            given.language = to_text("en");
            given.subject = to_text(hostile.value);
            given.text = to_text("Hello [[first_name]]\n[[link]]\n[[expires]]\n");
            given.html = to_text("<p><a href=\"[[link]]\">[[first_name]]</a> [[expires]]</p>\n");
            const auto result = table.set_template(plugin.self, &plugin.caller, &given, nullptr);
            const bool breaks_lines = hostile.value.find_first_of(std::string_view{"\r\n\0", 3}) !=
                                      std::string::npos;
            CPPUNIT_ASSERT_MESSAGE(hostile.name, !breaks_lines || result != PPO_OK);
            invite_and_check(plugin, "subject / " + hostile.name);
        }
    }

    static bool is_there(LivePlugin& plugin) {
        const AccountSink sink{[](const ppo_account&) { return PPO_OK; }};
        return LivePlugin::onboarding().get_account(plugin.self, &plugin.caller, to_text("P001"),
                                                    sink, nullptr) == PPO_OK;
    }
    /// Invites Anna: one mail, to her alone, whole.
    static void invite_and_check(LivePlugin& plugin, const std::string& what) {
        const auto before = plugin.host.mails().size();
        plugin.enable("P001");
        CPPUNIT_ASSERT_EQUAL_MESSAGE(
            what, ppo_result{PPO_OK},
            LivePlugin::onboarding().send_invitation(plugin.self, &plugin.caller, to_text("P001"),
                                                     nullptr, nullptr));
        plugin.work();
        CPPUNIT_ASSERT_EQUAL_MESSAGE(what, before + 1, plugin.host.mails().size());
        const auto mail = plugin.host.mails().back();
        CPPUNIT_ASSERT_EQUAL_MESSAGE(what, plugin.host.patients[0].email, mail.recipient);
        assert_intact(what, mail.message, plugin.host.patients[0].email);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(InjectionTest);
