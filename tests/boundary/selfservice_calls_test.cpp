// SPDX-License-Identifier: Apache-2.0
#include "boundary/tables.hpp"
#include "support/live_plugin.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <optional>

using namespace ppo;

class SelfserviceCallsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(SelfserviceCallsTest);
    CPPUNIT_TEST(open_link_shows_the_page);
    CPPUNIT_TEST(open_link_speaks_the_visitors_language);
    CPPUNIT_TEST(open_link_shows_each_dead_link_with_its_reason);
    CPPUNIT_TEST(open_link_changes_no_byte_however_often);
    CPPUNIT_TEST(open_link_checks_the_link);
    CPPUNIT_TEST(confirm_identity_shows_the_form);
    CPPUNIT_TEST(confirm_identity_refuses_wrong_answers_then_waits);
    CPPUNIT_TEST(confirm_identity_refuses_what_is_no_answer);
    CPPUNIT_TEST(check_username_needs_the_right_answers);
    CPPUNIT_TEST(complete_setup_consumes_the_link);
    CPPUNIT_TEST(complete_setup_refuses_in_the_visitors_language);
    CPPUNIT_TEST(complete_setup_takes_absent_and_empty_usernames_apart);
    CPPUNIT_TEST(complete_setup_ends_sessions_of_a_replaced_password);
    CPPUNIT_TEST(renew_link_mails_a_fresh_one);
    CPPUNIT_TEST(request_is_answered_by_mail);
    CPPUNIT_TEST(twins_get_one_mail_with_two_links_that_work);
    CPPUNIT_TEST(request_refuses_by_what_was_typed_alone);
    CPPUNIT_TEST(request_takes_known_wishes_only);
    CPPUNIT_TEST(sign_in_says_who_it_is);
    CPPUNIT_TEST(sign_in_gives_every_refusal_the_same_error);
    CPPUNIT_TEST(sign_in_takes_a_failing_sink_for_a_fault);
    CPPUNIT_TEST(change_password_changes_it_and_ends_sessions);
    CPPUNIT_TEST(too_long_texts_are_refused_by_their_field);
    CPPUNIT_TEST(sinks_may_call_back_in);
    CPPUNIT_TEST(nothing_secret_reaches_log_or_store);
    CPPUNIT_TEST_SUITE_END();

