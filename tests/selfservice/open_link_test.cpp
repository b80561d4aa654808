// SPDX-License-Identifier: Apache-2.0
#include "selfservice/open_link.hpp"

#include "onboarding/access.hpp"
#include "onboarding/patients.hpp"
#include "selfservice/link_fixture.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <optional>

using namespace ppo;
using std::chrono::minutes;

class OpenLinkTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(OpenLinkTest);
    CPPUNIT_TEST(shows_first_name_and_expiry_of_a_usable_link);
    CPPUNIT_TEST(asks_a_username_only_if_none_is_on_file);
    CPPUNIT_TEST(asks_the_birth_date_on_file);
    CPPUNIT_TEST(asks_nothing_where_the_fact_is_not_on_file);
    CPPUNIT_TEST(asks_nothing_if_the_practice_says_so);
    CPPUNIT_TEST(asks_birth_date_and_zip_if_the_practice_says_so);
    CPPUNIT_TEST(keeps_the_username_back_until_the_identity_is_confirmed);
    CPPUNIT_TEST(changes_no_byte_of_the_store_however_often);
    CPPUNIT_TEST(does_not_know_a_link_that_was_never_made);
    CPPUNIT_TEST(does_not_know_a_link_that_was_damaged_on_the_way);
    CPPUNIT_TEST(says_that_a_link_was_used);
    CPPUNIT_TEST(says_that_a_link_has_expired);
    CPPUNIT_TEST(is_usable_until_the_last_millisecond);
    CPPUNIT_TEST(says_that_a_newer_link_was_sent);
    CPPUNIT_TEST(says_that_access_was_disabled);
    CPPUNIT_TEST(stays_dead_after_access_is_enabled_again);
    CPPUNIT_TEST(says_that_access_was_disabled_when_the_chart_closed);
    CPPUNIT_TEST(says_that_the_email_on_file_changed);
    CPPUNIT_TEST(says_that_credentials_were_changed_another_way);
    CPPUNIT_TEST(says_that_staff_withdrew_it);
    CPPUNIT_TEST(says_that_access_was_disabled_when_the_chart_has_gone);
    CPPUNIT_TEST(reveals_nothing_beside_a_dead_link);
    CPPUNIT_TEST(offers_renewal_for_an_expired_link);
    CPPUNIT_TEST(offers_no_renewal_for_used_withdrawn_and_disabled_links);
    CPPUNIT_TEST(offers_no_renewal_to_who_may_not_be_mailed);
    CPPUNIT_TEST(admits_the_right_birth_date);
    CPPUNIT_TEST(admits_a_birth_date_as_typed_in_the_us);
    CPPUNIT_TEST(refuses_an_empty_answer_by_its_field);
    CPPUNIT_TEST(refuses_a_birth_date_that_is_no_day);
    CPPUNIT_TEST(does_not_count_an_answer_that_is_no_day);
    CPPUNIT_TEST(refuses_a_wrong_birth_date);
    CPPUNIT_TEST(refuses_a_wrong_zip);
    CPPUNIT_TEST_SUITE_END();

