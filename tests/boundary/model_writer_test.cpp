// SPDX-License-Identifier: Apache-2.0
#include "boundary/model_writer.hpp"

#include "support/view_reader.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <functional>

using namespace ppo;

class ModelWriterTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ModelWriterTest);
    CPPUNIT_TEST(an_empty_view_fits_the_schema);
    CPPUNIT_TEST(every_element_fits_the_schema);
    CPPUNIT_TEST(says_which_view_it_is);
    CPPUNIT_TEST(writes_the_status_with_colour_word_and_shape);
    CPPUNIT_TEST(writes_the_marks_that_are_set_and_no_others);
    CPPUNIT_TEST(leaves_out_what_an_action_does_not_say);
    CPPUNIT_TEST(says_why_an_action_is_not_enabled);
    CPPUNIT_TEST(keeps_every_character_of_a_value);
    CPPUNIT_TEST(writes_the_verdict_with_its_suggestions);
    CPPUNIT_TEST(never_writes_a_password_back);
    CPPUNIT_TEST(folds_a_section_if_told);
    CPPUNIT_TEST(writes_banner_and_patient);
    CPPUNIT_TEST(writes_a_dialog_with_its_way_out);
    CPPUNIT_TEST(writes_checks_of_a_table);
    CPPUNIT_TEST(writes_a_chart_as_numbers);
    CPPUNIT_TEST(says_when_to_look_again);
    CPPUNIT_TEST(shows_a_status_that_cannot_be_clicked);
    CPPUNIT_TEST(names_the_field_by_which_people_search);
    CPPUNIT_TEST(writes_shortcuts_to_values);
    CPPUNIT_TEST_SUITE_END();

