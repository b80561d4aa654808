// SPDX-License-Identifier: Apache-2.0
#include "web/view_html.hpp"

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
};
CPPUNIT_TEST_SUITE_REGISTRATION(ViewHtmlTest);
