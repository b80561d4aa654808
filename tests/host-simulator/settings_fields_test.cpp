// SPDX-License-Identifier: Apache-2.0
#include "web/settings_fields.hpp"

#include <cppunit/extensions/HelperMacros.h>

namespace {
/// What runs already: a server with a user and a password.
const ppo_sim::Choices running{{"mail_transport", "smtps://mail.p.example:465"},
                               {"mail_user", "portal"},
                               {"mail_password", "kept"},
                               {"password_passes", "2"}};

/// The page as it comes for `running`, with what somebody typed into it.
ppo_sim::Form typed(const std::vector<std::pair<std::string, std::string>>& inputs) {
    ppo_sim::Settings settings;
    (void)ppo_sim::apply(running, settings);
    ppo_sim::Form form = ppo_sim::to_form(running, settings);
    for (const auto& [name, value] : inputs) {
        form.remove(name);
        form.add(name, value);
    }
    return form;
}

ppo_sim::Choices chosen(const std::vector<std::pair<std::string, std::string>>& inputs) {
    std::vector<ppo_sim::BadChoice> bad;
    auto choices = ppo_sim::to_choices(typed(inputs), running, bad);
    CPPUNIT_ASSERT(bad.empty());
    return choices;
}
}  // namespace

class SettingsFieldsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(SettingsFieldsTest);
    CPPUNIT_TEST(a_form_that_nobody_touched_changes_nothing_that_runs);
    CPPUNIT_TEST(the_server_stands_in_three_inputs);
    CPPUNIT_TEST(three_inputs_make_one_transport);
    CPPUNIT_TEST(an_address_with_colons_gets_its_brackets_and_loses_them);
    CPPUNIT_TEST(a_folder_is_the_data_folders_own);
    CPPUNIT_TEST(an_empty_field_is_no_choice);
    CPPUNIT_TEST(an_empty_name_stays_for_the_plugin_to_refuse);
    CPPUNIT_TEST(blanks_around_are_cut_off);
    CPPUNIT_TEST(the_kept_password_is_never_in_the_form);
    CPPUNIT_TEST(the_kept_password_goes_to_no_other_server);
    CPPUNIT_TEST(the_kept_password_goes_to_no_other_user);
    CPPUNIT_TEST(a_typed_password_replaces_the_kept_one);
    CPPUNIT_TEST(without_a_user_there_is_no_password);
    CPPUNIT_TEST_SUITE_END();

    void a_form_that_nobody_touched_changes_nothing_that_runs() {
        const auto choices = chosen({});
        for (const auto& [name, value] : running)
            CPPUNIT_ASSERT_EQUAL_MESSAGE(name, value, choices.at(name));
    }

    void the_server_stands_in_three_inputs() {
        const auto form = typed({});
        CPPUNIT_ASSERT_EQUAL(std::string{"smtps"}, form.get("mail_kind"));
        CPPUNIT_ASSERT_EQUAL(std::string{"mail.p.example"}, form.get("mail_host"));
        CPPUNIT_ASSERT_EQUAL(std::string{"465"}, form.get("mail_port"));
    }

    void three_inputs_make_one_transport() {
        const auto choices = chosen({{"mail_kind", "smtp+starttls"},
                                     {"mail_host", "relay.p.example"},
                                     {"mail_port", ""},
                                     {"mail_password", "another"}});
        CPPUNIT_ASSERT_EQUAL(std::string{"smtp+starttls://relay.p.example"},
                             choices.at("mail_transport"));
    }

    void an_address_with_colons_gets_its_brackets_and_loses_them() {
        const auto choices = chosen({{"mail_kind", "smtp"},
                                     {"mail_host", "::1"},
                                     {"mail_port", "2525"},
                                     {"mail_user", ""}});
        CPPUNIT_ASSERT_EQUAL(std::string{"smtp://[::1]:2525"}, choices.at("mail_transport"));
        ppo_sim::Settings settings;
        (void)ppo_sim::apply(choices, settings);
        CPPUNIT_ASSERT_EQUAL(std::string{"::1"},
                             ppo_sim::to_form(choices, settings).get("mail_host"));
    }

    void a_folder_is_the_data_folders_own() {
        CPPUNIT_ASSERT_EQUAL(
            std::size_t{0},
            chosen({{"mail_kind", "folder"}, {"mail_user", ""}}).count("mail_transport"));
    }

    void an_empty_field_is_no_choice() {
        CPPUNIT_ASSERT_EQUAL(std::size_t{0},
                             chosen({{"mails_per_minute", ""}}).count("mails_per_minute"));
    }

    void an_empty_name_stays_for_the_plugin_to_refuse() {
        CPPUNIT_ASSERT_EQUAL(std::string{}, chosen({{"practice_name", ""}}).at("practice_name"));
    }

    void blanks_around_are_cut_off() {
        CPPUNIT_ASSERT_EQUAL(std::string{"30"},
                             chosen({{"mails_per_minute", " 30 "}}).at("mails_per_minute"));
    }

    void the_kept_password_is_never_in_the_form() {
        CPPUNIT_ASSERT(typed({}).encoded().find("kept") == std::string::npos);
    }

    void the_kept_password_goes_to_no_other_server() {
        expect_asked_again({{"mail_host", "evil.example"}});
    }

    void the_kept_password_goes_to_no_other_user() {
        expect_asked_again({{"mail_user", "somebody"}});
    }

    static void expect_asked_again(const std::vector<std::pair<std::string, std::string>>& inputs) {
        std::vector<ppo_sim::BadChoice> bad;
        const auto choices = ppo_sim::to_choices(typed(inputs), running, bad);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, bad.size());
        CPPUNIT_ASSERT_EQUAL(std::string{"mail_password"}, bad[0].name);
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, choices.count("mail_password"));
    }

    void a_typed_password_replaces_the_kept_one() {
        const auto choices = chosen({{"mail_host", "relay.p.example"}, {"mail_password", "new"}});
        CPPUNIT_ASSERT_EQUAL(std::string{"new"}, choices.at("mail_password"));
    }

    void without_a_user_there_is_no_password() {
        CPPUNIT_ASSERT_EQUAL(
            std::size_t{0},
            chosen({{"mail_user", ""}, {"mail_password", "typed"}}).count("mail_password"));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(SettingsFieldsTest);
