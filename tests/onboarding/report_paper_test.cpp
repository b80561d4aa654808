// SPDX-License-Identifier: Apache-2.0
#include "onboarding/report_paper.hpp"

#include "support/prints.hpp"
#include "support/temp_store.hpp"

#include <cppunit/extensions/HelperMacros.h>

using namespace ppo;

class ReportPaperTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ReportPaperTest);
    CPPUNIT_TEST(head_names_practice_and_time);
    CPPUNIT_TEST(totals_are_by_status_funnel_and_mark);
    CPPUNIT_TEST(runs_nothing_from_a_chart_or_a_setting);
    CPPUNIT_TEST(its_table_has_a_head_for_every_sheet_and_cuts_no_row);
    CPPUNIT_TEST(many_columns_lie_on_the_sheet_and_few_stand);
    CPPUNIT_TEST(end_says_how_many_are_listed);
    CPPUNIT_TEST_SUITE_END();

public:
    void setUp() override {
        practice_ = elm_practice();
        counts_.patients = 7;
        counts_.by_status[1] = 4;
        counts_.by_status[4] = 3;
        counts_.set_up = 5;
        counts_.by_mark[0] = 2;
    }

    void head_names_practice_and_time() {
        practice_.time_zone = "America/Chicago";
        CPPUNIT_ASSERT(holds(head(), practice_.name));
        CPPUNIT_ASSERT(holds(head(), "Friday, November 20, 2026 at 6:00 AM CST"));
    }

    void totals_are_by_status_funnel_and_mark() {
        for (const auto* total :
             {"Not enabled</th><td class=\"n\">4<", "Signed in</th><td class=\"n\">3<",
              "Set up</th><td class=\"n\">5<", "no e-mail</th><td class=\"n\">2<"})
            CPPUNIT_ASSERT_MESSAGE(total, holds(head(), total));
        CPPUNIT_ASSERT(!holds(head(), "bounced"));
    }

    void runs_nothing_from_a_chart_or_a_setting() {
        practice_.name = "Elm & <b>Oak</b>";
        ReportRow row;
        row.last_name = "<script>alert(\"1\")</script>&amp;";
        const auto all = head() + written(row);
        CPPUNIT_ASSERT(!holds(all, "<script") && !holds(all, "<b>"));
        CPPUNIT_ASSERT(holds(all, "&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;amp;"));
    }

    void its_table_has_a_head_for_every_sheet_and_cuts_no_row() {
        CPPUNIT_ASSERT(holds(head(), "thead{display:table-header-group}"));
        CPPUNIT_ASSERT(holds(head(), "tr{break-inside:avoid"));
    }

    void many_columns_lie_on_the_sheet_and_few_stand() {
        CPPUNIT_ASSERT(holds(head(), "@page{size:landscape;"));
        columns_ = {ReportColumn::Name, ReportColumn::Status};
        CPPUNIT_ASSERT(holds(head(), "@page{size:portrait;"));
    }

    void end_says_how_many_are_listed() {
        std::string one;
        ReportPaper::add_end(one, 1);
        CPPUNIT_ASSERT(holds(one, "1 patient is listed."));
    }

private:
    static bool holds(const std::string& text, const std::string& part) {
        return text.find(part) != std::string::npos;
    }
    std::string head() {
        std::string text;
        ReportPaper{columns_}.add_head(text, practice_, counts_, noon);
        return text;
    }
    std::string written(const ReportRow& row) {
        std::string text;
        ReportPaper{columns_}.add(text, row);
        return text;
    }

    Practice practice_{};
    ReportCounts counts_{};
    std::vector<ReportColumn> columns_ = listed_by_default();
};
CPPUNIT_TEST_SUITE_REGISTRATION(ReportPaperTest);
