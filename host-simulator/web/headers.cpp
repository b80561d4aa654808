// SPDX-License-Identifier: Apache-2.0
#include "web/headers.hpp"

namespace ppo_sim {
namespace {
constexpr const char* page_policy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'; object-src 'none'";

// Writing to the clipboard is what the pages use, so it is not here.
constexpr const char* not_permitted =
    "accelerometer=(), autoplay=(), camera=(), display-capture=(), encrypted-media=(), "
    "fullscreen=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), "
    "payment=(), picture-in-picture=(), screen-wake-lock=(), usb=(), xr-spatial-tracking=()";
}  // namespace

std::vector<std::pair<std::string, std::string>> usual_headers(const Response& response) {
    std::string policy = page_policy;
    if (response.has_frame) policy += "; frame-src 'self'";
    return {{"Content-Security-Policy", policy},
            {"Referrer-Policy", "same-origin"},
            {"Cache-Control", "no-store"},
            {"X-Content-Type-Options", "nosniff"},
            // Browsers heed it where a proxy in front speaks TLS, and ignore it elsewhere.
            {"Strict-Transport-Security", "max-age=31536000; includeSubDomains"},
            {"Cross-Origin-Opener-Policy", "same-origin"},
            {"Cross-Origin-Resource-Policy", "same-origin"},
            {"Permissions-Policy", not_permitted},
            {"X-Robots-Tag", "noindex"}};
}

void set_session_cookie(Response& response, const std::string& name, const std::string& id) {
    const std::string site = name == staff_cookie ? "Strict" : "Lax";
    response.header("Set-Cookie", name + "=" + id + "; Path=/; Secure; HttpOnly; SameSite=" + site);
}
}  // namespace ppo_sim
