// SPDX-License-Identifier: Apache-2.0
#include "boundary/open_view.hpp"
#include "boundary/report_view.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <optional>

using namespace ppo;

// "Why is this patient red?": the panel over the report.
class ReportViewWhyTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ReportViewWhyTest);
    CPPUNIT_TEST(every_row_asks_by_name_and_colour);
    CPPUNIT_TEST(opens_and_closes);
    CPPUNIT_TEST(says_the_same_as_the_tab);
    CPPUNIT_TEST(its_buttons_mend_this_patient);
    CPPUNIT_TEST(goes_on_to_the_next_reason_once_one_is_mended);
    CPPUNIT_TEST(says_that_nothing_stands_in_the_way_of_who_signed_in);
    CPPUNIT_TEST(a_closed_chart_has_nothing_to_click);
    CPPUNIT_TEST(lifts_the_delay);
    CPPUNIT_TEST(closes_when_the_chart_has_gone);
    CPPUNIT_TEST(closes_when_the_tab_is_opened);
    CPPUNIT_TEST(makes_room_for_the_preview_of_a_batch);
    CPPUNIT_TEST(asks_nobody_about_nobody);
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

    void every_row_asks_by_name_and_colour() {
        const auto view = view_->look();
        const auto& action = view.cell("P001", "status")["actions"][0];
        CPPUNIT_ASSERT_EQUAL(std::string{"Why is Anna Winter red?"},
                             std::string{action["hint"].GetString()});
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, view_->click(action));
        CPPUNIT_ASSERT_EQUAL(std::string{"Why is Anna Winter red?"}, title());
    }

    void opens_and_closes() {
        open("P001");
        CPPUNIT_ASSERT_EQUAL(std::string{}, view_->look().schema_trouble());
        const auto view = view_->look();
        const std::string way_out = view.document()["dialog"]["dismiss"].GetString();
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, view_->invoke(way_out));
        CPPUNIT_ASSERT(!is_open());
    }

    void says_the_same_as_the_tab() {
        live_->enable("P001");
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, view_->invoke("send_invitation", "P001"));
        open("P001");
        const OpenView tab{*live_, "patient-portal.tab", "P001"};
        const auto there = tab.look();
        const auto here = view_->look();
        const auto& said = there.element("What stands between this patient and the portal");
        CPPUNIT_ASSERT(sentences(said) == sentences(reasons(here)));
        CPPUNIT_ASSERT(!sentences(said).empty());
    }

    void its_buttons_mend_this_patient() {
        open("P002");
        mend(0);
        CPPUNIT_ASSERT_EQUAL(std::uint32_t{PPO_STATUS_NOT_INVITED}, live_->account("P002").status);
        CPPUNIT_ASSERT_EQUAL(std::uint32_t{PPO_STATUS_NOT_ENABLED}, live_->account("P001").status);
    }

    void goes_on_to_the_next_reason_once_one_is_mended() {
        open("P001");
        mend(0);
        CPPUNIT_ASSERT_EQUAL(std::string{"Why is Anna Winter gray?"}, title());
        mend(0);
        live_->work();
        CPPUNIT_ASSERT_EQUAL(std::string{"anna@example.org"}, live_->host.mails().at(0).recipient);
        CPPUNIT_ASSERT_EQUAL(std::string{"Why is Anna Winter orange?"}, title());
    }

    void says_that_nothing_stands_in_the_way_of_who_signed_in() {
        live_->set_up("P001", "anna.w", "maple kettle orbit");
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, live_->sign_in("anna.w", "maple kettle orbit"));
        open("P001");
        const auto view = view_->look();
        CPPUNIT_ASSERT_EQUAL(std::string{"Why is Anna Winter green?"}, title());
        const auto& note = view.document()["dialog"]["elements"][1];
        CPPUNIT_ASSERT_EQUAL(std::string{"Nothing stands in the way: the patient has signed in."},
                             std::string{note["text"].GetString()});
    }

    void a_closed_chart_has_nothing_to_click() {
        live_->host.patients.at(0).chart_status = ChartStatus::Deceased;
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, LivePlugin::onboarding().sync_directory(
                                                     live_->self, nullptr, nullptr));
        open("P001");
        const auto view = view_->look();
        CPPUNIT_ASSERT(!reasons(view)["items"][0].HasMember("action"));
    }

    void lifts_the_delay() {
        live_->set_up("P001", "anna.w", "maple kettle orbit");
        for (int i = 0; i < 12; ++i) static_cast<void>(live_->sign_in("anna.w", "wrong words"));
        open("P001");
        const auto view = view_->look();
        const auto& reason = reasons(view)["items"][0];
        CPPUNIT_ASSERT_EQUAL(std::string{"locked"}, std::string{reason["code"].GetString()});
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, view_->click(reason["action"]));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, live_->sign_in("anna.w", "maple kettle orbit"));
    }

    void closes_when_the_chart_has_gone() {
        open("P001");
        const std::string gone = "P001";
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, LivePlugin::onboarding().patient_removed(
                                                     live_->self, to_text(gone), nullptr));
        CPPUNIT_ASSERT(!is_open());
    }

    void closes_when_the_tab_is_opened() {
        open("P001");
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, view_->invoke("open", "P001"));
        CPPUNIT_ASSERT(!is_open());
    }

    void makes_room_for_the_preview_of_a_batch() {
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, view_->edit("select:P001", "1"));
        open("P001");
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, view_->invoke("preview_batch"));
        CPPUNIT_ASSERT_EQUAL(std::string{"Nobody can be invited"}, title());
        open("P001");
        CPPUNIT_ASSERT_EQUAL(std::string{"Why is Anna Winter red?"}, title());
    }

    void asks_nobody_about_nobody() {
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_UNKNOWN_PATIENT}, view_->invoke("why", "P404"));
        CPPUNIT_ASSERT(!is_open());
    }

private:
    void open(const std::string& patient_id) {
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, view_->invoke("why", patient_id));
    }
    [[nodiscard]] bool is_open() const { return view_->look().document().HasMember("dialog"); }
    [[nodiscard]] std::string title() const {
        const auto view = view_->look();
        return view.document()["dialog"]["title"].GetString();
    }
    static const rapidjson::Value& reasons(const ViewReader& view) {
        for (const auto& one : view.document()["dialog"]["elements"].GetArray())
            if (std::string{one["kind"].GetString()} == "reasons") return one;
        throw std::runtime_error{"no reasons"};
    }
    static std::vector<std::string> sentences(const rapidjson::Value& reasons) {
        std::vector<std::string> all;
        for (const auto& one : reasons["items"].GetArray())
            all.emplace_back(one["sentence"].GetString());
        return all;
    }
    void mend(rapidjson::SizeType place) {
        const auto view = view_->look();
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK},
                             view_->click(reasons(view)["items"][place]["action"]));
    }

    std::optional<LivePlugin> live_{};
    std::optional<OpenView> view_{};
};
CPPUNIT_TEST_SUITE_REGISTRATION(ReportViewWhyTest);
