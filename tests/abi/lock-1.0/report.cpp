// SPDX-License-Identifier: Apache-2.0
// Locked with contract 1.0: this file never changes. What is appended later has a lock of its own.
#include "ppo/report.h"

#include <string_view>
#include <type_traits>

static_assert(PPO_COLUMN_PATIENT_ID == 1, "PPO_COLUMN_PATIENT_ID");
static_assert(PPO_COLUMN_STATUS == 2, "PPO_COLUMN_STATUS");
static_assert(PPO_COLUMN_NAME == 3, "PPO_COLUMN_NAME");
static_assert(PPO_COLUMN_EMAIL == 4, "PPO_COLUMN_EMAIL");
static_assert(PPO_COLUMN_USERNAME == 5, "PPO_COLUMN_USERNAME");
static_assert(PPO_COLUMN_MARKS == 6, "PPO_COLUMN_MARKS");
static_assert(PPO_COLUMN_LAST_INVITED == 7, "PPO_COLUMN_LAST_INVITED");
static_assert(PPO_COLUMN_LAST_SIGNED_IN == 8, "PPO_COLUMN_LAST_SIGNED_IN");
static_assert(PPO_COLUMN_PROVIDER == 9, "PPO_COLUMN_PROVIDER");
static_assert(PPO_COLUMN_TAGS == 10, "PPO_COLUMN_TAGS");
static_assert(PPO_COLUMN_NEXT_APPOINTMENT == 11, "PPO_COLUMN_NEXT_APPOINTMENT");
static_assert(PPO_COLUMN_CHART_STATUS == 12, "PPO_COLUMN_CHART_STATUS");
static_assert(PPO_SORT_NAME == 0, "PPO_SORT_NAME");
static_assert(PPO_SORT_STATUS == 1, "PPO_SORT_STATUS");
static_assert(PPO_SORT_LAST_INVITED == 2, "PPO_SORT_LAST_INVITED");
static_assert(PPO_SORT_LAST_SIGNED_IN == 3, "PPO_SORT_LAST_SIGNED_IN");
static_assert(PPO_SORT_NEXT_APPOINTMENT == 4, "PPO_SORT_NEXT_APPOINTMENT");
static_assert(PPO_ANY == 0, "PPO_ANY");
static_assert(PPO_YES == 1, "PPO_YES");
static_assert(PPO_NO == 2, "PPO_NO");
static_assert(PPO_GROUP_NONE == 0, "PPO_GROUP_NONE");
static_assert(PPO_GROUP_PROVIDER == 1, "PPO_GROUP_PROVIDER");
static_assert(PPO_GROUP_TAG == 2, "PPO_GROUP_TAG");
static_assert(PPO_GROUP_WEEK == 3, "PPO_GROUP_WEEK");
static_assert(PPO_STRETCH_ENABLED_TO_INVITED == 0, "PPO_STRETCH_ENABLED_TO_INVITED");
static_assert(PPO_STRETCH_INVITED_TO_SET_UP == 1, "PPO_STRETCH_INVITED_TO_SET_UP");
static_assert(PPO_STRETCH_SET_UP_TO_SIGNED_IN == 2, "PPO_STRETCH_SET_UP_TO_SIGNED_IN");
static_assert(PPO_STRETCH_ENABLED_TO_SIGNED_IN == 3, "PPO_STRETCH_ENABLED_TO_SIGNED_IN");
static_assert(std::string_view{PPO_REPORT_1} == "ppo.report/1", "PPO_REPORT_1");
static_assert(PPO_MARK_BITS == 64, "PPO_MARK_BITS");
static_assert(PPO_STRETCHES == 4, "PPO_STRETCHES");

static_assert(sizeof(ppo_report_query) >= 136, "ppo_report_query");
static_assert(offsetof(ppo_report_query, struct_size) == 0, "ppo_report_query.struct_size");
static_assert(std::is_same_v<decltype(ppo_report_query::struct_size), uint32_t>,
              "ppo_report_query.struct_size");
