// SPDX-License-Identifier: Apache-2.0
#include "invitations/html_linter.hpp"

#include "domain/unicode_text.hpp"
#include "invitations/html_reader.hpp"
#include "invitations/mail_template.hpp"

#include <array>

namespace ppo {
namespace {
constexpr auto nowhere = std::string_view::npos;
constexpr std::string_view link = "[[link]]";
constexpr std::string_view username = "[[username]]";

// What is not named is refused: a list of what is dangerous would never be complete.
constexpr std::array<std::string_view, 58> known_tags{
    "a",       "abbr",   "address", "article", "b",        "big",  "blockquote", "body",  "br",
    "caption", "center", "code",    "col",     "colgroup", "dd",   "div",        "dl",    "dt",
    "em",      "font",   "footer",  "h1",      "h2",       "h3",   "h4",         "h5",    "h6",
    "head",    "header", "hr",      "html",    "i",        "li",   "main",       "meta",  "ol",
    "p",       "pre",    "s",       "section", "small",    "span", "strong",     "style", "sub",
    "sup",     "table",  "tbody",   "td",      "tfoot",    "th",   "thead",      "title", "tr",
    "u",       "ul",     "wbr",     "strike"};
constexpr std::array<std::string_view, 5> void_tags{"br", "hr", "meta", "col", "wbr"};
constexpr std::array<std::string_view, 20> loading_tags{
    "img",      "image",  "picture", "source", "video",   "audio", "track",
    "link",     "iframe", "frame",   "embed",  "object",  "svg",   "math",
    "frameset", "applet", "param",   "input",  "bgsound", "map"};
constexpr std::array<std::string_view, 33> known_attributes{
    "align",   "bgcolor", "border",  "cellpadding", "cellspacing", "charset", "class",
    "color",   "colspan", "content", "dir",         "face",        "height",  "href",
    "id",      "lang",    "media",   "name",        "nowrap",      "rel",     "role",
    "rowspan", "scope",   "size",    "start",       "style",       "summary", "target",
    "title",   "type",    "valign",  "width",       "xmlns"};
constexpr std::array<std::string_view, 16> loading_attributes{
    "src",      "srcset",   "background", "poster",   "data",    "cite",    "dynsrc", "lowsrc",
    "longdesc", "manifest", "profile",    "codebase", "classid", "archive", "usemap", "xlink:href"};

template <class List>
bool has(const List& list, std::string_view word) {
    return std::find(list.begin(), list.end(), word) != list.end();
}

std::string lower(std::string_view text) {
    std::string made{text};
    std::transform(made.begin(), made.end(), made.begin(), ascii_lower);
    return made;
}

/// As programs read it who forgive everything: without blanks, controls and letter case.
std::string bare_form(std::string_view text) {
    std::string bare;
    for (const char c : decode_references(text))
        if (static_cast<unsigned char>(c) > 0x20 && c != 0x7F) bare += ascii_lower(c);
    return bare;
}

std::string without_css_comments(std::string_view css) {
    std::string kept;
    while (true) {
        const auto start = std::min(css.find("/*"), css.size());
        kept += css.substr(0, start);
        const auto end = css.find("*/", std::min(start + 2, css.size()));
        if (start == css.size() || end == nowhere) return kept;
        css.remove_prefix(end + 2);
    }
}

class HtmlLinter {
public:
    explicit HtmlLinter(FindingList& findings) : findings_{findings} {}

    void lint() {
        for (const auto& token : tokens_) {
            switch (token.kind) {
            case HtmlToken::Kind::Text: check_text(token); break;
            case HtmlToken::Kind::Open: check_open(token); break;
            case HtmlToken::Kind::Close: check_close(token); break;
            case HtmlToken::Kind::Doctype: break;
            case HtmlToken::Kind::Broken:
                findings_.add(token.start, "unclear_tag",
                              "This \"<\" begins no clear tag. Write &lt; for the sign itself, "
                              "leave comments out, and close and quote tags completely.");
                break;
            }
        }
        for (const auto& open : open_)
            findings_.add(open.start, "open_tag",
                          "The tag " + quoted_word(open.name) + " is never closed.");
        check_username_lines();
        if (links_ == 0)
            findings_.add(0, "no_link",
                          "There is no link. Put in <a href=\"[[link]]\"> exactly once.");
    }

private:
    [[nodiscard]] std::string_view written(const HtmlToken& token) const {
        return findings_.text().substr(token.start, token.end - token.start);
    }

