// SPDX-License-Identifier: Apache-2.0
#include "store/account_table.hpp"

#include "domain/unicode_text.hpp"
#include "store/patient_table.hpp"
#include "support/prints.hpp"
#include "support/temp_store.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <unicode/unistr.h>
#include <unicode/uspoof.h>

#include <future>
#include <map>
#include <memory>
#include <set>
#include <vector>

using namespace ppo;

namespace {
icu::UnicodeString skeleton_by_icu(const icu::UnicodeString& text) {
    static USpoofChecker* const checker = [] {
        UErrorCode status = U_ZERO_ERROR;
        return uspoof_open(&status);
    }();
    UErrorCode status = U_ZERO_ERROR;
    icu::UnicodeString skeleton;
    uspoof_getSkeletonUnicodeString(checker, 0, text, skeleton, &status);
    CPPUNIT_ASSERT(U_SUCCESS(status));
    return skeleton;
}

std::string look_by_icu(const icu::UnicodeString& text) {
    std::string look;
    return skeleton_by_icu(text).toUTF8String(look);
}

/// A name around each character that ICU confuses with another one.
std::vector<std::string> names_of_confusables() {
    std::map<icu::UnicodeString, std::vector<UChar32>> alike;
    for (UChar32 c = 0x21; c < 0x20000; ++c)
        if (U_IS_UNICODE_CHAR(c)) alike[skeleton_by_icu(icu::UnicodeString{c})].push_back(c);
    std::vector<std::string> names;
    for (const auto& [look, characters] : alike)
        for (const UChar32 c : characters)
            if (characters.size() > 1 || look != icu::UnicodeString{c})
                (icu::UnicodeString{"ab"} + c + icu::UnicodeString{"cd"})
                    .toUTF8String(names.emplace_back());
    return names;
}
}  // namespace

class AccountTableTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(AccountTableTest);
    CPPUNIT_TEST(username_belongs_to_the_first);
    CPPUNIT_TEST(letter_case_and_width_make_no_other_username);
    CPPUNIT_TEST(look_alikes_make_no_other_username);
    CPPUNIT_TEST(own_username_can_be_claimed_again_in_other_letters);
    CPPUNIT_TEST(the_store_itself_refuses_a_second_one);
    CPPUNIT_TEST(of_sixteen_who_claim_one_username_one_gets_it);
    CPPUNIT_TEST(of_sixteen_who_claim_look_alikes_one_gets_it);
    CPPUNIT_TEST(hint_says_taken_for_others_and_look_alikes_only);
    CPPUNIT_TEST(username_of_a_hidden_patient_stays_taken);
    CPPUNIT_TEST(holder_is_found_by_key);
    CPPUNIT_TEST(username_moves_with_its_look_to_the_chart_it_is_handed_to);
    CPPUNIT_TEST(username_that_looks_alike_as_shown_is_taken);
    CPPUNIT_TEST(store_refuses_two_of_one_look_without_being_asked);
    CPPUNIT_TEST(no_two_names_with_one_look_over_every_confusable_of_icu);
    CPPUNIT_TEST(access_says_whether_it_changed);
    CPPUNIT_TEST(first_times_are_kept_and_last_times_move);
    CPPUNIT_TEST(first_time_of_access_is_kept);
    CPPUNIT_TEST(set_up_is_when_username_and_password_are_first_both_on_file);
    CPPUNIT_TEST(merged_charts_keep_the_earlier_of_both_first_times);
    CPPUNIT_TEST(new_invitation_starts_without_bounce_and_address_change);
    CPPUNIT_TEST(restated_row_agrees_with_its_facts);
    CPPUNIT_TEST(state_of_a_mail_brings_status_and_marks_along);
    CPPUNIT_TEST_SUITE_END();

    TempStore store_{};

    static Username name(const std::string& typed) { return prepare_username(typed).value(); }

    bool claim(Database& database, const std::string& id, const std::string& typed) {
        Transaction transaction{database};
        if (!claim_username(transaction, id, name(typed))) return false;
        transaction.commit();
        return true;
    }

    bool is_taken(const std::string& id, const std::string& typed) {
        return store_.ask([&](Connection& c) { return is_username_taken(c, id, name(typed)); });
    }

    /// How many of 16 threads, spread over four processes' worth of stores, get the name they want.
    int winners(const std::vector<std::string>& wanted) {
        for (int i = 0; i < 16; ++i) store_.add(anna("R" + std::to_string(i)));
        std::vector<std::unique_ptr<Database>> databases;
        for (int i = 0; i < 4; ++i)
            databases.push_back(std::make_unique<Database>(store_.path(), test_keyring()));
        std::promise<void> start;
        const auto started = start.get_future().share();
        std::vector<std::future<bool>> claims;
        for (std::size_t i = 0; i < 16; ++i)
            claims.push_back(std::async(std::launch::async, [&, i] {
                started.wait();
                return claim(*databases[i % 4], "R" + std::to_string(i), wanted[i % wanted.size()]);
            }));
        start.set_value();
        int won = 0;
        for (auto& one : claims) won += one.get() ? 1 : 0;
        return won;
    }