static_assert(offsetof(ppo_report_query, sort) == 4, "ppo_report_query.sort");
static_assert(std::is_same_v<decltype(ppo_report_query::sort), uint32_t>, "ppo_report_query.sort");
static_assert(offsetof(ppo_report_query, descending) == 8, "ppo_report_query.descending");
static_assert(std::is_same_v<decltype(ppo_report_query::descending), uint32_t>,
              "ppo_report_query.descending");
static_assert(offsetof(ppo_report_query, statuses) == 12, "ppo_report_query.statuses");
static_assert(std::is_same_v<decltype(ppo_report_query::statuses), uint32_t>,
              "ppo_report_query.statuses");
static_assert(offsetof(ppo_report_query, marks) == 16, "ppo_report_query.marks");
static_assert(std::is_same_v<decltype(ppo_report_query::marks), uint64_t>,
              "ppo_report_query.marks");
static_assert(offsetof(ppo_report_query, access_enabled) == 24, "ppo_report_query.access_enabled");
static_assert(std::is_same_v<decltype(ppo_report_query::access_enabled), uint32_t>,
              "ppo_report_query.access_enabled");
static_assert(offsetof(ppo_report_query, has_username) == 28, "ppo_report_query.has_username");
static_assert(std::is_same_v<decltype(ppo_report_query::has_username), uint32_t>,
              "ppo_report_query.has_username");
static_assert(offsetof(ppo_report_query, search) == 32, "ppo_report_query.search");
static_assert(std::is_same_v<decltype(ppo_report_query::search), ppo_text>,
              "ppo_report_query.search");
static_assert(offsetof(ppo_report_query, tag) == 48, "ppo_report_query.tag");
static_assert(std::is_same_v<decltype(ppo_report_query::tag), ppo_text>, "ppo_report_query.tag");
static_assert(offsetof(ppo_report_query, provider) == 64, "ppo_report_query.provider");
static_assert(std::is_same_v<decltype(ppo_report_query::provider), ppo_text>,
              "ppo_report_query.provider");
static_assert(offsetof(ppo_report_query, appointment_after) == 80,
              "ppo_report_query.appointment_after");
static_assert(std::is_same_v<decltype(ppo_report_query::appointment_after), ppo_time>,
              "ppo_report_query.appointment_after");
static_assert(offsetof(ppo_report_query, appointment_before) == 88,
              "ppo_report_query.appointment_before");
static_assert(std::is_same_v<decltype(ppo_report_query::appointment_before), ppo_time>,
              "ppo_report_query.appointment_before");
static_assert(offsetof(ppo_report_query, cursor) == 96, "ppo_report_query.cursor");
static_assert(std::is_same_v<decltype(ppo_report_query::cursor), ppo_text>,
              "ppo_report_query.cursor");
static_assert(offsetof(ppo_report_query, limit) == 112, "ppo_report_query.limit");
static_assert(std::is_same_v<decltype(ppo_report_query::limit), uint64_t>,
              "ppo_report_query.limit");
static_assert(offsetof(ppo_report_query, columns) == 120, "ppo_report_query.columns");
static_assert(std::is_same_v<decltype(ppo_report_query::columns), const uint32_t*>,
              "ppo_report_query.columns");
static_assert(offsetof(ppo_report_query, column_count) == 128, "ppo_report_query.column_count");
static_assert(std::is_same_v<decltype(ppo_report_query::column_count), uint64_t>,
              "ppo_report_query.column_count");

static_assert(sizeof(ppo_cell) == 24, "ppo_cell");
static_assert(offsetof(ppo_cell, text) == 0, "ppo_cell.text");
static_assert(std::is_same_v<decltype(ppo_cell::text), ppo_text>, "ppo_cell.text");
static_assert(offsetof(ppo_cell, number) == 16, "ppo_cell.number");
static_assert(std::is_same_v<decltype(ppo_cell::number), int64_t>, "ppo_cell.number");

