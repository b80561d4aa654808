// SPDX-License-Identifier: Apache-2.0
#include "host/mail_reader.hpp"

#include "host/mail_decoding.hpp"

#include <Poco/String.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>
#include <string_view>
#include <system_error>

namespace ppo_sim {
namespace {
using Headers = std::map<std::string,
                         std::string>;  // Names in lower case; the first of each name counts.

struct Part {
    Headers headers{};
    std::string body{};
};

std::string with_plain_line_ends(const std::string& text) {
    return Poco::replace(text, "\r\n", "\n");
}

void add_header(Headers& headers, const std::string& line) {
    const auto colon = line.find(':');
    if (colon == std::string::npos) return;
    headers.emplace(Poco::toLower(Poco::trim(line.substr(0, colon))),
                    Poco::trim(line.substr(colon + 1)));
}

/// Cuts a part into its headers, unfolded, and its body. Lines end in "\n".
Part cut(const std::string& text) {
    Part part{};
    std::string current;
    std::size_t at = 0;
    while (at < text.size()) {
        const auto end = std::min(text.find('\n', at), text.size());
        const std::string line = text.substr(at, end - at);
        at = end + 1;
        if (line.empty()) break;
        if (line.front() == ' ' || line.front() == '\t') {
            current += line;
        } else {
            add_header(part.headers, current);
            current = line;
        }
    }
    add_header(part.headers, current);
    if (at < text.size()) part.body = text.substr(at);
    return part;
}

std::string header(const Part& part, const std::string& name) {
    const auto found = part.headers.find(name);
    return found == part.headers.end() ? std::string{} : found->second;
}

/// The parameter of a header such as `multipart/alternative; boundary="x"`.
std::string parameter(const std::string& value, const std::string& name) {
    const auto at = Poco::toLower(value).find(name + "=");
    if (at == std::string::npos) return {};
    std::string rest = value.substr(at + name.size() + 1);
    if (!rest.empty() && rest.front() == '"') return rest.substr(1, rest.find('"', 1) - 1);
    return rest.substr(0, rest.find_first_of("; \t"));
}

std::string decoded_body(const Part& part) {
    const std::string encoding = Poco::toLower(header(part, "content-transfer-encoding"));
    std::string body = part.body;
    if (encoding == "base64") body = decode_base64(body);
    if (encoding == "quoted-printable") body = decode_quoted_printable(body);
    return with_plain_line_ends(to_utf8(body, parameter(header(part, "content-type"), "charset")));
}

std::vector<std::string> split_at(const std::string& body, const std::string& boundary) {
    std::vector<std::string> parts;
    const std::string line = "\n--" + boundary;
    const std::string text = "\n" + body;
    auto at = text.find(line);
    while (at != std::string::npos) {
        const auto begin = at + line.size();
        if (text.compare(begin, 2, "--") == 0) break;
        const auto content = text.find('\n', begin);
        const auto next = text.find(line, begin);
        if (content == std::string::npos) break;
        const auto end = next == std::string::npos ? text.size() : std::max(next, content + 1);
        parts.push_back(text.substr(content + 1, end - content - 1));
        at = next;
    }
    return parts;
}

// Deep enough for every mail, and a limit for one that was made to exhaust the stack.
constexpr int deepest_nesting = 8;

void take_bodies(const Part& part, ReadableMail& mail, int depth) {
    const std::string type = header(part, "content-type");
    const std::string kind = Poco::toLower(type.substr(0, type.find(';')));
    const std::string boundary = parameter(type, "boundary");
    if (kind.starts_with("multipart/") && !boundary.empty() && depth < deepest_nesting) {
        for (const auto& inner : split_at(part.body, boundary))
            take_bodies(cut(inner), mail, depth + 1);
    } else if (kind == "text/html") {
        if (mail.html.empty()) mail.html = decoded_body(part);
    } else if (kind.empty() || kind == "text/plain") {
        if (mail.text.empty()) mail.text = decoded_body(part);
    }
}
}  // namespace

ReadableMail read_mail(const std::string& message) {
    const Part whole = cut(with_plain_line_ends(message));
    ReadableMail mail{};
    mail.message_id = header(whole, "message-id");
    if (mail.message_id.size() > 1 && mail.message_id.front() == '<')
        mail.message_id = mail.message_id.substr(1, mail.message_id.find('>') - 1);
    mail.date = header(whole, "date");
    mail.from = decode_words(header(whole, "from"));
    mail.reply_to = decode_words(header(whole, "reply-to"));
    mail.to = decode_words(header(whole, "to"));
    mail.subject = decode_words(header(whole, "subject"));
    take_bodies(whole, mail, 0);
    mail.links = find_links(mail.text);
    return mail;
}

std::vector<std::string> list_mails(const std::filesystem::path& folder) {
    namespace fs = std::filesystem;
    std::vector<std::pair<fs::file_time_type, std::string>> files;
    std::error_code trouble;
    for (const auto& entry : fs::directory_iterator{folder, trouble}) {
        if (entry.path().extension() != ".eml") continue;
        const auto written = entry.last_write_time(trouble);
        if (!trouble) files.emplace_back(written, entry.path().filename().string());
    }
    std::sort(files.rbegin(), files.rend());
    std::vector<std::string> names;
    for (auto& [written, name] : files) names.push_back(std::move(name));
    return names;
}

std::optional<std::string> raw_mail(const std::filesystem::path& file) {
    std::ifstream in{file, std::ios::binary};
    if (!in) return std::nullopt;
    return std::string{std::istreambuf_iterator<char>{in}, {}};
}

std::string secret_of(const std::string& link) {
    const auto slash = link.rfind('/');
    return slash == std::string::npos ? link : link.substr(slash + 1);
}

std::vector<std::string> find_links(const std::string& text) {
    std::vector<std::string> links;
    for (std::size_t at = 0; at < text.size();) {
        const auto begin = std::min(text.find("https://", at), text.find("http://", at));
        if (begin == std::string::npos) break;
        const auto end = std::min(text.find_first_of(" \t\r\n<>\"'()", begin), text.size());
        std::string link = text.substr(begin, end - begin);
        while (!link.empty() && std::string_view{".,;:!?"}.find(link.back()) != std::string::npos)
            link.pop_back();
        if (std::find(links.begin(), links.end(), link) == links.end()) links.push_back(link);
        at = end;
    }
    return links;
}
}  // namespace ppo_sim
