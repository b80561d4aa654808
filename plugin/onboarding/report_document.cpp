// SPDX-License-Identifier: Apache-2.0
#include "onboarding/report_document.hpp"

#include "onboarding/report.hpp"
#include "onboarding/report_paper.hpp"
#include "store/audit_table.hpp"
#include "store/database.hpp"

#include <algorithm>

namespace ppo {
namespace {
constexpr std::uint64_t rows_a_page = 1000;
constexpr std::size_t piece_size = 64 * 1024;
constexpr std::size_t longest_row = 8 * 1024;  // Usually: a longer one makes the text grow.

/// One text for all pieces.
class Pieces {
public:
    explicit Pieces(const std::function<bool(std::string_view)>& take) : take_{take} {
        text_.reserve(piece_size + longest_row);
    }

    [[nodiscard]] std::string& text() { return text_; }
    [[nodiscard]] std::uint64_t rows_taken() const { return rows_taken_; }

    /// A row stands in the text; false if the taker has enough.
    [[nodiscard]] bool end_row() {
        ++rows_;
        return text_.size() < piece_size || hand_over();
    }
    [[nodiscard]] bool hand_over() {
        if (text_.empty()) return true;
        rows_taken_ = rows_;  // Whatever the taker answers, it has seen them.
        const bool goes_on = take_(text_);
        text_.clear();
        return goes_on;
    }

private:
    const std::function<bool(std::string_view)>& take_;
    std::string text_{};
    std::uint64_t rows_ = 0;
    std::uint64_t rows_taken_ = 0;
};

/// A machine's rows or a page for people, behind one face.
class Document {
public:
    Document(ReportFormat format, const std::vector<ReportColumn>& columns)
        : is_paper_{format == ReportFormat::Html}, rows_{format, columns}, paper_{columns} {}

    void begin(Database& database, const Practice& practice, const ReportQuery& query, UnixTime now,
               std::string& to) const {
        if (is_paper_)
            paper_.add_head(to, practice, count(database, query, now), now);
        else
            rows_.add_head(to);
    }
    void add(std::string& to, const ReportRow& row) {
        if (is_paper_)
            paper_.add(to, row);
        else
            rows_.add(to, row);
    }
    void end(std::string& to, std::uint64_t rows) const {
        if (is_paper_)
            ReportPaper::add_end(to, rows);
        else
            rows_.add_end(to);
    }

private:
    bool is_paper_;
    ReportRows rows_;
    ReportPaper paper_;
};

void record_list(Database& database, std::string_view outcome, const std::string& detail,
                 const Actor& actor, UnixTime now) {
    Transaction transaction{database};
    record(transaction, {.action = "report_written", .outcome = outcome, .detail = detail}, actor,
           now);
    transaction.commit();
}

class Writing {
public:
    Writing(Database& database, const Practice& practice, const ReportQuery& query,
            const ReportDocument& asked, std::uint64_t rows, Pieces& pieces, UnixTime now)
        : database_{database},
          practice_{practice},
          query_{query},
          pieces_{pieces},
          now_{now},
          document_{asked.format, asked.columns.empty() ? listed_by_default() : asked.columns},
          left_{rows} {}

    [[nodiscard]] Result<ReportPage> read(std::string_view cursor) const {
        return read_page(database_, query_, cursor, static_cast<int>(std::min(left_, rows_a_page)),
                         now_);
    }

    /// From this page on to the end; false if the taker has enough.
    [[nodiscard]] bool write(ReportPage page) {
        document_.begin(database_, practice_, query_, now_, pieces_.text());
        std::uint64_t rows = 0;
        for (;;) {
            for (const auto& row : page.rows) {
                document_.add(pieces_.text(), row);
                ++rows;
                if (!pieces_.end_row()) return false;
            }
            left_ -= page.rows.size();
            if (left_ == 0 || page.next_cursor.empty()) break;
            auto next = read(page.next_cursor);  // Our own cursor: never another query's.
            page = std::move(next.value());
        }
        document_.end(pieces_.text(), rows);
        return pieces_.hand_over();
    }

private:
    Database& database_;
    const Practice& practice_;
    const ReportQuery& query_;
    Pieces& pieces_;
    UnixTime now_;
    Document document_;
    std::uint64_t left_;
};
}  // namespace

Result<ReportWritten> write_report(Database& database, const Practice& practice,
                                   const ReportQuery& query, const ReportDocument& document,
                                   const std::function<bool(std::string_view)>& take,
                                   const Actor& actor, UnixTime now) {
    Pieces pieces{take};
    const auto walk = walk_from(database, query, document.cursor, document.limit,
                                static_cast<int>(rows_a_page), now);
    if (!walk) return walk.refusal();
    Writing writing{database, practice, query, document, walk->left, pieces, now};
    auto first = writing.read(walk->cursor);
    if (!first) return first.refusal();
    const std::string format = "format=" + std::string{name_of(document.format)};
    const auto so_many = [&] { return format + " rows=" + std::to_string(pieces.rows_taken()); };
    record_list(database, "begun", format, actor, now);
    try {
        const bool whole = writing.write(std::move(first.value()));
        record_list(database, whole ? "done" : "stopped", so_many(), actor, now);
        return ReportWritten{pieces.rows_taken(), !whole};
    } catch (...) {
        record_list(database, "failed", so_many(), actor, now);
        throw;
    }
}
}  // namespace ppo
