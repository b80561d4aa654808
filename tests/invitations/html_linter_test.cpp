// SPDX-License-Identifier: Apache-2.0
#include "invitations/html_linter.hpp"

#include "invitations/linting.hpp"

#include <cppunit/extensions/HelperMacros.h>

using namespace ppo;

class HtmlLinterTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(HtmlLinterTest);
    CPPUNIT_TEST(layout_of_mails_is_allowed);
    CPPUNIT_TEST(phone_and_mail_addresses_are_allowed);
    CPPUNIT_TEST(tags_that_load_are_found);
    CPPUNIT_TEST(tags_that_run_are_found);
    CPPUNIT_TEST(unknown_tags_are_found);
    CPPUNIT_TEST(attributes_that_load_are_found);
    CPPUNIT_TEST(attributes_that_run_are_found);
    CPPUNIT_TEST(unknown_attributes_are_found);
    CPPUNIT_TEST(styles_that_load_are_found_however_they_are_written);
    CPPUNIT_TEST(styles_that_run_are_found_however_they_are_written);
    CPPUNIT_TEST(other_links_are_found);
    CPPUNIT_TEST(addresses_that_run_are_found_however_they_are_written);
    CPPUNIT_TEST(variables_inside_tags_are_found);
    CPPUNIT_TEST(unclear_tags_are_found);
    CPPUNIT_TEST(tags_left_open_are_found_where_they_were_opened);
    CPPUNIT_TEST(tags_that_close_something_else_are_found);
    CPPUNIT_TEST(line_with_the_username_must_close_what_it_opens);
    CPPUNIT_TEST(text_about_dangerous_things_is_not_dangerous);
    CPPUNIT_TEST(link_in_a_place_where_nobody_can_click_is_none);
    CPPUNIT_TEST_SUITE_END();

    /// Each of these, put behind good HTML on line 4, is found there with this code.
    static void assert_each_found(const std::string& code, const std::vector<std::string>& all) {
        for (const auto& html : all)
            CPPUNIT_ASSERT_EQUAL_MESSAGE(html, "html:4 " + code + "\n", found_behind_html(html));
    }
    static void assert_allowed(const std::vector<std::string>& all) {
        for (const auto& html : all)
            CPPUNIT_ASSERT_EQUAL_MESSAGE(html, std::string{}, found_behind_html(html));
    }

    void layout_of_mails_is_allowed() {
        assert_allowed(
            {"<table role=\"presentation\" width=100% cellpadding='0'><tr><td></td></tr>"
             "</table>",
             "<hr><br/><wbr><h1>a</h1><ul><li>b</li></ul>",
             "<span style=\"color:#0b5cad;padding:0 8px\" aria-hidden=\"true\">c</span>",
             "<style>@media (prefers-color-scheme: dark) { p { color: rgb(1, 2, 3) } "
             "/* quiet */ }</style>",
             "<title>[[practice_name]]</title>",
             "<div xmlns=\"http://www.w3.org/1999/xhtml\"></div>",
             "<META name=\"color-scheme\" content=\"light dark\">"});
    }
    void phone_and_mail_addresses_are_allowed() {
        assert_allowed({"<a href=\"tel:+15550100199\">call</a>",
                        "<a href=\"TEL:[[practice_phone]]\">[[practice_phone]]</a>",
                        "<a href='mailto:desk@elm.example?subject=Portal'>write</a>"});
    }
    void tags_that_load_are_found() {
        assert_each_found("remote_content",
                          {"<img>", "<IMG/>", "<link>", "<iframe>", "<object>", "<embed>",
                           "<video>", "<svg>", "<picture>", "<input>", "<frame>", "<audio>"});
    }
    void tags_that_run_are_found() {
        assert_each_found("active_content",
                          {"<script>", "<sCrIpT>", "<form>", "<button>", "<base>"});
    }
    void unknown_tags_are_found() {
        assert_each_found("unknown_tag", {"<blink>", "<template>", "<noscript>", "<marquee>"});
    }
    void attributes_that_load_are_found() {
        assert_each_found("remote_content",
                          {"<td src=\"x\"></td>", "<p srcset='x'></p>", "<td BACKGROUND=x></td>",
                           "<p\tposter=x></p>", "<p data=x></p>"});
    }
    void attributes_that_run_are_found() {
        assert_each_found("active_content",
                          {"<p onclick=\"x\"></p>", "<p ONmouseOver='x'></p>", "<p onx></p>",
                           "<meta http-equiv=\"refresh\" content=\"0\">", "<a ping=x></a>",
                           "<p formaction=x></p>"});
    }
    void unknown_attributes_are_found() {
        assert_each_found("unknown_attribute", {"<p contenteditable></p>", "<p is=x></p>"});
    }
    void styles_that_load_are_found_however_they_are_written() {
        assert_each_found(
            "remote_content",
            {"<p style=\"background:url(x)\"></p>", "<p style='background: URL  ( x)'></p>",
             "<p style=\"background:u&#114;l&lpar;x)\"></p>", "<p style=\"b:u/* x */rl(x)\"></p>",
             "<style>@import 'x';</style>", "<style>@IMPORT url(x)</style>",
             "<style>p{background:\turl(\n'x')}</style>", "<style>@font-face{}</style>",
             "<p style=\"background:image-set('x' 1x)\"></p>"});
    }
    void styles_that_run_are_found_however_they_are_written() {
        assert_each_found("active_content",
                          {"<p style=\"width:expression(x)\"></p>", "<p style=\"behavior:x\"></p>",
                           "<p style=\"b:\\75 rl(x)\"></p>", "<p style=\"b:&unknown;\"></p>",
                           "<style>p { -moz-binding: x }</style>", "<style>a{b:\\61}</style>"});
    }
    void other_links_are_found() {
        assert_each_found("other_link",
                          {"<a href=\"https://elm.example\">x</a>", "<a href=\"http:x\">x</a>",
                           "<a href='//elm.example'>x</a>", "<a href=\"#top\">x</a>",
                           "<a href=\"x[[link]]\">x</a>", "<a href=\"[[link]]#x\">x</a>",
                           "<a href=\" [[link]]\">x</a>", "<a href=\"\">x</a>", "<a href>x</a>",
                           "<p href=\"tel:1\">x</p>", "<p title=\"https://x\"></p>",
                           "<a href=\"tel&#x3A;//x\">x</a>", "<a href=\"mail\nto:x\">x</a>",
                           "<a href=\"mailto:a b\">x</a>", "https://elm.example",
                           "hTTp&#58;&#47;/elm.example", "Www.elm.example"});
    }
    void addresses_that_run_are_found_however_they_are_written() {
        assert_each_found(
            "active_content",
            {"<a href=\"javascript:x\">x</a>", "<a href=\" jAvA\tscRipt:x\">x</a>",
             "<a href=\"java&#10;script&colon;x\">x</a>", "<a href='&#x6a;avascript:x'>x</a>",
             "<a href=\"data:text/html,x\">x</a>", "<a href=\"vbscript:x\">x</a>",
             "<p title=\"javascript:x\"></p>", "<td bgcolor=\" DATA:x\"></td>"});
    }
    void variables_inside_tags_are_found() {
        assert_each_found(
            "variable_in_tag",
            {"<p title=\"[[first_name]]\"></p>", "<p id='x[[practice_name]]'></p>",
             "<p style=\"color:[[first_name]]\"></p>", "<style>[[username]]</style>",
             "<a href=\"mailto:[[first_name]]\">x</a>", "<p title=\"[[link]]\"></p>",
             "<a href=\"tel:[[first_name]]\">x</a>", "<a href=\"tel:0[[practice_phone]]\">x</a>"});
    }
    void unclear_tags_are_found() {
        assert_each_found("unclear_tag",
                          {"a < b", "<!-- x --&gt;", "<![endif]", "<?x", "<p", "<[[first_name]]",
                           "<a href=[[link]]", "<p id=\"x\"id=\"y\"", "<!DOCTYPE x"});
    }
    void tags_left_open_are_found_where_they_were_opened() {
        CPPUNIT_ASSERT_EQUAL(std::string{"html:4 open_tag\nhtml:5 open_tag\n"},
                             found_behind_html("<div>\n<b>x"));
    }
    void tags_that_close_something_else_are_found() {
        CPPUNIT_ASSERT_EQUAL(std::string{"html:5 unbalanced_tag\n"}, found_behind_html("\n</div>"));
        CPPUNIT_ASSERT_EQUAL(std::string{"html:4 unbalanced_tag\nhtml:4 unbalanced_tag\n"},
                             found_behind_html("<i><b>x</i></b>"));
    }
    void line_with_the_username_must_close_what_it_opens() {
        assert_allowed({"<p>[[username]]</p>", "[[username]]<br>", "<p>\n<b>[[username]]</b>\n</p>",
                        "<b>x</b><i>[[username]]</i>"});
        assert_each_found("username_line", {"<p>[[username]]\n</p>", "[[username]]<b>x\n</b>",
                                            "[[username]]<b\n>x</b>"});
        CPPUNIT_ASSERT_EQUAL(std::string{"html:5 username_line\n"},
                             found_behind_html("<p>\n[[username]]</p><p>\n</p>"));
    }
    void text_about_dangerous_things_is_not_dangerous() {
        assert_allowed({"Your data: safe. javascript: no. src= url(x) onclick=",
                        "&lt;script src=x&gt;", "<p title=\"the onclick of data:\"></p>"});
    }
    void link_in_a_place_where_nobody_can_click_is_none() {
        for (const auto* hidden : {"<title><a href=\"[[link]]\">x</a></title>", "[[link]]"})
            CPPUNIT_ASSERT_EQUAL(std::string{"html:1 no_link\n"},
                                 found_in_html("[[expires]]" + std::string{hidden}));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(HtmlLinterTest);
