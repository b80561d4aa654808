// SPDX-License-Identifier: Apache-2.0
#include "credentials/username_check.hpp"

#include "domain/username.hpp"
#include "store/patient_table.hpp"
#include "support/temp_store.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <algorithm>
#include <optional>

using namespace ppo;

class UsernameCheckTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(UsernameCheckTest);
    CPPUNIT_TEST(finds_nothing_against_a_free_username);
    CPPUNIT_TEST(names_the_rule_that_a_username_breaks);
    CPPUNIT_TEST(says_taken_when_another_patient_has_it);
    CPPUNIT_TEST(says_taken_whatever_the_letter_case);
    CPPUNIT_TEST(says_taken_for_a_look_alike);
    CPPUNIT_TEST(finds_nothing_against_the_patients_own_username);
    CPPUNIT_TEST(suggests_three_when_taken);
    CPPUNIT_TEST(suggests_only_what_is_free);
    CPPUNIT_TEST(suggests_nothing_while_free);
    CPPUNIT_TEST(says_taken_for_a_look_alike_as_shown);
    CPPUNIT_TEST(suggestions_are_the_same_whoever_else_there_is);
    CPPUNIT_TEST(keeps_the_username_of_a_chart_that_has_gone);
    CPPUNIT_TEST_SUITE_END();

public:
    void setUp() override {
        store_.emplace();
        store_->add(anna());
        store_->add(bruno());
        store_->set_up("P002", "winter.a");
    }

    void tearDown() override { store_.reset(); }

    void finds_nothing_against_a_free_username() {
        CPPUNIT_ASSERT(!check("anna.w").refusal.has_value());
    }

    void names_the_rule_that_a_username_breaks() {
        CPPUNIT_ASSERT(check("an").refusal == Refusal::UsernameTooShort);
        CPPUNIT_ASSERT(check(std::string(65, 'a')).refusal == Refusal::UsernameTooLong);
        CPPUNIT_ASSERT(check("anna w").refusal == Refusal::UsernameCharacters);
        CPPUNIT_ASSERT(check("admin").refusal == Refusal::UsernameReserved);
    }

    void says_taken_when_another_patient_has_it() {
        CPPUNIT_ASSERT(check("winter.a").refusal == Refusal::UsernameTaken);
    }

    void says_taken_whatever_the_letter_case() {
        CPPUNIT_ASSERT(check("WINTER.A").refusal == Refusal::UsernameTaken);
    }

    void says_taken_for_a_look_alike() {
        CPPUNIT_ASSERT(check("winter.\u0430").refusal == Refusal::UsernameTaken);  // Cyrillic a.
    }

    void finds_nothing_against_the_patients_own_username() {
        CPPUNIT_ASSERT(!check("winter.a", "P002").refusal.has_value());
    }

    void suggests_three_when_taken() {
        CPPUNIT_ASSERT_EQUAL(std::size_t{3}, check("winter.a").suggestions.size());
    }

    void suggests_only_what_is_free() {
        const auto before = check("winter.a").suggestions;
        store_->add(anna("P003"));
        store_->set_up("P003", before.front());
        const auto after = check("winter.a").suggestions;
        CPPUNIT_ASSERT(std::count(after.begin(), after.end(), before.front()) == 0);
        for (const auto& suggestion : after)
            CPPUNIT_ASSERT_MESSAGE(suggestion, !check(suggestion).refusal.has_value());
    }

    void suggests_nothing_while_free() { CPPUNIT_ASSERT(check("anna.w").suggestions.empty()); }

    void says_taken_for_a_look_alike_as_shown() {
        store_->add(anna("P003"));
        store_->set_up("P003", "paul01");
        const auto verdict = check("pauI01");
        CPPUNIT_ASSERT(verdict.refusal == Refusal::UsernameTaken);
        for (const auto& suggestion : verdict.suggestions)
            CPPUNIT_ASSERT_MESSAGE(suggestion, !check(suggestion).refusal.has_value());
    }

    void suggestions_are_the_same_whoever_else_there_is() {
        const auto before = check("winter.a").suggestions;
        auto other = bruno("P002");
        other.first_name = "Wanda";
        other.last_name = "Winterfield";
        other.email = "winter.a.2@secret.example";
        store_->add(other);
        store_->add(bruno("P003"));
        store_->set_up("P003", "somebody@secret.example");
        CPPUNIT_ASSERT(before == check("winter.a").suggestions);
        const auto possible = suggest_usernames("winter.a", "Anna", "Winter");
        for (const auto& suggestion : before)
            CPPUNIT_ASSERT(std::count(possible.begin(), possible.end(), suggestion) == 1);
        for (const auto& suggestion : check("somebody@secret.example").suggestions)
            CPPUNIT_ASSERT(suggestion.find("secret") == std::string::npos);
    }

    void keeps_the_username_of_a_chart_that_has_gone() {
        store_->change("P002", [](Transaction& transaction) { hide_patient(transaction, "P002"); });
        CPPUNIT_ASSERT(check("winter.a").refusal == Refusal::UsernameTaken);
    }

private:
    UsernameVerdict check(std::string_view typed, std::string_view patient_id = "P001") {
        const auto account = store_->account(patient_id);
        return store_->ask(
            [&](Connection& connection) { return check_username(connection, account, typed); });
    }

    std::optional<TempStore> store_{};
};
CPPUNIT_TEST_SUITE_REGISTRATION(UsernameCheckTest);
