// SPDX-License-Identifier: Apache-2.0
#include "host/settings_file.hpp"

#include "scenario/world.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <fstream>

class SettingsFileTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(SettingsFileTest);
    CPPUNIT_TEST(what_is_kept_is_read_again);
    CPPUNIT_TEST(a_folder_without_a_file_has_no_choices);
    CPPUNIT_TEST(only_the_owner_may_read_it);
    CPPUNIT_TEST(something_else_is_refused_by_the_name_of_the_file);
    CPPUNIT_TEST(choices_stand_above_the_settings_of_the_folder);
    CPPUNIT_TEST(the_command_line_stands_above_what_is_kept);
    CPPUNIT_TEST(a_store_that_is_named_stands_above_one_that_is_kept);
    CPPUNIT_TEST(a_database_leaves_what_is_this_machines_in_the_folder);
    CPPUNIT_TEST(the_keys_of_a_database_stay_in_the_folder);
    CPPUNIT_TEST(a_choice_that_cannot_be_is_told_by_its_name);
    CPPUNIT_TEST(the_folder_of_bounces_is_not_the_plugins);
    CPPUNIT_TEST_SUITE_END();

    ppo_sim::TemporaryFolder temporary_{};
    const ppo_sim::DataFolder folder_{temporary_.path()};

    void what_is_kept_is_read_again() {
        const ppo_sim::Choices choices{{"practice_name", "A \"quoted\" Práctica"},
                                       {"mails_per_minute", "30"}};
        ppo_sim::keep_choices(folder_.chosen(), choices);
        CPPUNIT_ASSERT(choices == ppo_sim::read_choices(folder_.chosen()));
    }

    void a_folder_without_a_file_has_no_choices() {
        CPPUNIT_ASSERT(ppo_sim::read_choices(folder_.chosen()).empty());
    }

    void only_the_owner_may_read_it() {
        ppo_sim::keep_choices(folder_.chosen(), {{"mail_password", "secret"}});
        using std::filesystem::perms;
        CPPUNIT_ASSERT((perms::owner_read | perms::owner_write) ==
                       std::filesystem::status(folder_.chosen()).permissions());
    }

    void something_else_is_refused_by_the_name_of_the_file() {
        for (const auto* text : {"", "[]", "{\"mails_per_minute\": 30}", "{\"a\": \"b\""}) {
            std::ofstream{folder_.chosen()} << text;
            try {
                (void)ppo_sim::read_choices(folder_.chosen());
                CPPUNIT_FAIL(std::string{"was read: "} + text);
            } catch (const std::runtime_error& refused) {
                CPPUNIT_ASSERT(std::string{refused.what()}.find("settings.json") !=
                               std::string::npos);
            }
        }
    }

    void choices_stand_above_the_settings_of_the_folder() {
        const auto settings = ppo_sim::settings_of(folder_, {{"practice_phone", "555-0199"}});
        CPPUNIT_ASSERT_EQUAL(std::string{"555-0199"}, settings.practice_phone);
        CPPUNIT_ASSERT_EQUAL("folder:" + folder_.mail().string(), settings.mail_transport);
    }

    void the_command_line_stands_above_what_is_kept() {
        ppo_sim::keep_choices(folder_.chosen(), {{"language", "es"}, {"practice_phone", "1"}});
        const ppo_sim::KeptChoices kept{folder_, {}, {{"practice_phone", "2"}}};
        const ppo_sim::Choices together{{"language", "es"}, {"practice_phone", "2"}};
        CPPUNIT_ASSERT(together == kept.read());
    }

    void a_store_that_is_named_stands_above_one_that_is_kept() {
        ppo_sim::keep_choices(folder_.chosen(), {{"store", "/a"}, {"practice_id", "elm"}});
        const ppo_sim::StoreOptions told{.store = "/b", .practice = "oak"};
        const auto choices = ppo_sim::KeptChoices{folder_, told, {}}.read();
        const auto settings = ppo_sim::settings_of(folder_, choices, told);
        CPPUNIT_ASSERT_EQUAL(std::string{"/b oak"}, settings.store + " " + settings.practice_id);
        CPPUNIT_ASSERT_EQUAL(std::string{}, settings.key_file);  // Beside the store.
    }

    void a_database_leaves_what_is_this_machines_in_the_folder() {
        const auto settings = folder_.settings({.store = "postgresql://portal@db/practice"});
        CPPUNIT_ASSERT_EQUAL(folder_.store().parent_path().string(), settings.state_folder);
    }

    void the_keys_of_a_database_stay_in_the_folder() {
        const auto settings = folder_.settings({.store = "postgresql://portal@db/practice"});
        CPPUNIT_ASSERT_EQUAL(folder_.store().string() + ".key", settings.key_file);
    }

    void a_choice_that_cannot_be_is_told_by_its_name() {
        ppo_sim::Settings settings;
        const auto bad = ppo_sim::apply({{"mails_per_day", "many"}, {"reminders", "no"}}, settings);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, bad.size());
        CPPUNIT_ASSERT_EQUAL(std::string{"mails_per_day"}, bad[0].name);
        CPPUNIT_ASSERT(!settings.reminders);
    }

    void the_folder_of_bounces_is_not_the_plugins() {
        ppo_sim::Settings settings;
        CPPUNIT_ASSERT(ppo_sim::apply({{"bounces", "/a/maildir"}}, settings).empty());
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(SettingsFileTest);