static_assert(sizeof(ppo_rows) >= 56, "ppo_rows");
static_assert(offsetof(ppo_rows, struct_size) == 0, "ppo_rows.struct_size");
static_assert(std::is_same_v<decltype(ppo_rows::struct_size), uint32_t>, "ppo_rows.struct_size");
static_assert(offsetof(ppo_rows, column_count) == 4, "ppo_rows.column_count");
static_assert(std::is_same_v<decltype(ppo_rows::column_count), uint32_t>, "ppo_rows.column_count");
static_assert(offsetof(ppo_rows, row_count) == 8, "ppo_rows.row_count");
static_assert(std::is_same_v<decltype(ppo_rows::row_count), uint64_t>, "ppo_rows.row_count");
static_assert(offsetof(ppo_rows, cells) == 16, "ppo_rows.cells");
static_assert(std::is_same_v<decltype(ppo_rows::cells), const ppo_cell*>, "ppo_rows.cells");
static_assert(offsetof(ppo_rows, next_cursor) == 24, "ppo_rows.next_cursor");
static_assert(std::is_same_v<decltype(ppo_rows::next_cursor), ppo_text>, "ppo_rows.next_cursor");
static_assert(offsetof(ppo_rows, previous_cursor) == 40, "ppo_rows.previous_cursor");
static_assert(std::is_same_v<decltype(ppo_rows::previous_cursor), ppo_text>,
              "ppo_rows.previous_cursor");

static_assert(sizeof(ppo_rows_sink) == 16, "ppo_rows_sink");
static_assert(offsetof(ppo_rows_sink, context) == 0, "ppo_rows_sink.context");
static_assert(std::is_same_v<decltype(ppo_rows_sink::context), void*>, "ppo_rows_sink.context");
static_assert(offsetof(ppo_rows_sink, put) == 8, "ppo_rows_sink.put");
static_assert(std::is_same_v<decltype(ppo_rows_sink::put),
                             ppo_result(PPO_CALL*)(void* context, const ppo_rows* rows)>,
              "ppo_rows_sink.put");

static_assert(sizeof(ppo_report_counts) >= 624, "ppo_report_counts");
static_assert(offsetof(ppo_report_counts, struct_size) == 0, "ppo_report_counts.struct_size");
static_assert(std::is_same_v<decltype(ppo_report_counts::struct_size), uint32_t>,
              "ppo_report_counts.struct_size");
static_assert(offsetof(ppo_report_counts, reserved) == 4, "ppo_report_counts.reserved");
static_assert(std::is_same_v<decltype(ppo_report_counts::reserved), uint32_t>,
              "ppo_report_counts.reserved");
static_assert(offsetof(ppo_report_counts, patients) == 8, "ppo_report_counts.patients");
static_assert(std::is_same_v<decltype(ppo_report_counts::patients), uint64_t>,
              "ppo_report_counts.patients");
static_assert(offsetof(ppo_report_counts, by_status) == 16, "ppo_report_counts.by_status");
static_assert(std::is_same_v<decltype(ppo_report_counts::by_status), uint64_t[8]>,
              "ppo_report_counts.by_status");
static_assert(offsetof(ppo_report_counts, by_mark) == 80, "ppo_report_counts.by_mark");
static_assert(std::is_same_v<decltype(ppo_report_counts::by_mark), uint64_t[PPO_MARK_BITS]>,
              "ppo_report_counts.by_mark");
static_assert(offsetof(ppo_report_counts, enabled) == 592, "ppo_report_counts.enabled");
static_assert(std::is_same_v<decltype(ppo_report_counts::enabled), uint64_t>,
              "ppo_report_counts.enabled");
static_assert(offsetof(ppo_report_counts, invited) == 600, "ppo_report_counts.invited");
static_assert(std::is_same_v<decltype(ppo_report_counts::invited), uint64_t>,
              "ppo_report_counts.invited");
static_assert(offsetof(ppo_report_counts, set_up) == 608, "ppo_report_counts.set_up");
static_assert(std::is_same_v<decltype(ppo_report_counts::set_up), uint64_t>,
              "ppo_report_counts.set_up");
