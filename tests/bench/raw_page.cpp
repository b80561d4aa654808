// SPDX-License-Identifier: Apache-2.0
#include "figures.hpp"
#include "raw_store.hpp"

#include <array>

namespace ppo_bench {
namespace {
/// What the default columns are made of, and nothing else.
constexpr auto columns =
    "SELECT patient_id, status, marks, link_expires_at, locked_until, consent_until, first_name, "
    "last_name, email, username, last_invited_at, last_signed_in_at, sort_name FROM patient";

struct Order {
    std::string index{};
    std::string number{};  // The leading key, if it is a number.
    bool has_name = false;
};

const Order& order_of(std::uint32_t sort) {
    static const std::array<Order, 5> orders{{
        {"patient_by_name", "", true},
        {"patient_by_status", "status", true},
        {"patient_by_last_invited", "COALESCE(last_invited_at, 0)", false},
        {"patient_by_last_signed_in", "COALESCE(last_signed_in_at, 0)", false},
        {"patient_by_next_appointment", "COALESCE(next_appointment_at, 0)", false},
    }};
    return orders.at(sort);
}

std::string keys_of(const Order& order) {
    return (order.number.empty() ? "" : order.number + ", ") +
           (order.has_name ? std::string{"sort_name, "} : std::string{}) + "patient_id";
}

/// Behind the place: $1 is the number, $2 the name, $3 the patient.
std::string behind(const Order& order, bool down) {
    const std::string than = down ? " < " : " > ";
    const std::string places = (order.number.empty() ? "" : std::string{"$1, "}) +
                               (order.has_name ? "$2, " : "") + "$3";
    std::string sql = " AND (" + keys_of(order) + ")" + than + "(" + places + ")";
    // SQLite starts inside an index on an expression only where the expression stands alone.
    if (!order.has_name) sql += " AND " + order.number + (down ? " <= $1" : " >= $1");
    return sql;
}

std::string ordered(const Order& order, bool down) {
    std::string keys = keys_of(order);
    if (!down) return keys;
    // COALESCE has a comma of its own.
    std::string sql = order.number.empty() ? "" : order.number + " DESC, ";
    return sql + (order.has_name ? "sort_name DESC, " : "") + "patient_id DESC";
}
}  // namespace

RawPage::RawPage(RawStore& store, const Filter& filter, std::uint32_t sort, bool descending,
                 std::uint64_t limit, const std::string& behind_patient)
    : store_{store}, sort_{sort}, has_place_{!behind_patient.empty()} {
    const auto& order = order_of(sort);
    if (has_place_) {
        const std::string who = " FROM patient WHERE patient_id = " + sql_text(behind_patient);
        place_.patient_id = behind_patient;
        place_.sort_name = store.text("SELECT sort_name" + who);
        if (!order.number.empty()) place_.number = store.number("SELECT " + order.number + who);
    }
    const auto page = [&](const std::string& hint, const std::string& condition) {
        return columns + hint + " WHERE in_directory = 1" +
               (condition.empty() ? "" : " AND " + condition) +
               (has_place_ ? behind(order, descending) : "") + " ORDER BY " +
               ordered(order, descending) +
               (limit == 0 ? "" : " LIMIT " + std::to_string(limit + 1));
    };
    ways_.push_back(page("", filter.sql));
    const bool has_index = store.number("SELECT COUNT(*) FROM sqlite_master WHERE name = " +
                                        sql_text(order.index)) > 0;
    if (has_index && !filter.sql.empty())
        ways_.push_back(page(" INDEXED BY " + order.index, filter.sql));
    if (!filter.indexed_sql.empty() && store.has_table("patient_search_1"))
        ways_.push_back(page("", filter.indexed_sql));
}

std::size_t RawPage::read_by(const std::string& sql) {
    auto* statement = store_.prepared(sql);
    best_ = statement;
    return read();
}

std::size_t RawPage::read() {
    if (best_ == nullptr) {
        double least = 1e300;
        std::string quickest;
        for (const auto& way : ways_) {
            read_by(way);
            const double start = milliseconds_now();
            read_by(way);
            const double took = milliseconds_now() - start;
            if (took >= least) continue;
            least = took;
            quickest = way;
        }
        best_ = store_.prepared(quickest);
    }
    if (has_place_) {
        const int number = sqlite3_bind_parameter_index(best_, "$1");
        const int name = sqlite3_bind_parameter_index(best_, "$2");
        if (number > 0) sqlite3_bind_int64(best_, number, place_.number);
        if (name > 0)
            sqlite3_bind_text(best_, name, place_.sort_name.data(),
                              static_cast<int>(place_.sort_name.size()), SQLITE_STATIC);
        sqlite3_bind_text(best_, sqlite3_bind_parameter_index(best_, "$3"),
                          place_.patient_id.data(), static_cast<int>(place_.patient_id.size()),
                          SQLITE_STATIC);
    }
    return store_.take_rows(best_);
}
}  // namespace ppo_bench