public:
    void setUp() override {
        store_.add(anna("P001"));
        store_.add(bruno("P002"));
    }

    void username_belongs_to_the_first() {
        CPPUNIT_ASSERT(claim(store_, "P001", "anna.w"));
        CPPUNIT_ASSERT(!claim(store_, "P002", "anna.w"));
        CPPUNIT_ASSERT_EQUAL(std::string{}, store_.account("P002").username);
    }

    void letter_case_and_width_make_no_other_username() {
        CPPUNIT_ASSERT(claim(store_, "P001", "anna.w"));
        for (const auto* typed : {"ANNA.W", "Anna.w", "ａnna.w"})
            CPPUNIT_ASSERT_MESSAGE(typed, !claim(store_, "P002", typed));
    }

    void look_alikes_make_no_other_username() {
        CPPUNIT_ASSERT(claim(store_, "P001", "paul01"));
        for (const auto* typed : {"рaul01", "pau101"})
            CPPUNIT_ASSERT_MESSAGE(typed, !claim(store_, "P002", typed));
    }

    void own_username_can_be_claimed_again_in_other_letters() {
        CPPUNIT_ASSERT(claim(store_, "P001", "anna.w"));
        CPPUNIT_ASSERT(claim(store_, "P001", "Anna.W"));
        CPPUNIT_ASSERT_EQUAL(std::string{"Anna.W"}, store_.account("P001").username);
    }

    void the_store_itself_refuses_a_second_one() {
        CPPUNIT_ASSERT(claim(store_, "P001", "anna.w"));
        for (const auto* column : {"username_key", "username_skeleton"})
            static_cast<void>(fault_of([&] {
                const std::string set = std::string{column} + " = (SELECT " + column +
                                        " FROM patient WHERE patient_id = 'P001')";
                store_.tamper("UPDATE patient SET " + set + " WHERE patient_id = 'P002'");
            }));
    }

    void of_sixteen_who_claim_one_username_one_gets_it() {
        CPPUNIT_ASSERT_EQUAL(1, winners({"wanted"}));
        CPPUNIT_ASSERT_EQUAL(
            std::int64_t{1},
            store_.number("SELECT COUNT(*) FROM patient WHERE username_key = 'wanted'"));
    }

    void of_sixteen_who_claim_look_alikes_one_gets_it() {
        CPPUNIT_ASSERT_EQUAL(1, winners({"paul01", "PAUL01", "рaul01", "pau101"}));
    }

    void hint_says_taken_for_others_and_look_alikes_only() {
        CPPUNIT_ASSERT(claim(store_, "P001", "paul01"));
        CPPUNIT_ASSERT(is_taken("P002", "PAUL01"));
        CPPUNIT_ASSERT(is_taken("P002", "рaul01"));
        CPPUNIT_ASSERT(!is_taken("P001", "paul01"));
        CPPUNIT_ASSERT(!is_taken("P002", "paul02"));
    }

    void username_of_a_hidden_patient_stays_taken() {
        CPPUNIT_ASSERT(claim(store_, "P001", "anna.w"));
        store_.change("P001", [](Transaction& t) { hide_patient(t, "P001"); });
        CPPUNIT_ASSERT(!claim(store_, "P002", "anna.w"));
    }

    void holder_is_found_by_key() {
        CPPUNIT_ASSERT(claim(store_, "P001", "Anna.W"));
        const auto holder = [this](const std::string& typed) {
            return store_.ask(
                [&](Connection& c) { return patient_with_username(c, name(typed).key); });
        };
        CPPUNIT_ASSERT_EQUAL(std::string{"P001"}, holder("ANNA.w").value());
        CPPUNIT_ASSERT(!holder("anna.x"));
    }

    void username_moves_with_its_look_to_the_chart_it_is_handed_to() {
        CPPUNIT_ASSERT(claim(store_, "P001", "pauI01"));
        store_.change("P002", [](Transaction& t) { hand_username_over(t, "P001", "P002"); });
        CPPUNIT_ASSERT(store_.account("P001").username.empty());
        CPPUNIT_ASSERT_EQUAL(std::string{"pauI01"}, store_.account("P002").username);
        CPPUNIT_ASSERT(!claim(store_, "P001", "paul01"));
        store_.change("P001", [](Transaction& t) { hand_username_over(t, "P001", "P002"); });
        CPPUNIT_ASSERT_EQUAL(std::string{"pauI01"}, store_.account("P002").username);
    }

    void username_that_looks_alike_as_shown_is_taken() {
        CPPUNIT_ASSERT(claim(store_, "P001", "paul01"));
        const auto look_alike = name("pauI01");
        CPPUNIT_ASSERT(
            store_.ask([&](Connection& c) { return is_username_taken(c, "P002", look_alike); }));
        CPPUNIT_ASSERT(!claim(store_, "P002", "pauI01"));
        CPPUNIT_ASSERT(claim(store_, "P002", "paui01"));
    }

    void store_refuses_two_of_one_look_without_being_asked() {
        CPPUNIT_ASSERT(claim(store_, "P001", "anna.w"));
        static_cast<void>(fault_of([&] {
            store_.tamper(
                "UPDATE patient SET username_shown_skeleton = (SELECT username_shown_skeleton "
                "FROM patient WHERE patient_id = 'P001') WHERE patient_id = 'P002'");
        }));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, store_.number("SELECT COUNT(*) FROM patient WHERE "
                                                            "username_shown_skeleton IS NOT NULL"));
    }

    /// Every letter that ICU confuses with another, in the middle of a name: whatever is taken, no
    /// two of them look alike, neither as shown nor folded.
    void no_two_names_with_one_look_over_every_confusable_of_icu() {
        std::set<std::string> looks;
        std::set<std::string> folded_looks;
        Transaction transaction{store_};
        int taken = 0;
        int refused = 0;
        for (const auto& typed : names_of_confusables()) {
            const auto username = prepare_username(typed);
            if (!username) continue;
            const auto id = "C" + std::to_string(taken);
            put_patient(transaction, anna(id));
            if (!claim_username(transaction, id, *username)) {
                ++refused;
                continue;
            }
            ++taken;
            CPPUNIT_ASSERT_MESSAGE(typed, looks.insert(look_by_icu(from_utf8(typed))).second);
            auto folded = from_utf8(username->key);
            folded.foldCase();
            CPPUNIT_ASSERT_MESSAGE(typed, folded_looks.insert(look_by_icu(folded)).second);
        }
        CPPUNIT_ASSERT(taken > 500 && refused > 1'000);
    }

    void access_says_whether_it_changed() {
        Transaction transaction{store_};
        CPPUNIT_ASSERT(!put_access(transaction, "P001", true, noon));
        CPPUNIT_ASSERT(put_access(transaction, "P001", false, noon));
        CPPUNIT_ASSERT(!put_access(transaction, "P404", false, noon));
    }

    /// Nothing = -1.
    std::int64_t hours_after_noon(const std::string& column, const std::string& id = "P001") {
        return store_.number("SELECT COALESCE((" + column + " - " +
                             std::to_string(to_milliseconds(noon)) +
                             ") / 3600000, -1) FROM patient WHERE patient_id = '" + id + "'");
    }
    static UnixTime after(int hours) { return noon + std::chrono::hours{hours}; }

    void first_time_of_access_is_kept() {
        store_.add(anna("P009"), false);
        CPPUNIT_ASSERT_EQUAL(std::int64_t{-1}, hours_after_noon("enabled_at", "P009"));
        for (const int hour : {1, 2, 3})
            store_.change("P009", [hour](Transaction& t) {
                CPPUNIT_ASSERT(put_access(t, "P009", hour % 2 == 1, after(hour)));
            });
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, hours_after_noon("enabled_at", "P009"));
    }

    void set_up_is_when_username_and_password_are_first_both_on_file() {
        store_.change("P001", [](Transaction& t) {
            CPPUNIT_ASSERT(claim_username(t, "P001", prepare_username("anna.w").value()));
            put_set_up(t, "P001", after(1));
        });
        CPPUNIT_ASSERT_EQUAL(std::int64_t{-1}, hours_after_noon("set_up_at"));
        for (const int hour : {2, 3})
            store_.change("P001", [hour](Transaction& t) {
                put_password_facts(t, "P001", {});
                put_set_up(t, "P001", after(hour));
            });
        CPPUNIT_ASSERT_EQUAL(std::int64_t{2}, hours_after_noon("set_up_at"));
    }

    void merged_charts_keep_the_earlier_of_both_first_times() {
        store_.add(anna("P009"), false);
        store_.change("P009", [](Transaction& t) { put_enabled(t, "P009", after(5)); });
        store_.change("P009", [](Transaction& t) { hand_first_times_over(t, "P001", "P009"); });
        CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, hours_after_noon("enabled_at", "P009"));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{-1}, hours_after_noon("set_up_at", "P009"));
    }

    void first_times_are_kept_and_last_times_move() {
        const auto later = noon + std::chrono::hours{1};
        for (const auto at : {noon, later})
            store_.change("P001", [at](Transaction& t) {
                put_invited(t, "P001", at);
                put_signed_in(t, "P001", at);
            });
        const auto account = store_.account("P001");
        CPPUNIT_ASSERT(account.facts.credentials_issued_at == noon);
        CPPUNIT_ASSERT(account.facts.first_signed_in_at == noon);
        CPPUNIT_ASSERT(account.last_invited_at == later && account.last_signed_in_at == later);
    }

    void new_invitation_starts_without_bounce_and_address_change() {
        store_.change("P001", [](Transaction& t) {
            put_mail_state(t, "P001", MailState::Bounced);
            put_address_changed(t, "P001", true);
        });
        store_.change("P001", [](Transaction& t) { put_mail_state(t, "P001", MailState::Queued); });
        const auto marks = store_.account("P001").marks;
        CPPUNIT_ASSERT(!marks.has(Mark::Bounced) && !marks.has(Mark::AddressChanged));
    }

    void restated_row_agrees_with_its_facts() {
        store_.change("P001", [](Transaction& t) {
            put_password_facts(t, "P001", {true, true, true});
            put_credentials_issued(t, "P001", noon);
            put_mail_state(t, "P001", MailState::Failed);
        });
        const auto account = store_.account("P001");
        CPPUNIT_ASSERT_EQUAL(portal_status(account.facts), account.status);
        CPPUNIT_ASSERT(lasting_marks(account.facts) == account.marks);
        CPPUNIT_ASSERT(account.marks.has(Mark::Failed) &&
                       account.marks.has(Mark::MustChangePassword));
    }

    void state_of_a_mail_brings_status_and_marks_along() {
        for (const auto state : {MailState::Queued, MailState::Deferred, MailState::Sent,
                                 MailState::Queued, MailState::Unknown, MailState::Failed}) {
            const bool is_sent = state == MailState::Sent;
            {
                Transaction transaction{store_};
                put_mail_state(transaction, "P001", state,
                               is_sent ? std::optional{noon} : std::nullopt);
                transaction.commit();
            }
            const auto account = store_.account("P001");
            CPPUNIT_ASSERT_EQUAL(state, account.facts.mail_state);
            CPPUNIT_ASSERT_EQUAL(portal_status(account.facts), account.status);
            CPPUNIT_ASSERT(lasting_marks(account.facts) == account.marks);
        }
        CPPUNIT_ASSERT(store_.account("P001").last_invited_at == noon);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(AccountTableTest);
