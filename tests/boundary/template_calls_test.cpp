// SPDX-License-Identifier: Apache-2.0
#include "boundary/mail_calls.hpp"
#include "boundary/tables.hpp"
#include "support/live_plugin.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <optional>
#include <vector>

using namespace ppo;

namespace {
using TemplateSink = SinkTo<ppo_mail_template_sink, ppo_mail_template>;
using FindingSink = SinkTo<ppo_template_finding_sink, ppo_template_finding>;
using StepSink = SinkTo<ppo_mail_step_sink, ppo_mail_step>;

const std::string good_text = "Hello [[first_name]],\n[[link]]\nuntil [[expires]]\n";
const std::string good_html = "<p><a href=\"[[link]]\">Go on</a> until [[expires]]</p>\n";

bool holds(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

/// A template as the sink got it.
struct Seen {
    std::uint32_t kind = 0;
    std::string language{};
    std::string subject{};
    std::string text{};
    std::string html{};
    bool replaced = false;
};
}  // namespace

class TemplateCallsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(TemplateCallsTest);
    CPPUNIT_TEST(get_gives_the_text_that_comes_with_the_plugin);
    CPPUNIT_TEST(set_replaces_the_text_in_use);
    CPPUNIT_TEST(set_text_is_in_the_next_mail);
    CPPUNIT_TEST(set_refuses_and_says_part_line_and_reason);
    CPPUNIT_TEST(reset_goes_back_and_may_be_repeated);
    CPPUNIT_TEST(check_tells_every_finding);
    CPPUNIT_TEST(check_stops_when_told);
    CPPUNIT_TEST(check_says_what_is_too_long);
    CPPUNIT_TEST(preview_fills_every_variable_in);
    CPPUNIT_TEST(preview_refuses_unknown_patients_and_bad_texts);
    CPPUNIT_TEST(test_mail_leaves_at_once_and_tells_its_steps);
    CPPUNIT_TEST(test_mail_refuses_a_bad_address);
    CPPUNIT_TEST(every_slot_needs_the_permission_to_change_settings);
    CPPUNIT_TEST(unknown_kinds_and_languages_are_misuse);
    CPPUNIT_TEST(missing_sinks_and_structs_are_misuse);
    CPPUNIT_TEST_SUITE_END();

    std::optional<LivePlugin> live_{};
    ppo_mail_template given_{};
    ppo_error error_ = fresh_error();
    Seen seen_{};
    std::vector<std::string> findings_{};
    std::vector<std::string> steps_{};
    const TemplateSink sink_{[this](const ppo_mail_template& text) {
        seen_ = {text.kind,          copy_of(text.language), copy_of(text.subject),
                 copy_of(text.text), copy_of(text.html),     text.replaced == 1};
        return PPO_OK;
    }};
    const FindingSink finding_sink_{[this](const ppo_template_finding& finding) {
        findings_.push_back(copy_of(finding.part) + ":" + std::to_string(finding.line) + " " +
                            copy_of(finding.code));
        return PPO_OK;
    }};
    const StepSink step_sink_{[this](const ppo_mail_step& step) {
        steps_.push_back(copy_of(step.step) + (step.passed == 1 ? " passed" : " failed"));
        return PPO_OK;
    }};

    static const ppo_mail_1& mail() { return mail_table; }
    ppo_result get(std::uint32_t kind = PPO_TEMPLATE_FIRST_SET_UP, const char* language = "en") {
        return mail().get_template(live_->self, &live_->caller, kind, to_text(language), sink_,
                                   &error_);
    }
    ppo_result set() { return mail().set_template(live_->self, &live_->caller, &given_, &error_); }
    ppo_result reset(std::uint32_t kind = PPO_TEMPLATE_FIRST_SET_UP, const char* language = "en") {
        return mail().reset_template(live_->self, &live_->caller, kind, to_text(language), &error_);
    }
    ppo_result check() {
        return mail().check_template(live_->self, &live_->caller, &given_, finding_sink_, &error_);
    }
    ppo_result preview(const char* patient_id = "") {
        return mail().preview_template(live_->self, &live_->caller, &given_, to_text(patient_id),
                                       sink_, &error_);
    }
    ppo_result send_test(const char* recipient = "dana@elm.example.org") {
        return mail().send_test_mail(live_->self, &live_->caller, &given_, to_text(recipient),
                                     step_sink_, &error_);
    }

public:
    void setUp() override {
        live_.emplace();
        live_->caller.permissions |= PPO_MAY_CHANGE_SETTINGS;
        given_ = fresh<ppo_mail_template>();
        given_.kind = PPO_TEMPLATE_FIRST_SET_UP;
        given_.language = to_text("en");
        given_.subject = to_text("Welcome");
        given_.text = to_text(good_text);
        given_.html = to_text(good_html);
    }

