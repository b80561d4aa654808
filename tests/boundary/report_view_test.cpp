// SPDX-License-Identifier: Apache-2.0
#include "boundary/report_view.hpp"

#include "boundary/open_view.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <optional>

using namespace ppo;

class ReportViewTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ReportViewTest);
    CPPUNIT_TEST(shows_every_patient_by_name);
    CPPUNIT_TEST(warns_before_staff_invite);
    CPPUNIT_TEST(a_click_on_the_rectangle_enables);
    CPPUNIT_TEST(a_click_on_the_rectangle_disables_after_a_question);
    CPPUNIT_TEST(a_click_on_the_email_invites);
    CPPUNIT_TEST(refuses_an_invitation_with_its_sentence);
    CPPUNIT_TEST(counts_and_funnel_agree_with_the_rows);
    CPPUNIT_TEST(filters_as_typed);
    CPPUNIT_TEST(takes_days_as_typed_and_ignores_what_is_none);
    CPPUNIT_TEST(offers_the_tags_and_providers_that_patients_have);
    CPPUNIT_TEST(clears_the_filters);
    CPPUNIT_TEST(a_long_filter_stays_text);
    CPPUNIT_TEST(pages_forth_and_back);
    CPPUNIT_TEST(begins_at_the_start_after_a_new_filter);
    CPPUNIT_TEST(shows_the_start_for_a_cursor_that_is_none);
    CPPUNIT_TEST(saves_the_filtered_rows_in_every_format_offered);
    CPPUNIT_TEST_SUITE_END();

public:
    void setUp() override {
        live_.emplace();
        view_.emplace(*live_, "onboarding.report", "");
    }

    void tearDown() override {
        view_.reset();
        live_.reset();
    }

    void shows_every_patient_by_name() {
        const std::vector<std::string> expected{"P002", "P001"};
        CPPUNIT_ASSERT(expected == view_->look().row_ids());
        CPPUNIT_ASSERT_EQUAL(std::string{"2 patients"},
                             std::string{view_->look().element("patients")["page"].GetString()});
    }

    void warns_before_staff_invite() {
        const auto view = view_->look();
        CPPUNIT_ASSERT_EQUAL(std::string{"warning"},
                             std::string{view.document()["banner"]["tone"].GetString()});
    }

    void a_click_on_the_rectangle_enables() {
        CPPUNIT_ASSERT_EQUAL(std::string{"red"}, colour("P001"));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, click("P001", "status"));
        CPPUNIT_ASSERT_EQUAL(std::string{"gray"}, colour("P001"));
        CPPUNIT_ASSERT_EQUAL(std::string{"61"}, view_->kinds());
        CPPUNIT_ASSERT_EQUAL(std::string{"P001"}, view_->effects.at(1).target);
        CPPUNIT_ASSERT_EQUAL(std::string{"red"}, colour("P002"));
    }

    void a_click_on_the_rectangle_disables_after_a_question() {
        live_->enable("P001");
        const auto view = view_->look();
        CPPUNIT_ASSERT(view.cell("P001", "status")["action"].HasMember("confirm"));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, click("P001", "status"));
        CPPUNIT_ASSERT_EQUAL(std::string{"red"}, colour("P001"));
    }

    void a_click_on_the_email_invites() {
        live_->enable("P001");
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, click("P001", "email"));
        live_->work();
        CPPUNIT_ASSERT_EQUAL(std::string{"anna@example.org"}, live_->host.mails().at(0).recipient);
        CPPUNIT_ASSERT_EQUAL(std::string{"orange"}, colour("P001"));
        const auto view = view_->look();
        CPPUNIT_ASSERT_EQUAL(std::string{"2026-11-20"},
                             std::string{view.cell("P001", "last_invited")["text"].GetString()});
    }

    void refuses_an_invitation_with_its_sentence() {
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_ACCESS_NOT_ENABLED}, click("P001", "email"));
        CPPUNIT_ASSERT_EQUAL(std::string{"Portal access is not enabled. Enable it first."},
                             std::string{view_->error.message});
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_UNKNOWN_PATIENT},
                             view_->invoke("send_invitation", "P404"));
    }

    void counts_and_funnel_agree_with_the_rows() {
        live_->enable("P001");
        CPPUNIT_ASSERT_EQUAL(std::string{"1 1 0 0"}, numbers("by_status"));
        CPPUNIT_ASSERT_EQUAL(std::string{"2 1 0 0 0"}, numbers("funnel"));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, view_->edit("search", "anna"));
        CPPUNIT_ASSERT_EQUAL(std::string{"0 1 0 0"}, numbers("by_status"));
        CPPUNIT_ASSERT_EQUAL(std::string{"1 1 0 0 0"}, numbers("funnel"));
    }

    void filters_as_typed() {
        live_->enable("P001");
        live_->enable("P002");
        live_->set_up("P002", "bruno.n", "maple kettle orbit");
        shows_only("P001", "search", "ANNA@");
        shows_only("P002", "status", "orange");
        shows_only("P001", "status", "gray");
        shows_only("P001", "tag", "diabetes");
        shows_only("P002", "provider", "Dr. Stone");
        shows_only("P002", "has_username", "yes");
        shows_only("P001", "has_username", "no");
        shows_only("P001", "appointment_after", "2026-11-30");
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, view_->edit("access_enabled", "no"));
        CPPUNIT_ASSERT(view_->look().row_ids().empty());
    }

    void takes_days_as_typed_and_ignores_what_is_none() {
        shows_only("P001", "appointment_before", "12/1/2026");
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, view_->edit("appointment_before", "some day"));
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, view_->look().row_ids().size());
    }

    void offers_the_tags_and_providers_that_patients_have() {
        const auto view = view_->look();
        CPPUNIT_ASSERT_EQUAL(std::string{"|diabetes|recall"}, choices(view, "tag"));
        CPPUNIT_ASSERT_EQUAL(std::string{"|Dr. Reed|Dr. Stone"}, choices(view, "provider"));
    }

    void clears_the_filters() {
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, view_->edit("search", "anna"));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, view_->click(view_->look().action("clear")));
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, view_->look().row_ids().size());
        const auto view = view_->look();
        CPPUNIT_ASSERT_EQUAL(std::string{},
                             std::string{view.element("search")["value"].GetString()});
    }

    void a_long_filter_stays_text() {
        for (std::string typed; typed.size() < 3; typed += "x") {
            std::string filled = typed;
            while (filled.size() < 1'000) filled += "\xE2\x82\xAC";
            CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, view_->edit("search", filled));
            CPPUNIT_ASSERT_EQUAL(std::string{}, view_->look().schema_trouble());
        }
    }

    void pages_forth_and_back() {
        add_many(60);
        const auto first = view_->look().row_ids();
        CPPUNIT_ASSERT_EQUAL(std::size_t{50}, first.size());
        CPPUNIT_ASSERT(!view_->look().element("patients").HasMember("previous"));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK},
                             view_->click(view_->look().element("patients")["next"]));
        CPPUNIT_ASSERT_EQUAL(std::size_t{12}, view_->look().row_ids().size());
        CPPUNIT_ASSERT(!view_->look().element("patients").HasMember("next"));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK},
                             view_->click(view_->look().element("patients")["previous"]));
        CPPUNIT_ASSERT(first == view_->look().row_ids());
    }

    void begins_at_the_start_after_a_new_filter() {
        add_many(60);
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK},
                             view_->click(view_->look().element("patients")["next"]));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, view_->edit("search", "winter"));
        CPPUNIT_ASSERT_EQUAL(std::size_t{50}, view_->look().row_ids().size());
    }

    void shows_the_start_for_a_cursor_that_is_none() {
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, view_->invoke("page", "garbage"));
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, view_->look().row_ids().size());
    }

    void saves_the_filtered_rows_in_every_format_offered() {
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, view_->edit("search", "anna"));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, view_->click(view_->look().action("save_csv")));
        CPPUNIT_ASSERT_EQUAL(std::string{"onboarding.csv"}, view_->effects.at(0).target);
        CPPUNIT_ASSERT(saved().find("Winter") != std::string::npos);
        CPPUNIT_ASSERT(saved().find("Bruno") == std::string::npos);
        for (const std::string format : {"tsv", "jsonl", "html"}) {
            CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK},
                                 view_->click(view_->look().action("save_" + format)));
            CPPUNIT_ASSERT_EQUAL("onboarding." + format, view_->effects.at(0).target);
            CPPUNIT_ASSERT(saved().find("Winter") != std::string::npos);
            CPPUNIT_ASSERT(saved().find("Bruno") == std::string::npos);
        }
    }