static_assert(offsetof(ppo_report_counts, signed_in) == 616, "ppo_report_counts.signed_in");
static_assert(std::is_same_v<decltype(ppo_report_counts::signed_in), uint64_t>,
              "ppo_report_counts.signed_in");

static_assert(sizeof(ppo_report_group) >= 128, "ppo_report_group");
static_assert(offsetof(ppo_report_group, struct_size) == 0, "ppo_report_group.struct_size");
static_assert(std::is_same_v<decltype(ppo_report_group::struct_size), uint32_t>,
              "ppo_report_group.struct_size");
static_assert(offsetof(ppo_report_group, reserved) == 4, "ppo_report_group.reserved");
static_assert(std::is_same_v<decltype(ppo_report_group::reserved), uint32_t>,
              "ppo_report_group.reserved");
static_assert(offsetof(ppo_report_group, label) == 8, "ppo_report_group.label");
static_assert(std::is_same_v<decltype(ppo_report_group::label), ppo_text>,
              "ppo_report_group.label");
static_assert(offsetof(ppo_report_group, patients) == 24, "ppo_report_group.patients");
static_assert(std::is_same_v<decltype(ppo_report_group::patients), uint64_t>,
              "ppo_report_group.patients");
static_assert(offsetof(ppo_report_group, enabled) == 32, "ppo_report_group.enabled");
static_assert(std::is_same_v<decltype(ppo_report_group::enabled), uint64_t>,
              "ppo_report_group.enabled");
static_assert(offsetof(ppo_report_group, invited) == 40, "ppo_report_group.invited");
static_assert(std::is_same_v<decltype(ppo_report_group::invited), uint64_t>,
              "ppo_report_group.invited");
static_assert(offsetof(ppo_report_group, set_up) == 48, "ppo_report_group.set_up");
static_assert(std::is_same_v<decltype(ppo_report_group::set_up), uint64_t>,
              "ppo_report_group.set_up");
static_assert(offsetof(ppo_report_group, signed_in) == 56, "ppo_report_group.signed_in");
static_assert(std::is_same_v<decltype(ppo_report_group::signed_in), uint64_t>,
              "ppo_report_group.signed_in");
static_assert(offsetof(ppo_report_group, median_tenths) == 64, "ppo_report_group.median_tenths");
static_assert(std::is_same_v<decltype(ppo_report_group::median_tenths), int64_t[PPO_STRETCHES]>,
              "ppo_report_group.median_tenths");
static_assert(offsetof(ppo_report_group, timed) == 96, "ppo_report_group.timed");
static_assert(std::is_same_v<decltype(ppo_report_group::timed), uint64_t[PPO_STRETCHES]>,
              "ppo_report_group.timed");

static_assert(sizeof(ppo_report_group_sink) == 16, "ppo_report_group_sink");
static_assert(offsetof(ppo_report_group_sink, context) == 0, "ppo_report_group_sink.context");
static_assert(std::is_same_v<decltype(ppo_report_group_sink::context), void*>,
              "ppo_report_group_sink.context");
static_assert(offsetof(ppo_report_group_sink, put) == 8, "ppo_report_group_sink.put");
static_assert(std::is_same_v<decltype(ppo_report_group_sink::put),
                             ppo_result(PPO_CALL*)(void* context, const ppo_report_group* group)>,
              "ppo_report_group_sink.put");

static_assert(sizeof(ppo_report_week) >= 64, "ppo_report_week");
static_assert(offsetof(ppo_report_week, struct_size) == 0, "ppo_report_week.struct_size");
static_assert(std::is_same_v<decltype(ppo_report_week::struct_size), uint32_t>,
              "ppo_report_week.struct_size");
static_assert(offsetof(ppo_report_week, reserved) == 4, "ppo_report_week.reserved");
static_assert(std::is_same_v<decltype(ppo_report_week::reserved), uint32_t>,
              "ppo_report_week.reserved");
static_assert(offsetof(ppo_report_week, begins) == 8, "ppo_report_week.begins");
static_assert(std::is_same_v<decltype(ppo_report_week::begins), ppo_time>,
              "ppo_report_week.begins");
