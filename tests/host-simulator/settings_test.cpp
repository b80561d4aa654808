// SPDX-License-Identifier: Apache-2.0
#include "host/settings.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <array>

namespace {
constexpr std::array<const char*, 19> numbers{
    "first_link_minutes",       "reset_link_minutes",
    "requested_link_minutes",   "cool_down_seconds",
    "staff_password_hours",     "password_memory_kib",
    "password_passes",          "mail_connections",
    "mails_per_minute",         "mails_per_day",
    "patient_mails_per_day",    "address_mails_per_day",
    "hold_back_seconds",        "reminder_days",
    "last_reminder_hours",      "reminder_most_mails",
    "source_failures_per_hour", "source_requests_per_hour",
    "source_requests_per_day"};
}  // namespace

class SettingsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(SettingsTest);
    CPPUNIT_TEST(every_number_can_be_set_by_its_name);
    CPPUNIT_TEST(an_empty_number_is_the_plugins_default);
    CPPUNIT_TEST(a_number_with_letters_is_not_taken);
    CPPUNIT_TEST(a_number_too_large_is_not_taken);
    CPPUNIT_TEST(reminders_are_yes_or_no);
    CPPUNIT_TEST(without_reminders_the_plugin_is_told_by_a_flag);
    CPPUNIT_TEST(the_plugin_is_told_the_authorities_file);
    CPPUNIT_TEST(the_plugin_is_told_each_number_where_it_belongs);
    CPPUNIT_TEST(an_unknown_name_is_not_taken);
    CPPUNIT_TEST_SUITE_END();

    void every_number_can_be_set_by_its_name() {
        ppo_sim::Settings settings;
        for (const auto* name : numbers) {
            CPPUNIT_ASSERT(!ppo_sim::set_setting(settings, name, "17"));
            CPPUNIT_ASSERT_EQUAL(std::string{"17"}, ppo_sim::get_setting(settings, name));
        }
    }

    void an_empty_number_is_the_plugins_default() {
        ppo_sim::Settings settings;
        CPPUNIT_ASSERT(!ppo_sim::set_setting(settings, "mails_per_minute", "9"));
        CPPUNIT_ASSERT(!ppo_sim::set_setting(settings, "mails_per_minute", ""));
        CPPUNIT_ASSERT_EQUAL(0U, settings.mails_per_minute);
    }

    void a_number_with_letters_is_not_taken() {
        ppo_sim::Settings settings;
        CPPUNIT_ASSERT(ppo_sim::set_setting(settings, "reminder_days", "5 days"));
        CPPUNIT_ASSERT_EQUAL(0U, settings.reminder_days);
    }

    void a_number_too_large_is_not_taken() {
        ppo_sim::Settings settings;
        CPPUNIT_ASSERT(ppo_sim::set_setting(settings, "mails_per_day", "4294967297"));
        CPPUNIT_ASSERT(ppo_sim::set_setting(settings, "mails_per_day", "-1"));
    }

    void reminders_are_yes_or_no() {
        ppo_sim::Settings settings;
        CPPUNIT_ASSERT(!ppo_sim::set_setting(settings, "reminders", "no"));
        CPPUNIT_ASSERT_EQUAL(std::string{"no"}, ppo_sim::get_setting(settings, "reminders"));
        CPPUNIT_ASSERT(ppo_sim::set_setting(settings, "reminders", "perhaps"));
    }

    void without_reminders_the_plugin_is_told_by_a_flag() {
        ppo_sim::Settings settings;
        CPPUNIT_ASSERT_EQUAL(0U, settings.to_abi().flags & PPO_SETTING_NO_REMINDERS);
        settings.reminders = false;
        CPPUNIT_ASSERT(settings.to_abi().flags & PPO_SETTING_NO_REMINDERS);
    }

    void the_plugin_is_told_the_authorities_file() {
        ppo_sim::Settings settings;
        CPPUNIT_ASSERT(!ppo_sim::set_setting(settings, "mail_authorities", "/a/ca.pem"));
        const ppo_settings told = settings.to_abi();
        CPPUNIT_ASSERT_EQUAL(std::string{"/a/ca.pem"},
                             std::string(told.mail_authorities.data, told.mail_authorities.size));
    }

    void the_plugin_is_told_each_number_where_it_belongs() {
        ppo_sim::Settings settings;
        std::uint32_t next = 1;
        for (const auto* name : numbers)
            CPPUNIT_ASSERT(!ppo_sim::set_setting(settings, name, std::to_string(next++)));
        const ppo_settings told = settings.to_abi();
        const std::array<std::uint32_t, numbers.size()> in_order{
            told.first_link_minutes,       told.reset_link_minutes,
            told.requested_link_minutes,   told.cool_down_seconds,
            told.staff_password_hours,     told.password_memory_kib,
            told.password_passes,          told.mail_connections,
            told.mails_per_minute,         told.mails_per_day,
            told.patient_mails_per_day,    told.address_mails_per_day,
            told.hold_back_seconds,        told.reminder_days,
            told.last_reminder_hours,      told.reminder_most_mails,
            told.source_failures_per_hour, told.source_requests_per_hour,
            told.source_requests_per_day};
        for (std::uint32_t i = 0; i < in_order.size(); ++i)
            CPPUNIT_ASSERT_EQUAL(i + 1, in_order.at(i));
    }

    void an_unknown_name_is_not_taken() {
        ppo_sim::Settings settings;
        CPPUNIT_ASSERT(ppo_sim::set_setting(settings, "colour", "red"));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(SettingsTest);
