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
    CPPUNIT_TEST(csv_is_a_line_a_patient_with_every_column);
    CPPUNIT_TEST(csv_of_nobody_is_its_head_alone);
    CPPUNIT_TEST(csv_shows_formulas_and_runs_none);
    CPPUNIT_TEST(csv_shows_formulas_behind_blanks_and_in_wide_letters_too);
    CPPUNIT_TEST(csv_quotes_commas_quotes_and_line_ends);
    CPPUNIT_TEST(csv_keeps_plain_names_plain);
    CPPUNIT_TEST(json_is_read_by_a_parser_and_has_every_row);
    CPPUNIT_TEST(json_of_nobody_is_an_empty_list);
    CPPUNIT_TEST(html_counts_agree_with_its_rows);
    CPPUNIT_TEST(every_format_has_every_row);
    CPPUNIT_TEST(columns_are_those_that_are_asked);
    CPPUNIT_TEST(document_has_the_rows_of_its_query_in_their_order);
    CPPUNIT_TEST(long_document_comes_in_pieces_that_end_with_a_row);
    CPPUNIT_TEST(limit_ends_it_after_so_many_rows);
    CPPUNIT_TEST(cursor_begins_it_behind_an_earlier_page);
    CPPUNIT_TEST(cursor_that_goes_back_ends_it_before_a_later_page);
    CPPUNIT_TEST(cursor_of_another_query_is_refused_and_nothing_recorded);
    CPPUNIT_TEST(writing_ends_when_the_taker_says_so);
    CPPUNIT_TEST(taker_may_use_the_store);
    CPPUNIT_TEST(who_takes_the_list_out_is_recorded_before_the_first_piece);
    CPPUNIT_TEST(how_many_rows_went_is_recorded_at_the_end);
    CPPUNIT_TEST(who_had_enough_is_recorded_with_the_rows_that_went);
    CPPUNIT_TEST(taker_that_fails_is_recorded_with_the_rows_that_went);
    CPPUNIT_TEST_SUITE_END();

    TempStore store_{};
    Practice practice_ = elm_practice();

    using Take = std::function<bool(std::string_view)>;
    Result<ReportWritten> write_to(const Take& take, const ReportDocument& document = {},
                                   const ReportQuery& query = {}) {
        return write_report(store_, practice_, query, document, take, nurse, noon);
    }
    std::string write(const ReportDocument& document, const ReportQuery& query = {}) {
        std::string text;
        CPPUNIT_ASSERT(write_to(
            [&](std::string_view piece) {
                text += piece;
                return true;
            },
            document, query));
        return text;
    }
    std::string write(ReportFormat format, const ReportQuery& query = {}) {
        return write(ReportDocument{format, {}, {}, 0}, query);
    }
    /// The record, an entry a line.
    std::string recorded() {
        std::string all;
        for (const auto& entry : store_.ask([](Connection& c) { return read_audit(c, 0, "", 9); }))
            all += entry.action + " " + entry.actor.id + " " + entry.outcome + " " + entry.detail +
                   "\n";
        return all;
    }
    std::string csv_with_last_name(const std::string& last_name) {
        auto patient = anna();
        patient.last_name = last_name;
        patient.first_name.clear();
        store_.add(patient);
        return write(ReportFormat::Csv);
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
        for (const std::string name : {"=1+1", "+1", "-1", "@SUM(A1)"})
            CPPUNIT_ASSERT_MESSAGE(name, holds(csv_with_last_name(name), "'" + name));
    }

    void csv_shows_formulas_behind_blanks_and_in_wide_letters_too() {
        for (const std::string name : {" =1+1", "  @SUM(A1)", "＝1+1", "＋1", "－1", "＠SUM(A1)"})
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

    void html_counts_agree_with_its_rows() {
        add_crowd(store_, 60);
        const auto html = write(ReportFormat::Html);
        const auto patients = count(store_, {}, noon).patients;
        CPPUNIT_ASSERT(holds(html, ">" + std::to_string(patients) + " patients. "));
        CPPUNIT_ASSERT(holds(html, ">" + std::to_string(patients) + " patients are listed."));
        CPPUNIT_ASSERT_EQUAL(static_cast<std::size_t>(patients), count_of(html, "<tr><td>C1"));
    }

    void every_format_has_every_row() {
        add_crowd(store_, 1'500);  // More than one page.
        const auto patients = static_cast<std::size_t>(count(store_, {}, noon).patients);
        CPPUNIT_ASSERT_EQUAL(patients + 1, count_of(write(ReportFormat::Csv), "\r\n"));
        CPPUNIT_ASSERT_EQUAL(patients + 1, count_of(write(ReportFormat::CsvRaw), "\r\n"));
        CPPUNIT_ASSERT_EQUAL(patients + 1, count_of(write(ReportFormat::Tsv), "\n"));
        CPPUNIT_ASSERT_EQUAL(patients + 1, count_of(write(ReportFormat::TsvRaw), "\n"));
        CPPUNIT_ASSERT_EQUAL(patients, count_of(write(ReportFormat::JsonLines), "\n"));
        CPPUNIT_ASSERT_EQUAL(patients, count_of(write(ReportFormat::Json), "\"patient_id\""));
    }

    void columns_are_those_that_are_asked() {
        store_.add(anna());
        CPPUNIT_ASSERT_EQUAL(
            std::string{"tags,chart_status\r\n\"diabetes; recall\",Active\r\n"},
            write({ReportFormat::CsvRaw, {ReportColumn::Tags, ReportColumn::ChartStatus}, {}, 0}));
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

    void long_document_comes_in_pieces_that_end_with_a_row() {
        add_crowd(store_, 1'200);
        std::size_t pieces = 0;
        std::size_t longest = 0;
        bool whole = true;
        const auto written = write_to([&](std::string_view piece) {
            ++pieces;
            longest = std::max(longest, piece.size());
            whole = whole && piece.substr(piece.size() - 2) == "\r\n";
            return true;
        });
        CPPUNIT_ASSERT_EQUAL(static_cast<std::uint64_t>(count(store_, {}, noon).patients),
                             written->rows);
        CPPUNIT_ASSERT(pieces > 1 && whole && !written->stopped);
        CPPUNIT_ASSERT(longest < 66 * 1024);
    }

    void limit_ends_it_after_so_many_rows() {
        add_crowd(store_, 1'200);
        for (const std::uint64_t limit : {1, 7, 1'000, 1'001})
            CPPUNIT_ASSERT_EQUAL(static_cast<std::size_t>(limit),
                                 count_of(write({ReportFormat::JsonLines, {}, {}, limit}), "\n"));
    }

    void cursor_begins_it_behind_an_earlier_page() {
        add_crowd(store_, 60);
        const auto all = write(ReportFormat::JsonLines);
        const auto page = read_page(store_, {}, {}, 20, noon);
        const auto first = write({ReportFormat::JsonLines, {}, {}, 20});
        CPPUNIT_ASSERT_EQUAL(all,
                             first + write({ReportFormat::JsonLines, {}, page->next_cursor, 0}));
    }

    void cursor_that_goes_back_ends_it_before_a_later_page() {
        add_crowd(store_, 1'200);
        const auto page = read_page(store_, {}, {}, 1'100, noon);
        const auto later = read_page(store_, {}, page->next_cursor, 1, noon);
        CPPUNIT_ASSERT_EQUAL(write({ReportFormat::JsonLines, {}, {}, 1'100}),
                             write({ReportFormat::JsonLines, {}, later->previous_cursor, 0}));
    }

    void cursor_of_another_query_is_refused_and_nothing_recorded() {
        add_crowd(store_, 60);
        const auto page = read_page(store_, {}, {}, 20, noon);
        ReportQuery other;
        other.descending = true;
        const auto written = write_to([](std::string_view) { return true; },
                                      {ReportFormat::Csv, {}, page->next_cursor, 0}, other);
        CPPUNIT_ASSERT_EQUAL(Refusal::StaleCursor, written.refusal().reason);
        CPPUNIT_ASSERT_EQUAL(std::string{}, recorded());
    }

    void writing_ends_when_the_taker_says_so() {
        add_crowd(store_, 1'200);
        int pieces = 0;
        const auto written = write_to([&](std::string_view) { return ++pieces < 2; },
                                      {ReportFormat::Json, {}, {}, 0});
        CPPUNIT_ASSERT_EQUAL(2, pieces);
        CPPUNIT_ASSERT(written->stopped && written->rows > 0 && written->rows < 1'000);
    }

    void taker_may_use_the_store() {
        add_crowd(store_, 1'200);
        const auto written = write_to([&](std::string_view) {
            store_.add(anna("C1000"));
            return true;
        });
        CPPUNIT_ASSERT(written->rows > 1'000);
    }

    void who_takes_the_list_out_is_recorded_before_the_first_piece() {
        store_.add(anna());
        std::string before;
        static_cast<void>(write_to([&](std::string_view) {
            before = recorded();
            return true;
        }));
        CPPUNIT_ASSERT_EQUAL(std::string{"report_written nurse-1 begun format=csv\n"}, before);
    }

    void how_many_rows_went_is_recorded_at_the_end() {
        store_.add(anna());
        static_cast<void>(write(ReportFormat::Html));
        CPPUNIT_ASSERT_EQUAL(std::string{"report_written nurse-1 begun format=html\n"
                                         "report_written nurse-1 done format=html rows=1\n"},
                             recorded());
    }

    void who_had_enough_is_recorded_with_the_rows_that_went() {
        add_crowd(store_, 1'200);
        std::size_t rows = 0;
        static_cast<void>(write_to([&](std::string_view piece) {
            rows = count_of(std::string{piece}, "\r\n") - 1;  // Without the head.
            return false;
        }));
        CPPUNIT_ASSERT(
            holds(recorded(), " stopped format=csv rows=" + std::to_string(rows) + "\n"));
    }

    void taker_that_fails_is_recorded_with_the_rows_that_went() {
        store_.add(anna());
        CPPUNIT_ASSERT_THROW(static_cast<void>(write_to([](std::string_view) -> bool {
                                 throw std::runtime_error{"no space"};
                             })),
                             std::runtime_error);
        CPPUNIT_ASSERT(holds(recorded(), " failed format=csv rows=1\n"));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(ReportDocumentTest);
