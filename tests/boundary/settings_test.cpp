// SPDX-License-Identifier: Apache-2.0
#include "boundary/settings.hpp"

#include "boundary/misuse.hpp"
#include "mail/folder_transport.hpp"
#include "mail/smtp_transport.hpp"
#include "support/live_plugin.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <functional>
#include <optional>

using namespace ppo;

class SettingsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(SettingsTest);
    CPPUNIT_TEST(takes_the_figures_of_the_product_for_zero);
    CPPUNIT_TEST(takes_the_caps_and_reminders_of_the_product_for_zero);
    CPPUNIT_TEST(takes_figures_at_both_ends_of_their_range);
    CPPUNIT_TEST(refuses_figures_out_of_their_range_by_name);
    CPPUNIT_TEST(refuses_each_required_text_that_is_missing_by_name);
    CPPUNIT_TEST(refuses_each_text_that_is_too_long_by_name);
    CPPUNIT_TEST(refuses_control_characters_by_name);
    CPPUNIT_TEST(refuses_an_unknown_flag);
    CPPUNIT_TEST(reads_its_flags);
    CPPUNIT_TEST(leaves_reminders_out_if_told);
    CPPUNIT_TEST(refuses_a_file_of_authorities_that_is_not_there);
    CPPUNIT_TEST(refuses_an_unknown_identity_check);
    CPPUNIT_TEST(strict_shortens_the_lives_that_were_not_chosen);
    CPPUNIT_TEST(strict_refuses_lives_that_were_chosen_too_long);
    CPPUNIT_TEST(strict_refuses_permanent_staff_passwords);
    CPPUNIT_TEST(standard_takes_permanent_staff_passwords);
    CPPUNIT_TEST(refuses_an_unknown_profile);
    CPPUNIT_TEST(key_file_is_beside_the_store_or_in_a_state_folder_that_must_be);
    CPPUNIT_TEST(takes_an_id_of_the_practice_and_none);
    CPPUNIT_TEST(refuses_an_id_of_the_practice_with_other_characters);
    CPPUNIT_TEST(refuses_a_portal_without_https);
    CPPUNIT_TEST(takes_http_on_this_machine_only);
    CPPUNIT_TEST(drops_slashes_at_the_end_of_the_portal_url);
    CPPUNIT_TEST(refuses_mail_addresses_that_are_none);
    CPPUNIT_TEST(replies_go_to_the_sender_unless_said_otherwise);
    CPPUNIT_TEST(refuses_a_language_that_it_does_not_write);
    CPPUNIT_TEST(refuses_a_time_zone_that_is_none);
    CPPUNIT_TEST(refuses_null_and_short_settings);
    CPPUNIT_TEST(makes_a_folder_transport);
    CPPUNIT_TEST(makes_an_smtp_transport);
    CPPUNIT_TEST(refuses_a_transport_that_is_none);
    CPPUNIT_TEST(refuses_the_hosts_transport_if_the_host_has_none);
    CPPUNIT_TEST(refuses_the_hosts_transport_on_a_thread_of_its_own);
    CPPUNIT_TEST(refuses_plain_smtp_over_the_network);
    CPPUNIT_TEST_SUITE_END();

