// SPDX-License-Identifier: Apache-2.0
#include "store/store_address.hpp"

namespace ppo {
namespace {
constexpr std::string_view schemes[] = {"postgresql://", "postgres://"};

/// Host and database, without user, password and options. A password may hold '@', '/' and '?',
/// unescaped: what an '@' ends is taken for the user's, unless it can only be an option's.
std::string_view place_in(std::string_view rest) {
    const auto at = rest.find('@');
    const auto options = rest.find('?');
    const bool is_in_options = options < at && rest.find('/') < options &&
                               rest.substr(0, at).find('=', options) != std::string_view::npos;
    if (at != std::string_view::npos && !is_in_options) rest = rest.substr(rest.rfind('@') + 1);
    return rest.substr(0, rest.find_first_of("?&"));
}

/// HOST[:PORT],…/DATABASE: a port is a number, or else it may be a password.
bool is_plain(std::string_view place) {
    const auto hosts = place.substr(0, place.find('/'));
    for (auto colon = hosts.find(':'); colon != std::string_view::npos;
         colon = hosts.find(':', colon + 1)) {
        const auto port = hosts.substr(colon + 1,
                                       hosts.find_first_of(",]:", colon + 1) - colon - 1);
        if (port.find_first_not_of("0123456789abcdefABCDEF") != std::string_view::npos)
            return false;
    }
    return true;
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
    const auto place = place_in(std::string_view{text_}.substr(text_.find("://") + 3));
    return "postgresql://" + (is_plain(place) ? std::string{place} : "(not shown)");
}
}  // namespace ppo
