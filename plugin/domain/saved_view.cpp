// SPDX-License-Identifier: Apache-2.0
#include "domain/saved_view.hpp"

#include "domain/text_fold.hpp"
#include "domain/unicode_text.hpp"

namespace ppo {
Result<std::string> view_name(std::string_view typed) {
    constexpr std::size_t longest_name = 64;
    auto name = to_nfc(trim_ascii(typed));
    const auto length = count_code_points(name);
    if (length == 0 || length > longest_name || has_hidden_controls(name))
        return Refused{Refusal::ViewName, "name"};
    return name;
}

std::string view_name_key(std::string_view name) {
    return to_utf8(normalized(from_utf8(name), NormalForm::CompatiblyComposedFolded));
}
}  // namespace ppo
