// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace ppo_torture {
/// Writes JSON, in one of several ways that mean the same.
class Json {
public:
    /// `ascii`: characters beyond ASCII as \u escapes, pairs of them beyond the first plane.
    explicit Json(bool ascii) : ascii_{ascii} {}

    Json& open(char bracket);
    Json& close(char bracket);
    Json& name(std::string_view name);
    Json& text(std::string_view text);
    /// Anything that is JSON already.
    Json& raw(std::string_view json);
    Json& number(std::int64_t number) { return raw(std::to_string(number)); }
    Json& flag(bool flag) { return raw(flag ? "true" : "false"); }

    Json& member(std::string_view member, std::string_view value) {
        return name(member).text(value);
    }

    [[nodiscard]] const std::string& str() const { return out_; }

private:
    void comma();
    void escape(char32_t character);

    bool ascii_;
    bool follows_ = false;
    std::string out_{};
};
}  // namespace ppo_torture
