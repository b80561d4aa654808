// SPDX-License-Identifier: Apache-2.0
#include "boundary/verdict.hpp"

#include "boundary/convert.hpp"
#include "boundary/error.hpp"
#include "domain/refusal_sentence.hpp"

#include <vector>

namespace ppo {
std::string verdict_sentence(const UsernameVerdict& verdict, std::string_view language) {
    if (verdict.refusal) return refusal_sentence(*verdict.refusal, language);
    return language.substr(0, 2) == "es" ? "Disponible" : "Available";
}

void put_verdict(const UsernameVerdict& verdict, std::string_view language,
                 const ppo_username_verdict_sink& sink) {
    const auto sentence = verdict_sentence(verdict, language);
    std::vector<ppo_text> suggestions;
    for (const auto& suggestion : verdict.suggestions) suggestions.push_back(to_text(suggestion));
    ppo_username_verdict out{};
    out.struct_size = sizeof out;
    out.verdict = verdict.refusal ? to_result(*verdict.refusal) : PPO_OK;
    out.sentence = to_text(sentence);
    out.suggestions = suggestions.empty() ? nullptr : suggestions.data();
    out.suggestion_count = suggestions.size();
    static_cast<void>(goes_on(sink.put(sink.context, &out)));
}
}  // namespace ppo