public:
    void an_empty_view_fits_the_schema() {
        CPPUNIT_ASSERT_EQUAL(std::string{}, written([](ModelWriter&) {}).schema_trouble());
    }

    void every_element_fits_the_schema() {
        const auto view = written([](ModelWriter& model) {
            model.status("Status", PortalStatus::Invited, all_marks_,
                         {.id = "toggle", .label = "Go"});
            model.text_field("a", "A", "value", "hint", true,
                             ModelVerdict{"danger", "Taken", {"b"}});
            model.password_field("b", "B", "hint", true, "c", ModelVerdict{"success", "Good", {}});
            model.check("c", "C", true, "hint");
            model.choice("d", "D", "x", {{"x", "X"}, {"y", "Y"}});
            model.date_field("e", "E", "2026-11-20");
            model.fact("F", "words", "warning");
            model.note("neutral", "words");
            model.button({.id = "go", .label = "Go"});
            model.progress({.id = "g", .label = "G", .value = 1, .max = 2, .text = "1 of 2"});
        });
        CPPUNIT_ASSERT_EQUAL(std::string{}, view.schema_trouble());
    }

    void shows_a_status_that_cannot_be_clicked() {
        const auto view = written(
            [](ModelWriter& model) { model.status("Status", PortalStatus::Invited, {}); });
        CPPUNIT_ASSERT_EQUAL(std::string{}, view.schema_trouble());
        CPPUNIT_ASSERT(!view.element("status").HasMember("action"));
    }

    void names_the_field_by_which_people_search() {
        const auto view = written(
            [](ModelWriter& model) { model.search_field("find", "Find", "ann", "Any part."); });
        CPPUNIT_ASSERT_EQUAL(std::string{}, view.schema_trouble());
        CPPUNIT_ASSERT(view.element("find")["search"].GetBool());
        CPPUNIT_ASSERT_EQUAL(std::string{"ann"},
                             std::string{view.element("find")["value"].GetString()});
    }

    void writes_shortcuts_to_values() {
        const auto view = written([](ModelWriter& model) {
            model.begin_element("chips");
            model.text("id", "used");
            model.text("label", "Used");
            model.text("text", "2 patients");
            model.begin_list("items");
            model.write_setter({.field = "tag", .value = "recall", .label = "Tag: recall"});
            model.write_setter({.field = "tag", .label = "Tag", .hint = "Any", .pressed = true});
            model.end_list();
            model.end_element();
        });
        CPPUNIT_ASSERT_EQUAL(std::string{}, view.schema_trouble());
        const auto& items = view.element("used")["items"];
        CPPUNIT_ASSERT_EQUAL(std::string{"recall"}, std::string{items[0]["value"].GetString()});
        CPPUNIT_ASSERT(!items[0].HasMember("pressed"));
        CPPUNIT_ASSERT(items[1]["pressed"].GetBool());
    }

    void says_which_view_it_is() {
        const auto view = written([](ModelWriter&) {});
        CPPUNIT_ASSERT_EQUAL(std::string{"ppo.view/1"},
                             std::string{view.document()["schema"].GetString()});
        CPPUNIT_ASSERT_EQUAL(std::string{"a.view"},
                             std::string{view.document()["view"].GetString()});
        CPPUNIT_ASSERT_EQUAL(std::int64_t{3}, view.revision());
    }

    void writes_the_status_with_colour_word_and_shape() {
        const auto view = written([](ModelWriter& model) {
            model.status("Status", PortalStatus::SignedIn, {}, {.id = "toggle", .label = "Go"});
        });
        const auto& status = view.element("status")["status"];
        CPPUNIT_ASSERT_EQUAL(std::string{"green"}, std::string{status["colour"].GetString()});
        CPPUNIT_ASSERT_EQUAL(std::string{"Signed in"}, std::string{status["word"].GetString()});
        CPPUNIT_ASSERT_EQUAL(std::string{"check"}, std::string{status["shape"].GetString()});
    }

    void writes_the_marks_that_are_set_and_no_others() {
        Marks marks;
        marks.add(Mark::Locked);
        marks.add(Mark::NoEmail);
        const auto view = written([&](ModelWriter& model) {
            model.status("Status", PortalStatus::Invited, marks, {.id = "toggle", .label = "Go"});
        });
        const std::vector<std::string> expected{"no_email", "locked"};
        CPPUNIT_ASSERT(expected == ViewReader::marks_in(view.element("status")));
    }

    void leaves_out_what_an_action_does_not_say() {
        const auto view = written(
            [](ModelWriter& model) { model.button({.id = "go", .label = "Go"}); });
        CPPUNIT_ASSERT_EQUAL(rapidjson::SizeType{2}, view.action("go").MemberCount());
    }

    void says_why_an_action_is_not_enabled() {
        const auto view = written([](ModelWriter& model) {
            model.button({.id = "go", .label = "Go", .reason = "No e-mail."});
        });
        CPPUNIT_ASSERT(!view.action("go")["enabled"].GetBool());
        CPPUNIT_ASSERT_EQUAL(std::string{"No e-mail."},
                             std::string{view.action("go")["reason"].GetString()});
    }

    void keeps_every_character_of_a_value() {
        const std::string value =
            "\"<b>\\ \t\n\x01 N\xC3\xBA\xC3\xB1"
            "ez \xF0\x9F\x98\x80";
        const auto view = written([&](ModelWriter& model) {
            model.text_field("a", "A", value, "", false, std::nullopt);
        });
        CPPUNIT_ASSERT_EQUAL(value, std::string{view.element("a")["value"].GetString()});
    }

    void writes_the_verdict_with_its_suggestions() {
        const auto view = written([](ModelWriter& model) {
            model.text_field("a", "A", "x", "", true,
                             ModelVerdict{"danger", "Taken", {"x1", "x2"}});
        });
        const auto& verdict = view.element("a")["verdict"];
        CPPUNIT_ASSERT_EQUAL(std::string{"danger"}, std::string{verdict["tone"].GetString()});
        CPPUNIT_ASSERT_EQUAL(rapidjson::SizeType{2}, verdict["suggestions"].Size());
    }

    void never_writes_a_password_back() {
        const auto view = written([](ModelWriter& model) {
            model.password_field("a", "A", "hint", true, "b", std::nullopt);
        });
        CPPUNIT_ASSERT(!view.element("a").HasMember("value"));
        CPPUNIT_ASSERT(view.element("a")["filled"].GetBool());
    }

    void folds_a_section_if_told() {
        ModelWriter model{"a.view", 1, "A view"};
        model.begin_sections();
        model.begin_section("one", "One", true);
        model.end_section();
        const ViewReader view{model.finish({})};
        CPPUNIT_ASSERT(view.document()["sections"][0]["folded"].GetBool());
    }

    void writes_banner_and_patient() {
        ModelWriter model{"a.view", 1, "A view"};
        model.patient("P001");
        model.banner("warning", "Mind the step.");
        model.begin_sections();
        const ViewReader view{model.finish({{.id = "save", .label = "Save", .primary = true}})};
        CPPUNIT_ASSERT_EQUAL(std::string{}, view.schema_trouble());
        CPPUNIT_ASSERT_EQUAL(std::string{"P001"},
                             std::string{view.document()["patient_id"].GetString()});
        CPPUNIT_ASSERT_EQUAL(std::string{"Mind the step."},
                             std::string{view.document()["banner"]["text"].GetString()});
        CPPUNIT_ASSERT(view.action("save")["primary"].GetBool());
    }

    void writes_a_dialog_with_its_way_out() {
        ModelWriter model{"a.view", 1, "A view"};
        model.begin_dialog("sure", "Are you sure?");
        model.fact("Will be mailed", "12");
        model.end_dialog({{.id = "go", .label = "Go"}, {.id = "stay", .label = "Cancel"}}, "stay");
        model.begin_sections();
        const ViewReader view{model.finish({})};
        CPPUNIT_ASSERT_EQUAL(std::string{}, view.schema_trouble());
        const auto& dialog = view.document()["dialog"];
        CPPUNIT_ASSERT_EQUAL(std::string{"stay"}, std::string{dialog["dismiss"].GetString()});
        CPPUNIT_ASSERT_EQUAL(rapidjson::SizeType{1}, dialog["elements"].Size());
        CPPUNIT_ASSERT_EQUAL(rapidjson::SizeType{2}, dialog["actions"].Size());
    }

    void writes_checks_of_a_table() {
        ModelWriter model{"a.view", 1, "A view"};
        model.table_check("on", {.id = "a", .label = "A", .checked = true});
        model.table_check("off", {.id = "b", .label = "B", .reason = "Too many."});
        model.begin_sections();
        const ViewReader view{model.finish({})};
        CPPUNIT_ASSERT(view.document()["on"]["checked"].GetBool());
        CPPUNIT_ASSERT(!view.document()["on"].HasMember("reason"));
        CPPUNIT_ASSERT_EQUAL(std::string{"Too many."},
                             std::string{view.document()["off"]["reason"].GetString()});
    }

    void writes_a_chart_as_numbers() {
        const auto view = written([](ModelWriter& model) {
            model.chart({.id = "c",
                         .label = "A chart",
                         .text = "One and two.",
                         .form = "steps",
                         .axis = "Step",
                         .categories = {"First", "Second"},
                         .series = {{"s", "Series", {2, 1}}}});
        });
        CPPUNIT_ASSERT_EQUAL(std::string{}, view.schema_trouble());
        const auto& chart = view.element("c");
        CPPUNIT_ASSERT_EQUAL(std::string{"Second"},
                             std::string{chart["categories"][1].GetString()});
        CPPUNIT_ASSERT_EQUAL(1, chart["series"][0]["values"][1].GetInt());
    }

    void says_when_to_look_again() {
        ModelWriter model{"a.view", 1, "A view"};
        model.refresh_after(std::chrono::seconds{2});
        model.begin_sections();
        const ViewReader view{model.finish({})};
        CPPUNIT_ASSERT_EQUAL(2'000, view.document()["refresh_after_ms"].GetInt());
    }

private:
    static ViewReader written(const std::function<void(ModelWriter&)>& write) {
        ModelWriter model{"a.view", 3, "A view"};
        model.begin_sections();
        model.begin_section("one", "One");
        write(model);
        model.end_section();
        return ViewReader{model.finish({})};
    }

    static constexpr Marks all_marks_{0xFFFF};
};
CPPUNIT_TEST_SUITE_REGISTRATION(ModelWriterTest);
