// SPDX-License-Identifier: Apache-2.0
#include "store/store_address.hpp"

namespace ppo {
namespace {
constexpr std::string_view schemes[] = {"postgresql://", "postgres://"};
}  // namespace

bool StoreAddress::is_server() const {
    for (const auto scheme : schemes)
        if (text_.starts_with(scheme)) return true;
    return false;
}

std::string StoreAddress::shown() const {
    if (!is_server()) return text_;
    auto rest = std::string_view{text_}.substr(text_.find("://") + 3);
    rest = rest.substr(0, rest.find('?'));
    const auto user_ends = rest.rfind('@');  // A password may hold one, unescaped.
    if (user_ends != std::string_view::npos) rest = rest.substr(user_ends + 1);
    return "postgresql://" + std::string{rest};
}
}  // namespace ppo
