// SPDX-License-Identifier: Apache-2.0
#include "support/store_check.hpp"

#include "domain/email_address.hpp"
#include "domain/portal_status.hpp"
#include "domain/text_fold.hpp"
#include "domain/username.hpp"
#include "store/connect.hpp"
#include "store/patient_table.hpp"

#include <array>
#include <filesystem>
#include <map>
#include <memory>
#include <stdexcept>
#include <utility>

namespace ppo {
namespace {
constexpr std::size_t most_found = 1000;

/// Opening a file makes it: a check must not.
StoreAddress checked(const StoreAddress& address) {
    if (!address.is_server() && !std::filesystem::exists(address.text()))
        throw std::runtime_error{"there is no store"};
    return address;
}

/// What a finding names its row by. PostgreSQL numbers no rows: there they are counted off.
std::string number_of_row(const Connection& connection) {
    return connection.engine() == Engine::Sqlite ? "rowid" : "ROW_NUMBER() OVER ()";
}

/// Everything that status, marks, search text and counts follow from, and then what is stored of
/// them.
constexpr auto all_patients =
    ", first_name, last_name, email, chart_status, opted_out, postal_code, "
    "access_enabled, credentials_issued_at, first_signed_in_at, mail_state, address_changed, "
    "password_set_by_staff, must_change_password, password_disabled, consent, consent_until, "
    "username, status, marks, sort_name, search_text, email_key, username_key, username_skeleton, "
    "username_shown_skeleton, in_directory, has_password, link_expires_at, provider, tags, "
    "patient_id FROM patient WHERE practice = :practice";

AccountFacts facts_in(const Rows& rows) {
    AccountFacts facts;
    facts.has_email = !rows.view(3).empty();
    facts.email_is_valid = is_valid_email(rows.view(3));
    facts.chart_status = static_cast<ChartStatus>(rows.integer(4));
    facts.opted_out = rows.flag(5);
    facts.has_postal_code = !rows.view(6).empty();
    facts.access_enabled = rows.flag(7);
    facts.credentials_issued_at = rows.time(8);
    facts.first_signed_in_at = rows.time(9);
    facts.mail_state = static_cast<MailState>(rows.integer(10));
    facts.address_changed = rows.flag(11);
    facts.password_set_by_staff = rows.flag(12);
    facts.must_change_password = rows.flag(13);
    facts.password_disabled = rows.flag(14);
    facts.consent = static_cast<Consent>(rows.integer(15));
    facts.consent_until = rows.time(16);
    return facts;
}

/// The trigrams of a text that does not end within them, as FTS5 is asked for them.
std::string trigrams_of(std::string_view text) {
    std::vector<std::size_t> starts;  // Of the letters, in UTF-8.
    for (std::size_t i = 0; i <= text.size(); ++i)
        if (i == text.size() || (static_cast<unsigned char>(text[i]) & 0xC0) != 0x80)
            starts.push_back(i);
    std::string condition;
    for (std::size_t i = 0; i + 3 < starts.size(); ++i) {
        const auto trigram = text.substr(starts[i], starts[i + 3] - starts[i]);
        if (trigram.find_first_of("\n\"") != std::string_view::npos) continue;
        condition += (condition.empty() ? "\"" : " AND \"") + std::string{trigram} + "\"";
    }
    return condition;
}

/// Counts by what they are counted by, made anew.
template <class Key>
using Counts = std::map<Key, std::int64_t>;
using Alike = std::array<std::int64_t, 5>;
using Bucket = std::pair<std::int64_t, std::int64_t>;
using Choice = std::pair<std::int64_t, std::string>;

/// Of one practice.
class Check {
public:
    Check(const StoreAddress& address, std::int64_t practice)
        : store_{connect_to(address, Connection::Role::Reader)} {
        store_->serve(practice);
    }

    std::vector<Untrue> all() {
        check_patients();
        check_counts(alike_, "patient_count",
                     ", patients, status, marks, access_enabled, has_username, set_up "
                     "FROM patient_count WHERE practice = :practice",
                     [](const Rows& rows) {
                         return Alike{rows.integer(2), rows.integer(3), rows.integer(4),
                                      rows.integer(5), rows.integer(6)};
                     });
        check_counts(expiries_, "link_expiry_count",
                     ", patients, width, bucket FROM link_expiry_count WHERE practice = :practice",
                     [](const Rows& rows) {
                         return Bucket{rows.integer(2), rows.integer(3)};
                     });
        check_counts(choices_, "choice_count",
                     ", patients, kind, choice FROM choice_count WHERE practice = :practice",
                     [](const Rows& rows) {
                         return Choice{rows.integer(2), rows.text(3)};
                     });
        check_search_index();
        return std::move(found_);
    }

private:
    void expect(bool holds, const char* column, std::int64_t row) {
        if (!holds && found_.size() < most_found) found_.push_back({column, row});
    }