    void check_text(const HtmlToken& token) {
        const auto text = written(token);
        if (token.name == "style") {
            check_css(text, token.start);
            if (text.find("[[") != nowhere) variable_in_tag(token.start + text.find("[["));
            return;
        }
        for (std::size_t at = 0; at < text.size();) {
            const auto end = std::min(text.find('\n', at), text.size());
            if (reads_as_address(text.substr(at, end - at)))
                findings_.add(token.start + at, "other_link",
                              "This line holds a web address, of which mail programs make a link. "
                              "[[link]] must be the only one.");
            at = end + 1;
        }
    }

    void check_open(const HtmlToken& token) {
        if (!has(known_tags, token.name)) {
            refuse_tag(token);
            return;
        }
        for (const auto& attribute : token.attributes) check_attribute(token, attribute);
        if (!has(void_tags, token.name)) open_.push_back({token.name, token.start});
    }

    void check_close(const HtmlToken& token) {
        if (!has(known_tags, token.name)) return;  // Told at its opening.
        const auto matches = [&](const Open& open) { return open.name == token.name; };
        if (!open_.empty() && matches(open_.back())) {
            open_.pop_back();
            return;
        }
        findings_.add(token.start, "unbalanced_tag",
                      "The tag " + quoted_word("/" + token.name) +
                          " closes something else than what was opened last.");
        const auto opened = std::find_if(open_.rbegin(), open_.rend(), matches);
        if (opened != open_.rend()) open_.erase(std::prev(opened.base()), open_.end());
    }

    void refuse_tag(const HtmlToken& token) {
        const auto tag = "The tag " + quoted_word(token.name);
        if (has(loading_tags, token.name))
            findings_.add(token.start, "remote_content",
                          tag + " shows content from elsewhere. A mail must bring all it shows.");
        else if (token.name == "script" || token.name == "form" || token.name == "button" ||
                 token.name == "base")
            findings_.add(token.start, "active_content",
                          tag + " runs or changes something. Mails cannot do that; leave it out.");
        else
            findings_.add(token.start, "unknown_tag",
                          tag + " is not one that mails can use. Leave it out.");
    }

    void check_attribute(const HtmlToken& token, const HtmlAttribute& attribute) {
        const auto name = "The attribute " + quoted_word(attribute.name);
        const bool is_active = attribute.name.starts_with("on") || attribute.name == "http-equiv" ||
                               attribute.name == "action" || attribute.name == "formaction" ||
                               attribute.name == "ping";
        if (is_active)
            findings_.add(attribute.start, "active_content",
                          name + " runs or sends something. Mails cannot do that; leave it out.");
        else if (has(loading_attributes, attribute.name))
            findings_.add(attribute.start, "remote_content",
                          name + " loads something. A mail must bring all it shows.");
        else if (!has(known_attributes, attribute.name) && !attribute.name.starts_with("aria-"))
            findings_.add(attribute.start, "unknown_attribute",
                          name + " is not one that mails can use. Leave it out.");
        check_value(token, attribute);
    }

    void check_value(const HtmlToken& token, const HtmlAttribute& attribute) {
        if (attribute.name == "href") {
            check_href(token, attribute);
            return;
        }
        if (attribute.value.find("[[") != nowhere) variable_in_tag(attribute.start);
        if (attribute.name == "style") check_css(attribute.value, attribute.start);
        const auto bare = bare_form(attribute.value);
        if (bare.find("://") != nowhere && attribute.name != "xmlns")
            findings_.add(attribute.start, "other_link",
                          "A web address stands here. [[link]] must be the only one.");
        for (const auto* scheme : {"javascript:", "vbscript:", "data:"})
            if (bare.starts_with(scheme)) active_value(attribute.start);
    }

