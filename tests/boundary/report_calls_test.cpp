// SPDX-License-Identifier: Apache-2.0
#include "boundary/tables.hpp"
#include "support/live_plugin.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <optional>

using namespace ppo;

class ReportCallsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ReportCallsTest);
    CPPUNIT_TEST(read_gives_the_default_columns_by_name);
    CPPUNIT_TEST(read_gives_the_columns_that_are_asked);
    CPPUNIT_TEST(read_gives_numbers_beside_words);
    CPPUNIT_TEST(read_filters_and_sorts);
    CPPUNIT_TEST(read_says_so_when_nothing_matches);
    CPPUNIT_TEST(read_crosses_batches_without_gap_or_double);
    CPPUNIT_TEST(read_pages_forth_and_back);
    CPPUNIT_TEST(read_goes_back_farther_than_a_batch);
    CPPUNIT_TEST(read_refuses_a_cursor_of_another_query);
    CPPUNIT_TEST(read_stops_when_told);
    CPPUNIT_TEST(read_takes_a_failing_sink_for_a_fault);
    CPPUNIT_TEST(read_holds_no_lock_while_the_sink_runs);
    CPPUNIT_TEST(queries_are_checked);
    CPPUNIT_TEST(count_agrees_with_read);
    CPPUNIT_TEST(count_tells_the_funnel);
    CPPUNIT_TEST(count_writes_as_much_as_the_struct_holds);
    CPPUNIT_TEST(write_makes_a_csv_that_spreadsheets_do_not_run);
    CPPUNIT_TEST(write_makes_json_and_html);
    CPPUNIT_TEST(write_has_the_columns_that_are_asked);
    CPPUNIT_TEST(write_keeps_to_cursor_and_limit);
    CPPUNIT_TEST(write_refuses_a_cursor_of_another_query);
    CPPUNIT_TEST(write_stops_when_told);
    CPPUNIT_TEST(write_knows_no_other_format);
    CPPUNIT_TEST(write_records_who_took_the_list);
    CPPUNIT_TEST_SUITE_END();

