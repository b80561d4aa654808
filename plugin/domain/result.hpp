// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "domain/refusal.hpp"

#include <utility>
#include <variant>

namespace ppo {
/// A value, or the refusal that stands in its place. Shaped like std::expected, which this compiler
/// lacks.
template <class T>
class [[nodiscard]] Result {
public:
    Result(T value) : content_{std::move(value)} {}            // NOLINT: a value is a result.
    Result(Refused refused) : content_{std::move(refused)} {}  // NOLINT: so is a refusal.
    Result(Refusal reason) : content_{Refused{reason}} {}      // NOLINT: and a bare one.

    [[nodiscard]] explicit operator bool() const { return std::holds_alternative<T>(content_); }
    [[nodiscard]] const T& value() const { return std::get<T>(content_); }
    [[nodiscard]] T& value() { return std::get<T>(content_); }
    [[nodiscard]] const T& operator*() const { return value(); }
    [[nodiscard]] const T* operator->() const { return &value(); }
    [[nodiscard]] const Refused& refusal() const { return std::get<Refused>(content_); }

private:
    std::variant<T, Refused> content_;
};

/// For actions that have nothing to say but "done".
struct Done {};
}  // namespace ppo
