// SPDX-License-Identifier: Apache-2.0
#include "selfservice/session.hpp"

#include "boundary/tables.hpp"
#include "credentials/set_credentials.hpp"
#include "domain/refusal_sentence.hpp"
#include "onboarding/access.hpp"
#include "onboarding/patients.hpp"
#include "selfservice/link_fixture.hpp"
#include "selfservice/sign_in.hpp"
#include "support/live_plugin.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <optional>

using namespace ppo;

class SessionTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(SessionTest);
    CPPUNIT_TEST(holds_while_nothing_happens);
    CPPUNIT_TEST(holds_through_other_sign_ins_good_and_bad);
    CPPUNIT_TEST(ends_when_access_is_disabled_even_if_it_is_enabled_again);
    CPPUNIT_TEST(ends_when_the_chart_is_closed_even_if_it_is_open_again);
    CPPUNIT_TEST(ends_when_the_chart_is_removed_or_merged_away);
    CPPUNIT_TEST(ends_when_staff_set_a_password);
    CPPUNIT_TEST(ends_when_a_link_sets_a_password);
    CPPUNIT_TEST(ends_when_username_or_e_mail_on_file_change);
    CPPUNIT_TEST(whoever_changes_the_password_goes_on_and_others_end);
    CPPUNIT_TEST(of_one_patient_says_nothing_about_another);
    CPPUNIT_TEST_SUITE_END();

public:
    void setUp() override {
        it_.emplace();
        it_->set_up("anna.w", it_->good);
        epoch_ = signed_in("anna.w", it_->good);
    }

    void tearDown() override { it_.reset(); }

    void holds_while_nothing_happens() { CPPUNIT_ASSERT(holds()); }

    void holds_through_other_sign_ins_good_and_bad() {
        static_cast<void>(signed_in("anna.w", it_->good));
        CPPUNIT_ASSERT(!enter("anna.w", it_->other));
        CPPUNIT_ASSERT(holds());
    }

    void ends_when_access_is_disabled_even_if_it_is_enabled_again() {
        CPPUNIT_ASSERT(set_access(it_->store, "P001", false, nurse, noon));
        CPPUNIT_ASSERT(!holds());
        CPPUNIT_ASSERT(set_access(it_->store, "P001", true, nurse, noon));
        CPPUNIT_ASSERT(!holds());
    }

    void ends_when_the_chart_is_closed_even_if_it_is_open_again() {
        auto patient = anna();
        patient.chart_status = ChartStatus::Inactive;
        static_cast<void>(take_patient(it_->store, patient, noon));
        CPPUNIT_ASSERT(!holds());
        static_cast<void>(take_patient(it_->store, anna(), noon));
        CPPUNIT_ASSERT(!holds());
    }

    void ends_when_the_chart_is_removed_or_merged_away() {
        CPPUNIT_ASSERT(remove_patient(it_->store, "P001", noon));
        CPPUNIT_ASSERT(!holds());
        it_->set_up("bruno.n", it_->other, "P002", bruno().birth_date);
        const auto brunos = signed_in("bruno.n", it_->other);
        it_->store.add(anna());
        CPPUNIT_ASSERT(merge_patients(it_->store, "P002", "P001", noon));
        CPPUNIT_ASSERT(!check_session(it_->store, "P002", brunos));
    }

    void ends_when_staff_set_a_password() {
        set_by_staff({std::nullopt, it_->other});
        CPPUNIT_ASSERT(!holds());
    }

    void ends_when_a_link_sets_a_password() {
        const auto link = it_->invite("P001", noon + std::chrono::hours{1});
        CPPUNIT_ASSERT(
            it_->complete(link, {std::nullopt, it_->other}, noon + std::chrono::hours{1}));
        CPPUNIT_ASSERT(!holds());
    }

    void ends_when_username_or_e_mail_on_file_change() {
        set_by_staff({"anna.weber", std::nullopt});
        CPPUNIT_ASSERT(!holds());
        epoch_ = signed_in("anna.weber", it_->good);
        auto patient = anna();
        patient.email = "another@example.org";
        static_cast<void>(take_patient(it_->store, patient, noon));
        CPPUNIT_ASSERT(!holds());
    }

    void whoever_changes_the_password_goes_on_and_others_end() {
        const auto elsewhere = epoch_;
        const auto changed = change_password(it_->store, LinkFixture::hasher(), it_->practice,
                                             "P001", it_->good, it_->other, it_->visitor, noon);
        CPPUNIT_ASSERT(changed);
        epoch_ = changed->session_epoch;
        CPPUNIT_ASSERT(holds());
        CPPUNIT_ASSERT(!check_session(it_->store, "P001", elsewhere));
    }

    void of_one_patient_says_nothing_about_another() {
        CPPUNIT_ASSERT(!check_session(it_->store, "P002", epoch_));
        CPPUNIT_ASSERT(!check_session(it_->store, "P404", epoch_));
    }