public:
    void setUp() override { settings_.emplace(); }

    void takes_an_id_of_the_practice_and_none() {
        CPPUNIT_ASSERT_EQUAL(std::string{}, to_settings(&settings_->given).practice_id);
        for (const auto& id : {std::string{"Elm-2.b_c"}, std::string(64, 'x')}) {
            settings_->given.practice_id = to_text(id);
            CPPUNIT_ASSERT_EQUAL(id, to_settings(&settings_->given).practice_id);
        }
    }

    void refuses_an_id_of_the_practice_with_other_characters() {
        for (const auto& id :
             {std::string{"a b"}, std::string{"a~b"}, std::string{"a/b"}, std::string(65, 'x')}) {
            settings_->given.practice_id = to_text(id);
            CPPUNIT_ASSERT_THROW(static_cast<void>(to_settings(&settings_->given)), Misuse);
        }
    }

    void takes_the_figures_of_the_product_for_zero() {
        settings_->given.password_memory_kib = 0;
        settings_->given.password_passes = 0;
        const auto read = to_settings(&settings_->given);
        CPPUNIT_ASSERT(read.practice.first_link == std::chrono::hours{7 * 24});
        CPPUNIT_ASSERT(read.practice.reset_link == std::chrono::hours{24});
        CPPUNIT_ASSERT(read.practice.requested_link == std::chrono::hours{1});
        CPPUNIT_ASSERT(read.practice.cool_down == std::chrono::minutes{2});
        CPPUNIT_ASSERT(read.practice.staff_password == std::chrono::hours{7 * 24});
        CPPUNIT_ASSERT(read.practice.identity_check == IdentityCheck::BirthDate);
        CPPUNIT_ASSERT_EQUAL(std::string{"en"}, read.practice.language);
        CPPUNIT_ASSERT_EQUAL(std::string{"UTC"}, read.practice.time_zone);
        CPPUNIT_ASSERT_EQUAL(std::uint32_t{65'536}, read.cost.memory_kib);
        CPPUNIT_ASSERT_EQUAL(std::uint32_t{3}, read.cost.passes);
        CPPUNIT_ASSERT(read.first_sync && !read.own_thread);
    }

    void takes_the_caps_and_reminders_of_the_product_for_zero() {
        const auto practice = to_settings(&settings_->given).practice;
        CPPUNIT_ASSERT_EQUAL(120, practice.mails_per_minute);
        CPPUNIT_ASSERT_EQUAL(25'000, practice.mails_per_day);
        CPPUNIT_ASSERT_EQUAL(5, practice.patient_mails_per_day);
        CPPUNIT_ASSERT_EQUAL(20, practice.address_mails_per_day);
        CPPUNIT_ASSERT(practice.hold_back == std::chrono::minutes{2});
        CPPUNIT_ASSERT(practice.reminders);
        CPPUNIT_ASSERT(practice.first_reminder == std::chrono::hours{5 * 24});
        CPPUNIT_ASSERT(practice.last_reminder == std::chrono::hours{48});
        CPPUNIT_ASSERT_EQUAL(5, practice.reminder_most_mails);
        CPPUNIT_ASSERT_EQUAL(100, practice.source_failures_per_hour);
        CPPUNIT_ASSERT_EQUAL(10, practice.source_requests_per_hour);
        CPPUNIT_ASSERT_EQUAL(50, practice.source_requests_per_day);
    }

    void takes_figures_at_both_ends_of_their_range() {
        for (const auto& figure : figures_)
            for (const auto value : {figure.least, figure.most}) {
                settings_->given.*figure.member = value;
                static_cast<void>(to_settings(&settings_->given));
            }
    }

    void refuses_figures_out_of_their_range_by_name() {
        for (const auto& figure : figures_)
            for (const auto value : {figure.least - 1, figure.most + 1}) {
                if (value == 0) continue;  // Stands for the default.
                auto changed = settings_->given;
                changed.*figure.member = value;
                refused(changed, figure.name);
            }
    }

    void refuses_each_required_text_that_is_missing_by_name() {
        for (const auto& text : texts_)
            if (text.required) {
                auto changed = settings_->given;
                changed.*text.member = {};
                refused(changed, text.name);
            }
    }

    void refuses_each_text_that_is_too_long_by_name() {
        for (const auto& text : texts_) {
            auto changed = settings_->given;
            changed.*text.member = settings_->keep(std::string(text.longest + 1, 'x'));
            misuse(PPO_MISUSE_TEXT_TOO_LONG, text.name, [&] { use(changed); });
        }
    }

    void refuses_control_characters_by_name() {
        for (const auto& text : texts_) {
            auto changed = settings_->given;
            for (const char* hidden : {"a\nb", "a\x7f", "a\u0085z", "a\u2028z", "a\u202Ez"}) {
                changed.*text.member = settings_->keep(hidden);
                refused(changed, text.name);
            }
        }
    }

    void refuses_an_unknown_flag() {
        settings_->given.flags = 1U << 30;
        refused(settings_->given, "flags");
    }

    void reads_its_flags() {
        settings_->given.flags = PPO_SETTING_OWN_THREAD | PPO_SETTING_NO_FIRST_SYNC;
        const auto read = to_settings(&settings_->given);
        CPPUNIT_ASSERT(read.own_thread && !read.first_sync);
    }

    void leaves_reminders_out_if_told() {
        settings_->given.flags = PPO_SETTING_NO_REMINDERS;
        CPPUNIT_ASSERT(!to_settings(&settings_->given).practice.reminders);
    }

    void refuses_a_file_of_authorities_that_is_not_there() {
        settings_->given.mail_authorities = settings_->keep(settings_->file("nobody.pem"));
        refused(settings_->given, "mail_authorities");
    }

    void refuses_an_unknown_identity_check() {
        settings_->given.link_identity_check = 3;
        refused(settings_->given, "link_identity_check");
    }

    void strict_shortens_the_lives_that_were_not_chosen() {
        settings_->given.profile = PPO_PROFILE_STRICT;
        const auto practice = to_settings(&settings_->given).practice;
        CPPUNIT_ASSERT(practice.profile == Profile::Strict);
        CPPUNIT_ASSERT(practice.first_link == std::chrono::hours{24});
        CPPUNIT_ASSERT(practice.reset_link == std::chrono::hours{24});
        CPPUNIT_ASSERT(practice.requested_link == std::chrono::hours{1});
        CPPUNIT_ASSERT(practice.staff_password == std::chrono::hours{72});
    }

    void strict_refuses_lives_that_were_chosen_too_long() {
        settings_->given.profile = PPO_PROFILE_STRICT;
        const auto most = [&](std::uint32_t ppo_settings::*member, const char* name,
                              std::uint32_t value) {
            auto changed = settings_->given;
            changed.*member = value;
            static_cast<void>(to_settings(&changed));
            changed.*member = value + 1;
            refused(changed, name);
        };
        most(&ppo_settings::first_link_minutes, "first_link_minutes", 1440);
        most(&ppo_settings::reset_link_minutes, "reset_link_minutes", 1440);
        most(&ppo_settings::requested_link_minutes, "requested_link_minutes", 1440);
        most(&ppo_settings::staff_password_hours, "staff_password_hours", 72);
    }

    void strict_refuses_permanent_staff_passwords() {
        settings_->given.profile = PPO_PROFILE_STRICT;
        settings_->given.flags |= PPO_SETTING_PERMANENT_STAFF_PASSWORDS;
        refused(settings_->given, "flags");
    }

    void standard_takes_permanent_staff_passwords() {
        CPPUNIT_ASSERT(!to_settings(&settings_->given).practice.permanent_staff_passwords);
        settings_->given.flags |= PPO_SETTING_PERMANENT_STAFF_PASSWORDS;
        CPPUNIT_ASSERT(to_settings(&settings_->given).practice.permanent_staff_passwords);
    }

    void refuses_an_unknown_profile() {
        settings_->given.profile = 2;
        refused(settings_->given, "profile");
    }

    void key_file_is_beside_the_store_or_in_a_state_folder_that_must_be() {
        CPPUNIT_ASSERT_EQUAL(settings_->key_file(), to_settings(&settings_->given).key_file);
        settings_->given.store = settings_->keep("postgresql://127.0.0.1/portal");
        settings_->given.state_folder = {};
        refused(settings_->given, "state_folder");
    }
    void refuses_a_portal_without_https() {
        for (const char* url :
             {"http://portal.example.org/link", "ftp://portal.example.org", "https://",
              "portal.example.org", "https://portal.example.org/link?x=1",
              "https://portal.example.org/#a", "https://user@portal.example.org/link",
              "https://portal.example.org/a b", "http://localhost.example.org/link",
              "javascript:alert(1)"}) {
            settings_->given.portal_url = to_text(url);
            refused(settings_->given, "portal_url");
        }
    }

    void takes_http_on_this_machine_only() {
        for (const char* url :
             {"http://localhost:8080/link", "http://127.0.0.1/link", "http://[::1]:80/link"}) {
            settings_->given.portal_url = to_text(url);
            CPPUNIT_ASSERT_EQUAL(std::string{url},
                                 to_settings(&settings_->given).practice.portal_url);
        }
        settings_->given.portal_url = to_text("http://127.evil.example.org/link");
        refused(settings_->given, "portal_url");
    }

    void drops_slashes_at_the_end_of_the_portal_url() {
        settings_->given.portal_url = to_text("https://portal.example.org/link//");
        CPPUNIT_ASSERT_EQUAL(std::string{"https://portal.example.org/link"},
                             to_settings(&settings_->given).practice.portal_url);
    }

    void refuses_mail_addresses_that_are_none() {
        auto changed = settings_->given;
        changed.mail_sender = to_text("no address");
        refused(changed, "mail_sender");
        changed = settings_->given;
        changed.mail_reply_to = to_text("no address");
        refused(changed, "mail_reply_to");
    }

    void replies_go_to_the_sender_unless_said_otherwise() {
        CPPUNIT_ASSERT_EQUAL(std::string{"portal@elm.example.org"},
                             to_settings(&settings_->given).practice.mail_reply_to);
        settings_->given.mail_reply_to = to_text("desk@elm.example.org");
        CPPUNIT_ASSERT_EQUAL(std::string{"desk@elm.example.org"},
                             to_settings(&settings_->given).practice.mail_reply_to);
    }

    void refuses_a_language_that_it_does_not_write() {
        settings_->given.language = to_text("tlh");
        refused(settings_->given, "language");
    }

    void refuses_a_time_zone_that_is_none() {
        settings_->given.time_zone = to_text("Mars/Olympus");
        refused(settings_->given, "time_zone");
    }

    void refuses_null_and_short_settings() {
        misuse(PPO_MISUSE_NULL, "settings", [] { static_cast<void>(to_settings(nullptr)); });
        settings_->given.struct_size -= 8;
        misuse(PPO_MISUSE_STRUCT_SIZE, "settings", [&] { use(settings_->given); });
    }

    void makes_a_folder_transport() {
        const auto made = transport_of("folder:" + settings_->file("mails"));
        CPPUNIT_ASSERT(dynamic_cast<FolderTransport*>(made.get()) != nullptr);
    }

    void makes_an_smtp_transport() {
        for (const char* address : {"smtp://127.0.0.1:2525", "smtp+starttls://mx.example.org:587",
                                    "smtps://mx.example.org:465"}) {
            const auto made = transport_of(address);
            CPPUNIT_ASSERT_MESSAGE(address, dynamic_cast<SmtpTransport*>(made.get()) != nullptr);
        }
    }

    void refuses_a_transport_that_is_none() {
        for (const char* address :
             {"pigeon:loft", "folder:", "smtps://", "smtps://mx:0", "smtps://mx:99999"})
            misuse(PPO_MISUSE_SETTING, "mail_transport",
                   [&] { static_cast<void>(transport_of(address)); });
    }

    void refuses_the_hosts_transport_if_the_host_has_none() {
        host_.absent = {PPO_HOST_MAIL_1};
        for (const char* said : {"host", ""})
            misuse(PPO_MISUSE_SETTING, "mail_transport",
                   [&] { static_cast<void>(transport_of(said)); });
    }

    void refuses_the_hosts_transport_on_a_thread_of_its_own() {
        settings_->given.flags = PPO_SETTING_OWN_THREAD;
        settings_->given.mail_transport = to_text("host");
        refused(settings_->given, "mail_transport");
    }

    void refuses_plain_smtp_over_the_network() {
        settings_->given.mail_transport = to_text("smtp://mx.example.org:25");
        refused(settings_->given, "mail_transport");
    }

private:
    struct Figure {
        const char* name = "";
        std::uint32_t ppo_settings::*member = nullptr;
        std::uint32_t least = 0;
        std::uint32_t most = 0;
    };
    struct Text {
        const char* name = "";
        ppo_text ppo_settings::*member = nullptr;
        std::size_t longest = 0;
        bool required = false;
    };

    /// What `create` does with settings.
    void use(const ppo_settings& given) {
        static_cast<void>(to_settings(&given));
        auto into_folder = given;  // A wrong value is refused also where nothing needs it.
        if (given.mail_transport.size == 0) into_folder.mail_transport = to_text("folder:mails");
        static_cast<void>(to_transport(into_folder, Host{&host_.table}));
    }
    void refused(const ppo_settings& given, const char* name) {
        misuse(PPO_MISUSE_SETTING, name, [&] { use(given); });
    }
    std::unique_ptr<Transport> transport_of(const std::string& address) {
        auto given = settings_->given;
        given.mail_transport = to_text(address);
        return to_transport(given, Host{&host_.table});
    }
    static void misuse(ppo_result result, const std::string& field, std::function<void()> call) {
        try {
            call();
        } catch (const Misuse& caught) {
            CPPUNIT_ASSERT_EQUAL_MESSAGE(field, result, caught.result());
            return CPPUNIT_ASSERT_EQUAL(field, caught.field());
        }
        CPPUNIT_FAIL("no misuse of " + field);
    }

    const std::vector<Figure> figures_{
        {"first_link_minutes", &ppo_settings::first_link_minutes, 15, 43'200},
        {"reset_link_minutes", &ppo_settings::reset_link_minutes, 15, 43'200},
        {"requested_link_minutes", &ppo_settings::requested_link_minutes, 15, 43'200},
        {"cool_down_seconds", &ppo_settings::cool_down_seconds, 1, 86'400},
        {"staff_password_hours", &ppo_settings::staff_password_hours, 1, 720},
        {"password_memory_kib", &ppo_settings::password_memory_kib, 19'456, 1'048'576},
        {"password_passes", &ppo_settings::password_passes, 2, 10},
        {"mail_connections", &ppo_settings::mail_connections, 1, 8},
        {"mails_per_minute", &ppo_settings::mails_per_minute, 1, 60'000},
        {"mails_per_day", &ppo_settings::mails_per_day, 1, 10'000'000},
        {"patient_mails_per_day", &ppo_settings::patient_mails_per_day, 1, 100},
        {"address_mails_per_day", &ppo_settings::address_mails_per_day, 1, 1000},
        {"hold_back_seconds", &ppo_settings::hold_back_seconds, 1, 86'400},
        {"reminder_days", &ppo_settings::reminder_days, 1, 30},
        {"last_reminder_hours", &ppo_settings::last_reminder_hours, 1, 720},
        {"reminder_most_mails", &ppo_settings::reminder_most_mails, 1, 20},
        {"source_failures_per_hour", &ppo_settings::source_failures_per_hour, 10, 10'000},
        {"source_requests_per_hour", &ppo_settings::source_requests_per_hour, 5, 1000},
        {"source_requests_per_day", &ppo_settings::source_requests_per_day, 10, 10'000}};
    const std::vector<Text> texts_{
        {"store", &ppo_settings::store, 4096, true},
        {"key_file", &ppo_settings::key_file, 4096, false},
        {"practice_name", &ppo_settings::practice_name, 120, true},
        {"practice_phone", &ppo_settings::practice_phone, 40, true},
        {"portal_url", &ppo_settings::portal_url, 512, true},
        {"mail_transport", &ppo_settings::mail_transport, 4096, false},
        {"mail_user", &ppo_settings::mail_user, 256, false},
        {"mail_password", &ppo_settings::mail_password, 1024, false},
        {"mail_sender", &ppo_settings::mail_sender, 254, true},
        {"mail_authorities", &ppo_settings::mail_authorities, 4096, false}};
    FakeHost host_{};
    std::optional<TestSettings> settings_{};
};
CPPUNIT_TEST_SUITE_REGISTRATION(SettingsTest);
