// SPDX-License-Identifier: Apache-2.0
#include "store/postgres_statement.hpp"

#include "store/postgres_connection.hpp"

#include <charconv>

namespace ppo {
namespace {
// The server's numbers for its own types: pg_type.dat, the same in every version.
constexpr Oid boolean_type = 16;
constexpr Oid bigint_type = 20;
constexpr Oid smallint_type = 21;
constexpr Oid integer_type = 23;
constexpr Oid text_type = 25;

constexpr int rows_a_step = 1000;

std::string fetch(const std::string& cursor) {
    return "FETCH FORWARD " + std::to_string(rows_a_step) + " FROM " + cursor;
}
}  // namespace

PostgresStatement::~PostgresStatement() { connection_.left_a_statement(); }

PostgresStatement::Given& PostgresStatement::place_for(int place, Oid type) {
    if (given_.size() < static_cast<std::size_t>(place))
        given_.resize(static_cast<std::size_t>(place));
    Given& given = given_[static_cast<std::size_t>(place) - 1];
    given.type = type;
    given.is_null = false;
    return given;
}

void PostgresStatement::bind_text(int place, Texts, std::string_view text) {
    place_for(place, text_type).text.assign(text);
}

void PostgresStatement::bind_integer(int place, std::int64_t number) {
    std::array<char, 24> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number);
    place_for(place, bigint_type).text.assign(digits.data(), end.ptr);
}

void PostgresStatement::bind_null(int place, Kind kind) {
    place_for(place, kind == Kind::Text ? text_type : bigint_type).is_null = true;
}

const PostgresValues& PostgresStatement::values() {
    values_.types.clear();
    values_.texts.clear();
    for (const auto& given : given_) {
        values_.types.push_back(given.type);
        values_.texts.push_back(given.is_null ? nullptr : given.text.c_str());
    }
    return values_;
}

int PostgresStatement::finish() {
    const auto done = connection_.answer_to(*this);
    const std::string_view changed{PQcmdTuples(done.get())};
    int rows = 0;
    std::from_chars(changed.data(), changed.data() + changed.size(), rows);
    return rows;
}

bool PostgresStatement::start() {
    is_started_ = true;
    rows_ = connection_.answer_to(*this);
    if (reads_ == Reads::ByCursor) rows_ = connection_.answer_to_text(fetch(name_));
    row_ = 0;
    return PQntuples(rows_.get()) > 0;
}

bool PostgresStatement::next() {
    if (!is_started_) return start();
    if (++row_ < PQntuples(rows_.get())) return true;
    if (reads_ == Reads::AllAtOnce || PQntuples(rows_.get()) < rows_a_step) return false;
    rows_ = connection_.answer_to_text(fetch(name_));
    row_ = 0;
    return PQntuples(rows_.get()) > 0;
}

void PostgresStatement::reset() noexcept {
    if (is_started_ && reads_ == Reads::ByCursor) connection_.close_cursor(name_);
    rows_.reset();
    row_ = -1;
    is_started_ = false;
}

bool PostgresStatement::is_null(int column) const {
    return PQgetisnull(rows_.get(), row_, column) == 1;
}

bool PostgresStatement::is_integer(int column) const {
    const auto type = PQftype(rows_.get(), column);
    return !is_null(column) &&
           (type == bigint_type || type == integer_type || type == smallint_type);
}

bool PostgresStatement::is_text(int column) const {
    return !is_null(column) && PQftype(rows_.get(), column) == text_type;
}

std::int64_t PostgresStatement::integer(int column) const {
    const auto text = view(column);
    if (PQftype(rows_.get(), column) == boolean_type) return text == "t" ? 1 : 0;
    std::int64_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

std::string_view PostgresStatement::view(int column) const {
    return {PQgetvalue(rows_.get(), row_, column),
            static_cast<std::size_t>(PQgetlength(rows_.get(), row_, column))};
}
}  // namespace ppo