static_assert(offsetof(ppo_report_week, label) == 16, "ppo_report_week.label");
static_assert(std::is_same_v<decltype(ppo_report_week::label), ppo_text>, "ppo_report_week.label");
static_assert(offsetof(ppo_report_week, enabled) == 32, "ppo_report_week.enabled");
static_assert(std::is_same_v<decltype(ppo_report_week::enabled), uint64_t>,
              "ppo_report_week.enabled");
static_assert(offsetof(ppo_report_week, invited) == 40, "ppo_report_week.invited");
static_assert(std::is_same_v<decltype(ppo_report_week::invited), uint64_t>,
              "ppo_report_week.invited");
static_assert(offsetof(ppo_report_week, set_up) == 48, "ppo_report_week.set_up");
static_assert(std::is_same_v<decltype(ppo_report_week::set_up), uint64_t>,
              "ppo_report_week.set_up");
static_assert(offsetof(ppo_report_week, signed_in) == 56, "ppo_report_week.signed_in");
static_assert(std::is_same_v<decltype(ppo_report_week::signed_in), uint64_t>,
              "ppo_report_week.signed_in");

static_assert(sizeof(ppo_report_week_sink) == 16, "ppo_report_week_sink");
static_assert(offsetof(ppo_report_week_sink, context) == 0, "ppo_report_week_sink.context");
static_assert(std::is_same_v<decltype(ppo_report_week_sink::context), void*>,
              "ppo_report_week_sink.context");
static_assert(offsetof(ppo_report_week_sink, put) == 8, "ppo_report_week_sink.put");
static_assert(std::is_same_v<decltype(ppo_report_week_sink::put),
                             ppo_result(PPO_CALL*)(void* context, const ppo_report_week* week)>,
              "ppo_report_week_sink.put");

static_assert(sizeof(ppo_saved_view) >= 40, "ppo_saved_view");
static_assert(offsetof(ppo_saved_view, struct_size) == 0, "ppo_saved_view.struct_size");
static_assert(std::is_same_v<decltype(ppo_saved_view::struct_size), uint32_t>,
              "ppo_saved_view.struct_size");
static_assert(offsetof(ppo_saved_view, reserved) == 4, "ppo_saved_view.reserved");
static_assert(std::is_same_v<decltype(ppo_saved_view::reserved), uint32_t>,
              "ppo_saved_view.reserved");
static_assert(offsetof(ppo_saved_view, name) == 8, "ppo_saved_view.name");
static_assert(std::is_same_v<decltype(ppo_saved_view::name), ppo_text>, "ppo_saved_view.name");
static_assert(offsetof(ppo_saved_view, query) == 24, "ppo_saved_view.query");
static_assert(std::is_same_v<decltype(ppo_saved_view::query), const ppo_report_query*>,
              "ppo_saved_view.query");
static_assert(offsetof(ppo_saved_view, changed_at) == 32, "ppo_saved_view.changed_at");
static_assert(std::is_same_v<decltype(ppo_saved_view::changed_at), ppo_time>,
              "ppo_saved_view.changed_at");

static_assert(sizeof(ppo_saved_view_sink) == 16, "ppo_saved_view_sink");
static_assert(offsetof(ppo_saved_view_sink, context) == 0, "ppo_saved_view_sink.context");
static_assert(std::is_same_v<decltype(ppo_saved_view_sink::context), void*>,
              "ppo_saved_view_sink.context");
static_assert(offsetof(ppo_saved_view_sink, put) == 8, "ppo_saved_view_sink.put");
static_assert(std::is_same_v<decltype(ppo_saved_view_sink::put),
                             ppo_result(PPO_CALL*)(void* context, const ppo_saved_view* view)>,
              "ppo_saved_view_sink.put");

static_assert(sizeof(ppo_report_1) >= 80, "ppo_report_1");
static_assert(offsetof(ppo_report_1, struct_size) == 0, "ppo_report_1.struct_size");
static_assert(std::is_same_v<decltype(ppo_report_1::struct_size), uint32_t>,
              "ppo_report_1.struct_size");