private:
    [[nodiscard]] std::string colour(const std::string& patient_id) const {
        const auto view = view_->look();
        return view.cell(patient_id, "status")["status"]["colour"].GetString();
    }
    ppo_result click(const std::string& patient_id, const std::string& column) {
        const auto view = view_->look();
        return view_->click(view.cell(patient_id, column)["action"]);
    }
    void shows_only(const std::string& patient_id, const std::string& field,
                    const std::string& typed) {
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, view_->invoke("clear"));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, view_->edit(field, typed));
        CPPUNIT_ASSERT_MESSAGE(field + " " + typed,
                               std::vector<std::string>{patient_id} == view_->look().row_ids());
    }
    [[nodiscard]] std::string numbers(const std::string& counts) const {
        const auto view = view_->look();
        std::string all;
        for (const auto& item : view.element(counts)["items"].GetArray())
            all += (all.empty() ? "" : " ") + std::to_string(item["number"].GetInt64());
        return all;
    }
    static std::string choices(const ViewReader& view, const std::string& field) {
        std::string all;
        for (const auto& choice : view.element(field)["choices"].GetArray()) {
            const std::string value = choice["value"].GetString();
            if (!value.empty()) all += "|" + value;
        }
        return all;
    }
    [[nodiscard]] std::string saved() const {
        std::string all;
        for (const auto& effect : view_->effects) all += effect.text;
        return all;
    }
    void add_many(int count) {
        for (int i = 0; i < count; ++i)
            live_->host.patients.push_back(anna("M" + std::to_string(i)));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, LivePlugin::onboarding().sync_directory(
                                                     live_->self, nullptr, nullptr));
    }

    std::optional<LivePlugin> live_{};
    std::optional<OpenView> view_{};
};
CPPUNIT_TEST_SUITE_REGISTRATION(ReportViewTest);
