// SPDX-License-Identifier: Apache-2.0
#include "store/connection.hpp"

#include <stdexcept>

namespace ppo {
Connection::~Connection() = default;

void Connection::serve(std::int64_t practice) {
    if (practice_ == practice) return;
    practice_ = practice;
    statements_.clear();
    planners_memory_.reset();
}

/// The number stands in the statement's text: it is always the same on this connection, and
/// planners know it when they choose an index.
std::string Connection::with_practice(std::string_view sql) const {
    constexpr std::string_view token = ":practice";
    std::string text;
    std::size_t from = 0;
    for (auto at = sql.find(token); at != std::string_view::npos; at = sql.find(token, from)) {
        if (practice_ == 0)
            throw std::logic_error{"a statement about a practice before one is served"};
        text += sql.substr(from, at - from);
        text += std::to_string(practice_);
        from = at + token.size();
    }
    text += sql.substr(from);
    return text;
}

Statement& Connection::prepared(std::string_view sql) {
    const auto known = statements_.find(sql);
    if (known != statements_.end()) {
        // Never two queries with one statement: that mixes their rows.
        if (known->second->is_busy())
            throw std::logic_error{"a statement was used again while its rows were being read"};
        return *known->second;
    }
    auto statement = prepare(with_practice(sql));
    return *statements_.emplace(std::string{sql}, std::move(statement)).first->second;
}

void Connection::bind_each(Statement& statement, Statement::Texts texts,
                           const std::vector<Value>& values) {
    int place = 0;
    for (const auto& value : values)
        std::visit([&](const auto& known) { bind(statement, ++place, texts, known); }, value);
}

void Connection::forget_if_many() {
    constexpr std::size_t many = 256;
    if (statements_.size() >= many) forget_statements();
}
}  // namespace ppo