public:
    void setUp() override { live_.emplace(); }

    void tearDown() override { live_.reset(); }

    void read_gives_the_default_columns_by_name() {
        CPPUNIT_ASSERT_EQUAL(
            std::string{"P002|Not enabled|Núñez-Gómez, Bruno|bruno@example.net||||;"
                        "P001|Not enabled|Winter, Anna|anna@example.org||||;"},
            read());
    }

    void read_gives_the_columns_that_are_asked() {
        use_columns({PPO_COLUMN_CHART_STATUS, PPO_COLUMN_TAGS, PPO_COLUMN_PROVIDER,
                     PPO_COLUMN_NEXT_APPOINTMENT});
        CPPUNIT_ASSERT_EQUAL(std::string{"Prospective|recall|Dr. Stone|;Active|diabetes; "
                                         "recall|Dr. Reed|2026-11-30T12:00:00Z;"},
                             without_milliseconds(read()));
    }

    void read_gives_numbers_beside_words() {
        static_cast<void>(live_->invited("P001"));
        query_.search = to_text("winter");
        use_columns({PPO_COLUMN_STATUS, PPO_COLUMN_LAST_INVITED, PPO_COLUMN_LAST_SIGNED_IN,
                     PPO_COLUMN_NAME});
        std::vector<std::int64_t> numbers;
        const RowsSink sink{[&](const ppo_rows& rows) {
            for (std::uint32_t i = 0; i < rows.column_count; ++i)
                numbers.push_back(rows.cells[i].number);
            return PPO_OK;
        }};
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, read_into(sink));
        const std::vector<std::int64_t> expected{PPO_STATUS_INVITED, to_milliseconds(noon),
                                                 PPO_TIME_NONE, 0};
        CPPUNIT_ASSERT(expected == numbers);
    }

    void read_filters_and_sorts() {
        live_->enable("P001");
        use_columns({PPO_COLUMN_PATIENT_ID});
        query_.statuses = 1U << PPO_STATUS_NOT_INVITED;
        CPPUNIT_ASSERT_EQUAL(std::string{"P001;"}, read());
        query_.statuses = 0;
        query_.access_enabled = PPO_NO;
        CPPUNIT_ASSERT_EQUAL(std::string{"P002;"}, read());
        query_.access_enabled = PPO_ANY;
        query_.search = to_text("NUNEZ");
        CPPUNIT_ASSERT_EQUAL(std::string{"P002;"}, read());
        query_.search = {};
        query_.tag = to_text("diabetes");
        CPPUNIT_ASSERT_EQUAL(std::string{"P001;"}, read());
        query_.tag = {};
        query_.provider = to_text("Dr. Stone");
        CPPUNIT_ASSERT_EQUAL(std::string{"P002;"}, read());
        query_.provider = {};
        query_.appointment_after = to_milliseconds(noon);
        CPPUNIT_ASSERT_EQUAL(std::string{"P001;"}, read());
        query_.appointment_after = 0;
        query_.descending = 1;
        CPPUNIT_ASSERT_EQUAL(std::string{"P001;P002;"}, read());
        query_.sort = PPO_SORT_STATUS;
        query_.descending = 0;
        CPPUNIT_ASSERT_EQUAL(std::string{"P002;P001;"}, read());
    }

    void read_says_so_when_nothing_matches() {
        query_.search = to_text("nobody at all");
        std::uint64_t rows_seen = 99;
        const RowsSink sink{[&](const ppo_rows& rows) {
            rows_seen = rows.row_count;
            return PPO_OK;
        }};
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, read_into(sink));
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{0}, rows_seen);
    }

    void read_crosses_batches_without_gap_or_double() {
        add_many(300);
        use_columns({PPO_COLUMN_PATIENT_ID});
        std::vector<std::string> ids;
        int batches = 0;
        const RowsSink sink{[&](const ppo_rows& rows) {
            ++batches;
            for (std::uint64_t i = 0; i < rows.row_count; ++i)
                ids.push_back(copy_of(rows.cells[i].text));
            return PPO_OK;
        }};
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, read_into(sink));
        std::sort(ids.begin(), ids.end());
        CPPUNIT_ASSERT(std::adjacent_find(ids.begin(), ids.end()) == ids.end());
        CPPUNIT_ASSERT_EQUAL(std::size_t{302}, ids.size());
        CPPUNIT_ASSERT_EQUAL(2, batches);
    }

    void read_pages_forth_and_back() {
        add_many(5);
        use_columns({PPO_COLUMN_PATIENT_ID});
        query_.limit = 3;
        const auto first = read();
        const auto next = next_;
        CPPUNIT_ASSERT(previous_.empty() && !next.empty());
        query_.cursor = to_text(next);
        const auto second = read();
        CPPUNIT_ASSERT(first != second);
        const auto back = previous_;
        query_.cursor = to_text(back);
        CPPUNIT_ASSERT_EQUAL(first, read());
    }

    void read_goes_back_farther_than_a_batch() {
        add_many(600);
        use_columns({PPO_COLUMN_PATIENT_ID});
        query_.limit = 257;
        const auto first = read();
        const auto next = next_;
        query_.cursor = to_text(next);
        query_.limit = 1;
        static_cast<void>(read());
        const auto previous = previous_;
        query_.cursor = to_text(previous);
        for (const std::uint64_t limit : {257, 258, 0}) {
            query_.limit = limit;
            CPPUNIT_ASSERT_EQUAL(first, read());
        }
    }

    void read_refuses_a_cursor_of_another_query() {
        query_.limit = 1;
        static_cast<void>(read());
        const auto cursor = next_;
        query_.cursor = to_text(cursor);
        query_.sort = PPO_SORT_STATUS;
        const RowsSink sink{[](const ppo_rows&) { return PPO_OK; }};
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_STALE_CURSOR}, read_into(sink));
        query_.cursor = to_text("garbage");
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_STALE_CURSOR}, read_into(sink));
    }

    void read_stops_when_told() {
        const RowsSink sink{[](const ppo_rows&) { return PPO_STOPPED; }};
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_STOPPED}, read_into(sink));
    }

    void read_takes_a_failing_sink_for_a_fault() {
        const RowsSink sink{[](const ppo_rows&) { return 0; }};
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_FAULT_HOST}, read_into(sink));
    }

    void read_holds_no_lock_while_the_sink_runs() {
        ppo_result inner = 0;
        const RowsSink sink{[&](const ppo_rows&) {
            inner = LivePlugin::onboarding().set_access(live_->self, &live_->caller,
                                                        to_text("P001"), 1, nullptr, nullptr);
            return PPO_OK;
        }};
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, read_into(sink));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, inner);
    }

    void queries_are_checked() {
        const auto refused = [this](ppo_result expected, const std::string& field) {
            const RowsSink sink{[](const ppo_rows&) { return PPO_OK; }};
            CPPUNIT_ASSERT_EQUAL(expected, read_into(sink));
            CPPUNIT_ASSERT_EQUAL(field, std::string{error_.field});
            query_ = fresh<ppo_report_query>();
        };
        query_.sort = 5;
        refused(PPO_MISUSE_VALUE, "sort");
        query_.access_enabled = 3;
        refused(PPO_MISUSE_VALUE, "access_enabled");
        query_.has_username = 3;
        refused(PPO_MISUSE_VALUE, "has_username");
        const std::string too_long(129, 'x');
        query_.search = to_text(too_long);
        refused(PPO_MISUSE_TEXT_TOO_LONG, "search");
        query_.column_count = 1;
        refused(PPO_MISUSE_NULL, "columns");
        use_columns({99});
        refused(PPO_MISUSE_UNKNOWN_ID, "columns");
        use_columns(std::vector<std::uint32_t>(33, PPO_COLUMN_NAME));
        refused(PPO_MISUSE_VALUE, "column_count");
        query_.struct_size = 4;
        refused(PPO_MISUSE_STRUCT_SIZE, "query");
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_MISUSE_NULL}, read_into(nullptr));
    }

    void count_agrees_with_read() {
        live_->enable("P001");
        const auto counts = count();
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{2}, counts.patients);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{1}, counts.by_status[PPO_STATUS_NOT_ENABLED]);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{1}, counts.by_status[PPO_STATUS_NOT_INVITED]);
        query_.search = to_text("anna");
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{1}, count().patients);
    }

    void count_tells_the_funnel() {
        live_->set_up("P001", "anna.w", "maple kettle orbit");
        live_->enable("P002");
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, live_->sign_in("anna.w", "maple kettle orbit"));
        const auto counts = count();
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{2}, counts.enabled);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{1}, counts.invited);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{1}, counts.set_up);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{1}, counts.signed_in);
    }

    void count_writes_as_much_as_the_struct_holds() {
        ppo_report_counts counts{};
        counts.struct_size = offsetof(ppo_report_counts, by_status);
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, count_into(&counts));
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{2}, counts.patients);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{0}, counts.by_status[PPO_STATUS_NOT_ENABLED]);
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_MISUSE_NULL}, count_into(nullptr));
        counts.struct_size = 4;
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_MISUSE_STRUCT_SIZE}, count_into(&counts));
    }

    void write_makes_a_csv_that_spreadsheets_do_not_run() {
        live_->host.patients.at(0).last_name = "=cmd()";
        live_->restart();
        const auto csv = written("csv");
        CPPUNIT_ASSERT_EQUAL(std::string{"\xEF\xBB\xBF"}, csv.substr(0, 3));
        CPPUNIT_ASSERT(csv.find("'=cmd()") != std::string::npos);
        CPPUNIT_ASSERT(csv.find(",=cmd()") == std::string::npos &&
                       csv.find("\"=cmd()") == std::string::npos);
    }

    void write_makes_json_and_html() {
        CPPUNIT_ASSERT_EQUAL('[', written("json").front());
        CPPUNIT_ASSERT(written("html").find("<table") != std::string::npos);
    }

    void write_has_the_columns_that_are_asked() {
        use_columns({PPO_COLUMN_TAGS, PPO_COLUMN_CHART_STATUS});
        CPPUNIT_ASSERT_EQUAL(
            std::string{"tags\tchart_status\nrecall\tProspective\ndiabetes; recall\tActive\n"},
            written("tsv-raw"));
        use_columns({99});
        TextSink text;
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_MISUSE_UNKNOWN_ID}, write_into("csv", text));
    }

    void write_keeps_to_cursor_and_limit() {
        use_columns({PPO_COLUMN_PATIENT_ID});
        query_.limit = 1;
        static_cast<void>(read());
        CPPUNIT_ASSERT_EQUAL(std::string{"patient_id\r\nP002\r\n"}, written("csv-raw"));
        const auto next = next_;
        query_.cursor = to_text(next);
        CPPUNIT_ASSERT_EQUAL(std::string{"patient_id\r\nP001\r\n"}, written("csv-raw"));
    }

    void write_refuses_a_cursor_of_another_query() {
        query_.cursor = to_text("garbage");
        TextSink text;
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_STALE_CURSOR}, write_into("csv", text));
        CPPUNIT_ASSERT_EQUAL(0, text.pieces);
    }

    void write_stops_when_told() {
        TextSink stopping{PPO_STOPPED};
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_STOPPED}, write_into("csv", stopping));
        CPPUNIT_ASSERT_EQUAL(1, stopping.pieces);
        TextSink failing{0};
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_FAULT_HOST}, write_into("csv", failing));
    }

    void write_knows_no_other_format() {
        TextSink text;
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_MISUSE_UNKNOWN_ID}, write_into("xls", text));
        CPPUNIT_ASSERT_EQUAL(std::string{"format"}, std::string{error_.field});
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_MISUSE_TEXT_EMPTY}, write_into("", text));
        CPPUNIT_ASSERT_EQUAL(0, text.pieces);
    }

    void write_records_who_took_the_list() {
        static_cast<void>(written("csv"));
        std::string last;
        const AuditSink sink{[&](const ppo_audit_entry& entry) {
            last = copy_of(entry.action) + " " + copy_of(entry.actor_id) + " " +
                   copy_of(entry.outcome) + " " + copy_of(entry.detail);
            return PPO_OK;
        }};
        const auto all = fresh<ppo_audit_query>();
        CPPUNIT_ASSERT_EQUAL(
            ppo_result{PPO_OK},
            LivePlugin::audit().read(live_->self, &live_->caller, &all, sink, nullptr));
        CPPUNIT_ASSERT_EQUAL(std::string{"report_written nurse-1 done format=csv rows=2"}, last);
    }