    void tearDown() override { live_.reset(); }

    void get_gives_the_text_that_comes_with_the_plugin() {
        for (std::uint32_t kind = 1; kind <= 3; ++kind)
            for (const auto* language : {"en", "es"}) {
                CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, get(kind, language));
                CPPUNIT_ASSERT(seen_.kind == kind && seen_.language == language);
                CPPUNIT_ASSERT(!seen_.replaced && holds(seen_.text, "\n[[link]]\n"));
                CPPUNIT_ASSERT(holds(seen_.html, "href=\"[[link]]\""));
            }
        CPPUNIT_ASSERT_EQUAL(std::string{"Recordatorio: configure su cuenta del portal"},
                             seen_.subject);
    }

    void set_replaces_the_text_in_use() {
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, set());
        live_->restart();
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, get());
        CPPUNIT_ASSERT_EQUAL("Welcome" + good_text + good_html,
                             seen_.subject + seen_.text + seen_.html);
        CPPUNIT_ASSERT(seen_.replaced);
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, get(PPO_TEMPLATE_REMINDER));
        CPPUNIT_ASSERT(!seen_.replaced);
    }

    void set_text_is_in_the_next_mail() {
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, set());
        const auto link = live_->invited("P001");
        CPPUNIT_ASSERT_EQUAL("Hello Anna,\r\nhttps://portal.example.org/link/" + link +
                                 "\r\nuntil Friday, November 27, 2026 at 12:00 PM UTC\r\n",
                             text_of_mail(live_->host.mails().back()));
    }

    void set_refuses_and_says_part_line_and_reason() {
        given_.text = to_text("Hello,\n[[link]]\n[[link]]\n[[expires]]\n");
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_TEMPLATE}, set());
        CPPUNIT_ASSERT_EQUAL(std::string{"refused_template"}, std::string{error_.code});
        CPPUNIT_ASSERT_EQUAL(std::string{"This text cannot be mailed. In the part text, line 3: "
                                         "The link is there more than once. Keep one [[link]]."},
                             std::string{error_.message});
        CPPUNIT_ASSERT_EQUAL(std::string{"text"}, std::string{error_.field});
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, get());
        CPPUNIT_ASSERT(!seen_.replaced);
    }

    void reset_goes_back_and_may_be_repeated() {
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, reset());
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, set());
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, reset());
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, get());
        CPPUNIT_ASSERT(!seen_.replaced);
    }

    void check_tells_every_finding() {
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, check());
        CPPUNIT_ASSERT(findings_.empty());
        given_.subject = {};
        given_.text = to_text("[[link]]");
        const std::string html = good_html + "<script>\n[[nobody]]";
        given_.html = to_text(html);
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, check());
        CPPUNIT_ASSERT(findings_ == (std::vector<std::string>{"subject:1 empty", "text:1 no_expiry",
                                                              "html:2 active_content",
                                                              "html:3 unknown_variable"}));
    }

    void check_stops_when_told() {
        given_.text = to_text("x");
        int told = 0;
        const FindingSink once{[&](const ppo_template_finding&) {
            ++told;
            return PPO_STOPPED;
        }};
        CPPUNIT_ASSERT_EQUAL(
            ppo_result{PPO_STOPPED},
            mail().check_template(live_->self, &live_->caller, &given_, once, &error_));
        CPPUNIT_ASSERT_EQUAL(1, told);
    }

    void check_says_what_is_too_long() {
        const std::string long_text(20'481, 'x');
        given_.text = to_text(long_text);
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, check());
        CPPUNIT_ASSERT_EQUAL(std::string{"text:1 too_long"}, findings_.at(0));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_TEMPLATE}, set());
    }

    void preview_fills_every_variable_in() {
        given_.html = {};
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, preview("P001"));
        CPPUNIT_ASSERT(holds(seen_.text, "Hello Anna,\nhttps://portal.example.org/link/preview\n"));
        CPPUNIT_ASSERT(holds(seen_.html, "<!DOCTYPE html>") && !holds(seen_.html, "[["));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, preview());
        CPPUNIT_ASSERT(holds(seen_.text, "Hello Maria,"));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, get());
        CPPUNIT_ASSERT(!seen_.replaced);
    }

    void preview_refuses_unknown_patients_and_bad_texts() {
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_UNKNOWN_PATIENT}, preview("P404"));
        given_.text = to_text("x");
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_TEMPLATE}, preview("P001"));
        CPPUNIT_ASSERT(seen_.text.empty());
    }

    void test_mail_leaves_at_once_and_tells_its_steps() {
        given_.subject = given_.text = given_.html = {};
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, send_test());
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, live_->host.mails().size());
        const auto mail = live_->host.mails().at(0);
        CPPUNIT_ASSERT_EQUAL(std::string{"dana@elm.example.org"}, mail.recipient);
        CPPUNIT_ASSERT(holds(mail.message, "Subject: [Test] Set up your portal account\r\n"));
        CPPUNIT_ASSERT(holds(text_of_mail(mail), "Hello Maria,"));
        CPPUNIT_ASSERT(!steps_.empty() && steps_.back().ends_with(" passed"));
    }

    void test_mail_refuses_a_bad_address() {
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_INVALID_EMAIL}, send_test("dana"));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_MISUSE_TEXT_EMPTY}, send_test(""));
        CPPUNIT_ASSERT(live_->host.mails().empty() && steps_.empty());
    }

    void every_slot_needs_the_permission_to_change_settings() {
        live_->caller.permissions = ~std::uint32_t{PPO_MAY_CHANGE_SETTINGS};
        for (const auto result : {get(), set(), reset(), check(), preview(), send_test()})
            CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_NOT_PERMITTED}, result);
        CPPUNIT_ASSERT(seen_.text.empty() && findings_.empty() && steps_.empty());
    }

    void unknown_kinds_and_languages_are_misuse() {
        for (const std::uint32_t kind : {0U, 4U, 99U}) {
            CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_MISUSE_VALUE}, get(kind));
            CPPUNIT_ASSERT_EQUAL(std::string{"kind"}, std::string{error_.field});
            CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_MISUSE_VALUE}, reset(kind));
            given_.kind = kind;
            CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_MISUSE_VALUE}, set());
        }
        given_.kind = PPO_TEMPLATE_REMINDER;
        for (const auto* language : {"", "fr", "EN"}) {
            CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_MISUSE_VALUE}, get(1, language));
            CPPUNIT_ASSERT_EQUAL(std::string{"language"}, std::string{error_.field});
            given_.language = to_text(language);
            CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_MISUSE_VALUE}, check());
            CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_MISUSE_VALUE}, preview());
        }
    }

    void missing_sinks_and_structs_are_misuse() {
        auto* self = live_->self;
        const auto* caller = &live_->caller;
        const auto english = to_text("en");
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_MISUSE_NULL},
                             mail().get_template(self, caller, 1, english, nullptr, &error_));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_MISUSE_NULL},
                             mail().check_template(self, caller, &given_, nullptr, &error_));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_MISUSE_NULL},
                             mail().set_template(self, caller, nullptr, &error_));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_MISUSE_NULL},
                             mail().preview_template(self, caller, nullptr, {}, sink_, &error_));
        CPPUNIT_ASSERT_EQUAL(
            ppo_result{PPO_MISUSE_NULL},
            mail().send_test_mail(self, caller, &given_, english, nullptr, &error_));
        given_.struct_size = 8;
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_MISUSE_STRUCT_SIZE}, set());
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(TemplateCallsTest);
