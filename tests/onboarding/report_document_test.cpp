// SPDX-License-Identifier: Apache-2.0
#include "onboarding/report_document.hpp"

#include "onboarding/report.hpp"
#include "store/account_table.hpp"
#include "store/audit_table.hpp"
#include "support/crowd.hpp"
#include "support/prints.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <rapidjson/document.h>

using namespace ppo;

namespace {
bool holds(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

std::size_t count_of(const std::string& text, const std::string& part) {
    std::size_t found = 0;
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++found;
    return found;
}
}  // namespace

class ReportDocumentTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ReportDocumentTest);
    CPPUNIT_TEST(formats_have_names);
    CPPUNIT_TEST(csv_is_a_line_a_patient_with_every_column);
    CPPUNIT_TEST(csv_of_nobody_is_its_head_alone);
    CPPUNIT_TEST(csv_shows_formulas_and_runs_none);
    CPPUNIT_TEST(csv_shows_formulas_behind_blanks_and_in_wide_letters_too);
    CPPUNIT_TEST(csv_quotes_commas_quotes_and_line_ends);
    CPPUNIT_TEST(csv_keeps_plain_names_plain);
    CPPUNIT_TEST(json_is_read_by_a_parser_and_has_every_row);
    CPPUNIT_TEST(json_of_nobody_is_an_empty_list);
    CPPUNIT_TEST(html_runs_nothing_from_a_chart);
    CPPUNIT_TEST(html_counts_agree_with_its_rows);
    CPPUNIT_TEST(document_has_the_rows_of_its_query_in_their_order);
    CPPUNIT_TEST(long_document_comes_in_pieces);
    CPPUNIT_TEST(writing_ends_when_the_taker_says_so);
    CPPUNIT_TEST(taker_may_use_the_store);
    CPPUNIT_TEST(who_took_the_list_out_is_recorded_before_the_first_piece);
    CPPUNIT_TEST_SUITE_END();

    TempStore store_{};
    Practice practice_ = elm_practice();

    std::string write(ReportFormat format, const ReportQuery& query = {}) {
        std::string text;
        static_cast<void>(write_report(
            store_, practice_, query, format,
            [&](std::string_view piece) {
                text += piece;
                return true;
            },
            nurse, noon));
        return text;
    }
    std::string csv_with_last_name(const std::string& last_name) {
        auto patient = anna();
        patient.last_name = last_name;
        patient.first_name.clear();
        store_.add(patient);
        return write(ReportFormat::Csv);
    }

    void formats_have_names() {
        CPPUNIT_ASSERT(report_format("csv") == ReportFormat::Csv);
        CPPUNIT_ASSERT(report_format("json") == ReportFormat::Json);
        CPPUNIT_ASSERT(report_format("html") == ReportFormat::Html);
        CPPUNIT_ASSERT(!report_format("CSV") && !report_format("") && !report_format("pdf"));
    }

    void csv_is_a_line_a_patient_with_every_column() {
        store_.add(anna());
        store_.set_up("P001", "anna.w");
        store_.change("P001", [](Transaction& t) { put_invited(t, "P001", noon); });
        CPPUNIT_ASSERT_EQUAL(
            std::string{
                "\xEF\xBB\xBFPatient,Portal status,Name,E-mail,Username,Marks,Last invited,"
                "Last sign-in,Provider,Next appointment\r\n"
                "P001,Invited,\"Winter, Anna\",anna@example.org,anna.w,,2026-11-20T12:00:00Z,,"
                "Dr. Reed,2026-11-30T12:00:00Z\r\n"},
            write(ReportFormat::Csv));
    }

    void csv_of_nobody_is_its_head_alone() {
        const auto csv = write(ReportFormat::Csv);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, count_of(csv, "\r\n"));
    }

    void csv_shows_formulas_and_runs_none() {
        for (const std::string name : {"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"})
            CPPUNIT_ASSERT_MESSAGE(name, holds(csv_with_last_name(name), "'" + name));
    }

    void csv_shows_formulas_behind_blanks_and_in_wide_letters_too() {
        for (const std::string name :
             {" =1+1", "  @SUM(A1)", "\n=1", "＝1+1", "＋1", "－1", "＠SUM(A1)"})
            CPPUNIT_ASSERT_MESSAGE(name, holds(csv_with_last_name(name), "'" + name));
    }

    void csv_quotes_commas_quotes_and_line_ends() {
        CPPUNIT_ASSERT(holds(csv_with_last_name("A,B"), ",\"A,B\","));
        CPPUNIT_ASSERT(holds(csv_with_last_name("A \"B\""), ",\"A \"\"B\"\"\","));
        CPPUNIT_ASSERT(holds(csv_with_last_name("A\r\nB"), ",\"A\r\nB\","));
        CPPUNIT_ASSERT(holds(csv_with_last_name("A;B"), ",\"A;B\","));
        CPPUNIT_ASSERT(holds(csv_with_last_name("=\"A\""), ",\"'=\"\"A\"\"\","));
    }

    void csv_keeps_plain_names_plain() {
        for (const std::string name : {"O'Brien", "Núñez-Gómez", "Müller"})
            CPPUNIT_ASSERT_MESSAGE(name, holds(csv_with_last_name(name), "," + name + ","));
    }

    void json_is_read_by_a_parser_and_has_every_row() {
        add_crowd(store_, 30);
        auto odd = anna("P\"\\<1");
        odd.last_name = "Núñez\n\"quoted\"";
        store_.add(odd);
        rapidjson::Document document;
        document.Parse(write(ReportFormat::Json).c_str());
        CPPUNIT_ASSERT(!document.HasParseError() && document.IsArray());
        CPPUNIT_ASSERT_EQUAL(count(store_, {}, noon).patients, std::int64_t{document.Size()});
        bool found = false;
        for (const auto& row : document.GetArray())
            if (odd.id == row["patient_id"].GetString())
                found = std::string{row["name"].GetString()} == odd.last_name + ", Anna";
        CPPUNIT_ASSERT(found);
    }

    void json_of_nobody_is_an_empty_list() {
        rapidjson::Document document;
        document.Parse(write(ReportFormat::Json).c_str());
        CPPUNIT_ASSERT(!document.HasParseError() && document.IsArray() && document.Empty());
    }

    void html_runs_nothing_from_a_chart() {
        auto patient = anna();
        patient.last_name = "<script>alert(\"1\")</script>&amp;";
        store_.add(patient);
        practice_.name = "Elm & <b>Oak</b>";
        const auto html = write(ReportFormat::Html);
        CPPUNIT_ASSERT(!holds(html, "<script") && !holds(html, "<b>"));
        CPPUNIT_ASSERT(holds(html, "&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;amp;"));
    }

    void html_counts_agree_with_its_rows() {
        add_crowd(store_, 60);
        const auto html = write(ReportFormat::Html);
        const auto patients = count(store_, {}, noon).patients;
        CPPUNIT_ASSERT(holds(html, ">" + std::to_string(patients) + " patients;"));
        CPPUNIT_ASSERT_EQUAL(static_cast<std::size_t>(patients) + 1, count_of(html, "<tr>"));
    }

    void document_has_the_rows_of_its_query_in_their_order() {
        store_.add(anna("P1"));
        store_.add(bruno("P2"));
        store_.add(bruno("P3"), false);
        ReportQuery query;
        query.descending = true;
        query.statuses = {PortalStatus::NotInvited};
        const auto csv = write(ReportFormat::Csv, query);
        CPPUNIT_ASSERT(csv.find("\nP1,") < csv.find("\nP2,"));
        CPPUNIT_ASSERT(holds(csv, "\nP2,") && !holds(csv, "\nP3,"));
    }

    void long_document_comes_in_pieces() {
        add_crowd(store_, 500);
        std::size_t pieces = 0;
        const auto written = write_report(
            store_, practice_, {}, ReportFormat::Csv,
            [&](std::string_view) {
                ++pieces;
                return true;
            },
            nurse, noon);
        CPPUNIT_ASSERT_EQUAL(static_cast<std::uint64_t>(count(store_, {}, noon).patients), written);
        CPPUNIT_ASSERT(pieces > 2);
    }

    void writing_ends_when_the_taker_says_so() {
        add_crowd(store_, 500);
        int pieces = 0;
        const auto written = write_report(
            store_, practice_, {}, ReportFormat::Json,
            [&](std::string_view) { return ++pieces < 2; }, nurse, noon);
        CPPUNIT_ASSERT_EQUAL(2, pieces);
        CPPUNIT_ASSERT(written < 500);
    }

    void taker_may_use_the_store() {
        add_crowd(store_, 300);
        const auto written = write_report(
            store_, practice_, {}, ReportFormat::Csv,
            [&](std::string_view) {
                store_.add(anna("C1000"));
                return true;
            },
            nurse, noon);
        CPPUNIT_ASSERT(written > 200);
    }

    void who_took_the_list_out_is_recorded_before_the_first_piece() {
        store_.add(anna());
        std::size_t recorded = 0;
        static_cast<void>(write_report(
            store_, practice_, {}, ReportFormat::Csv,
            [&](std::string_view) {
                recorded = store_.ask([](Connection& c) { return read_audit(c, 0, "", 9); }).size();
                return false;
            },
            nurse, noon));
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, recorded);
        const auto entry = store_.ask(
            [](Connection& c) { return read_audit(c, 0, "", 9).front(); });
        CPPUNIT_ASSERT_EQUAL(std::string{"report_written nurse-1 1"},
                             entry.action + " " + entry.actor.id + " " + entry.detail);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(ReportDocumentTest);