    void check_href(const HtmlToken& token, const HtmlAttribute& attribute) {
        if (token.name == "a" && attribute.value == link && attribute.is_quoted) {
            if (++links_ > 1)
                findings_.add(attribute.start, "two_links",
                              "The link is there more than once. Keep one <a href=\"[[link]]\">; "
                              "[[link]] as text may stand beside it.");
            return;
        }
        const auto address = decode_references(attribute.value);
        const auto scheme = bare_form(address.substr(0, address.find(':')));
        if (scheme == "javascript" || scheme == "vbscript" || scheme == "data") {
            active_value(attribute.start);
        } else if (token.name != "a" || !is_call_or_mail(address)) {
            findings_.add(attribute.start, "other_link",
                          "An address other than \"[[link]]\", \"tel:\" or \"mailto:\" stands "
                          "here. The mail must have one link only.");
        } else if (attribute.value.find("[[") != nowhere &&
                   bare_form(address) != "tel:[[practice_phone]]") {
            variable_in_tag(attribute.start);
        }
    }

    /// A value can then end neither the quotes nor begin another address.
    static bool is_call_or_mail(std::string_view address) {
        const auto scheme = lower(address.substr(0, 7));
        if (!scheme.starts_with("tel:") && !scheme.starts_with("mailto:")) return false;
        return address.find("//") == nowhere &&
               std::all_of(address.begin(), address.end(), [](char c) {
                   return c > 0x20 && c < 0x7F &&
                          std::string_view{"\"'<>\\^`{|}"}.find(c) == nowhere;
               });
    }

    void check_css(std::string_view css, std::size_t at) {
        const auto bare = bare_form(without_css_comments(css));
        for (const auto* loader :
             {"url(", "src(", "image(", "image-set(", "@import", "@font-face", "@namespace", "//"})
            if (bare.find(loader) != nowhere) {
                findings_.add(at, "remote_content",
                              "This style loads something from elsewhere. A mail must bring all "
                              "it shows.");
                return;
            }
        for (const auto* runner : {"expression(", "behavior:", "-moz-binding",
                                   "javascript:", "vbscript:", "data:", "\\", "&", "<"})
            if (bare.find(runner) != nowhere) {
                active_value(at);
                return;
            }
    }

    void active_value(std::size_t at) {
        findings_.add(at, "active_content",
                      "This value can run something, or hides what it does. Leave it out.");
    }

    void variable_in_tag(std::size_t at) {
        findings_.add(at, "variable_in_tag",
                      "A variable stands inside a tag or a style. Only href=\"[[link]]\" and "
                      "href=\"tel:[[practice_phone]]\" can be used there.");
    }

    /// A line with the username is left out for some, and must not tear a hole.
    void check_username_lines() {
        const auto html = findings_.text();
        std::size_t start = 0;
        while (start < html.size()) {
            const auto end = std::min(html.find('\n', start), html.size());
            if (html.substr(start, end - start).find(username) != nowhere && !is_whole(start, end))
                findings_.add(start, "username_line",
                              "Patients without a username get the mail without this line, but "
                              "not all tags that it opens are closed on it. Give [[username]] a "
                              "line of its own.");
            start = end + 1;
        }
    }

    [[nodiscard]] bool is_whole(std::size_t start, std::size_t end) const {
        std::vector<std::string_view> open;
        for (const auto& token : tokens_) {
            if (token.end <= start || token.start >= end || token.kind == HtmlToken::Kind::Text)
                continue;
            if (token.start < start || token.end > end) return false;
            if (token.kind == HtmlToken::Kind::Open && !has(void_tags, token.name))
                open.push_back(token.name);
            if (token.kind != HtmlToken::Kind::Close) continue;
            if (open.empty() || open.back() != token.name) return false;
            open.pop_back();
        }
        return open.empty();
    }

    struct Open {
        std::string name{};
        std::size_t start = 0;
    };
    FindingList& findings_;
    std::vector<HtmlToken> tokens_ = read_html(findings_.text());
    std::vector<Open> open_{};
    int links_ = 0;
};
}  // namespace

void lint_html(FindingList& findings) { HtmlLinter{findings}.lint(); }

bool reads_as_address(std::string_view text) {
    const auto read = lower(decode_references(text));
    return read.find("://") != nowhere || read.find("www.") != nowhere;
}
}  // namespace ppo
