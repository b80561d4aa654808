// SPDX-License-Identifier: Apache-2.0
#include "boundary/open_view.hpp"
#include "boundary/report_view.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <optional>

using namespace ppo;

// Whom staff choose in the report, and the batch that mails them.
class ReportViewBatchesTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ReportViewBatchesTest);
    CPPUNIT_TEST(every_row_can_be_ticked);
    CPPUNIT_TEST(says_how_many_are_selected);
    CPPUNIT_TEST(without_a_selection_there_is_nothing_to_send);
    CPPUNIT_TEST(ticks_outlive_pages);
    CPPUNIT_TEST(ticks_outlive_filters);
    CPPUNIT_TEST(another_filter_ends_all_matching);
    CPPUNIT_TEST(a_filter_typed_again_changes_nothing);
    CPPUNIT_TEST(all_matching_stands_for_every_row);
    CPPUNIT_TEST(nobody_can_be_ticked_where_nobody_matches);
    CPPUNIT_TEST(clears_the_selection);
    CPPUNIT_TEST(ticks_of_nobody_are_a_misuse);
    CPPUNIT_TEST(a_patient_who_has_gone_can_be_unticked);
    CPPUNIT_TEST(takes_ten_thousand_ticks_and_says_what_to_do_instead);
    CPPUNIT_TEST(takes_a_tick_for_the_longest_patient_id);
    CPPUNIT_TEST(names_stay_text);
    CPPUNIT_TEST(two_people_do_not_share_their_ticks);
    CPPUNIT_TEST(asks_first_who_would_be_mailed);
    CPPUNIT_TEST(asks_again_for_those_who_have_signed_in);
    CPPUNIT_TEST(cannot_start_where_nobody_can_be_mailed);
    CPPUNIT_TEST(the_way_out_changes_nothing);
    CPPUNIT_TEST(another_selection_closes_the_dialog);
    CPPUNIT_TEST(starts_and_says_how_long_it_can_be_undone);
    CPPUNIT_TEST(mails_those_who_are_ticked_once_the_hold_back_is_over);
    CPPUNIT_TEST(mails_everybody_whom_the_filter_matches);
    CPPUNIT_TEST(a_second_click_starts_nothing);
    CPPUNIT_TEST(says_who_can_be_mailed_now_if_that_has_changed);
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

    void every_row_can_be_ticked() {
        const auto view = view_->look();
        const auto& check = row(view, "P001")["check"];
        CPPUNIT_ASSERT_EQUAL(std::string{"select:P001"}, std::string{check["id"].GetString()});
        CPPUNIT_ASSERT_EQUAL(std::string{"Select Winter, Anna"},
                             std::string{check["label"].GetString()});
        CPPUNIT_ASSERT(!check["checked"].GetBool());
        CPPUNIT_ASSERT_EQUAL(std::string{}, view.schema_trouble());
        tick("P001");
        CPPUNIT_ASSERT(is_ticked("P001"));
        CPPUNIT_ASSERT(!is_ticked("P002"));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, view_->edit("select:P001", "0"));
        CPPUNIT_ASSERT(!is_ticked("P001"));
    }

    void says_how_many_are_selected() {
        tick("P001");
        CPPUNIT_ASSERT_EQUAL(std::string{"Send invitations to 1 selected patient..."}, label());
        tick("P002");
        CPPUNIT_ASSERT_EQUAL(std::string{"Send invitations to 2 selected patients..."}, label());
    }

    void without_a_selection_there_is_nothing_to_send() {
        const auto view = view_->look();
        CPPUNIT_ASSERT(!view.action("preview_batch")["enabled"].GetBool());
        CPPUNIT_ASSERT_EQUAL(std::string{"Nobody is selected. Tick patients in the list."},
                             std::string{view.action("preview_batch")["reason"].GetString()});
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_BATCH_EMPTY}, view_->invoke("preview_batch"));
        CPPUNIT_ASSERT(!view_->look().document().HasMember("dialog"));
    }

    void ticks_outlive_pages() {
        add_many(60);
        const auto first = view_->look().row_ids().front();
        tick(first);
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK},
                             view_->click(view_->look().element("patients")["next"]));
        tick(view_->look().row_ids().front());
        CPPUNIT_ASSERT_EQUAL(std::string{"Send invitations to 2 selected patients..."}, label());
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK},
                             view_->click(view_->look().element("patients")["previous"]));
        CPPUNIT_ASSERT(is_ticked(first));
    }

    void ticks_outlive_filters() {
        tick("P001");
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, view_->edit("search", "bruno"));
        tick("P002");
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, view_->invoke("clear"));
        CPPUNIT_ASSERT(is_ticked("P001") && is_ticked("P002"));
    }

    void another_filter_ends_all_matching() {
        for (const char* change : {"search", "clear"}) {
            CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, view_->edit("select_all", "1"));
            CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, std::string_view{change} == "clear"
                                                         ? view_->invoke("clear")
                                                         : view_->edit(change, "anna"));
            const auto view = view_->look();
            CPPUNIT_ASSERT_MESSAGE(change,
                                   !view.element("patients")["check_all"]["checked"].GetBool());
        }
    }

    void a_filter_typed_again_changes_nothing() {
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, view_->edit("search", "anna"));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, view_->edit("select_all", "1"));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, view_->edit("search", "anna"));
        CPPUNIT_ASSERT(is_ticked("P001"));
    }

    void all_matching_stands_for_every_row() {
        add_many(1'200);
        const auto before = view_->look();
        CPPUNIT_ASSERT_EQUAL(
            std::string{"All 1,202 matching"},
            std::string{before.element("patients")["check_all"]["label"].GetString()});
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, view_->edit("select_all", "1"));
        CPPUNIT_ASSERT_EQUAL(std::string{"Send invitations to 1,202 selected patients..."},
                             label());
        const auto view = view_->look();
        for (const auto& one : view.element("patients")["rows"].GetArray()) {
            CPPUNIT_ASSERT(one["check"]["checked"].GetBool());
            CPPUNIT_ASSERT_EQUAL(std::string{"Everybody who matches is selected."},
                                 std::string{one["check"]["reason"].GetString()});
        }
    }

    void nobody_can_be_ticked_where_nobody_matches() {
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, view_->edit("search", "nobody at all"));
        const auto view = view_->look();
        CPPUNIT_ASSERT_EQUAL(
            std::string{"No patient matches."},
            std::string{view.element("patients")["check_all"]["reason"].GetString()});
    }

    void clears_the_selection() {
        CPPUNIT_ASSERT(!view_->look().action("clear_selection")["enabled"].GetBool());
        tick("P001");
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, view_->edit("select_all", "1"));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK},
                             view_->click(view_->look().action("clear_selection")));
        CPPUNIT_ASSERT(!is_ticked("P001") && !is_ticked("P002"));
    }

    void ticks_of_nobody_are_a_misuse() {
        for (const char* field : {"select:P404", "select:", "select", "selected:P001", "select_All",
                                  "select:P001 ", "signed_in_too"}) {
            CPPUNIT_ASSERT_EQUAL_MESSAGE(field, ppo_result{PPO_MISUSE_UNKNOWN_ID},
                                         view_->edit(field, "1"));
        }
        CPPUNIT_ASSERT(!view_->look().action("preview_batch")["enabled"].GetBool());
    }

    void a_patient_who_has_gone_can_be_unticked() {
        tick("P001");
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, LivePlugin::onboarding().patient_removed(
                                                     live_->self, to_text("P001"), nullptr));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, view_->invoke("preview_batch"));
        CPPUNIT_ASSERT_EQUAL(std::string{"There is no such patient."}, dialog_fact("1 skipped"));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, view_->edit("select:P001", "0"));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_BATCH_EMPTY}, view_->invoke("preview_batch"));
    }

    void takes_ten_thousand_ticks_and_says_what_to_do_instead() {
        constexpr int most = 10'000;
        add_many(most + 1);
        for (int i = 0; i <= most; ++i)
            CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK},
                                 view_->edit("select:M" + std::to_string(i), "1"));
        CPPUNIT_ASSERT_EQUAL(std::string{"Send invitations to 10,000 selected patients..."},
                             label());
        const auto view = view_->look();
        CPPUNIT_ASSERT_EQUAL(
            std::string{"10,000 patients are selected. Select all that match a filter instead."},
            std::string{row(view, "P002")["check"]["reason"].GetString()});
    }

    void takes_a_tick_for_the_longest_patient_id() {
        const std::string longest(64, 'L');
        live_->host.patients.push_back(anna(longest));
        sync();
        tick(longest);
        CPPUNIT_ASSERT(is_ticked(longest));
    }

    void names_stay_text() {
        auto patient = anna("H\"1<b>");
        patient.last_name = "</script><b onclick=\"x\">\xE2\x80\xA8'";
        live_->host.patients.push_back(patient);
        sync();
        tick(patient.id);
        const auto view = view_->look();
        CPPUNIT_ASSERT_EQUAL(std::string{}, view.schema_trouble());
        CPPUNIT_ASSERT_EQUAL("Select " + patient.last_name + ", Anna",
                             std::string{row(view, patient.id)["check"]["label"].GetString()});
        CPPUNIT_ASSERT(is_ticked(patient.id));
    }

    void two_people_do_not_share_their_ticks() {
        tick("P001");
        live_->caller.staff_id = to_text("nurse-2");
        const OpenView other{*live_, "onboarding.report", ""};
        const auto view = other.look();
        CPPUNIT_ASSERT(!row(view, "P001")["check"]["checked"].GetBool());
        CPPUNIT_ASSERT(is_ticked("P001"));
    }

    void asks_first_who_would_be_mailed() {
        live_->enable("P001");
        tick("P001");
        tick("P002");
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK},
                             view_->click(view_->look().action("preview_batch")));
        const auto view = view_->look();
        CPPUNIT_ASSERT_EQUAL(std::string{}, view.schema_trouble());
        CPPUNIT_ASSERT_EQUAL(std::string{"batch|Invite 1 patient?|dismiss_batch"},
                             std::string{dialog(view)["id"].GetString()} + "|" +
                                 dialog(view)["title"].GetString() + "|" +
                                 dialog(view)["dismiss"].GetString());
        CPPUNIT_ASSERT_EQUAL(std::string{"1 of 2 selected"}, dialog_fact("Will be mailed"));
        CPPUNIT_ASSERT_EQUAL(std::string{"Portal access is not enabled. Enable it first."},
                             dialog_fact("1 skipped"));
        CPPUNIT_ASSERT_EQUAL(std::string{"2 minutes"}, dialog_fact("Can be undone for"));
        CPPUNIT_ASSERT_EQUAL(std::size_t{5}, dialog_fact("Done about").size());
        const auto& start = dialog(view)["actions"][0];
        CPPUNIT_ASSERT_EQUAL(std::string{"Send 1 invitation"},
                             std::string{start["label"].GetString()});
        CPPUNIT_ASSERT(start["primary"].GetBool() && !start.HasMember("enabled"));
        CPPUNIT_ASSERT(live_->host.mails().empty());
    }

    void asks_again_for_those_who_have_signed_in() {
        live_->set_up("P001", "anna.w", "maple kettle orbit");
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, live_->sign_in("anna.w", "maple kettle orbit"));
        live_->advance(std::chrono::minutes{5});
        tick("P001");
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, view_->invoke("preview_batch"));
        CPPUNIT_ASSERT_EQUAL(std::string{"The patient has signed in to the portal already."},
                             dialog_fact("1 skipped"));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, view_->edit("signed_in_too", "1"));
        CPPUNIT_ASSERT_EQUAL(std::string{"1 of 1 selected"}, dialog_fact("Will be mailed"));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, view_->edit("signed_in_too", "0"));
        CPPUNIT_ASSERT_EQUAL(std::string{"0 of 1 selected"}, dialog_fact("Will be mailed"));
    }

    void cannot_start_where_nobody_can_be_mailed() {
        tick("P001");
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, view_->invoke("preview_batch"));
        const auto view = view_->look();
        CPPUNIT_ASSERT_EQUAL(std::string{"Nobody can be invited"},
                             std::string{dialog(view)["title"].GetString()});
        const auto& start = dialog(view)["actions"][0];
        CPPUNIT_ASSERT(!start["enabled"].GetBool());
        CPPUNIT_ASSERT_EQUAL(std::string{"Nobody of this selection can be mailed."},
                             std::string{start["reason"].GetString()});
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_BATCH_EMPTY}, view_->invoke("start_batch"));
        CPPUNIT_ASSERT(is_ticked("P001"));
    }

    void the_way_out_changes_nothing() {
        live_->enable("P001");
        tick("P001");
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, view_->invoke("preview_batch"));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, view_->invoke("dismiss_batch"));
        const auto view = view_->look();
        CPPUNIT_ASSERT(!view.document().HasMember("dialog"));
        CPPUNIT_ASSERT(!view.has_element("batch:1"));
        CPPUNIT_ASSERT(is_ticked("P001"));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, view_->invoke("dismiss_batch"));
    }

    void another_selection_closes_the_dialog() {
        for (const char* field : {"select:P002", "select_all", "search"}) {
            tick("P001");
            CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, view_->invoke("preview_batch"));
            CPPUNIT_ASSERT(view_->look().document().HasMember("dialog"));
            CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, view_->edit(field, "1"));
            CPPUNIT_ASSERT_MESSAGE(field, !view_->look().document().HasMember("dialog"));
        }
    }

    void starts_and_says_how_long_it_can_be_undone() {
        start_with({"P001", "P002"});
        CPPUNIT_ASSERT_EQUAL(std::string{"61"}, view_->kinds());
        CPPUNIT_ASSERT_EQUAL(
            std::string{"2 invitations will be sent. You can undo this for 2 minutes."},
            view_->effects.at(0).text);
        const auto view = view_->look();
        CPPUNIT_ASSERT(!view.document().HasMember("dialog"));
        CPPUNIT_ASSERT(!is_ticked("P001") && !is_ticked("P002"));
        CPPUNIT_ASSERT(view.has_element("batch:1"));
        CPPUNIT_ASSERT(!live_->host.refreshed().empty());
    }

    void mails_those_who_are_ticked_once_the_hold_back_is_over() {
        live_->enable("P002");
        start_with({"P001"});
        live_->work();
        CPPUNIT_ASSERT(live_->host.mails().empty());
        live_->advance(std::chrono::minutes{3});
        live_->work();
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, live_->host.mails().size());
        CPPUNIT_ASSERT_EQUAL(std::string{"anna@example.org"}, live_->host.mails().at(0).recipient);
    }

    void mails_everybody_whom_the_filter_matches() {
        live_->enable("P001");
        live_->enable("P002");
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, view_->edit("search", "bruno"));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, view_->edit("select_all", "1"));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, view_->invoke("preview_batch"));
        CPPUNIT_ASSERT_EQUAL(std::string{"1 of 1 selected"}, dialog_fact("Will be mailed"));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, view_->invoke("start_batch"));
        live_->advance(std::chrono::minutes{3});
        live_->work();
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, live_->host.mails().size());
        CPPUNIT_ASSERT(live_->host.mails().at(0).recipient != "anna@example.org");
    }

    void a_second_click_starts_nothing() {
        start_with({"P001"});
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_BATCH_STATE}, view_->invoke("start_batch"));
        CPPUNIT_ASSERT(!view_->look().has_element("batch:2"));
    }

    void says_who_can_be_mailed_now_if_that_has_changed() {
        live_->enable("P001");
        tick("P001");
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, view_->invoke("preview_batch"));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, LivePlugin::onboarding().set_access(
                                                     live_->self, &live_->caller, to_text("P001"),
                                                     0, nullptr, nullptr));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_BATCH_EMPTY}, view_->invoke("start_batch"));
        CPPUNIT_ASSERT_EQUAL(std::string{"0 of 1 selected"}, dialog_fact("Will be mailed"));
    }