static_assert(offsetof(ppo_report_1, reserved) == 4, "ppo_report_1.reserved");
static_assert(std::is_same_v<decltype(ppo_report_1::reserved), uint32_t>, "ppo_report_1.reserved");
static_assert(offsetof(ppo_report_1, read) == 8, "ppo_report_1.read");
static_assert(std::is_same_v<decltype(ppo_report_1::read),
                             ppo_result(PPO_CALL*)(ppo_instance* self, const ppo_caller* caller,
                                                   const ppo_report_query* query,
                                                   const ppo_rows_sink* sink, ppo_error* error)>,
              "ppo_report_1.read");
static_assert(offsetof(ppo_report_1, count) == 16, "ppo_report_1.count");
static_assert(std::is_same_v<decltype(ppo_report_1::count),
                             ppo_result(PPO_CALL*)(ppo_instance* self, const ppo_caller* caller,
                                                   const ppo_report_query* query,
                                                   ppo_report_counts* counts, ppo_error* error)>,
              "ppo_report_1.count");
static_assert(offsetof(ppo_report_1, write) == 24, "ppo_report_1.write");
static_assert(std::is_same_v<decltype(ppo_report_1::write),
                             ppo_result(PPO_CALL*)(ppo_instance* self, const ppo_caller* caller,
                                                   const ppo_report_query* query, ppo_text format,
                                                   const ppo_text_sink* sink, ppo_error* error)>,
              "ppo_report_1.write");
static_assert(offsetof(ppo_report_1, read_json) == 32, "ppo_report_1.read_json");
static_assert(std::is_same_v<decltype(ppo_report_1::read_json),
                             ppo_result(PPO_CALL*)(ppo_instance* self, const ppo_caller* caller,
                                                   const ppo_report_query* query,
                                                   const ppo_text_sink* sink, ppo_error* error)>,
              "ppo_report_1.read_json");
static_assert(offsetof(ppo_report_1, analyse) == 40, "ppo_report_1.analyse");
static_assert(
    std::is_same_v<decltype(ppo_report_1::analyse),
                   ppo_result(PPO_CALL*)(ppo_instance* self, const ppo_caller* caller,
                                         const ppo_report_query* query, uint32_t group_by,
                                         const ppo_report_group_sink* sink, ppo_error* error)>,
    "ppo_report_1.analyse");
static_assert(offsetof(ppo_report_1, trend) == 48, "ppo_report_1.trend");
static_assert(std::is_same_v<decltype(ppo_report_1::trend),
                             ppo_result(PPO_CALL*)(ppo_instance* self, const ppo_caller* caller,
                                                   const ppo_report_query* query, ppo_time from,
                                                   ppo_time until, const ppo_report_week_sink* sink,
                                                   ppo_error* error)>,
              "ppo_report_1.trend");
static_assert(offsetof(ppo_report_1, save_view) == 56, "ppo_report_1.save_view");
static_assert(std::is_same_v<decltype(ppo_report_1::save_view),
                             ppo_result(PPO_CALL*)(ppo_instance* self, const ppo_caller* caller,
                                                   ppo_text name, const ppo_report_query* query,
                                                   ppo_error* error)>,
              "ppo_report_1.save_view");
static_assert(offsetof(ppo_report_1, each_view) == 64, "ppo_report_1.each_view");
static_assert(
    std::is_same_v<decltype(ppo_report_1::each_view),
                   ppo_result(PPO_CALL*)(ppo_instance* self, const ppo_caller* caller,
                                         const ppo_saved_view_sink* sink, ppo_error* error)>,
    "ppo_report_1.each_view");
static_assert(offsetof(ppo_report_1, drop_view) == 72, "ppo_report_1.drop_view");
static_assert(std::is_same_v<decltype(ppo_report_1::drop_view),
                             ppo_result(PPO_CALL*)(ppo_instance* self, const ppo_caller* caller,
                                                   ppo_text name, ppo_error* error)>,
              "ppo_report_1.drop_view");
