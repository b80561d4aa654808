// SPDX-License-Identifier: Apache-2.0
#include "onboarding/report_paper.hpp"

#include "domain/local_time.hpp"

#include <array>
#include <utility>

namespace ppo {
namespace {
constexpr std::size_t wide_from = 7;  // So many columns want the sheet lying down.

// Sheets of A4 and Letter alike: only how they lie is said, never how large they are.
constexpr std::string_view style =
    "body{font:10pt/1.35 system-ui,sans-serif;color:#000;background:#fff;margin:1rem}"
    "h1{font-size:16pt;margin:0 0 .2em}h2{font-size:11pt;margin:1em 0 .3em}p{margin:0 0 .6em}"
    ".totals{display:flex;flex-wrap:wrap;align-items:flex-start;gap:0 3em}.totals table{margin:0 0 "
    ".6em}"
    "table{border-collapse:collapse}"
    "caption{text-align:left;font-weight:600;padding:.6em 0 .2em;white-space:nowrap}"
    "th,td{border:1px solid #888;padding:2px 6px;text-align:left;vertical-align:top;"
    "overflow-wrap:anywhere}"
    "td.n{text-align:right;font-variant-numeric:tabular-nums}"
    ".rows{table-layout:fixed;width:100%}.rows thead{display:table-header-group}"
    ".rows th{background:#eee}tr{break-inside:avoid;page-break-inside:avoid}"
    "@media print{body{margin:0;font-size:8.5pt}.totals,h1{break-after:avoid}}";

void add_text(std::string& to, std::string_view value) {
    for (const char c : value) switch (c) {
        case '&': to += "&amp;"; break;
        case '<': to += "&lt;"; break;
        case '>': to += "&gt;"; break;
        case '"': to += "&quot;"; break;
        default: to += c;
        }
}

void begin_totals(std::string& to, std::string_view caption) {
    to += "<table><caption>";
    to += caption;
    to += "</caption><tbody>\n";
}

void add_total(std::string& to, std::string_view label, std::int64_t number) {
    to += "<tr><th scope=\"row\">";
    add_text(to, label);
    to += "</th><td class=\"n\">" + std::to_string(number) + "</td></tr>\n";
}

void end_totals(std::string& to) { to += "</tbody></table>\n"; }

void add_totals(std::string& to, const ReportCounts& counts) {
    to += "<div class=\"totals\">\n";
    begin_totals(to, "By status");
    for (const auto status : {PortalStatus::NotEnabled, PortalStatus::NotInvited,
                              PortalStatus::Invited, PortalStatus::SignedIn})
        add_total(to, status_word(status, "en"),
                  counts.by_status[static_cast<std::size_t>(status)]);
    end_totals(to);
    begin_totals(to, "The way to the portal");
    const std::array<std::pair<std::string_view, std::int64_t>, 5> funnel{
        {{"Patients", counts.patients},
         {"Enabled", counts.enabled},
         {"Invited", counts.invited},
         {"Set up", counts.set_up},
         {"Signed in", counts.signed_in}}};
    for (const auto& [label, number] : funnel) add_total(to, label, number);
    end_totals(to);
    begin_totals(to, "By mark");
    bool any = false;
    for (const auto& known : all_marks("en")) {
        unsigned bit = 0;
        while ((static_cast<std::uint64_t>(known.mark) >> bit & 1) == 0) ++bit;
        if (counts.by_mark[bit] == 0) continue;
        add_total(to, known.word, counts.by_mark[bit]);
        any = true;
    }
    if (!any) to += "<tr><td>none</td></tr>\n";
    end_totals(to);
    to += "</div>\n";
}
}  // namespace

void ReportPaper::add_head(std::string& to, const Practice& practice, const ReportCounts& counts,
                           UnixTime now) const {
    to +=
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
        "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">"
        "<title>Patient Portal Onboarding</title>\n<style>@page{size:";
    to += columns_.size() >= wide_from ? "landscape" : "portrait";
    to += ";margin:12mm}";
    to += style;
    to += "</style></head><body>\n<h1>Patient Portal Onboarding</h1>\n<p>";
    add_text(to, practice.name);
    to += practice.name.empty() ? "" : ", ";
    add_text(to, write_local_time(now, practice.time_zone, "en"));
    to += "</p>\n<p>" + std::to_string(counts.patients) + " patients. Times in the list are UTC.";
    to += "</p>\n";
    add_totals(to, counts);
    to += "<table class=\"rows\"><caption>Patients</caption><colgroup>";
    int all = 0;
    for (const auto column : columns_) all += words_of(column).width;
    for (const auto column : columns_)
        to += "<col style=\"width:" + std::to_string(words_of(column).width * 100 / all) + "%\">";
    to += "</colgroup><thead><tr>";
    for (const auto column : columns_) {
        to += "<th scope=\"col\">";
        to += words_of(column).label;
        to += "</th>";
    }
    to += "</tr></thead><tbody>\n";
}

void ReportPaper::add(std::string& to, const ReportRow& row) {
    to += "<tr>";
    for (const auto column : columns_) {
        to += "<td>";
        const auto cell = cell_of(row, column, scratch_);
        if (words_of(column).kind == CellKind::Time && cell.size() > 16) {
            to += cell.substr(0, 10);  // To the minute, as people read it.
            to += ' ';
            to += cell.substr(11, 5);
        } else {
            add_text(to, cell);
        }
        to += "</td>";
    }
    to += "</tr>\n";
}

void ReportPaper::add_end(std::string& to, std::uint64_t rows) {
    to += "</tbody></table>\n<p>" + std::to_string(rows) +
          (rows == 1 ? " patient is" : " patients are") +
          " listed. The totals were counted when the list was begun.</p>\n</body></html>\n";
}
}  // namespace ppo
