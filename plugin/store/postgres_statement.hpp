// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/postgres_link.hpp"
#include "store/statement.hpp"

#include <array>
#include <string>
#include <vector>

namespace ppo {
class PostgresConnection;

/// A statement that the server keeps prepared. The types of its places are those of the values that
/// it is first given: the server is told them, and guesses none. Its rows are all in memory, or,
/// read through a cursor, a thousand at a time.
class PostgresStatement final : public Statement {
public:
    enum class Reads { AllAtOnce, ByCursor };

    PostgresStatement(PostgresConnection& connection, std::string name, std::string sql,
                      Reads reads)
        : connection_{connection}, name_{std::move(name)}, sql_{std::move(sql)}, reads_{reads} {}
    ~PostgresStatement() override;

    [[nodiscard]] const std::string& name() const { return name_; }
    [[nodiscard]] const std::string& sql() const { return sql_; }
    [[nodiscard]] const PostgresValues& values();

    /// As which of the link's connections it is prepared.
    [[nodiscard]] std::int64_t prepared_in() const { return prepared_in_; }
    void is_prepared_in(std::int64_t generation) { prepared_in_ = generation; }

    [[nodiscard]] bool is_busy() const override { return is_started_; }
    void bind_text(int place, Texts texts, std::string_view text) override;
    void bind_integer(int place, std::int64_t number) override;
    void bind_null(int place, Kind kind) override;
    int finish() override;
    bool next() override;
    void reset() noexcept override;

    [[nodiscard]] bool is_null(int column) const override;
    [[nodiscard]] bool is_integer(int column) const override;
    [[nodiscard]] bool is_text(int column) const override;
    [[nodiscard]] std::int64_t integer(int column) const override;
    [[nodiscard]] std::string_view view(int column) const override;

private:
    struct Given {
        Oid type = 0;
        bool is_null = false;
        std::string text{};
    };
    Given& place_for(int place, Oid type);
    bool start();

    PostgresConnection& connection_;
    std::string name_;
    std::string sql_;
    Reads reads_;
    std::int64_t prepared_in_ = 0;
    std::vector<Given> given_{};
    PostgresValues values_{};
    PostgresResult rows_{};
    int row_ = -1;
    bool is_started_ = false;
};
}  // namespace ppo
