// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/document.hpp"

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ppo_sim {
/// Names with values in the order they came; a name may stand there more than once.
class Form {
public:
    Form() = default;
    /// Reads application/x-www-form-urlencoded text, such as a query string or the body of a POST.
    [[nodiscard]] static Form parse(std::string_view encoded);

    void add(std::string name, std::string value);
    /// Removes every pair of this name.
    void remove(std::string_view name);
    /// The last value of the name (a check box stands after its hidden "0"), or empty.
    [[nodiscard]] std::string get(std::string_view name) const;
    [[nodiscard]] bool has(std::string_view name) const;
    [[nodiscard]] std::vector<std::string> all(std::string_view name) const;
    [[nodiscard]] const std::vector<std::pair<std::string, std::string>>& pairs() const {
        return pairs_;
    }
    /// As a query string without "?".
    [[nodiscard]] std::string encoded() const;

private:
    std::vector<std::pair<std::string, std::string>> pairs_{};
};

/// Percent-encodes everything but letters, digits and "-_.~".
[[nodiscard]] std::string encode_url(std::string_view text);
/// What `encode_url` was given.
[[nodiscard]] std::string decode_url(std::string_view text);
/// `path` or `path?query`.
[[nodiscard]] std::string with_query(std::string_view path, const Form& query);

struct Request {
    std::string method{};
    std::string path{};  // Decoded, without the query.
    Form query{};
    Form form{};
    std::map<std::string, std::string> cookies{};
    std::string peer{};  // Network address, without the port.
    std::string user_agent{};
    std::string language{};     // The visitor's first choice, BCP 47, or empty.
    std::string fragment{};     // Asked by our script: "view" = a plugin's view alone, "part" = all
                                // but the page's frame.
    bool from_own_page = true;  // False if the browser says that a page of somebody else sent it.
    std::chrono::steady_clock::time_point at{};  // When it came: sessions live by it.

    [[nodiscard]] bool is_post() const { return method == "POST"; }
    [[nodiscard]] std::string cookie(const std::string& name) const;
};

struct Response {
    int status = 200;
    std::string type = "text/html; charset=utf-8";
    std::string body{};
    std::vector<std::pair<std::string, std::string>> headers{};  // Replace the usual ones.
    bool has_frame = false;     // The page shows another one of ours in a frame.
    DocumentHandle document{};  // Sent instead of the body.

    [[nodiscard]] static Response html(std::string body, int status = 200);
    /// 303 See Other; the script of the page goes there too.
    [[nodiscard]] static Response go(const std::string& url);
    /// Control characters in the value are percent-encoded: no visitor adds a header of his own.
    void header(std::string name, const std::string& value);
};

/// Whether a request comes from a page of the host that it was sent to, as far as the browser
/// tells: by Sec-Fetch-Site, and by Origin. Empty = it does not say.
[[nodiscard]] bool is_own_page(std::string_view fetch_site, std::string_view origin,
                               std::string_view host);

/// The segments of a path below a prefix: "/emr/patient/P1/edit" -> {"patient", "P1", "edit"}.
[[nodiscard]] std::vector<std::string> segments_after(std::string_view path,
                                                      std::string_view prefix);
}  // namespace ppo_sim