private:
    static const rapidjson::Value& row(const ViewReader& view, const std::string& patient_id) {
        for (const auto& one : view.element("patients")["rows"].GetArray())
            if (one["id"].GetString() == patient_id) return one;
        throw std::runtime_error{"no row " + patient_id};
    }
    static const rapidjson::Value& dialog(const ViewReader& view) {
        return view.document()["dialog"];
    }
    [[nodiscard]] std::string dialog_fact(const std::string& label) const {
        const auto view = view_->look();
        for (const auto& one : dialog(view)["elements"].GetArray())
            if (one["kind"] == "fact" && one["label"].GetString() == label)
                return one["text"].GetString();
        throw std::runtime_error{"no fact " + label};
    }
    [[nodiscard]] std::string label() const {
        return view_->look().action("preview_batch")["label"].GetString();
    }
    [[nodiscard]] bool is_ticked(const std::string& patient_id) const {
        const auto view = view_->look();
        return row(view, patient_id)["check"]["checked"].GetBool();
    }
    void tick(const std::string& patient_id) const {
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, view_->edit("select:" + patient_id, "1"));
    }
    void start_with(const std::vector<std::string>& patient_ids) {
        for (const auto& patient_id : patient_ids) {
            live_->enable(patient_id);
            tick(patient_id);
        }
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, view_->invoke("preview_batch"));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, view_->invoke("start_batch"));
    }
    void sync() {
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, LivePlugin::onboarding().sync_directory(
                                                     live_->self, nullptr, nullptr));
    }
    void add_many(int count) {
        for (int i = 0; i < count; ++i)
            live_->host.patients.push_back(anna("M" + std::to_string(i)));
        sync();
    }

    std::optional<LivePlugin> live_{};
    std::optional<OpenView> view_{};
};
CPPUNIT_TEST_SUITE_REGISTRATION(ReportViewBatchesTest);