public:
    void setUp() override { it_.emplace(); }

    void tearDown() override { it_.reset(); }

    void shows_first_name_and_expiry_of_a_usable_link() {
        const auto page = open(it_->invite());
        CPPUNIT_ASSERT(!page.dead);
        CPPUNIT_ASSERT_EQUAL(std::string{"Anna"}, page.first_name);
        CPPUNIT_ASSERT(page.expires_at == noon + it_->practice.first_link);
    }

    void asks_a_username_only_if_none_is_on_file() {
        CPPUNIT_ASSERT(open(it_->invite()).asks_username);
        it_->store.set_up("P002", "bruno.n");
        CPPUNIT_ASSERT(!open(it_->invite("P002")).asks_username);
    }

    void asks_the_birth_date_on_file() {
        const auto page = open(it_->invite());
        CPPUNIT_ASSERT(page.asks_birth_date);
        CPPUNIT_ASSERT(!page.asks_postal_code);
    }

    void asks_nothing_where_the_fact_is_not_on_file() {
        auto patient = anna();
        patient.birth_date.clear();
        it_->store.add(patient);
        const auto link = it_->invite();
        CPPUNIT_ASSERT(!open(link).asks_birth_date);
        CPPUNIT_ASSERT(admit(link, ""));
    }

    void asks_nothing_if_the_practice_says_so() {
        it_->practice.identity_check = IdentityCheck::Nothing;
        const auto link = it_->invite();
        CPPUNIT_ASSERT(!open(link).asks_birth_date);
        CPPUNIT_ASSERT(admit(link, ""));
    }

    void asks_birth_date_and_zip_if_the_practice_says_so() {
        it_->practice.identity_check = IdentityCheck::BirthDateAndPostalCode;
        const auto page = open(it_->invite());
        CPPUNIT_ASSERT(page.asks_birth_date);
        CPPUNIT_ASSERT(page.asks_postal_code);
    }

    void keeps_the_username_back_until_the_identity_is_confirmed() {
        it_->store.set_up("P001", "anna.w");
        CPPUNIT_ASSERT_EQUAL(std::string{}, open(it_->invite()).username);
    }

    void changes_no_byte_of_the_store_however_often() {
        const auto link = it_->invite();
        const auto before = it_->store.bytes();
        for (int i = 0; i < 100; ++i) CPPUNIT_ASSERT(!open(link).dead);
        CPPUNIT_ASSERT(before == it_->store.bytes());
    }

    void does_not_know_a_link_that_was_never_made() {
        CPPUNIT_ASSERT(dead(std::string(43, 'A')) == Refusal::LinkUnknown);
        CPPUNIT_ASSERT(dead("") == Refusal::LinkUnknown);
    }

    void does_not_know_a_link_that_was_damaged_on_the_way() {
        auto link = it_->invite();
        CPPUNIT_ASSERT(dead(link + ".") == Refusal::LinkUnknown);
        CPPUNIT_ASSERT(dead(link.substr(1)) == Refusal::LinkUnknown);
        link.front() = link.front() == 'x' ? 'y' : 'x';
        CPPUNIT_ASSERT(dead(link) == Refusal::LinkUnknown);
    }

    void says_that_a_link_was_used() {
        const auto link = it_->invite();
        CPPUNIT_ASSERT(it_->complete(link, {"anna.w", it_->good}));
        CPPUNIT_ASSERT(dead(link) == Refusal::LinkUsed);
    }

    void says_that_a_link_has_expired() {
        const auto link = it_->invite();
        CPPUNIT_ASSERT(dead(link, noon + it_->practice.first_link) == Refusal::LinkExpired);
    }

    void is_usable_until_the_last_millisecond() {
        const auto link = it_->invite();
        const auto last = noon + it_->practice.first_link - std::chrono::milliseconds{1};
        CPPUNIT_ASSERT(!open(link, last).dead);
    }

    void says_that_a_newer_link_was_sent() {
        const auto link = it_->invite();
        const auto newer = it_->invite("P001", noon + minutes{3});
        CPPUNIT_ASSERT(dead(link) == Refusal::LinkReplaced);
        CPPUNIT_ASSERT(!dead(newer));
    }

    void says_that_access_was_disabled() {
        const auto link = it_->invite();
        CPPUNIT_ASSERT(set_access(it_->store, "P001", false, nurse, noon));
        CPPUNIT_ASSERT(dead(link) == Refusal::LinkAccessDisabled);
    }

    void stays_dead_after_access_is_enabled_again() {
        const auto link = it_->invite();
        CPPUNIT_ASSERT(set_access(it_->store, "P001", false, nurse, noon));
        CPPUNIT_ASSERT(set_access(it_->store, "P001", true, nurse, noon));
        CPPUNIT_ASSERT(dead(link) == Refusal::LinkAccessDisabled);
    }

    void says_that_access_was_disabled_when_the_chart_closed() {
        const auto link = it_->invite();
        auto patient = anna();
        patient.chart_status = ChartStatus::Deceased;
        take_patient(it_->store, patient, noon);
        CPPUNIT_ASSERT(dead(link) == Refusal::LinkAccessDisabled);
    }

    void says_that_the_email_on_file_changed() {
        const auto link = it_->invite();
        auto patient = anna();
        patient.email = "new@example.org";
        take_patient(it_->store, patient, noon);
        CPPUNIT_ASSERT(dead(link) == Refusal::LinkEmailChanged);
    }

    void says_that_credentials_were_changed_another_way() {
        const auto link = it_->invite();
        it_->store.change("P001", [](Transaction& transaction) {
            close_open_invitation(transaction, "P001", LinkEnd::CredentialsChanged, noon);
        });
        CPPUNIT_ASSERT(dead(link) == Refusal::LinkCredentialsChanged);
    }

    void says_that_staff_withdrew_it() {
        const auto link = it_->invite();
        CPPUNIT_ASSERT(revoke_invitation(it_->store, "P001", nurse, noon));
        CPPUNIT_ASSERT(dead(link) == Refusal::LinkWithdrawn);
    }

    void says_that_access_was_disabled_when_the_chart_has_gone() {
        const auto link = it_->invite();
        CPPUNIT_ASSERT(remove_patient(it_->store, "P001", noon));
        CPPUNIT_ASSERT(dead(link) == Refusal::LinkAccessDisabled);
    }

    void reveals_nothing_beside_a_dead_link() {
        const auto link = it_->invite();
        const auto page = open(link, noon + it_->practice.first_link);
        CPPUNIT_ASSERT_EQUAL(std::string{}, page.first_name + page.username);
        CPPUNIT_ASSERT(!page.expires_at);
        CPPUNIT_ASSERT(!page.asks_username && !page.asks_birth_date);
    }

    void offers_renewal_for_an_expired_link() {
        CPPUNIT_ASSERT(open(it_->invite(), noon + it_->practice.first_link).renewable);
    }

    void offers_no_renewal_for_used_withdrawn_and_disabled_links() {
        const auto used = it_->invite();
        CPPUNIT_ASSERT(it_->complete(used, {"anna.w", it_->good}));
        CPPUNIT_ASSERT(!open(used).renewable);
        const auto withdrawn = it_->invite("P002");
        CPPUNIT_ASSERT(revoke_invitation(it_->store, "P002", nurse, noon));
        CPPUNIT_ASSERT(!open(withdrawn).renewable);
        const auto disabled = it_->invite("P002", noon + minutes{3});
        CPPUNIT_ASSERT(set_access(it_->store, "P002", false, nurse, noon));
        CPPUNIT_ASSERT(!open(disabled).renewable);
    }

    void offers_no_renewal_to_who_may_not_be_mailed() {
        const auto link = it_->invite();
        auto patient = anna();
        patient.opted_out = true;
        it_->store.add(patient);
        CPPUNIT_ASSERT(!open(link, noon + it_->practice.first_link).renewable);
    }

    void admits_the_right_birth_date() {
        const auto admitted = admit(it_->invite(), "1980-02-29");
        CPPUNIT_ASSERT_EQUAL(std::string{"P001"}, admitted->account.patient.id);
    }

    void admits_a_birth_date_as_typed_in_the_us() {
        CPPUNIT_ASSERT(admit(it_->invite(), "2/29/1980"));
    }

    void refuses_an_empty_answer_by_its_field() {
        const auto refused = admit(it_->invite(), "").refusal();
        CPPUNIT_ASSERT(refused.reason == Refusal::FieldEmpty);
        CPPUNIT_ASSERT_EQUAL(std::string{"birth_date"}, refused.field);
    }

    void refuses_a_birth_date_that_is_no_day() {
        CPPUNIT_ASSERT(admit(it_->invite(), "1981-02-29").refusal().reason ==
                       Refusal::InvalidBirthDate);
    }

    void does_not_count_an_answer_that_is_no_day() {
        const auto link = it_->invite();
        for (int i = 0; i < 5; ++i) CPPUNIT_ASSERT(!admit(link, "no day"));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, wrong_answers());
    }

    void refuses_a_wrong_birth_date() {
        CPPUNIT_ASSERT(admit(it_->invite(), "1980-03-01").refusal().reason ==
                       Refusal::IdentityMismatch);
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, wrong_answers());
    }

    void refuses_a_wrong_zip() {
        it_->practice.identity_check = IdentityCheck::BirthDateAndPostalCode;
        const auto link = it_->invite();
        const auto wrong = ppo::admit(it_->store, it_->practice, {link, "1980-02-29", "99999"},
                                      it_->visitor, noon);
        CPPUNIT_ASSERT(wrong.refusal().reason == Refusal::IdentityMismatch);
        const auto empty = ppo::admit(it_->store, it_->practice, {link, "1980-02-29", ""},
                                      it_->visitor, noon);
        CPPUNIT_ASSERT_EQUAL(std::string{"postal_code"}, empty.refusal().field);
        CPPUNIT_ASSERT(ppo::admit(it_->store, it_->practice, {link, "1980-02-29", "02139-1234"},
                                  it_->visitor, noon));
    }

private:
    LinkPage open(std::string_view link, UnixTime at = noon) {
        return open_link(it_->store, it_->practice, link, at);
    }
    std::optional<Refusal> dead(std::string_view link, UnixTime at = noon) {
        return open(link, at).dead;
    }
    Result<Admitted> admit(std::string_view link, std::string_view birth_date, UnixTime at = noon) {
        return ppo::admit(it_->store, it_->practice, {link, birth_date, {}}, it_->visitor, at);
    }
    std::int64_t wrong_answers() {
        return it_->store.number("SELECT wrong_answers FROM invitation WHERE closed_at IS NULL");
    }

    std::optional<LinkFixture> it_{};
};
CPPUNIT_TEST_SUITE_REGISTRATION(OpenLinkTest);
