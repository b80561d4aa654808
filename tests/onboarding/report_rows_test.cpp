// SPDX-License-Identifier: Apache-2.0
#include "onboarding/report_rows.hpp"

#include "support/prints.hpp"
#include "support/temp_store.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <rapidjson/document.h>

using namespace ppo;

class ReportRowsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ReportRowsTest);
    CPPUNIT_TEST(every_format_is_found_by_its_name);
    CPPUNIT_TEST(csv_has_a_mark_labels_and_apostrophes);
    CPPUNIT_TEST(raw_csv_has_ids_and_cells_as_they_are);
    CPPUNIT_TEST(tsv_is_a_line_a_row_whatever_is_in_it);
    CPPUNIT_TEST(raw_tsv_has_no_apostrophes);
    CPPUNIT_TEST(json_lines_are_an_object_a_line);
    CPPUNIT_TEST(json_has_lists_for_marks_and_tags_and_null_for_never);
    CPPUNIT_TEST(json_is_one_list);
    CPPUNIT_TEST(json_of_nobody_is_an_empty_list);
    CPPUNIT_TEST_SUITE_END();

public:
    void setUp() override {
        row_.patient_id = "P001";
        row_.last_name = "=1\t2";
        row_.status = PortalStatus::Invited;
    }

    void every_format_is_found_by_its_name() {
        for (const auto* name : {"csv", "csv-raw", "tsv", "tsv-raw", "jsonl", "json", "html"})
            CPPUNIT_ASSERT_EQUAL(std::string{name}, std::string{name_of(*report_format(name))});
        CPPUNIT_ASSERT(!report_format("CSV") && !report_format("") && !report_format("html-raw"));
    }

    void csv_has_a_mark_labels_and_apostrophes() {
        CPPUNIT_ASSERT_EQUAL(
            std::string{"\xEF\xBB\xBFPatient,Name\r\nP001,\"'=1\t2\"\r\n"},
            written(ReportFormat::Csv, {ReportColumn::PatientId, ReportColumn::Name}));
    }

    void raw_csv_has_ids_and_cells_as_they_are() {
        CPPUNIT_ASSERT_EQUAL(
            std::string{"patient_id,name\r\nP001,\"=1\t2\"\r\n"},
            written(ReportFormat::CsvRaw, {ReportColumn::PatientId, ReportColumn::Name}));
    }

    void tsv_is_a_line_a_row_whatever_is_in_it() {
        CPPUNIT_ASSERT_EQUAL(
            std::string{"Patient\tName\nP001\t'=1\\t2\n"},
            written(ReportFormat::Tsv, {ReportColumn::PatientId, ReportColumn::Name}));
    }

    void raw_tsv_has_no_apostrophes() {
        CPPUNIT_ASSERT_EQUAL(
            std::string{"name\tlast_invited\n=1\\t2\t\n"},
            written(ReportFormat::TsvRaw, {ReportColumn::Name, ReportColumn::LastInvited}));
    }

    void json_lines_are_an_object_a_line() {
        CPPUNIT_ASSERT_EQUAL(
            std::string{"{\"patient_id\":\"P001\",\"name\":\"=1\\t2\"}\n"},
            written(ReportFormat::JsonLines, {ReportColumn::PatientId, ReportColumn::Name}));
    }

    void json_has_lists_for_marks_and_tags_and_null_for_never() {
        row_.marks = Marks{0x41};
        row_.tags = "recall; vip";
        row_.last_signed_in_at = noon;
        CPPUNIT_ASSERT_EQUAL(
            std::string{"{\"marks\":[\"no e-mail\",\"queued\"],\"tags\":[\"recall\",\"vip\"],"
                        "\"last_invited\":null,\"last_signed_in\":\"2026-11-20T12:00:00Z\"}\n"},
            written(ReportFormat::JsonLines,
                    {ReportColumn::Marks, ReportColumn::Tags, ReportColumn::LastInvited,
                     ReportColumn::LastSignedIn}));
    }

    void json_is_one_list() {
        ReportRows rows{ReportFormat::Json, listed_by_default()};
        std::string text;
        rows.add_head(text);
        for (int i = 0; i < 3; ++i) rows.add(text, row_);
        rows.add_end(text);
        rapidjson::Document document;
        document.Parse(text.c_str());
        CPPUNIT_ASSERT(!document.HasParseError() && document.IsArray());
        CPPUNIT_ASSERT_EQUAL(rapidjson::SizeType{3}, document.Size());
    }

    void json_of_nobody_is_an_empty_list() {
        const ReportRows rows{ReportFormat::Json, listed_by_default()};
        std::string text;
        rows.add_head(text);
        rows.add_end(text);
        CPPUNIT_ASSERT_EQUAL(std::string{"[\n]\n"}, text);
    }

private:
    std::string written(ReportFormat format, std::vector<ReportColumn> columns) {
        ReportRows rows{format, std::move(columns)};
        std::string text;
        rows.add_head(text);
        rows.add(text, row_);
        rows.add_end(text);
        return text;
    }

    ReportRow row_{};
};
CPPUNIT_TEST_SUITE_REGISTRATION(ReportRowsTest);
