// SPDX-License-Identifier: Apache-2.0
#include "web/view_html.hpp"

#include "web/layout.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <string>

using namespace ppo_sim;

namespace {
std::string drawn(const std::string& members) {
    const std::string json = R"({"schema":"ppo.view/1","view":"any","revision":1,"language":"en",)"
                             R"("title":"Any","actions":[],)" +
                             members + "}";
    return render_view(ViewModel::parse(json), {.path = "/emr/view/any", .key = "v-any"});
}

std::string drawn_table(const std::string& row_members, const std::string& table_members = "") {
    return drawn(
        R"("sections":[{"id":"s","label":"S","elements":[{"kind":"table","id":"t",)"
        R"("label":"T","columns":[{"id":"name","label":"Name","sorted":"none",)"
        R"("action":{"id":"sort","label":"Sort","argument":"name"}}],)"
        R"("rows":[{"id":"P001","label":"Weber","cells":[{"column":"name","text":"Weber"}])" +
        row_members + R"(}],"empty":"None","page":"1")" + table_members + "}]}]");
}

bool has(const std::string& html, const std::string& part) {
    return html.find(part) != std::string::npos;
}

constexpr auto box = R"(,"check":{"id":"pick:P001","label":"Select Weber","checked":true})";
constexpr auto dialog =
    R"("sections":[],"dialog":{"id":"d","title":"Sure?","elements":[],"dismiss":"no",)"
    R"("actions":[{"id":"yes","label":"Send","primary":true},{"id":"no","label":"Back"}]})";
}  // namespace

class ViewHtmlTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ViewHtmlTest);
    CPPUNIT_TEST(posts_the_box_of_a_row_with_what_it_was);
    CPPUNIT_TEST(says_why_a_box_cannot_be_ticked_and_posts_nothing_of_it);
    CPPUNIT_TEST(puts_the_box_for_all_above_the_table);
    CPPUNIT_TEST(takes_ticks_along_when_a_list_is_sorted);
    CPPUNIT_TEST(sorts_a_list_without_ticks_by_a_link);
    CPPUNIT_TEST(stands_a_dialog_open_with_what_dismisses_it);
    CPPUNIT_TEST(lets_enter_press_the_primary_action_of_a_dialog);
    CPPUNIT_TEST(fills_no_bar_for_a_progress_of_nothing);
    CPPUNIT_TEST(offers_to_look_again_while_something_goes_on);
    CPPUNIT_TEST(looks_again_by_itself_only_while_something_goes_on);
    CPPUNIT_TEST(names_a_further_action_of_a_cell_by_its_sentence);
    CPPUNIT_TEST(finds_a_further_action_of_a_cell);
    CPPUNIT_TEST(a_count_puts_a_value_into_a_field);
    CPPUNIT_TEST(a_filter_in_use_is_taken_away_by_its_button);
    CPPUNIT_TEST(leads_out_of_a_list_without_rows);
    CPPUNIT_TEST(gives_a_column_the_room_of_its_kind);
    CPPUNIT_TEST(says_once_why_the_buttons_of_a_line_are_off);
    CPPUNIT_TEST(groups_the_digits_of_a_count);
    CPPUNIT_TEST(a_toast_posts_its_way_back_to_its_view);
    CPPUNIT_TEST(a_toast_without_a_way_back_posts_nothing);
    CPPUNIT_TEST_SUITE_END();

    void posts_the_box_of_a_row_with_what_it_was() {
        const auto html = drawn_table(box);
        CPPUNIT_ASSERT(has(html, R"(name="was.pick:P001" value="1")"));
        CPPUNIT_ASSERT(has(html, R"(name="f.pick:P001" value="1" checked)"));
    }

    void says_why_a_box_cannot_be_ticked_and_posts_nothing_of_it() {
        const auto html = drawn_table(
            R"(,"check":{"id":"pick","label":"Select Weber","checked":false,"reason":"Too late."})");
        CPPUNIT_ASSERT(has(html, "Select Weber: Too late."));
        CPPUNIT_ASSERT(!has(html, R"(name="f.pick")"));
    }

    void puts_the_box_for_all_above_the_table() {
        const auto html = drawn_table(
            "", R"(,"check_all":{"id":"all","label":"All 7","checked":false})");
        CPPUNIT_ASSERT(html.find("All 7") < html.find("<table"));
    }

    void takes_ticks_along_when_a_list_is_sorted() {
        CPPUNIT_ASSERT(has(drawn_table(box), R"(name="go" value="sort sort name")"));
    }

    void sorts_a_list_without_ticks_by_a_link() {
        CPPUNIT_ASSERT(has(drawn_table(""), R"(href="/emr/view/any?sort=sort%20name")"));
    }

    void stands_a_dialog_open_with_what_dismisses_it() {
        const auto html = drawn(dialog);
        CPPUNIT_ASSERT(has(html, "<dialog open"));
        CPPUNIT_ASSERT(has(html, R"(data-dismiss="no")"));
    }

    void lets_enter_press_the_primary_action_of_a_dialog() {
        const auto html = drawn(dialog);
        CPPUNIT_ASSERT(html.find(R"(name="do" value="yes")") < html.find("<dialog"));
    }

    void fills_no_bar_for_a_progress_of_nothing() {
        const auto html = drawn(
            R"("sections":[{"id":"s","label":"S","elements":[{"kind":"progress","id":"p",)"
            R"("label":"P","value":0,"max":0,"text":"Nobody"}]}])");
        CPPUNIT_ASSERT(has(html, R"(value="0" max="1")"));
    }

    void offers_to_look_again_while_something_goes_on() {
        CPPUNIT_ASSERT(has(drawn(R"("refresh_after_ms":1000,"sections":[])"), ">Refresh</a>"));
    }

    void looks_again_by_itself_only_while_something_goes_on() {
        CPPUNIT_ASSERT(
            has(drawn(R"("refresh_after_ms":1000,"sections":[])"), R"(data-again="1000")"));
        CPPUNIT_ASSERT(!has(drawn(R"("sections":[])"), "data-again"));
    }

    static std::string in_a_section(const std::string& elements) {
        return R"("sections":[{"id":"s","label":"S","elements":[)" + elements + "]}]";
    }
    static std::string with_why() {
        return R"(},{"id":"P002","label":"Stone","cells":[{"column":"name","text":"Stone",)"
               R"("actions":[{"id":"why","label":"Why?","argument":"P002","hint":"Why so?"}]}])";
    }

    void names_a_further_action_of_a_cell_by_its_sentence() {
        const auto html = drawn_table(with_why());
        CPPUNIT_ASSERT(has(html, R"(value="why P002")"));
        CPPUNIT_ASSERT(has(html, R"(aria-label="Why so?")"));
    }

    void finds_a_further_action_of_a_cell() {
        const auto model = ViewModel::parse(
            "{" +
            in_a_section(R"({"kind":"table","rows":[{"cells":[{"actions":[{"id":"why"}]}]}]})") +
            "}");
        CPPUNIT_ASSERT(model.action("why", ""));
    }

    void a_count_puts_a_value_into_a_field() {
        const auto html = drawn(in_a_section(
            R"({"kind":"counts","id":"c","label":"C","items":[{"label":"Red","number":3,)"
            R"("set":{"field":"status","value":"red","label":"Red","pressed":true}}]})"));
        CPPUNIT_ASSERT(has(html, R"(name="set" value="status red" aria-pressed="true")"));
    }

    void a_filter_in_use_is_taken_away_by_its_button() {
        const auto html = drawn(
            in_a_section(R"({"kind":"chips","id":"c","label":"C","text":"3 patients",)"
                         R"("items":[{"field":"tag","value":"","label":"Tag: <new>"}]})"));
        CPPUNIT_ASSERT(has(html, R"(name="set" value="tag ")"));
        CPPUNIT_ASSERT(has(html, "Tag: &lt;new&gt;"));
        CPPUNIT_ASSERT(has(html, "3 patients"));
    }

    void leads_out_of_a_list_without_rows() {
        const auto html = drawn(in_a_section(
            R"({"kind":"table","id":"t","label":"T","columns":[],"rows":[],"page":"0",)"
            R"("empty":"Nobody","empty_action":{"id":"clear","label":"Clear"}})"));
        CPPUNIT_ASSERT(html.find("Nobody") < html.find(R"(value="clear")"));
    }

    void gives_a_column_the_room_of_its_kind() {
        const auto html = drawn(in_a_section(
            R"({"kind":"table","id":"t","label":"T","empty":"","page":"",)"
            R"("columns":[{"id":"a","label":"A","kind":"day"},{"id":"b","label":"B","kind":"\"x"}],)"
            R"("rows":[{"id":"r","label":"R","cells":[{"column":"a","text":"2026-01-01"}]}]})"));
        CPPUNIT_ASSERT(has(html, R"(<table role="table" aria-label="T" class="rooms">)"));
        CPPUNIT_ASSERT(has(html, R"(class="room-day")"));
        CPPUNIT_ASSERT(has(html, R"(class="room-text")"));
    }

    void says_once_why_the_buttons_of_a_line_are_off() {
        const std::string button =
            R"({"kind":"button","action":{"id":"a","label":"A","enabled":false,"reason":"Nobody."}})";
        const auto html = drawn(in_a_section(button + "," + button));
        const std::string hint = R"(<p class="hint">Nobody.</p>)";
        CPPUNIT_ASSERT(has(html, hint));
        CPPUNIT_ASSERT_EQUAL(html.find(hint), html.rfind(hint));
    }

    void groups_the_digits_of_a_count() {
        const auto html = drawn(in_a_section(
            R"({"kind":"counts","id":"c","label":"C","items":[{"label":"All","number":1234567}]})"));
        CPPUNIT_ASSERT(has(html, "<b>1,234,567</b>"));
    }

    void a_toast_posts_its_way_back_to_its_view() {
        Frame frame;
        frame.toasts.push_back({.text = "Done.",
                                .undo = "undo_enable P001",
                                .undo_label = "Undo",
                                .undo_url = "/emr/view/any?v=1",
                                .csrf = "token"});
        const auto html = messages(frame);
        CPPUNIT_ASSERT(has(html, R"(action="/emr/view/any?v=1")"));
        CPPUNIT_ASSERT(has(html, R"(name="csrf" value="token")"));
        CPPUNIT_ASSERT(has(html, R"(name="undo" value="undo_enable P001")"));
    }

    void a_toast_without_a_way_back_posts_nothing() {
        Frame frame;
        frame.toasts.push_back({.text = "Done."});
        CPPUNIT_ASSERT(!has(messages(frame), "<form"));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(ViewHtmlTest);
