// SPDX-License-Identifier: Apache-2.0
#include "domain/portal_status.hpp"

#include "support/prints.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <functional>
#include <set>

using namespace ppo;

namespace {
constexpr UnixTime at = from_milliseconds(1'795'176'000'000);
constexpr auto tick = std::chrono::milliseconds{1};
constexpr auto charts = {ChartStatus::Active, ChartStatus::Prospective, ChartStatus::Inactive,
                         ChartStatus::Deceased};

/// Every combination of what the colour follows from.
void for_each_history(const std::function<void(const AccountFacts&)>& look) {
    for (const bool enabled : {false, true})
        for (const auto chart : charts)
            for (const bool issued : {false, true})
                for (const bool signed_in : {false, true}) {
                    AccountFacts facts;
                    facts.access_enabled = enabled;
                    facts.chart_status = chart;
                    if (issued) facts.credentials_issued_at = at;
                    if (signed_in) facts.first_signed_in_at = at;
                    look(facts);
                }
}

/// The table of the rule book, read from its top.
PortalStatus by_the_book(const AccountFacts& facts) {
    const bool closed = facts.chart_status == ChartStatus::Inactive ||
                        facts.chart_status == ChartStatus::Deceased;
    if (!facts.access_enabled || closed) return PortalStatus::NotEnabled;
    if (!facts.credentials_issued_at && !facts.first_signed_in_at) return PortalStatus::NotInvited;
    return facts.first_signed_in_at ? PortalStatus::SignedIn : PortalStatus::Invited;
}

/// The same facts with one of 2^8 x 4 x 8 combinations of what marks follow from.
AccountFacts marked(AccountFacts facts, unsigned bits, MailState mail) {
    facts.has_email = (bits & 1) != 0;
    facts.email_is_valid = (bits & 2) != 0;
    facts.has_postal_code = (bits & 4) != 0;
    facts.opted_out = (bits & 8) != 0;
    facts.address_changed = (bits & 16) != 0;
    facts.password_set_by_staff = (bits & 32) != 0;
    facts.must_change_password = (bits & 64) != 0;
    if ((bits & 128) != 0) facts.link_expires_at = facts.locked_until = at;
    facts.mail_state = mail;
    facts.consent = static_cast<Consent>(bits / 256);
    if (facts.consent == Consent::Deferred) facts.consent_until = at;
    return facts;
}

void for_each_mark(const AccountFacts& history,
                   const std::function<void(const AccountFacts&)>& look) {
    for (unsigned bits = 0; bits < 1024; ++bits)
        for (int mail = 0; mail <= 7; ++mail)
            look(marked(history, bits, static_cast<MailState>(mail)));
}

/// A patient without any mark.
AccountFacts plain() {
    AccountFacts facts;
    facts.access_enabled = facts.has_email = facts.email_is_valid = facts.has_postal_code = true;
    return facts;
}

std::uint64_t bit(Mark mark) { return static_cast<std::uint64_t>(mark); }
}  // namespace

class PortalStatusTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(PortalStatusTest);
    CPPUNIT_TEST(is_red_while_access_is_not_enabled);
    CPPUNIT_TEST(is_red_on_an_inactive_or_deceased_chart_though_enabled);
    CPPUNIT_TEST(is_gray_when_enabled_and_nothing_was_handed_over);
    CPPUNIT_TEST(is_orange_once_something_was_handed_over);
    CPPUNIT_TEST(is_green_once_signed_in_however_the_credentials_came);
    CPPUNIT_TEST(follows_the_book_for_every_history);
    CPPUNIT_TEST(no_mark_ever_changes_the_colour);
    CPPUNIT_TEST(a_patient_in_order_has_no_mark);
    CPPUNIT_TEST(each_fact_gives_its_own_mark);
    CPPUNIT_TEST(each_mail_state_gives_its_own_mark_or_none);
    CPPUNIT_TEST(a_missing_e_mail_is_not_also_an_invalid_one);
    CPPUNIT_TEST(marks_are_the_sum_of_their_facts_in_every_combination);
    CPPUNIT_TEST(lasting_marks_hold_no_passing_one);
    CPPUNIT_TEST(link_is_expired_from_the_very_millisecond_on);
    CPPUNIT_TEST(lock_ends_at_the_very_millisecond);
    CPPUNIT_TEST(who_wants_to_wait_is_opted_out_until_the_very_millisecond);
    CPPUNIT_TEST(every_status_has_its_own_word_colour_and_shape);
    CPPUNIT_TEST(access_changes_no_mark);
    CPPUNIT_TEST(words_are_those_of_the_book);
    CPPUNIT_TEST(every_mark_of_the_book_has_its_words);
    CPPUNIT_TEST(spanish_words_stand_in_the_same_order);
    CPPUNIT_TEST(marks_in_one_line_stand_in_the_order_in_which_people_read_them);
    CPPUNIT_TEST_SUITE_END();

    void is_red_while_access_is_not_enabled() {
        AccountFacts facts;
        facts.first_signed_in_at = at;
        CPPUNIT_ASSERT_EQUAL(PortalStatus::NotEnabled, portal_status(facts));
    }

    void is_red_on_an_inactive_or_deceased_chart_though_enabled() {
        for (const auto chart : {ChartStatus::Inactive, ChartStatus::Deceased}) {
            AccountFacts facts = plain();
            facts.first_signed_in_at = at;
            facts.chart_status = chart;
            CPPUNIT_ASSERT_EQUAL(PortalStatus::NotEnabled, portal_status(facts));
        }
    }

    void is_gray_when_enabled_and_nothing_was_handed_over() {
        CPPUNIT_ASSERT_EQUAL(PortalStatus::NotInvited, portal_status(plain()));
    }

    void is_orange_once_something_was_handed_over() {
        AccountFacts facts = plain();
        facts.credentials_issued_at = at;
        CPPUNIT_ASSERT_EQUAL(PortalStatus::Invited, portal_status(facts));
    }

    void is_green_once_signed_in_however_the_credentials_came() {
        AccountFacts facts = plain();
        facts.first_signed_in_at = at;
        CPPUNIT_ASSERT_EQUAL(PortalStatus::SignedIn, portal_status(facts));
    }

    void follows_the_book_for_every_history() {
        for_each_history([](const AccountFacts& facts) {
            CPPUNIT_ASSERT_EQUAL(by_the_book(facts), portal_status(facts));
        });
    }

    void no_mark_ever_changes_the_colour() {
        int changed = 0;
        for_each_history([&](const AccountFacts& history) {
            const auto colour = portal_status(history);
            for_each_mark(history, [&](const AccountFacts& facts) {
                if (portal_status(facts) != colour) ++changed;
            });
        });
        CPPUNIT_ASSERT_EQUAL(0, changed);
    }

    void a_patient_in_order_has_no_mark() {
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{0}, lasting_marks(plain()).bits());
    }

    void each_fact_gives_its_own_mark() {
        const auto with = [](auto change) {
            AccountFacts facts = plain();
            change(facts);
            return lasting_marks(facts).bits();
        };
        using F = AccountFacts;
        CPPUNIT_ASSERT_EQUAL(bit(Mark::NoEmail),
                             with([](F& f) { f.has_email = f.email_is_valid = false; }));
        CPPUNIT_ASSERT_EQUAL(bit(Mark::InvalidEmail), with([](F& f) { f.email_is_valid = false; }));
        CPPUNIT_ASSERT_EQUAL(bit(Mark::NoPostalCode),
                             with([](F& f) { f.has_postal_code = false; }));
        CPPUNIT_ASSERT_EQUAL(bit(Mark::OptedOut), with([](F& f) { f.opted_out = true; }));
        for (const auto consent : {Consent::Declined, Consent::DoNotMail})
            CPPUNIT_ASSERT_EQUAL(bit(Mark::OptedOut),
                                 with([consent](F& f) { f.consent = consent; }));
        CPPUNIT_ASSERT_EQUAL(bit(Mark::AddressChanged),
                             with([](F& f) { f.address_changed = true; }));
        CPPUNIT_ASSERT_EQUAL(bit(Mark::PasswordSetByStaff),
                             with([](F& f) { f.password_set_by_staff = true; }));
        CPPUNIT_ASSERT_EQUAL(bit(Mark::MustChangePassword),
                             with([](F& f) { f.must_change_password = true; }));
        CPPUNIT_ASSERT_EQUAL(bit(Mark::Inactive),
                             with([](F& f) { f.chart_status = ChartStatus::Inactive; }));
        CPPUNIT_ASSERT_EQUAL(bit(Mark::Deceased),
                             with([](F& f) { f.chart_status = ChartStatus::Deceased; }));
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{0},
                             with([](F& f) { f.chart_status = ChartStatus::Prospective; }));
    }

    void each_mail_state_gives_its_own_mark_or_none() {
        const std::uint64_t expected[] = {0,
                                          bit(Mark::Queued),
                                          0,
                                          bit(Mark::Deferred),
                                          bit(Mark::Failed),
                                          bit(Mark::OutcomeUnknown),
                                          0,
                                          bit(Mark::Bounced)};
        for (int state = 0; state <= 7; ++state) {
            AccountFacts facts = plain();
            facts.mail_state = static_cast<MailState>(state);
            CPPUNIT_ASSERT_EQUAL(expected[state], lasting_marks(facts).bits());
        }
    }

    void a_missing_e_mail_is_not_also_an_invalid_one() {
        AccountFacts facts = plain();
        facts.has_email = facts.email_is_valid = false;
        CPPUNIT_ASSERT(!lasting_marks(facts).has(Mark::InvalidEmail));
    }

    void marks_are_the_sum_of_their_facts_in_every_combination() {
        int wrong = 0;
        for_each_mark(plain(), [&](const AccountFacts& facts) {
            AccountFacts only_address = plain();
            only_address.has_email = facts.has_email;
            only_address.email_is_valid = facts.email_is_valid;
            AccountFacts only_mail = plain();
            only_mail.mail_state = facts.mail_state;
            std::uint64_t sum = lasting_marks(only_address).bits() |
                                lasting_marks(only_mail).bits();
            if (!facts.has_postal_code) sum |= bit(Mark::NoPostalCode);
            if (facts.opted_out || facts.consent == Consent::Declined ||
                facts.consent == Consent::DoNotMail)
                sum |= bit(Mark::OptedOut);
            if (facts.address_changed) sum |= bit(Mark::AddressChanged);
            if (facts.password_set_by_staff) sum |= bit(Mark::PasswordSetByStaff);
            if (facts.must_change_password) sum |= bit(Mark::MustChangePassword);
            if (lasting_marks(facts).bits() != sum) ++wrong;
        });
        CPPUNIT_ASSERT_EQUAL(0, wrong);
    }

    void lasting_marks_hold_no_passing_one() {
        for_each_mark(plain(), [](const AccountFacts& facts) {
            const auto marks = lasting_marks(facts);
            CPPUNIT_ASSERT(!marks.has(Mark::LinkExpired) && !marks.has(Mark::Locked));
        });
    }

    void link_is_expired_from_the_very_millisecond_on() {
        AccountFacts facts;
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{0}, passing_marks(facts, at).bits());
        facts.link_expires_at = at;
        CPPUNIT_ASSERT(!passing_marks(facts, at - tick).has(Mark::LinkExpired));
        CPPUNIT_ASSERT(passing_marks(facts, at).has(Mark::LinkExpired));
    }

    void lock_ends_at_the_very_millisecond() {
        AccountFacts facts;
        facts.locked_until = at;
        CPPUNIT_ASSERT(passing_marks(facts, at - tick).has(Mark::Locked));
        CPPUNIT_ASSERT(!passing_marks(facts, at).has(Mark::Locked));
    }

    void who_wants_to_wait_is_opted_out_until_the_very_millisecond() {
        AccountFacts facts = plain();
        facts.consent = Consent::Deferred;
        facts.consent_until = at;
        CPPUNIT_ASSERT(passing_marks(facts, at - tick).has(Mark::OptedOut));
        CPPUNIT_ASSERT(!passing_marks(facts, at).has(Mark::OptedOut));
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{0}, lasting_marks(facts).bits());
    }

    void every_status_has_its_own_word_colour_and_shape() {
        std::set<std::string_view> seen;
        for (int status = 1; status <= 4; ++status) {
            const auto known = static_cast<PortalStatus>(status);
            for (const auto word : {status_word(known, "en"), status_word(known, "es"),
                                    status_colour(known), status_shape(known)})
                CPPUNIT_ASSERT(!word.empty() && seen.insert(word).second);
        }
    }

    // The store relies on it: where access goes on or off, it writes no marks.
    void access_changes_no_mark() {
        for_each_history([](const AccountFacts& history) {
            for_each_mark(history, [](const AccountFacts& facts) {
                AccountFacts other = facts;
                other.access_enabled = !facts.access_enabled;
                CPPUNIT_ASSERT(lasting_marks(facts) == lasting_marks(other));
            });
        });
    }

    void words_are_those_of_the_book() {
        const auto word = [](PortalStatus status) {
            return std::string{status_colour(status)} + " " +
                   std::string{status_word(status, "en")};
        };
        CPPUNIT_ASSERT_EQUAL(std::string{"red Not enabled"}, word(PortalStatus::NotEnabled));
        CPPUNIT_ASSERT_EQUAL(std::string{"gray Not invited"}, word(PortalStatus::NotInvited));
        CPPUNIT_ASSERT_EQUAL(std::string{"orange Invited"}, word(PortalStatus::Invited));
        CPPUNIT_ASSERT_EQUAL(std::string{"green Signed in"}, word(PortalStatus::SignedIn));
    }

    void every_mark_of_the_book_has_its_words() {
        const std::set<std::string_view> book{"no e-mail",
                                              "invalid e-mail",
                                              "no ZIP",
                                              "deceased",
                                              "inactive",
                                              "link expired",
                                              "queued",
                                              "deferred",
                                              "failed",
                                              "bounced",
                                              "outcome unknown",
                                              "locked",
                                              "opted out",
                                              "address changed",
                                              "password set by staff",
                                              "must change password"};
        std::set<std::string_view> words;
        for (const auto& mark : all_marks("en")) words.insert(mark.word);
        CPPUNIT_ASSERT(book == words);
        CPPUNIT_ASSERT_EQUAL(book.size(), all_marks("en").size());
    }

    void spanish_words_stand_in_the_same_order() {
        const auto& english = all_marks("en-US");
        const auto& spanish = all_marks("es-MX");
        CPPUNIT_ASSERT_EQUAL(english.size(), spanish.size());
        for (std::size_t i = 0; i < english.size(); ++i) {
            CPPUNIT_ASSERT(english[i].mark == spanish[i].mark && english[i].id == spanish[i].id);
            CPPUNIT_ASSERT(english[i].is_trouble == spanish[i].is_trouble);
            CPPUNIT_ASSERT(english[i].word != spanish[i].word && !spanish[i].word.empty());
        }
    }

    void marks_in_one_line_stand_in_the_order_in_which_people_read_them() {
        Marks marks;
        marks.add(Mark::Queued);
        marks.add(Mark::Deceased);
        CPPUNIT_ASSERT_EQUAL(std::string{"deceased, queued"}, mark_words(marks, "en"));
        CPPUNIT_ASSERT_EQUAL(std::string{"fallecido, en cola"}, mark_words(marks, "es"));
        CPPUNIT_ASSERT_EQUAL(std::string{}, mark_words(Marks{}, "en"));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(PortalStatusTest);
