// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sodium.h>

#include <string>
#include <string_view>
#include <utility>

namespace ppo {
/// Text that wipes its memory when it goes, and that no stream prints. It moves, it is never
/// copied.
class Secret {
public:
    Secret() = default;
    explicit Secret(std::string_view text) : text_{text} {}
    explicit Secret(const char* text) : text_{text} {}
    /// Takes the text over and leaves nothing of it in `text`.
    explicit Secret(std::string&& text) : text_{text} { wipe(text); }

    Secret(const Secret&) = delete;
    Secret& operator=(const Secret&) = delete;
    // A short std::string is copied when it moves, so the old place is wiped by hand.
    Secret(Secret&& other) noexcept : text_{std::move(other.text_)} { wipe(other.text_); }
    Secret& operator=(Secret&& other) noexcept {
        if (this == &other) return *this;
        wipe(text_);
        text_ = std::move(other.text_);
        wipe(other.text_);
        return *this;
    }
    ~Secret() { wipe(text_); }

    /// Valid as long as this secret lives and is not moved from.
    [[nodiscard]] std::string_view view() const { return text_; }
    [[nodiscard]] bool empty() const { return text_.empty(); }

private:
    static void wipe(std::string& text) noexcept {
        // The whole buffer: a text that shrank or moved leaves bytes beyond its end.
        text.resize(text.capacity());
        sodium_memzero(text.data(), text.size());
        text.clear();
    }

    std::string text_{};
};
}  // namespace ppo
