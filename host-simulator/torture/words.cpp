// SPDX-License-Identifier: Apache-2.0
#include "torture/words.hpp"

#include <array>

namespace ppo_torture {
namespace {
/// What spreadsheets, browsers, shells and readers of JSON take for more than text.
constexpr std::array<std::string_view, 7> metacharacters{
    "\"><script data-torture-canary>alert('torture-canary')</script>",
    "' onmouseover='alert(`torture-canary`)' x='",
    "</title></textarea></style><img src=x onerror=alert(\"torture-canary\")>",
    "=HYPERLINK(\"javascript:torture-canary\";\"a\",b)\r\n+1\t@SUM(1)",
    "\\u0022,\"torture-canary\":{\"a\":[1]}}//",
    "&lt;torture-canary&gt; &amp;#60; <!-- ]]> --> ${7*7} {{7*7}} %0d%0aX-Torture: canary %n%s",
    "javascript:alert('torture-canary')//<svg/onload=alert(1)>",
};

/// A character of every plane that has any, right to left, marks over marks, joiners, and what
/// editors hide.
constexpr std::array<std::string_view, 6> characters{
    "Zo\u00eb O\u2019N\u00ed\u00f1o \u4e2d\u6587 \ud55c\uad6d\uc5b4 "
    "\u0928\u092e\u0938\u094d\u0924\u0947",
    "\u202eright to left\u202c \u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627 "
    "\u200f(1)\u200e",
    "Z\u0351\u036b\u0343\u036a\u0302\u036b\u033d\u034f\u0334\u0319\u0324\u031e\u0349\u035aa\u0300"
    "\u0301\u0302\u0303l"
    "\u0334g\u0335o\u0336",
    "\U0001F468\u200D\U0001F469\u200D\U0001F467\u200D\U0001F466 \U00020000 \U00030000 \U000E0001 "
    "\U000F0000 "
    "\U0010FFFD",
    "\ufeff\u200b\u00ad\u2028\u2029\u0085\u00a0\u3000\ufffd\ufdd0\uffff",
    "\u0001\u0007\u001b[31m\u007f\u009b31m",
};
}  // namespace

std::uint64_t Dice::next() {
    // SplitMix64.
    state_ += 0x9e3779b97f4a7c15U;
    std::uint64_t mixed = state_;
    mixed = (mixed ^ (mixed >> 30U)) * 0xbf58476d1ce4e5b9U;
    mixed = (mixed ^ (mixed >> 27U)) * 0x94d049bb133111ebU;
    return mixed ^ (mixed >> 31U);
}

std::string_view cut(std::string_view text, std::size_t most) {
    if (text.size() <= most) return text;
    while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xC0U) == 0x80U) --most;
    return text.substr(0, most);
}

std::string Words::text(std::string_view about) {
    std::string text{about};
    if (taste_.is_empty && dice_.below(2) == 0) return {};
    if (taste_.unicode) text.append(" ").append(characters.at(dice_.below(characters.size())));
    if (taste_.markup)
        text.append(" ").append(metacharacters.at(dice_.below(metacharacters.size())));
    if (taste_.is_long) {
        // One word without a place to break in, or many.
        const std::string_view filler = dice_.below(2) == 0 ? "Aufnahmebestaetigung"
                                                            : "word upon word ";
        while (text.size() < long_size) text += filler;
        text.resize(long_size);
    }
    return text;
}

std::string Words::text(std::string_view about, std::size_t most) {
    return std::string{cut(text(about), most)};
}

ppo_text Words::lend(std::string_view about) {
    auto made = text(about);
    if (made.empty() && dice_.below(2) == 0) return {nullptr, 0};
    return keep(std::move(made));
}

ppo_text Words::keep(std::string text) {
    const std::string& kept = kept_.emplace_back(std::move(text));
    return {kept.data(), kept.size()};
}
}  // namespace ppo_torture
