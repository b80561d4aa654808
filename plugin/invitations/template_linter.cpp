// SPDX-License-Identifier: Apache-2.0
#include "invitations/template_linter.hpp"

#include "domain/text_fold.hpp"
#include "domain/unicode_text.hpp"
#include "invitations/html_linter.hpp"
#include "invitations/mail_texts.hpp"

#include <iterator>

namespace ppo {
namespace {
constexpr std::size_t longest_subject = 200;
constexpr std::size_t longest_part = 20'480;
constexpr std::size_t longest_line = 998;  // RFC 5322, without the line's end.
constexpr auto nowhere = std::string_view::npos;

/// Each line with where it starts.
template <class Check>
void each_line(std::string_view text, Check check) {
    std::size_t start = 0;
    while (start < text.size()) {
        const auto end = std::min(text.find('\n', start), text.size());
        check(text.substr(start, end - start), start);
        start = end + 1;
    }
}

std::size_t control_character_in(std::string_view line) {
    for (std::size_t i = 0; i < line.size(); ++i) {
        const auto byte = static_cast<unsigned char>(line[i]);
        if ((byte < 0x20 && byte != '\t') || byte == 0x7F) return i;
        const bool is_second_set = byte == 0xC2 && i + 1 < line.size() &&
                                   static_cast<unsigned char>(line[i + 1]) < 0xA0;
        if (is_second_set) return i;
    }
    return nowhere;
}

/// False if the part cannot be looked into any further.
bool is_readable(FindingList& findings, std::size_t longest) {
    const auto text = findings.text();
    if (text.empty()) {
        findings.add(0, "empty",
                     "Nothing is written here. Write something, or take the text "
                     "that comes with the program.");
    } else if (text.size() > longest) {
        findings.add(0, "too_long",
                     "This has " + std::to_string(text.size()) + " bytes; at most " +
                         std::to_string(longest) + " can be mailed.");
    } else if (!is_valid_utf8(text)) {
        each_line(text, [&](std::string_view line, std::size_t start) {
            if (!is_valid_utf8(line))
                findings.add(start, "not_utf8", "This line is not UTF-8. Save the text as UTF-8.");
        });
    }
    return findings.empty();
}

void lint_lines(FindingList& findings) {
    each_line(findings.text(), [&](std::string_view line, std::size_t start) {
        if (control_character_in(line) != nowhere)
            findings.add(start, "control_character",
                         "A character that cannot be seen stands in this line. Write the line "
                         "anew.");
        if (line.size() > longest_line)
            findings.add(start, "long_line",
                         "This line has " + std::to_string(line.size()) + " bytes; at most " +
                             std::to_string(longest_line) + " fit. Break it in two.");
        const bool has_more = line.find("[[link]]") != nowhere ||
                              line.find("[[expires]]") != nowhere;
        if (has_more && line.find("[[username]]") != nowhere)
            findings.add(start, "username_line",
                         "Patients without a username get the mail without this line, and so "
                         "without its link or date. Give [[username]] a line of its own.");
    });
}

void lint_variables(FindingList& findings) {
    const auto& known = template_variables();
    for (const auto& variable : variables_in(findings.text())) {
        if (!variable.is_closed)
            findings.add(variable.start, "unclosed_variable",
                         "The brackets [[ are not closed by ]] on this line.");
        else if (std::find(known.begin(), known.end(), variable.name) == known.end())
            findings.add(variable.start, "unknown_variable",
                         "There is no variable " + quoted_word(variable.name) +
                             ". There are: [[first_name]], [[link]], [[expires]], "
                             "[[practice_name]], [[practice_phone]], [[username]].");
    }
}

void lint_expiry(FindingList& findings) {
    if (findings.text().find("[[expires]]") == nowhere)
        findings.add(0, "no_expiry",
                     "The mail must say until when the link works. Put in [[expires]].");
}

bool can_be_in_address(char c) {
    return is_ascii_alnum(c) || static_cast<unsigned char>(c) >= 0x80 ||
           std::string_view{"-_~/%+=&#@?[]"}.find(c) != nowhere;
}

void lint_text_link(FindingList& findings) {
    constexpr std::string_view link = "[[link]]";
    const auto text = findings.text();
    const auto at = text.find(link);
    if (at == nowhere) {
        findings.add(0, "no_link", "There is no link. Put in [[link]] exactly once.");
        return;
    }
    const auto behind = at + link.size();
    if ((at > 0 && can_be_in_address(text[at - 1])) ||
        (behind < text.size() && can_be_in_address(text[behind])))
        findings.add(at, "glued_link",
                     "Something sticks to the link and would become part of it. Give [[link]] a "
                     "line of its own.");
    for (auto next = text.find(link, behind); next != nowhere;
         next = text.find(link, next + link.size()))
        findings.add(next, "two_links", "The link is there more than once. Keep one [[link]].");
    each_line(text, [&](std::string_view line, std::size_t start) {
        if (reads_as_address(line))
            findings.add(start, "other_link",
                         "This line holds a web address, of which mail programs make a link. "
                         "[[link]] must be the only one.");
    });
}

void lint_subject(FindingList& findings) {
    if (!is_readable(findings, longest_subject)) return;
    if (findings.text().find('\n') != nowhere)
        findings.add(0, "several_lines", "A subject is one line.");
    lint_lines(findings);
    lint_variables(findings);
    for (const auto& variable : variables_in(findings.text()))
        for (const auto* personal : {"first_name", "username", "link", "expires"})
            if (variable.name == personal)
                findings.add(variable.start, "variable_in_subject",
                             "Subjects are read by others too. Only [[practice_name]] and "
                             "[[practice_phone]] can be used in one.");
}

void lint_text(FindingList& findings) {
    if (!is_readable(findings, longest_part)) return;
    lint_lines(findings);
    lint_variables(findings);
    lint_text_link(findings);
    lint_expiry(findings);
}

void lint_html_part(FindingList& findings) {
    if (!is_readable(findings, longest_part)) return;
    lint_lines(findings);
    lint_variables(findings);
    lint_html(findings);
    lint_expiry(findings);
}
}  // namespace

std::vector<TemplateFinding> lint_template(const TemplateTexts& texts) {
    std::vector<TemplateFinding> all;
    const auto lint = [&all](const char* part, const std::string& text, auto check) {
        FindingList findings{part, text};
        check(findings);
        auto found = findings.take();
        std::move(found.begin(), found.end(), std::back_inserter(all));
    };
    lint("subject", texts.subject, lint_subject);
    lint("text", texts.text, lint_text);
    lint("html", texts.html, lint_html_part);
    return all;
}
}  // namespace ppo
