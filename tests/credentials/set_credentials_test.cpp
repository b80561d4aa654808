// SPDX-License-Identifier: Apache-2.0
#include "credentials/set_credentials.hpp"

#include "invitations/send_invitation.hpp"
#include "store/account_table.hpp"
#include "store/audit_table.hpp"
#include "store/credential_table.hpp"
#include "store/invitation_table.hpp"
#include "support/prints.hpp"
#include "support/temp_store.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <atomic>
#include <optional>
#include <thread>

using namespace ppo;

class SetCredentialsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(SetCredentialsTest);
    CPPUNIT_TEST(stores_username_and_password);
    CPPUNIT_TEST(sets_a_username_alone);
    CPPUNIT_TEST(sets_a_password_beside_the_username_on_file);
    CPPUNIT_TEST(makes_the_row_orange);
    CPPUNIT_TEST(marks_a_password_by_staff_as_to_be_changed);
    CPPUNIT_TEST(does_not_mark_a_username_alone);
    CPPUNIT_TEST(lets_the_password_lapse_after_the_practices_time);
    CPPUNIT_TEST(kills_the_open_link);
    CPPUNIT_TEST(leaves_links_alone_when_nothing_changes);
    CPPUNIT_TEST(saves_neither_when_the_username_is_taken);
    CPPUNIT_TEST(names_the_field_of_a_taken_username);
    CPPUNIT_TEST(says_taken_meanwhile_to_the_second_of_two);
    CPPUNIT_TEST(saves_neither_when_the_password_is_refused);
    CPPUNIT_TEST(refuses_a_password_without_a_username);
    CPPUNIT_TEST(refuses_a_password_of_the_patients_own_words);
    CPPUNIT_TEST(refuses_an_unknown_patient);
    CPPUNIT_TEST(refuses_while_access_is_not_enabled);
    CPPUNIT_TEST(refuses_for_an_inactive_chart);
    CPPUNIT_TEST(refuses_for_a_deceased_patient);
    CPPUNIT_TEST(refuses_usernames_by_their_rules);
    CPPUNIT_TEST(a_replaced_password_ends_sessions);
    CPPUNIT_TEST(a_first_password_ends_no_session);
    CPPUNIT_TEST(a_changed_username_ends_sessions);
    CPPUNIT_TEST(the_same_username_ends_no_session);
    CPPUNIT_TEST(mails_a_notice_when_a_password_is_replaced);
    CPPUNIT_TEST(mails_no_notice_for_a_first_password);
    CPPUNIT_TEST(mails_no_notice_to_who_opted_out);
    CPPUNIT_TEST(mails_a_notice_when_a_username_is_changed);
    CPPUNIT_TEST(mails_no_notice_for_a_first_username);
    CPPUNIT_TEST(mails_no_notice_when_the_change_is_refused);
    CPPUNIT_TEST(mails_no_notice_to_who_wants_no_mail);
    CPPUNIT_TEST(mails_a_notice_to_who_only_declined);
    CPPUNIT_TEST(a_permanent_password_neither_lapses_nor_must_be_changed);
    CPPUNIT_TEST(the_birth_date_is_no_password_in_any_spelling);
    CPPUNIT_TEST(lifts_the_wait_after_wrong_passwords);
    CPPUNIT_TEST(records_both_deeds_with_the_member_of_staff);
    CPPUNIT_TEST(records_nothing_when_refused);
    CPPUNIT_TEST(writes_no_password_into_the_store);
    CPPUNIT_TEST(asks_15_characters_in_the_strict_profile);
    CPPUNIT_TEST(knows_the_birth_date_in_several_spellings);
    CPPUNIT_TEST(knows_the_practices_phone);
    CPPUNIT_TEST_SUITE_END();

