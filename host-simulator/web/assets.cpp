// SPDX-License-Identifier: Apache-2.0
#include "web/assets.hpp"

#include "web/embedded_assets.hpp"

#include <cstdint>

namespace ppo_sim {
namespace {
const EmbeddedAsset* find_asset(std::string_view name) {
    for (const auto& asset : embedded_assets) {
        if (asset.name == name) return &asset;
    }
    return nullptr;
}

std::string_view type_of(std::string_view name) {
    if (name.ends_with(".css")) return "text/css; charset=utf-8";
    if (name.ends_with(".js")) return "text/javascript; charset=utf-8";
    return "image/svg+xml";
}
/// FNV-1a over all files: one more letter anywhere gives all of them another address, and they may
/// import each other.
std::uint64_t version_of_all() {
    std::uint64_t hash = 14695981039346656037U;
    for (const auto& asset : embedded_assets) {
        for (const char c : asset.content)
            hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211U;
    }
    return hash;
}
}  // namespace

std::string asset_address(std::string_view name) {
    static const std::string folder = "/assets/" + std::to_string(version_of_all()) + "/";
    return folder + std::string{name};
}

Response serve_asset(const std::string& path) {
    const auto parts = segments_after(path, "/assets/");
    const auto* asset = parts.size() == 2 ? find_asset(parts.back()) : nullptr;
    if (asset == nullptr) return Response::html("There is no such file.", 404);
    Response response;
    response.type = type_of(asset->name);
    response.body = asset->content;
    response.header("Cache-Control", "public, max-age=31536000, immutable");
    return response;
}
}  // namespace ppo_sim
