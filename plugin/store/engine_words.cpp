// SPDX-License-Identifier: Apache-2.0
#include "store/engine_words.hpp"

#include <cctype>

namespace ppo {
namespace {
bool is_part_of_word(char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}
}  // namespace

std::string hidden(Engine engine, std::string_view column) {
    return (engine == Engine::Sqlite ? "+" : "") + std::string{column};
}

std::string_view has_tag(Engine engine) {
    return engine == Engine::Sqlite ? "REPLACE(tags, ?, '') <> tags" : "tags LIKE ? ESCAPE '\\'";
}

std::string tag_value(Engine engine, std::string_view tag) {
    const auto between = ";" + std::string{tag} + ";";
    return engine == Engine::Sqlite ? between : part_of(between);
}

std::string part_of(std::string_view text) {
    std::string pattern = "%";
    for (const char c : text) {
        if (c == '%' || c == '_' || c == '\\') pattern += '\\';
        pattern += c;
    }
    return pattern + "%";
}

std::string on_engine(Engine engine, std::string_view sql) {
    constexpr std::string_view type = "TEXT";
    if (engine == Engine::Sqlite) return std::string{sql};
    std::string words;
    for (std::size_t i = 0; i < sql.size(); ++i) {
        const bool is_type = sql.substr(i, type.size()) == type &&
                             (i == 0 || !is_part_of_word(sql[i - 1])) &&
                             (i + type.size() == sql.size() ||
                              !is_part_of_word(sql[i + type.size()]));
        if (!is_type) {
            words += sql[i];
            continue;
        }
        words += "TEXT COLLATE \"C\"";
        i += type.size() - 1;
    }
    return words;
}
}  // namespace ppo
