// SPDX-License-Identifier: Apache-2.0
#include "host/report_commands.hpp"

#include "host/console.hpp"
#include "host/dates.hpp"
#include "host/staged_file.hpp"

#include <Poco/JSON/Object.h>

#include <array>
#include <ostream>
#include <stdexcept>
#include <utility>

namespace ppo_sim {
namespace {
using Name = std::pair<std::string_view, std::uint32_t>;

constexpr std::array<Name, 12> column_names{{{"patient_id", PPO_COLUMN_PATIENT_ID},
                                             {"status", PPO_COLUMN_STATUS},
                                             {"name", PPO_COLUMN_NAME},
                                             {"email", PPO_COLUMN_EMAIL},
                                             {"username", PPO_COLUMN_USERNAME},
                                             {"marks", PPO_COLUMN_MARKS},
                                             {"last_invited", PPO_COLUMN_LAST_INVITED},
                                             {"last_signed_in", PPO_COLUMN_LAST_SIGNED_IN},
                                             {"provider", PPO_COLUMN_PROVIDER},
                                             {"tags", PPO_COLUMN_TAGS},
                                             {"next_appointment", PPO_COLUMN_NEXT_APPOINTMENT},
                                             {"chart_status", PPO_COLUMN_CHART_STATUS}}};
constexpr std::array<Name, 5> sort_names{{{"name", PPO_SORT_NAME},
                                          {"status", PPO_SORT_STATUS},
                                          {"last_invited", PPO_SORT_LAST_INVITED},
                                          {"last_signed_in", PPO_SORT_LAST_SIGNED_IN},
                                          {"next_appointment", PPO_SORT_NEXT_APPOINTMENT}}};
constexpr std::array<Name, 4> status_names{{{"red", PPO_STATUS_NOT_ENABLED},
                                            {"gray", PPO_STATUS_NOT_INVITED},
                                            {"orange", PPO_STATUS_INVITED},
                                            {"green", PPO_STATUS_SIGNED_IN}}};
constexpr std::array<Name, 4> group_names{{{"all", PPO_GROUP_NONE},
                                           {"provider", PPO_GROUP_PROVIDER},
                                           {"tag", PPO_GROUP_TAG},
                                           {"week", PPO_GROUP_WEEK}}};
constexpr std::array<Name, 2> yes_no_names{{{"yes", PPO_YES}, {"no", PPO_NO}}};

template <std::size_t Size>
std::uint32_t number_of_name(const std::array<Name, Size>& names, const std::string& name,
                             const char* option) {
    std::string known;
    for (const auto& [each, number] : names) {
        if (each == name) return number;
        known += (known.empty() ? "" : ", ") + std::string{each};
    }
    throw std::runtime_error{std::string{option} + " is one of " + known + ", not " + name};
}

std::uint64_t mark_of_word(const std::string& word) {
    for (std::uint64_t mark = 1; mark != 0; mark <<= 1U) {
        const auto words = words_of_marks(mark);
        if (!words.empty() && words.front() == word) return mark;
    }
    throw std::runtime_error{"there is no mark " + word};
}

ppo_time moment_of(const std::string& typed, const char* option) {
    const auto moment = read_moment(typed);
    if (!moment) throw std::runtime_error{std::string{option} + " is no date: " + typed};
    return *moment;
}

ReportQuery query_of(const ReportOptions& options) {
    ReportQuery query;
    for (const auto& status : options.statuses)
        query.statuses |= 1U << number_of_name(status_names, status, "--status");
    for (const auto& mark : options.marks) query.marks |= mark_of_word(mark);
    for (const auto& column : options.columns)
        query.columns.push_back(number_of_name(column_names, column, "--columns"));
    query.tag = options.tag;
    query.provider = options.provider;
    query.search = options.search;
    if (!options.enabled.empty())
        query.access_enabled = number_of_name(yes_no_names, options.enabled, "--enabled");
    if (!options.has_username.empty())
        query.has_username = number_of_name(yes_no_names, options.has_username, "--has-username");
    if (!options.appointment_after.empty())
        query.appointment_after = moment_of(options.appointment_after, "--appointment-after");
    if (!options.appointment_before.empty())
        query.appointment_before = moment_of(options.appointment_before, "--appointment-before");
    if (!options.sort.empty()) query.sort = number_of_name(sort_names, options.sort, "--sort");
    query.descending = options.descending;
    query.limit = options.limit;
    return query;
}

void print_counts(const Counts& counts, std::ostream& out) {
    out << counts.patients << " patients\n";
    for (const auto& [status, number] : counts.by_status)
        out << "  " << colour_of(status) << " " << word_of(status) << ": " << number << '\n';
    out << "patients " << counts.patients << " -> enabled " << counts.enabled << " -> invited "
        << counts.invited << " -> set up " << counts.set_up << " -> signed in " << counts.signed_in
        << '\n';
    for (const auto& [mark, number] : counts.by_mark)
        for (const auto& word : words_of_marks(mark)) out << "  " << word << ": " << number << '\n';
}

void print_group(const ReportGroup& group, std::ostream& out) {
    static constexpr std::array<const char*, PPO_STRETCHES> names{
        "enabled_to_invited", "invited_to_set_up", "set_up_to_signed_in", "enabled_to_signed_in"};
    Poco::JSON::Object days{Poco::JSON_PRESERVE_KEY_ORDER};
    for (std::size_t i = 0; i < names.size(); ++i) {
        const auto tenths = group.median_tenths.at(i);
        days.set(names.at(i), tenths < 0 ? Poco::Dynamic::Var{}
                                         : Poco::Dynamic::Var{static_cast<double>(tenths) / 10});
    }
    Poco::JSON::Object object{Poco::JSON_PRESERVE_KEY_ORDER};
    object.set("group", group.label);
    object.set("patients", group.patients);
    object.set("enabled", group.enabled);
    object.set("invited", group.invited);
    object.set("set_up", group.set_up);
    object.set("signed_in", group.signed_in);
    object.set("median_days", days);
    object.stringify(out);
    out << '\n';
}

std::string format_of(const ReportOptions& options) {
    if (!options.raw) return options.format;
    if (options.format != "csv" && options.format != "tsv")
        throw std::runtime_error{"--raw is for csv and tsv: the other formats have no cells"};
    return options.format + "-raw";
}

/// A sink may not throw through the plugin, so what happened is said afterwards.
void write_rows(Instance& instance, const ReportQuery& query, const std::string& format,
                const std::function<void(std::string_view)>& put) {
    std::string failure;
    const auto answer = instance.write_report(operator_at_console(), query, format,
                                              [&](std::string_view piece) {
                                                  try {
                                                      put(piece);
                                                  } catch (const std::exception& why) {
                                                      failure = why.what();
                                                      throw;
                                                  }
                                              });
    if (!failure.empty()) throw std::runtime_error{failure};
    need(answer);
}

void write_list(Instance& instance, const ReportOptions& options, const ReportQuery& query,
                std::ostream& out) {
    const auto format = format_of(options);
    if (!options.output.empty()) {
        StagedFile file{options.output};
        write_rows(instance, query, format, [&](std::string_view piece) { file.write(piece); });
        file.keep();
        return;
    }
    write_rows(instance, query, format, [&out](std::string_view piece) {
        if (!out.write(piece.data(), static_cast<std::streamsize>(piece.size())))
            throw std::runtime_error{"standard output takes no more"};
    });
    if (!out.flush()) throw std::runtime_error{"standard output takes no more"};
}
}  // namespace

int print_report(const ReportOptions& options, std::ostream& out, std::ostream& trouble) {
    return with_instance(
        {options, Needs::Charts, {}}, trouble, [&](Instance& instance, const Choices&) {
            const auto query = query_of(options);
            if (!options.output.empty() && options.format.empty())
                throw std::runtime_error{"--output wants a --format"};
            if (!options.by.empty()) {
                std::vector<ReportGroup> groups;
                need(instance.analyse_report(operator_at_console(), query,
                                             number_of_name(group_names, options.by, "--by"),
                                             groups));
                for (const auto& group : groups) print_group(group, out);
            } else if (options.format.empty()) {
                Counts counts{};
                need(instance.count_report(operator_at_console(), query, counts));
                print_counts(counts, out);
            } else {
                write_list(instance, options, query, out);
            }
            return 0;
        });
}
}  // namespace ppo_sim