public:
    void setUp() override {
        store_.emplace();
        store_->add(anna());
        store_->add(bruno());
    }

    void tearDown() override { store_.reset(); }

    void stores_username_and_password() {
        CPPUNIT_ASSERT(set("anna.w", good_));
        const auto account = store_->account("P001");
        CPPUNIT_ASSERT_EQUAL(std::string{"anna.w"}, account.username);
        CPPUNIT_ASSERT(account.has_password);
        CPPUNIT_ASSERT(hasher().matches(stored_hash("P001"), good_).value());
    }

    void sets_a_username_alone() {
        CPPUNIT_ASSERT(set("anna.w", {}));
        CPPUNIT_ASSERT_EQUAL(std::string{"anna.w"}, store_->account("P001").username);
        CPPUNIT_ASSERT(!store_->account("P001").has_password);
    }

    void sets_a_password_beside_the_username_on_file() {
        CPPUNIT_ASSERT(set("anna.w", {}));
        CPPUNIT_ASSERT(set({}, good_));
        CPPUNIT_ASSERT(store_->account("P001").has_password);
        CPPUNIT_ASSERT_EQUAL(std::string{"anna.w"}, store_->account("P001").username);
    }

    void makes_the_row_orange() {
        const auto done = set("anna.w", good_);
        CPPUNIT_ASSERT(done->account.status == PortalStatus::Invited);
    }

    void marks_a_password_by_staff_as_to_be_changed() {
        const auto done = set("anna.w", good_);
        CPPUNIT_ASSERT(done->account.marks.has(Mark::PasswordSetByStaff));
        CPPUNIT_ASSERT(done->account.marks.has(Mark::MustChangePassword));
    }

    void does_not_mark_a_username_alone() {
        const auto done = set("anna.w", {});
        CPPUNIT_ASSERT(!done->account.marks.has(Mark::MustChangePassword));
    }

    void lets_the_password_lapse_after_the_practices_time() {
        practice_.staff_password = std::chrono::hours{5};
        CPPUNIT_ASSERT(set("anna.w", good_));
        CPPUNIT_ASSERT(credential()->lapses_at == noon + std::chrono::hours{5});
        CPPUNIT_ASSERT(store_->account("P001").facts.password_lapses_at ==
                       noon + std::chrono::hours{5});
    }

    void kills_the_open_link() {
        CPPUNIT_ASSERT(send_invitation(*store_, practice_, "P001", nurse, noon));
        CPPUNIT_ASSERT(set("anna.w", good_));
        CPPUNIT_ASSERT(!open_link_of("P001"));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1},
                             store_->number("SELECT COUNT(*) FROM invitation WHERE closed_by = 5"));
    }

    void leaves_links_alone_when_nothing_changes() {
        CPPUNIT_ASSERT(set("anna.w", {}));
        CPPUNIT_ASSERT(send_invitation(*store_, practice_, "P001", nurse, noon));
        CPPUNIT_ASSERT(set("anna.w", {}));
        CPPUNIT_ASSERT(open_link_of("P001"));
    }

    void saves_neither_when_the_username_is_taken() {
        store_->set_up("P002", "taken.name");
        const auto done = set("taken.name", good_);
        CPPUNIT_ASSERT(done.refusal().reason == Refusal::UsernameTaken);
        CPPUNIT_ASSERT(store_->account("P001").username.empty());
        CPPUNIT_ASSERT(!store_->account("P001").has_password);
    }

    void names_the_field_of_a_taken_username() {
        store_->set_up("P002", "taken.name");
        CPPUNIT_ASSERT_EQUAL(std::string{"username"}, set("taken.name", {}).refusal().field);
    }

    void says_taken_meanwhile_to_the_second_of_two() {
        std::atomic<int> won{0};
        std::atomic<int> taken{0};
        const auto claim = [&](const char* id) {
            const auto done = set_credentials(*store_, hasher(), practice_, id, {"the.same", {}},
                                              nurse, noon);
            if (done)
                ++won;
            else if (done.refusal().reason == Refusal::UsernameTaken)
                ++taken;
        };
        std::thread first{claim, "P001"};
        std::thread second{claim, "P002"};
        first.join();
        second.join();
        CPPUNIT_ASSERT_EQUAL(1, won.load());
        CPPUNIT_ASSERT_EQUAL(1, taken.load());
    }

    void saves_neither_when_the_password_is_refused() {
        const auto done = set("anna.w", "password");
        CPPUNIT_ASSERT(done.refusal().reason == Refusal::PasswordGuessable);
        CPPUNIT_ASSERT(store_->account("P001").username.empty());
    }

    void refuses_a_password_without_a_username() {
        const auto done = set({}, good_);
        CPPUNIT_ASSERT(done.refusal().reason == Refusal::UsernameMissing);
        CPPUNIT_ASSERT(!store_->account("P001").has_password);
    }

    void refuses_a_password_of_the_patients_own_words() {
        CPPUNIT_ASSERT(set("anna.w", "Winter1980").refusal().reason == Refusal::PasswordGuessable);
    }

    void refuses_an_unknown_patient() {
        CPPUNIT_ASSERT(set("anna.w", {}, "P404").refusal().reason == Refusal::UnknownPatient);
    }

    void refuses_while_access_is_not_enabled() {
        store_->add(anna("P003"), false);
        CPPUNIT_ASSERT(set("anna.w", {}, "P003").refusal().reason == Refusal::AccessNotEnabled);
    }

    void refuses_for_an_inactive_chart() {
        auto patient = anna();
        patient.chart_status = ChartStatus::Inactive;
        store_->add(patient);
        CPPUNIT_ASSERT(set("anna.w", {}).refusal().reason == Refusal::ChartInactive);
    }

    void refuses_for_a_deceased_patient() {
        auto patient = anna();
        patient.chart_status = ChartStatus::Deceased;
        store_->add(patient);
        CPPUNIT_ASSERT(set("anna.w", {}).refusal().reason == Refusal::ChartDeceased);
    }

    void refuses_usernames_by_their_rules() {
        CPPUNIT_ASSERT(set("ab", {}).refusal().reason == Refusal::UsernameTooShort);
    }

    void a_replaced_password_ends_sessions() {
        CPPUNIT_ASSERT(set("anna.w", good_));
        CPPUNIT_ASSERT(set({}, other_)->sessions_end);
    }

    void a_changed_username_ends_sessions() {
        CPPUNIT_ASSERT(set("anna.w", good_));
        CPPUNIT_ASSERT(set("anna.winter", {})->sessions_end);
    }

    void the_same_username_ends_no_session() {
        CPPUNIT_ASSERT(set("anna.w", good_));
        CPPUNIT_ASSERT(!set("anna.w", {})->sessions_end);
    }

    void a_first_password_ends_no_session() { CPPUNIT_ASSERT(!set("anna.w", good_)->sessions_end); }

    void mails_a_notice_when_a_password_is_replaced() {
        CPPUNIT_ASSERT(set("anna.w", good_));
        CPPUNIT_ASSERT(set({}, other_));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, notices());
    }

    void mails_no_notice_for_a_first_password() {
        CPPUNIT_ASSERT(set("anna.w", good_));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, notices());
    }

    void mails_no_notice_to_who_opted_out() {
        CPPUNIT_ASSERT(set("anna.w", good_));
        auto patient = anna();
        patient.opted_out = true;
        store_->add(patient);
        CPPUNIT_ASSERT(set({}, other_));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, notices());
    }

    void mails_a_notice_when_a_username_is_changed() {
        CPPUNIT_ASSERT(set("anna.w", good_));
        CPPUNIT_ASSERT(set("anna.winter", {}));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, username_notices());
        CPPUNIT_ASSERT_EQUAL(
            std::int64_t{1},
            store_->number("SELECT COUNT(*) FROM outbox WHERE recipient = 'anna@example.org'"));
    }

    void mails_no_notice_for_a_first_username() {
        CPPUNIT_ASSERT(set("anna.w", good_));
        CPPUNIT_ASSERT(set("anna.w", {}));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, username_notices());
    }

    void mails_no_notice_when_the_change_is_refused() {
        store_->set_up("P002", "taken.name");
        CPPUNIT_ASSERT(set("anna.w", {}));
        CPPUNIT_ASSERT(!set("taken.name", {}));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, username_notices());
    }

    void mails_no_notice_to_who_wants_no_mail() {
        CPPUNIT_ASSERT(set("anna.w", good_));
        store_->say("P001", {Consent::DoNotMail, {}});
        CPPUNIT_ASSERT(set({}, other_));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, notices());
    }

    void mails_a_notice_to_who_only_declined() {
        CPPUNIT_ASSERT(set("anna.w", good_));
        store_->say("P001", {Consent::Declined, {}});
        CPPUNIT_ASSERT(set({}, other_));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, notices());
    }

    void a_permanent_password_neither_lapses_nor_must_be_changed() {
        practice_.permanent_staff_passwords = true;
        CPPUNIT_ASSERT(set("anna.w", good_));
        const auto facts = store_->account("P001").facts;
        CPPUNIT_ASSERT(facts.password_set_by_staff && !facts.must_change_password);
        CPPUNIT_ASSERT(!facts.password_lapses_at);
    }

    void the_birth_date_is_no_password_in_any_spelling() {
        for (const char* spelling : {"02291980", "29021980", "19800229", "02/29/1980"})
            CPPUNIT_ASSERT_EQUAL(Refusal::PasswordGuessable, refusal_of(set("anna.w", spelling)));
    }

    void lifts_the_wait_after_wrong_passwords() {
        CPPUNIT_ASSERT(set("anna.w", good_));
        store_->change("P001", [](Transaction& transaction) {
            static_cast<void>(count_failure(transaction, "P001"));
            put_sign_in_wait(transaction, "P001", noon + std::chrono::hours{1});
        });
        CPPUNIT_ASSERT(set({}, other_));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, credential()->failures);
        CPPUNIT_ASSERT(!credential()->wait_until);
    }

    void records_both_deeds_with_the_member_of_staff() {
        CPPUNIT_ASSERT(set("anna.w", good_));
        const auto entries = store_->ask(
            [](Connection& connection) { return latest_audit(connection, "P001", 10); });
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, entries.size());
        CPPUNIT_ASSERT_EQUAL(std::string{"password_set_by_staff"}, entries[0].action);
        CPPUNIT_ASSERT_EQUAL(std::string{"username_set"}, entries[1].action);
        CPPUNIT_ASSERT_EQUAL(std::string{"nurse-1"}, entries[0].actor.id);
    }

    void records_nothing_when_refused() {
        const auto before = store_->number("SELECT COUNT(*) FROM audit");
        CPPUNIT_ASSERT(!set("anna.w", "short"));
        CPPUNIT_ASSERT_EQUAL(before, store_->number("SELECT COUNT(*) FROM audit"));
    }

    void writes_no_password_into_the_store() {
        CPPUNIT_ASSERT(set("anna.w", good_));
        const auto bytes = store_->bytes();
        CPPUNIT_ASSERT(bytes.find("anna.w") != std::string::npos);
        CPPUNIT_ASSERT(bytes.find(good_) == std::string::npos);
        CPPUNIT_ASSERT(bytes.find("$argon2id$") == std::string::npos);
    }

    void asks_15_characters_in_the_strict_profile() {
        practice_.profile = Profile::Strict;
        const auto refused = set("anna.w", "kettle orbit 1");
        CPPUNIT_ASSERT(refused.refusal().reason == Refusal::PasswordTooShort);
        CPPUNIT_ASSERT_EQUAL(15, refused.refusal().least);
        CPPUNIT_ASSERT(set("anna.w", "kettle orbit 12"));
    }

    void knows_the_birth_date_in_several_spellings() {
        auto born = anna();
        born.birth_date = "1983-11-27";
        store_->add(born);
        for (const char* password : {"winter19831127", "winter-1983-11-27", "11/27/1983 winter",
                                     "27.11.1983/anna", "anna271183anna", "winter 112783"})
            CPPUNIT_ASSERT_MESSAGE(
                password, set("anna.w", password).refusal().reason == Refusal::PasswordGuessable);
    }

    void knows_the_practices_phone() {
        practice_.phone = "(555) 010-0199";
        for (const char* password : {"winter5550100199", "(555) 010-0199 anna"})
            CPPUNIT_ASSERT_MESSAGE(
                password, set("anna.w", password).refusal().reason == Refusal::PasswordGuessable);
    }

