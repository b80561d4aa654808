// SPDX-License-Identifier: Apache-2.0
#include "store/store_address.hpp"

namespace ppo {
namespace {
constexpr std::string_view schemes[] = {"postgresql://", "postgres://"};

/// Where user and password end; a password may hold '@' and '?', unescaped. npos: there are none.
std::size_t end_of_user(std::string_view rest) {
    const auto at = rest.find('@');
    const auto options = rest.find('?');
    const bool is_in_options = options < at && rest.find('/') < options &&
                               rest.substr(0, at).find('=', options) != std::string_view::npos;
    if (at == std::string_view::npos || is_in_options) return std::string_view::npos;
    return rest.rfind('@', rest.find('?', at));
}
}  // namespace

bool StoreAddress::is_server() const {
    for (const auto scheme : schemes)
        if (text_.starts_with(scheme)) return true;
    return false;
}

bool StoreAddress::is_mistyped() const {
    const auto has = [this](std::string_view part) {
        return text_.find(part) != std::string::npos;
    };
    return !is_server() &&
           (has("://") || has("password=") || (text_.starts_with("postg") && has("@")));
}

std::string StoreAddress::shown() const {
    if (is_mistyped()) return "(an address that is mistyped, so not shown)";
    if (!is_server()) return text_;
    auto rest = std::string_view{text_}.substr(text_.find("://") + 3);
    if (const auto user = end_of_user(rest); user != std::string_view::npos)
        rest = rest.substr(user + 1);
    return "postgresql://" + std::string{rest.substr(0, rest.find_first_of("?&"))};
}
}  // namespace ppo