private:
    [[nodiscard]] bool holds() {
        const auto answer = check_session(it_->store, "P001", epoch_);
        if (!answer) CPPUNIT_ASSERT(answer.refusal().reason == Refusal::SignIn);
        return static_cast<bool>(answer);
    }
    Result<SignedIn> enter(std::string_view username, std::string_view password) {
        return sign_in(it_->store, LinkFixture::hasher(), it_->practice, username, password,
                       it_->visitor, noon);
    }
    std::int64_t signed_in(std::string_view username, std::string_view password) {
        return enter(username, password).value().session_epoch;
    }
    void set_by_staff(const StaffCredentials& chosen) {
        CPPUNIT_ASSERT(set_credentials(it_->store, LinkFixture::hasher(), it_->practice, "P001",
                                       chosen, nurse, noon));
    }

    std::optional<LinkFixture> it_{};
    std::int64_t epoch_ = 0;
};
CPPUNIT_TEST_SUITE_REGISTRATION(SessionTest);

/// The same by the contract's slots.
class SessionSlotTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(SessionSlotTest);
    CPPUNIT_TEST(check_session_holds_from_the_sign_in_until_access_ends);
    CPPUNIT_TEST(check_session_holds_on_with_what_change_password_answered);
    CPPUNIT_TEST(change_password_that_is_refused_answers_nothing);
    CPPUNIT_TEST(check_session_changes_no_byte_however_often);
    CPPUNIT_TEST(check_session_refuses_in_the_visitors_language);
    CPPUNIT_TEST(another_instance_on_the_same_store_says_the_same);
    CPPUNIT_TEST_SUITE_END();

public:
    void setUp() override {
        live_.emplace();
        live_->set_up("P001", "anna.w", good_);
        const SignedInSink sink{[this](const ppo_signed_in& who) {
            epoch_ = who.session_epoch;
            return PPO_OK;
        }};
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK},
                             calls_.sign_in(live_->self, &live_->visitor, to_text("anna.w"),
                                            to_text(good_), sink, &error_));
    }

    void tearDown() override { live_.reset(); }

    void check_session_holds_from_the_sign_in_until_access_ends() {
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, check_session());
        disable_access(live_->self);
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_SIGN_IN}, check_session());
    }

    void check_session_holds_on_with_what_change_password_answered() {
        const auto of_another_session = epoch_;
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, change(good_));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, check_session());
        epoch_ = of_another_session;
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_SIGN_IN}, check_session());
    }

    void change_password_that_is_refused_answers_nothing() {
        const auto before = epoch_;
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_SIGN_IN}, change("a wrong password"));
        CPPUNIT_ASSERT_EQUAL(before, epoch_);
    }

    void check_session_changes_no_byte_however_often() {
        const auto before = live_->store_bytes();
        for (int i = 0; i < 3; ++i) CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, check_session());
        ++epoch_;
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_SIGN_IN}, check_session());
        CPPUNIT_ASSERT(before == live_->store_bytes());
    }

    void check_session_refuses_in_the_visitors_language() {
        ++epoch_;
        live_->visitor.language = to_text("es");
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_SIGN_IN}, check_session());
        CPPUNIT_ASSERT_EQUAL(refusal_sentence(Refusal::SignIn, "es"), std::string{error_.message});
    }

    void another_instance_on_the_same_store_says_the_same() {
        auto settings = live_->settings.given;
        settings.flags |= PPO_SETTING_NO_FIRST_SYNC;
        ppo_instance* other = nullptr;
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK},
                             plugin_table.create(&live_->host.table, &settings, &other, &error_));
        disable_access(other);
        plugin_table.destroy(other);
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_SIGN_IN}, check_session());
    }

private:
    ppo_result check_session() {
        return calls_.check_session(live_->self, &live_->visitor, to_text("P001"), epoch_, &error_);
    }
    ppo_result change(std::string_view current) {
        return calls_.change_password(live_->self, &live_->visitor, to_text("P001"),
                                      to_text(current), to_text("violet hammer cloud"), &epoch_,
                                      &error_);
    }
    void disable_access(ppo_instance* self) {
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK},
                             LivePlugin::onboarding().set_access(
                                 self, &live_->caller, to_text("P001"), 0, nullptr, nullptr));
    }

    const std::string good_ = "maple kettle orbit";
    std::optional<LivePlugin> live_{};
    const ppo_selfservice_1& calls_ = LivePlugin::selfservice();
    ppo_error error_ = fresh_error();
    std::uint64_t epoch_ = 0;
};
CPPUNIT_TEST_SUITE_REGISTRATION(SessionSlotTest);