private:
    static PasswordHasher& hasher() {
        static PasswordHasher one{{19'456, 2}};
        return one;
    }

    Result<CredentialsSet> set(std::optional<std::string_view> username,
                               std::optional<std::string_view> password,
                               std::string_view patient_id = "P001") {
        return set_credentials(*store_, hasher(), practice_, patient_id, {username, password},
                               nurse, noon);
    }
    std::optional<Credential> credential() {
        return store_->ask(
            [](Connection& connection) { return find_credential(connection, "P001"); });
    }
    std::string stored_hash(std::string_view patient_id) {
        return store_->database()
            .keyring()
            .open(Keyring::Use::Password, credential()->sealed_password, patient_id)
            .value();
    }
    bool open_link_of(std::string_view patient_id) {
        return store_->ask([&](Connection& connection) {
            return open_invitation(connection, patient_id).has_value();
        });
    }
    std::int64_t notices() { return store_->number("SELECT COUNT(*) FROM outbox WHERE kind = 3"); }

    std::int64_t username_notices() {
        return store_->number("SELECT COUNT(*) FROM outbox WHERE kind = 4");
    }

    const std::string good_ = "maple kettle orbit";
    const std::string other_ = "violet hammer cloud";
    Practice practice_ = elm_practice();
    std::optional<TempStore> store_{};
};
CPPUNIT_TEST_SUITE_REGISTRATION(SetCredentialsTest);