public:
    void setUp() override { live_.emplace(); }

    void tearDown() override { live_.reset(); }

    void open_link_shows_the_page() {
        const auto page = open(live_->invited("P001"));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, page.state);
        CPPUNIT_ASSERT_EQUAL(std::uint32_t{PPO_LINK_PAGE_USERNAME | PPO_LINK_PAGE_BIRTH_DATE},
                             page.flags);
        CPPUNIT_ASSERT_EQUAL(std::string{"Anna|Elm Practice|(555) 010-0199"}, page.names);
        CPPUNIT_ASSERT_EQUAL(to_milliseconds(noon + std::chrono::hours{168}), page.expires_at);
        CPPUNIT_ASSERT_EQUAL(std::string{"To go on, please confirm that it is you."},
                             page.sentence);
    }

    void open_link_speaks_the_visitors_language() {
        live_->visitor.language = to_text("es-MX");
        CPPUNIT_ASSERT_EQUAL(std::string{"Para continuar, confirme que es usted."},
                             open(live_->invited("P001")).sentence);
    }

    void open_link_shows_each_dead_link_with_its_reason() {
        const auto link = live_->invited("P001");
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_LINK_UNKNOWN}, open("x").state);
        live_->advance(std::chrono::hours{168});
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_LINK_EXPIRED}, open(link).state);
        CPPUNIT_ASSERT_EQUAL(std::uint32_t{PPO_LINK_PAGE_RENEWABLE}, open(link).flags);
        const auto newer = live_->invited("P001");
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_LINK_REPLACED}, open(link).state);
        const ppo_credentials by_hand{sizeof by_hand, 0, to_text("anna.w"), {}};
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, LivePlugin::onboarding().set_credentials(
                                                     live_->self, &live_->caller, to_text("P001"),
                                                     &by_hand, nullptr, nullptr));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_LINK_CREDENTIALS_CHANGED}, open(newer).state);
        CPPUNIT_ASSERT_EQUAL(std::string{"|Elm Practice|(555) 010-0199"}, open(newer).names);
    }

    void open_link_changes_no_byte_however_often() {
        const auto link = live_->invited("P001");
        const auto before = live_->store_bytes();
        for (int i = 0; i < 100; ++i) CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, open(link).state);
        CPPUNIT_ASSERT(before == live_->store_bytes());
    }

    void open_link_checks_the_link() {
        const LinkPageSink sink{[](const ppo_link_page&) { return PPO_OK; }};
        const auto opened = [&](ppo_text link) {
            return calls_.open_link(live_->self, &live_->visitor, link, sink, nullptr);
        };
        const std::string too_long(257, 'x');
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_MISUSE_TEXT_TOO_LONG}, opened(to_text(too_long)));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_MISUSE_TEXT_NOT_UTF8}, opened({"\xFF", 1}));
        CPPUNIT_ASSERT_EQUAL(
            ppo_result{PPO_MISUSE_NULL},
            calls_.open_link(live_->self, &live_->visitor, to_text("x"), nullptr, nullptr));
    }

    void confirm_identity_shows_the_form() {
        const auto link = live_->invited("P001");
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, confirm(link, "2/29/1980"));
        CPPUNIT_ASSERT_EQUAL(std::uint32_t{PPO_LINK_PAGE_USERNAME}, page_.flags);
    }

    void confirm_identity_refuses_wrong_answers_then_waits() {
        const auto link = live_->invited("P001");
        for (int i = 0; i < 3; ++i)
            CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_IDENTITY_MISMATCH},
                                 confirm(link, "1980-03-01"));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_IDENTITY_WAIT}, confirm(link, "1980-02-29"));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{60'000}, error_.retry_after_ms);
        CPPUNIT_ASSERT_EQUAL(std::int64_t{60'000}, open(link).wait_ms);
    }

    void confirm_identity_refuses_what_is_no_answer() {
        const auto link = live_->invited("P001");
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_FIELD_EMPTY}, confirm(link, ""));
        CPPUNIT_ASSERT_EQUAL(std::string{"birth_date"}, std::string{error_.field});
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_INVALID_BIRTH_DATE},
                             confirm(link, "yesterday"));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_LINK_UNKNOWN}, confirm("x", "1980-02-29"));
    }

    void check_username_needs_the_right_answers() {
        const auto link = live_->invited("P001");
        ppo_result verdict = 0;
        const VerdictSink sink{[&](const ppo_username_verdict& given) {
            verdict = given.verdict;
            return PPO_OK;
        }};
        auto answers = live_->answers(link, "1980-02-29");
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK},
                             calls_.check_username(live_->self, &live_->visitor, &answers,
                                                   to_text("an"), sink, nullptr));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_USERNAME_TOO_SHORT}, verdict);
        answers = live_->answers(link, "1980-03-01");
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_IDENTITY_MISMATCH},
                             calls_.check_username(live_->self, &live_->visitor, &answers,
                                                   to_text("anna.w"), sink, nullptr));
    }

    void complete_setup_consumes_the_link() {
        const auto link = live_->invited("P001");
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, complete(link, to_text("anna.w"), good_));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_LINK_USED}, complete(link, {}, good_));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_LINK_USED}, open(link).state);
    }

    void complete_setup_refuses_in_the_visitors_language() {
        const auto link = live_->invited("P001");
        live_->visitor.language = to_text("es");
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_PASSWORD_MISSING},
                             complete(link, to_text("anna.w"), ""));
        CPPUNIT_ASSERT_EQUAL(std::string{"password"}, std::string{error_.field});
        CPPUNIT_ASSERT_EQUAL(std::string{"Elija una contraseña."}, std::string{error_.message});
    }

    void complete_setup_takes_absent_and_empty_usernames_apart() {
        const auto link = live_->invited("P001");
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_USERNAME_MISSING},
                             complete(link, {nullptr, 0}, good_));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, complete(link, to_text("anna.w"), good_));
        live_->advance(std::chrono::minutes{5});
        const auto reset = live_->invited("P001");
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_USERNAME_ON_FILE},
                             complete(reset, {"", 0}, other_));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, complete(reset, {nullptr, 0}, other_));
    }

    void complete_setup_ends_sessions_of_a_replaced_password() {
        live_->set_up("P001", "anna.w", good_);
        CPPUNIT_ASSERT(live_->host.ended_sessions().empty());
        live_->advance(std::chrono::minutes{5});
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, complete(live_->invited("P001"), {}, other_));
        CPPUNIT_ASSERT(std::vector<std::string>{"P001"} == live_->host.ended_sessions());
    }

    void renew_link_mails_a_fresh_one() {
        const auto link = live_->invited("P001");
        live_->advance(std::chrono::hours{168});
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, calls_.renew_link(live_->self, &live_->visitor,
                                                                   to_text(link), nullptr));
        live_->work();
        const auto fresh_link = links_in(live_->host.mails().back()).at(0);
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, open(fresh_link).state);
    }

    void request_is_answered_by_mail() {
        live_->enable("P001");
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, request(PPO_REQUEST_ACCOUNT));
        CPPUNIT_ASSERT(live_->host.mails().empty());
        live_->work();
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK},
                             open(links_in(live_->host.mails().at(0)).at(0)).state);
    }

    void twins_get_one_mail_with_two_links_that_work() {
        auto twin = anna("P003");
        twin.first_name = "Alma";
        live_->host.patients.push_back(twin);
        live_->restart();
        live_->enable("P001");
        live_->enable("P003");
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, request(PPO_REQUEST_ACCOUNT));
        live_->work();
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, live_->host.mails().size());
        const auto links = links_in(live_->host.mails().at(0));
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, links.size());
        CPPUNIT_ASSERT(open(links.at(0)).names.substr(0, 4) !=
                       open(links.at(1)).names.substr(0, 4));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, complete(links.at(0), to_text("one.twin"), good_));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK},
                             complete(links.at(1), to_text("other.twin"), good_));
    }

    void request_refuses_by_what_was_typed_alone() {
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_FIELD_EMPTY},
                             request(1, {}, "1980-02-29", "02139"));
        CPPUNIT_ASSERT_EQUAL(std::string{"email"}, std::string{error_.field});
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_INVALID_EMAIL},
                             request(1, "at", "1980-02-29", "02139"));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_INVALID_BIRTH_DATE},
                             request(1, "a@b.org", "soon", "02139"));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_INVALID_POSTAL_CODE},
                             request(1, "a@b.org", "1980-02-29", "!"));
    }

    void request_takes_known_wishes_only() {
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_MISUSE_VALUE}, request(0));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_MISUSE_VALUE}, request(4));
        CPPUNIT_ASSERT_EQUAL(std::string{"what"}, std::string{error_.field});
    }

    void sign_in_says_who_it_is() {
        live_->enable("P001");
        const ppo_credentials by_hand{sizeof by_hand, 0, to_text("anna.w"), to_text(good_)};
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, LivePlugin::onboarding().set_credentials(
                                                     live_->self, &live_->caller, to_text("P001"),
                                                     &by_hand, nullptr, nullptr));
        std::string who;
        std::uint32_t flags = 0;
        const SignedInSink sink{[&](const ppo_signed_in& in) {
            who = copy_of(in.patient_id) + "|" + copy_of(in.first_name) + "|" +
                  copy_of(in.username);
            flags = in.flags;
            return PPO_OK;
        }};
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, sign_in("ANNA.W", good_, sink));
        CPPUNIT_ASSERT_EQUAL(std::string{"P001|Anna|anna.w"}, who);
        CPPUNIT_ASSERT_EQUAL(std::uint32_t{PPO_SIGNED_IN_MUST_CHANGE_PASSWORD}, flags);
        CPPUNIT_ASSERT_EQUAL(std::uint32_t{PPO_STATUS_SIGNED_IN}, live_->account("P001").status);
    }

    void sign_in_gives_every_refusal_the_same_error() {
        live_->set_up("P001", "anna.w", good_);
        const auto unknown = refused_sign_in("nobody.here", good_);
        CPPUNIT_ASSERT_EQUAL(unknown, refused_sign_in("anna.w", other_));
        CPPUNIT_ASSERT_EQUAL(unknown, refused_sign_in("", ""));
        for (int i = 0; i < 4; ++i)
            CPPUNIT_ASSERT_EQUAL(unknown, refused_sign_in("anna.w", other_));
        CPPUNIT_ASSERT_EQUAL(unknown, refused_sign_in("anna.w", good_));  // Waiting.
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, LivePlugin::onboarding().set_access(
                                                     live_->self, &live_->caller, to_text("P001"),
                                                     0, nullptr, nullptr));
        CPPUNIT_ASSERT_EQUAL(unknown, refused_sign_in("anna.w", good_));
    }

    void sign_in_takes_a_failing_sink_for_a_fault() {
        live_->set_up("P001", "anna.w", good_);
        const SignedInSink sink{[](const ppo_signed_in&) { return 0; }};
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_FAULT_HOST}, sign_in("anna.w", good_, sink));
    }

    void change_password_changes_it_and_ends_sessions() {
        live_->set_up("P001", "anna.w", good_);
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, change(good_, other_));
        CPPUNIT_ASSERT(std::vector<std::string>{"P001"} == live_->host.ended_sessions());
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, live_->sign_in("anna.w", other_));
    }

    void too_long_texts_are_refused_by_their_field() {
        const std::string name(257, 'x');
        const std::string password(1'025, 'x');
        const SignedInSink sink{[](const ppo_signed_in&) { return PPO_OK; }};
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_MISUSE_TEXT_TOO_LONG}, sign_in(name, good_, sink));
        CPPUNIT_ASSERT_EQUAL(std::string{"username"}, std::string{error_.field});
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_MISUSE_TEXT_TOO_LONG},
                             sign_in("anna.w", password, sink));
        CPPUNIT_ASSERT_EQUAL(std::string{"password"}, std::string{error_.field});
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_MISUSE_TEXT_TOO_LONG},
                             request(1, std::string(321, 'x'), "", ""));
        CPPUNIT_ASSERT_EQUAL(std::string{"email"}, std::string{error_.field});
    }

    void sinks_may_call_back_in() {
        live_->set_up("P001", "anna.w", good_);
        ppo_result inner = 0;
        const SignedInSink sink{[&](const ppo_signed_in&) {
            inner = change(good_, other_);
            return PPO_OK;
        }};
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, sign_in("anna.w", good_, sink));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, inner);
    }

    void nothing_secret_reaches_log_or_store() {
        const auto link = live_->invited("P001");
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_IDENTITY_MISMATCH},
                             confirm(link, "1977-07-17"));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, complete(link, to_text("anna.w"), good_));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK},
                             request(1, "typed@nowhere.org", "12/31/1931", "98765"));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_SIGN_IN},
                             live_->sign_in("typed.name", "typed password"));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, change(good_, other_));
        const auto store = live_->store_bytes();
        for (const auto& secret :
             {link, good_, other_, std::string{"typed@nowhere.org"}, std::string{"12/31/1931"},
              std::string{"98765"}, std::string{"typed.name"}, std::string{"typed password"},
              std::string{"1977-07-17"}})
            CPPUNIT_ASSERT_MESSAGE(secret, store.find(secret) == std::string::npos);
        live_->host.mail_answers = 0;
        live_->work();
        live_->host.time = 0;
        static_cast<void>(live_->sign_in("anna.w", good_));
        static_cast<void>(confirm(link, "1980-02-29"));
        const auto log = live_->host.whole_log();
        CPPUNIT_ASSERT(!log.empty());
        for (const auto& secret :
             {link, good_, other_, std::string{"@"}, std::string{"Anna"}, std::string{"Winter"},
              std::string{"1980"}, std::string{"typed"}, std::string{"anna.w"}})
            CPPUNIT_ASSERT_MESSAGE(secret, log.find(secret) == std::string::npos);
    }

