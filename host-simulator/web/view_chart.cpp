// SPDX-License-Identifier: Apache-2.0
#include "web/view_html.hpp"

#include <algorithm>
#include <cstdio>

namespace ppo_sim {
namespace {
struct Series {
    std::string label{};
    std::vector<long> values{};
};

struct Numbers {
    std::vector<std::string> categories{};
    std::vector<Series> series{};
    long most = 0;
};

/// The chart as numbers; a series that is short has nothing in the rest.
Numbers numbers_of(const JsonObject& element) {
    Numbers numbers;
    if (const auto categories = element->getArray("categories"))
        for (const auto& each : *categories)
            numbers.categories.push_back(each.isString() ? each.extract<std::string>() : "");
    each_of(element, "series", [&](const JsonObject& each) {
        auto& series = numbers.series.emplace_back(Series{text_of(each, "label"), {}});
        if (const auto values = each->getArray("values"))
            for (const auto& value : *values)
                series.values.push_back(std::max(number_in(value), 0L));
        series.values.resize(numbers.categories.size());
        for (const long value : series.values) numbers.most = std::max(numbers.most, value);
    });
    return numbers;
}

/// "12,345"
std::string grouped(long number) {
    std::string digits = std::to_string(number);
    for (auto at = static_cast<long>(digits.size()) - 3; at > 0; at -= 3)
        digits.insert(static_cast<std::size_t>(at), ",");
    return digits;
}

std::string length(double number, const char* unit) {
    char text[32];
    std::snprintf(text, sizeof text, "%.4g%s", number, unit);
    return text;
}
std::string percent(double number) { return length(number, "%"); }
std::string em(double number) { return length(number, "em"); }

std::string share(long part, long whole) {
    return whole == 0 ? std::string{} : std::to_string((part * 200 + whole) / (whole * 2)) + " %";
}

void text_at(Html& out, const std::string& x, double y, const char* css_class, const char* anchor,
             const std::string& text) {
    out.element("text",
                {{"x", x},
                 {"y", em(y)},
                 when(*css_class != '\0', "class", css_class),
                 when(*anchor != '\0', "text-anchor", anchor)},
                text);
}

void rectangle(Html& out, const char* css_class, const std::string& x, double y,
               const std::string& width, double height) {
    out.open("rect", {{"class", css_class},
                      {"x", x},
                      {"y", em(y)},
                      {"width", width},
                      {"height", em(height)},
                      {"rx", "2"}})
        .close("rect");
}

double height_of_steps(const Numbers& numbers) {
    return 3.2 * static_cast<double>(numbers.categories.size() * numbers.series.size());
}

/// One bar below the other, each with its word and its number above it. Across, everything is in
/// percent, so that the text stays as large as it is however narrow the page.
void draw_steps(Html& out, const Numbers& numbers) {
    double y = 0;
    for (std::size_t i = 0; i < numbers.categories.size(); ++i) {
        for (const auto& series : numbers.series) {
            const long value = series.values[i];
            const bool alone = numbers.series.size() == 1;
            text_at(out, "0", y + 1, "", "",
                    alone ? numbers.categories[i] : numbers.categories[i] + ", " + series.label);
            text_at(out, "100%", y + 1, "number", "end", grouped(value));
            rectangle(out, "rail", "0", y + 1.45, "100%", 1.1);
            if (value > 0)
                rectangle(
                    out, "bar", "0", y + 1.45,
                    percent(100.0 * static_cast<double>(value) / static_cast<double>(numbers.most)),
                    1.1);
            y += 3.2;
        }
    }
}

constexpr double strip = 6;     // Of one series.
constexpr double column = 3.6;  // The highest in it.

double height_of_time(const Numbers& numbers) {
    return strip * static_cast<double>(numbers.series.size()) + 1;
}

/// A strip for each series, all to one scale, told apart by the word above each.
void draw_time(Html& out, const Numbers& numbers) {
    const auto many = static_cast<double>(std::max<std::size_t>(numbers.categories.size(), 1));
    double y = 0;
    for (const auto& series : numbers.series) {
        const double ground = y + 1.6 + column;
        long most = 0;
        for (std::size_t i = 0; i < series.values.size(); ++i) {
            const long value = series.values[i];
            most = std::max(most, value);
            if (value == 0) continue;
            const double high = std::max(
                column * static_cast<double>(value) / static_cast<double>(numbers.most), 0.1);
            rectangle(out, "bar", percent(100.0 * (static_cast<double>(i) + 0.1) / many),
                      ground - high, percent(80.0 / many), high);
        }
        text_at(out, "0", y + 1, "", "", series.label);
        text_at(out, "100%", y + 1, "soft", "end", "highest " + grouped(most));
        out.open("line", {{"class", "ground"},
                          {"x1", "0"},
                          {"y1", em(ground)},
                          {"x2", "100%"},
                          {"y2", em(ground)}})
            .close("line");
        y += strip;
    }
    if (numbers.categories.empty()) return;
    text_at(out, "0", y + 0.4, "soft", "", numbers.categories.front());
    text_at(out, "100%", y + 0.4, "soft", "end", numbers.categories.back());
}

void write_table(Html& out, const JsonObject& element, const Numbers& numbers, bool steps) {
    // Of steps that follow each other, how many of the first have come so far.
    const bool shares = steps && numbers.series.size() == 1 && numbers.categories.size() > 1;
    out.open("table", {{"aria-label", text_of(element, "label") + ", as numbers"}});
    out.open("thead").open("tr").element("th", {{"scope", "col"}}, text_of(element, "axis"));
    for (const auto& series : numbers.series) out.element("th", {{"scope", "col"}}, series.label);
    if (shares) out.element("th", {{"scope", "col"}}, "Share");
    out.close("tr").close("thead").open("tbody");
    for (std::size_t i = 0; i < numbers.categories.size(); ++i) {
        out.open("tr").element("th", {{"scope", "row"}}, numbers.categories[i]);
        for (const auto& series : numbers.series) out.element("td", {}, grouped(series.values[i]));
        if (shares) {
            const auto& values = numbers.series.front().values;
            out.element("td", {}, share(values[i], values.front()));
        }
        out.close("tr");
    }
    out.close("tbody").close("table");
}
}  // namespace

void ViewPainter::chart(const JsonObject& element) {
    const auto numbers = numbers_of(element);
    const bool steps = text_of(element, "form") != "time";
    const std::string name = id(text_of(element, "id"));
    const std::string label = text_of(element, "label");
    const std::string sentence = text_of(element, "text");
    out.open("figure", {{"class", "chart"}}).open("figcaption");
    out.element("h3", {{"class", "label"}}, label).paragraph(sentence).close("figcaption");
    out.open("svg", {{"role", "img"},
                     {"aria-labelledby", name + "-title " + name + "-desc"},
                     {"height", em(steps ? height_of_steps(numbers) : height_of_time(numbers))},
                     {"width", "100%"}});
    out.element("title", {{"id", name + "-title"}}, label);
    out.element("desc", {{"id", name + "-desc"}}, sentence);
    if (steps)
        draw_steps(out, numbers);
    else
        draw_time(out, numbers);
    out.close("svg");
    write_table(out, element, numbers, steps);
    out.close("figure");
}
}  // namespace ppo_sim