    void check_patients() {
        auto rows = store_->query("SELECT " + number_of_row(*store_) + all_patients);
        while (rows.next()) {
            const auto row = rows.integer(0);
            const auto facts = facts_in(rows);
            Patient patient;
            patient.first_name = rows.text(1);
            patient.last_name = rows.text(2);
            patient.email = rows.text(3);
            expect(rows.integer(18) == static_cast<int>(portal_status(facts)), "status", row);
            expect(static_cast<std::uint64_t>(rows.integer(19)) == lasting_marks(facts).bits(),
                   "marks", row);
            expect(rows.view(20) == fold_for_search(patient.last_name + ", " + patient.first_name),
                   "sort_name", row);
            expect(rows.view(21) == search_text(patient, rows.view(17)), "search_text", row);
            expect(rows.view(22) == email_key(patient.email), "email_key", row);
            check_username(rows, row);
            if (rows.flag(26)) count(rows);
        }
    }

    void count(const Rows& rows) {
        const bool has_username = !rows.is_null(23);
        ++alike_[{rows.integer(18), rows.integer(19), rows.integer(7), has_username ? 1 : 0,
                  has_username ? rows.integer(27) : 0}];
        if (!rows.is_null(28))
            for (const std::int64_t width : {65'536, 268'435'456})
                ++expiries_[{width, rows.integer(28) / width}];
        if (!rows.view(29).empty()) ++choices_[{1, rows.text(29)}];
        for (auto& tag : split_tags(rows.view(30))) ++choices_[{2, std::move(tag)}];
    }

    /// A count of nobody may be left out.
    template <class Key, class Read>
    void check_counts(Counts<Key>& made_anew, const std::string& table, const std::string& sql,
                      const Read& read_key) {
        const std::string column = table + ".patients";
        auto rows = store_->query("SELECT " + number_of_row(*store_) + sql);
        while (rows.next()) {
            const auto found = made_anew.find(read_key(rows));
            const auto counted = found == made_anew.end() ? 0 : found->second;
            expect(rows.integer(1) == counted, column.c_str(), rows.integer(0));
            if (found != made_anew.end()) made_anew.erase(found);
        }
        if (!made_anew.empty()) expect(false, column.c_str(), 0);
    }

    /// Who is not in the index yet is looked through row by row.
    void check_search_index() {
        if (store_->engine() != Engine::Sqlite) return;  // PostgreSQL keeps its index itself.
        if (!store_->query("SELECT 1 FROM sqlite_master WHERE name = 'patient_search_:practice'")
                 .next())
            return;  // A practice that was never opened.
        auto rows = store_->query(
            "SELECT rowid, search_text, tags FROM patient WHERE practice = :practice AND rowid <= "
            "(SELECT CAST(value AS BIGINT) FROM store_fact WHERE practice = :practice AND name = "
            "'search_index_reached') ORDER BY rowid LIMIT 2000");
        while (rows.next()) {
            const auto row = rows.integer(0);
            for (const int column : {1, 2}) {
                const auto trigrams = trigrams_of(rows.view(column));
                if (trigrams.empty()) continue;
                const bool is_found =
                    store_
                        ->query(
                            "SELECT 1 FROM patient_search_:practice WHERE rowid = $1 AND "
                            "patient_search_:practice MATCH $2",
                            row, trigrams)
                        .next();
                expect(is_found, "patient_search", row);
            }
        }
    }

    void check_username(const Rows& rows, std::int64_t row) {
        if (rows.is_null(17)) {
            expect(rows.is_null(23), "username_key", row);
            expect(rows.is_null(24), "username_skeleton", row);
            expect(rows.is_null(25), "username_shown_skeleton", row);
            return;
        }
        const auto shown = rows.view(17);
        expect(rows.view(23) == username_key(shown), "username_key", row);
        // A rule that came later may forbid the name by now: then only it knows its skeleton.
        if (const auto allowed = prepare_username(shown))
            expect(rows.view(24) == allowed->skeleton, "username_skeleton", row);
        const auto look = shown_skeleton(shown);
        expect(rows.is_null(25) ? is_look_of_another(look, rows.view(31)) : rows.view(25) == look,
               "username_shown_skeleton", row);
    }

    /// Of two names of old that look alike as they are shown, migration 0010 left the later one
    /// without.
    bool is_look_of_another(const std::string& look, std::string_view patient_id) {
        return store_
            ->query(
                "SELECT 1 FROM patient WHERE practice = :practice AND username_shown_skeleton = $1 "
                "AND patient_id <> $2",
                look, patient_id)
            .next();
    }

    std::unique_ptr<Connection> store_;
    Counts<Alike> alike_{};
    Counts<Bucket> expiries_{};
    Counts<Choice> choices_{};
    std::vector<Untrue> found_{};
};
}  // namespace

std::vector<Untrue> find_untrue(const std::string& address) {
    std::vector<Untrue> found;
    const auto store = connect_to(checked(address), Connection::Role::Reader);
    auto practices = store->query("SELECT practice FROM practice ORDER BY practice");
    while (practices.next())
        for (auto& one : Check{address, practices.integer(0)}.all())
            found.push_back(std::move(one));
    return found;
}

std::string untrue_words(const std::vector<Untrue>& found) {
    std::string words;
    for (const auto& one : found)
        words += (words.empty() ? "" : ", ") + one.column + " in row " + std::to_string(one.row);
    return words;
}
}  // namespace ppo