private:
    void use_columns(std::vector<std::uint32_t> columns) {
        columns_ = std::move(columns);
        query_.columns = columns_.data();
        query_.column_count = columns_.size();
    }
    void add_many(int count) {
        for (int i = 0; i < count; ++i)
            live_->host.patients.push_back(anna("M" + std::to_string(i)));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, LivePlugin::onboarding().sync_directory(
                                                     live_->self, nullptr, nullptr));
    }
    ppo_result read_into(const ppo_rows_sink* sink) {
        return calls_.read(live_->self, &live_->caller, &query_, sink, &error_);
    }
    /// Cells with "|" between, rows with ";" behind.
    std::string read() {
        std::string all;
        const RowsSink sink{[&](const ppo_rows& rows) {
            for (std::uint64_t i = 0; i < rows.row_count * rows.column_count; ++i) {
                all += copy_of(rows.cells[i].text);
                all += (i + 1) % rows.column_count == 0 ? ";" : "|";
            }
            next_ = copy_of(rows.next_cursor);
            previous_ = copy_of(rows.previous_cursor);
            return PPO_OK;
        }};
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, read_into(sink));
        return all;
    }
    static std::string without_milliseconds(std::string text) {
        const auto at = text.find(".000Z");
        return at == std::string::npos ? text : text.replace(at, 5, "Z");
    }
    ppo_result count_into(ppo_report_counts* counts) {
        return calls_.count(live_->self, &live_->caller, &query_, counts, &error_);
    }
    ppo_report_counts count() {
        auto counts = fresh<ppo_report_counts>();
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, count_into(&counts));
        return counts;
    }
    ppo_result write_into(std::string_view format, const ppo_text_sink* sink) {
        return calls_.write(live_->self, &live_->caller, &query_, to_text(format), sink, &error_);
    }
    std::string written(std::string_view format) {
        TextSink text;
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, write_into(format, text));
        return text.text;
    }

    std::optional<LivePlugin> live_{};
    const ppo_report_1& calls_ = LivePlugin::report();
    ppo_report_query query_ = fresh<ppo_report_query>();
    std::vector<std::uint32_t> columns_{};
    std::string next_{};
    std::string previous_{};
    ppo_error error_ = fresh_error();
};
CPPUNIT_TEST_SUITE_REGISTRATION(ReportCallsTest);
