// SPDX-License-Identifier: Apache-2.0
#include "web/view_html.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <string>

using namespace ppo_sim;

class ViewChartTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ViewChartTest);
    CPPUNIT_TEST(is_a_picture_with_a_name_and_a_sentence);
    CPPUNIT_TEST(has_the_same_numbers_in_a_table);
    CPPUNIT_TEST(steps_are_bars_as_long_as_their_share);
    CPPUNIT_TEST(steps_say_their_share_of_the_first);
    CPPUNIT_TEST(time_is_a_strip_for_each_series_to_one_scale);
    CPPUNIT_TEST(nothing_is_drawn_of_nobody);
    CPPUNIT_TEST(a_short_series_has_nothing_in_the_rest);
    CPPUNIT_TEST(no_style_and_no_script_stand_in_it);
    CPPUNIT_TEST(texts_are_escaped);
    CPPUNIT_TEST(an_element_that_nobody_knows_is_label_and_text);
    CPPUNIT_TEST(what_is_no_number_is_nothing);
    CPPUNIT_TEST_SUITE_END();

    void is_a_picture_with_a_name_and_a_sentence() {
        const auto html = steps("[8,2]");
        CPPUNIT_ASSERT(
            has(html, R"(<svg role="img" aria-labelledby="v-any-c-title v-any-c-desc")"));
        CPPUNIT_ASSERT(has(html, R"(<title id="v-any-c-title">How far</title>)"));
        CPPUNIT_ASSERT(has(html, R"(<desc id="v-any-c-desc">Eight, then two.</desc>)"));
    }

    void has_the_same_numbers_in_a_table() {
        const auto html = steps("[12345,2]");
        CPPUNIT_ASSERT(has(html, R"(<table aria-label="How far, as numbers">)"));
        CPPUNIT_ASSERT(has(html, R"(<th scope="row">All</th><td>12,345</td>)"));
        CPPUNIT_ASSERT(has(html, R"(<th scope="row">Some</th><td>2</td>)"));
    }

    void steps_are_bars_as_long_as_their_share() {
        const auto html = steps("[8,2]");
        CPPUNIT_ASSERT(has(html, R"(class="bar" x="0" y="1.45em" width="100%")"));
        CPPUNIT_ASSERT(has(html, R"(class="bar" x="0" y="4.65em" width="25%")"));
    }

    void steps_say_their_share_of_the_first() {
        CPPUNIT_ASSERT(has(steps("[8,2]"), "<td>2</td><td>25 %</td>"));
        CPPUNIT_ASSERT(!has(chart("time", "[8,2]", "[1,1]"), " %<"));
    }

    void time_is_a_strip_for_each_series_to_one_scale() {
        const auto html = chart("time", "[8,2]", "[4,0]");
        CPPUNIT_ASSERT(has(html, R"(y="1.6em" width="40%" height="3.6em")"));  // 8 of 8.
        CPPUNIT_ASSERT(has(html, R"(width="40%" height="1.8em")"));            // 4 of 8.
        CPPUNIT_ASSERT_EQUAL(3, count(html, "class=\"bar\""));
        CPPUNIT_ASSERT(has(html, ">highest 4<"));
    }

    void nothing_is_drawn_of_nobody() {
        CPPUNIT_ASSERT_EQUAL(0, count(steps("[0,0]"), "class=\"bar\""));
        CPPUNIT_ASSERT_EQUAL(0, count(chart("time", "[0,0]", "[0,0]"), "class=\"bar\""));
    }

    void a_short_series_has_nothing_in_the_rest() {
        CPPUNIT_ASSERT(has(steps("[8]"), R"(<th scope="row">Some</th><td>0</td>)"));
    }

    void no_style_and_no_script_stand_in_it() {
        const auto html = chart("time", "[8,2]", "[4,0]") + steps("[8,2]");
        CPPUNIT_ASSERT(!has(html, " style=") && !has(html, "<script") && !has(html, "href="));
    }

    void texts_are_escaped() {
        const auto html = drawn(
            R"({"kind":"chart","id":"c","label":"<b>","text":"&","form":"steps",)"
            R"("axis":"<i>","categories":["<u>"],)"
            R"("series":[{"id":"s","label":"<s>","values":[1]}]})");
        for (const auto* tag : {"<b>", "<i>", "<u>", "<s>"}) CPPUNIT_ASSERT(!has(html, tag));
    }

    void what_is_no_number_is_nothing() {
        const auto html = steps(R"(["ten",null])");
        CPPUNIT_ASSERT(has(html, "<td>0</td>") && !has(html, "ten"));
    }

    void an_element_that_nobody_knows_is_label_and_text() {
        const auto html = drawn(
            R"({"kind":"globe","label":"The world","text":"It turns.","spin":3})");
        CPPUNIT_ASSERT(has(html, "<dt>The world</dt><dd>It turns.</dd>"));
    }

    static std::string drawn(const std::string& element) {
        const std::string json =
            R"({"schema":"ppo.view/1","view":"any","revision":1,"language":"en","title":"Any",)"
            R"("actions":[],"sections":[{"id":"s","label":"S","elements":[)" +
            element + "]}]}";
        const auto html = render_view(ViewModel::parse(json),
                                      {.path = "/emr/view/any", .key = "v-any"});
        return html.substr(html.find("class=\"elements\""));
    }
    static std::string chart(const std::string& form, const std::string& one,
                             const std::string& two) {
        const std::string more = two.empty()
                                     ? ""
                                     : R"(,{"id":"b","label":"Other","values":)" + two + "}";
        return drawn(
            R"({"kind":"chart","id":"c","label":"How far","text":"Eight, then two.",)"
            R"("axis":"Step","form":")" +
            form + R"(","categories":["All","Some"],"series":[{"id":"a","label":"One","values":)" +
            one + "}" + more + "]}");
    }
    static std::string steps(const std::string& values) { return chart("steps", values, ""); }
    static bool has(const std::string& html, const std::string& part) {
        return html.find(part) != std::string::npos;
    }
    static int count(const std::string& html, const std::string& part) {
        int found = 0;
        for (auto at = html.find(part); at != std::string::npos; at = html.find(part, at + 1))
            ++found;
        return found;
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(ViewChartTest);