private:
    struct Page {
        ppo_result state = 0;
        std::uint32_t flags = 0;
        std::string sentence{};
        std::string names{};
        ppo_time expires_at = 0;
        std::int64_t wait_ms = 0;
    };

    Page open(const std::string& link) {
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, calls_.open_link(live_->self, &live_->visitor,
                                                                  to_text(link), sink_, nullptr));
        return page_;
    }
    ppo_result confirm(std::string_view link, std::string_view birth_date) {
        const auto answers = live_->answers(link, birth_date);
        return calls_.confirm_identity(live_->self, &live_->visitor, &answers, sink_, &error_);
    }
    ppo_result complete(std::string_view link, ppo_text username, std::string_view password) {
        const auto answers = live_->answers(link, "1980-02-29");
        return calls_.complete_setup(live_->self, &live_->visitor, &answers, username,
                                     to_text(password), &error_);
    }
    ppo_result request(std::uint32_t what, std::string_view email = "anna@example.org",
                       std::string_view birth_date = "2/29/1980",
                       std::string_view postal_code = "02139") {
        const ppo_identity typed{sizeof typed,      0,
                                 to_text(email),    to_text(birth_date),
                                 to_text("winter"), to_text(postal_code)};
        return calls_.request(live_->self, &live_->visitor, what, &typed, &error_);
    }
    ppo_result sign_in(std::string_view username, std::string_view password,
                       const ppo_signed_in_sink* sink) {
        return calls_.sign_in(live_->self, &live_->visitor, to_text(username), to_text(password),
                              sink, &error_);
    }
    std::string refused_sign_in(std::string_view username, std::string_view password) {
        const SignedInSink sink{[](const ppo_signed_in&) { return PPO_OK; }};
        error_ = fresh_error();
        const auto result = sign_in(username, password, sink);
        return std::to_string(result) + error_.code + "|" + error_.field + "|" + error_.message +
               "|" + std::to_string(error_.retry_after_ms);
    }
    ppo_result change(std::string_view current, std::string_view next) {
        return calls_.change_password(live_->self, &live_->visitor, to_text("P001"),
                                      to_text(current), to_text(next), nullptr, &error_);
    }

    const std::string good_ = "maple kettle orbit";
    const std::string other_ = "violet hammer cloud";
    std::optional<LivePlugin> live_{};
    const ppo_selfservice_1& calls_ = LivePlugin::selfservice();
    ppo_error error_ = fresh_error();
    Page page_{};
    const LinkPageSink sink_{[this](const ppo_link_page& page) {
        page_ = {page.state,
                 page.flags,
                 copy_of(page.sentence),
                 copy_of(page.first_name) + "|" + copy_of(page.practice_name) + "|" +
                     copy_of(page.practice_phone),
                 page.expires_at,
                 page.wait_ms};
        return PPO_OK;
    }};
};
CPPUNIT_TEST_SUITE_REGISTRATION(SelfserviceCallsTest);
