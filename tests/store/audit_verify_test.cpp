// SPDX-License-Identifier: Apache-2.0
#include "store/audit_verify.hpp"

#include "store/audit_table.hpp"
#include "support/temp_store.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <filesystem>
#include <vector>

using namespace ppo;

namespace {
constexpr std::int64_t chain_length = 6;

std::string at(std::int64_t sequence) { return " WHERE sequence = " + std::to_string(sequence); }
std::string text_of(std::int64_t number) { return std::to_string(number); }

void record_one(Database& database, std::int64_t number, const std::string& story) {
    Transaction transaction{database};
    const auto id = "P" + text_of(number);
    record(transaction, {.action = "tested", .patient_id = id, .detail = story},
           {Actor::Kind::Staff, "nurse-" + text_of(number), "desk"},
           noon + std::chrono::seconds{number});
    transaction.commit();
}

RootKey root_key(const std::string& id, std::uint8_t byte) {
    RootKey key{id, {}};
    key.bytes.fill(byte);
    return key;
}
}  // namespace

/// A small chain, and everything that can be done to its file behind the program's back, at every
/// entry.
class AuditVerifyTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(AuditVerifyTest);
    CPPUNIT_TEST(untouched_chain_is_good_against_every_checkpoint);
    CPPUNIT_TEST(every_altered_column_is_found_at_every_entry);
    CPPUNIT_TEST(every_value_of_a_wrong_type_is_found_at_its_entry);
    CPPUNIT_TEST(every_null_is_found);
    CPPUNIT_TEST(every_deleted_entry_is_missing);
    CPPUNIT_TEST(every_two_swapped_entries_are_out_of_order);
    CPPUNIT_TEST(every_entry_moved_elsewhere_is_out_of_order);
    CPPUNIT_TEST(renumbering_does_not_hide_a_deleted_entry);
    CPPUNIT_TEST(every_doubled_entry_is_found);
    CPPUNIT_TEST(every_forged_entry_is_found_at_its_place);
    CPPUNIT_TEST(forged_entry_at_the_end_is_found_with_the_head_moved);
    CPPUNIT_TEST(entry_planted_before_the_first_is_found);
    CPPUNIT_TEST(every_entry_of_another_store_is_found);
    CPPUNIT_TEST(every_entry_of_another_key_is_found);
    CPPUNIT_TEST(mac_under_the_name_of_another_known_key_is_altered);
    CPPUNIT_TEST(mac_of_an_unknown_key_cannot_be_judged);
    CPPUNIT_TEST(every_cut_tail_is_found);
    CPPUNIT_TEST(cut_tail_with_the_head_set_back_is_found_past_a_checkpoint_only);
    CPPUNIT_TEST(older_copy_put_back_is_found);
    CPPUNIT_TEST(older_copy_put_back_and_used_is_found_after_the_last_proven_entry);
    CPPUNIT_TEST(altered_head_is_found);
    CPPUNIT_TEST(checkpoints_come_in_any_order);
    CPPUNIT_TEST(pages_of_the_scan_leave_nothing_out);
    CPPUNIT_TEST_SUITE_END();

public:
    void setUp() override {
        for (std::int64_t number = 1; number <= chain_length; ++number) {
            record_one(store_, number, "true");
            const auto head = store_.ask([](Connection& c) { return audit_head(c); });
            checkpoints_.push_back({head.sequence, head.mac});
        }
        store_.close();
        bytes_ = store_.bytes();
        store_.reopen();
    }

    void untouched_chain_is_good_against_every_checkpoint() {
        const auto verdict = verify_audit(store_, checkpoints_);
        CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, verdict.first_bad);
        CPPUNIT_ASSERT(verdict.flaw == AuditFlaw::None);
        CPPUNIT_ASSERT_EQUAL(chain_length, verdict.entries);
    }

    void every_altered_column_is_found_at_every_entry() {
        for (const auto* change :
             {"at = at + 1", "at = -at", "actor = actor % 4 + 1", "actor_id = actor_id || 'x'",
              "actor_id = ''", "came_from = 'desk '", "action = 'Tested'",
              "patient_id = patient_id || '0'", "outcome = 'done.'", "detail = ''",
              "mac = SUBSTR(mac, 1, LENGTH(mac) - 1) || CASE SUBSTR(mac, -1) "
              "WHEN 'a' THEN 'b' ELSE 'a' END",
              "mac = UPPER(mac) || ''", "mac = mac || ' '"})
            each_entry([&](std::int64_t n) {
                const auto flaw = std::string{change}.substr(0, 9) == "mac = UPP"
                                      ? AuditFlaw::KeyMissing  // K1 is no key of ours.
                                      : AuditFlaw::Altered;
                assert_bad("UPDATE audit SET " + std::string{change} + at(n), n, flaw);
            });
    }

    void every_value_of_a_wrong_type_is_found_at_its_entry() {
        for (const auto* change :
             {"at = at + 0.5", "at = 'x' || at", "at = CAST(at AS BLOB)", "actor = actor + 0.25",
              "actor = 'staff'", "actor_id = CAST(actor_id AS BLOB)",
              "came_from = CAST(came_from AS BLOB)", "action = CAST(action AS BLOB)",
              "patient_id = CAST(patient_id AS BLOB)", "outcome = CAST(outcome AS BLOB)",
              "detail = CAST(detail AS BLOB)", "mac = CAST(mac AS BLOB)",
              "sequence = sequence + 0.5"})
            each_entry([&](std::int64_t n) {
                assert_bad("UPDATE audit SET " + std::string{change} + at(n), n,
                           AuditFlaw::Altered);
            });
    }

    void every_null_is_found() {
        for (const auto* column : {"at", "actor", "actor_id", "came_from", "action", "patient_id",
                                   "outcome", "detail", "mac"})
            each_entry([&](std::int64_t n) {
                assert_bad(without_constraints() + "UPDATE audit SET " + column + " = NULL" + at(n),
                           n, AuditFlaw::Altered);
            });
        each_entry([&](std::int64_t n) {  // Who has no number stands before all others.
            assert_bad(without_constraints() + "UPDATE audit SET sequence = NULL" + at(n), 1,
                       AuditFlaw::Altered);
        });
    }

    void every_deleted_entry_is_missing() {
        each_entry([&](std::int64_t n) {
            assert_bad("DELETE FROM audit" + at(n), n,
                       n == chain_length ? AuditFlaw::CutOff : AuditFlaw::Missing);
        });
    }

    void every_two_swapped_entries_are_out_of_order() {
        for (std::int64_t one = 1; one <= chain_length; ++one)
            for (std::int64_t other = one + 1; other <= chain_length; ++other)
                assert_bad("UPDATE audit SET sequence = 99" + at(one) +
                               "; UPDATE audit SET sequence = " + text_of(one) + at(other) +
                               "; UPDATE audit SET sequence = " + text_of(other) + at(99),
                           one, AuditFlaw::OutOfOrder);
    }

    void every_entry_moved_elsewhere_is_out_of_order() {
        each_entry([&](std::int64_t n) {
            assert_bad("UPDATE audit SET sequence = 99" + at(n), n, AuditFlaw::OutOfOrder);
            assert_bad("UPDATE audit SET sequence = -sequence" + at(n), 1, AuditFlaw::OutOfOrder);
            assert_bad("UPDATE audit SET sequence = 0" + at(n), 1, AuditFlaw::OutOfOrder);
        });
    }

    void renumbering_does_not_hide_a_deleted_entry() {
        for (std::int64_t n = 1; n < chain_length; ++n)
            assert_bad("DELETE FROM audit" + at(n) + "; " + shift_after(n, -1) +
                           "; UPDATE audit_head SET sequence = sequence - 1",
                       n, AuditFlaw::Altered);
    }

    void every_doubled_entry_is_found() {
        each_entry([&](std::int64_t n) {
            assert_bad(without_constraints() + "INSERT INTO audit SELECT * FROM audit" + at(n),
                       n + 1, AuditFlaw::OutOfOrder);
        });
    }

    void every_forged_entry_is_found_at_its_place() {
        each_entry([&](std::int64_t n) {
            assert_bad(shift_after(n - 1, 1) + "; " + forge(n) +
                           "; UPDATE audit_head SET sequence = sequence + 1",
                       n, AuditFlaw::OutOfOrder);  // Its true entry stands one further.
        });
    }

    void forged_entry_at_the_end_is_found_with_the_head_moved() {
        const auto end = chain_length + 1;
        assert_bad(forge(end) + "; UPDATE audit_head SET sequence = sequence + 1", end,
                   AuditFlaw::Altered);
        assert_bad(forge(end), end, AuditFlaw::Altered);
    }

    void entry_planted_before_the_first_is_found() {
        assert_bad(forge(0), 1, AuditFlaw::OutOfOrder);
        assert_bad(forge(-7), 1, AuditFlaw::OutOfOrder);
    }

    void every_entry_of_another_store_is_found() {
        TempStore other;
        for (std::int64_t n = 1; n <= chain_length; ++n) record_one(other, n, "another");
        other.close();
        each_entry([&](std::int64_t n) { assert_spliced(other, n, AuditFlaw::Altered); });
    }

    void every_entry_of_another_key_is_found() {
        TempStore other;
        const auto path = other.path();
        other.close();
        std::filesystem::remove(path);
        {
            Database database{path, test_keyring(9)};
            for (std::int64_t n = 1; n <= chain_length; ++n) record_one(database, n, "true");
        }
        each_entry([&](std::int64_t n) {
            restore();
            splice(path, n);
            const auto verdict = verify_audit(store_);
            CPPUNIT_ASSERT_EQUAL(n, verdict.first_bad);
            CPPUNIT_ASSERT(verdict.flaw == AuditFlaw::Altered);
        });
    }

    void mac_under_the_name_of_another_known_key_is_altered() {
        each_entry([&](std::int64_t n) {
            restore();
            store_.tamper("UPDATE audit SET mac = 'k2:' || SUBSTR(mac, 4)" + at(n));
            store_.close();
            Database database{store_.path(), Keyring{{root_key("k1", 7), root_key("k2", 8)}}};
            const auto verdict = verify_audit(database);
            CPPUNIT_ASSERT_EQUAL(n, verdict.first_bad);
            CPPUNIT_ASSERT(verdict.flaw == AuditFlaw::Altered);
        });
    }

    void mac_of_an_unknown_key_cannot_be_judged() {
        each_entry([&](std::int64_t n) {
            assert_bad("UPDATE audit SET mac = 'k9:' || SUBSTR(mac, 4)" + at(n), n,
                       AuditFlaw::KeyMissing);
        });
    }

    void every_cut_tail_is_found() {
        each_entry([&](std::int64_t n) {
            assert_bad("DELETE FROM audit WHERE sequence >= " + text_of(n), n, AuditFlaw::CutOff);
        });
    }

    void cut_tail_with_the_head_set_back_is_found_past_a_checkpoint_only() {
        each_entry([&](std::int64_t n) {
            restore();
            cut_with_head(n);
            CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, verify_audit(store_).first_bad);
            for (const auto& checkpoint : checkpoints_) {
                const auto verdict = verify_audit(store_, {checkpoint});
                const bool is_past = checkpoint.sequence >= n;
                CPPUNIT_ASSERT_EQUAL(is_past ? n : 0, verdict.first_bad);
                CPPUNIT_ASSERT(verdict.flaw == (is_past ? AuditFlaw::CutOff : AuditFlaw::None));
            }
        });
    }

    void older_copy_put_back_is_found() {
        record_one(store_, 7, "true");
        const auto head = store_.ask([](Connection& c) { return audit_head(c); });
        restore();
        const auto verdict = verify_audit(store_, {{head.sequence, head.mac}});
        CPPUNIT_ASSERT_EQUAL(std::int64_t{7}, verdict.first_bad);
        CPPUNIT_ASSERT(verdict.flaw == AuditFlaw::CutOff);
    }

    void older_copy_put_back_and_used_is_found_after_the_last_proven_entry() {
        each_entry([&](std::int64_t n) {
            restore();
            cut_with_head(n);  // As the copy stood when entry n had not been written yet.
            for (auto number = n; number <= chain_length + 2; ++number)
                record_one(store_, number, "otherwise");
            CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, verify_audit(store_).first_bad);
            const auto verdict = verify_audit(store_, checkpoints_);
            CPPUNIT_ASSERT_EQUAL(n, verdict.first_bad);
            CPPUNIT_ASSERT(verdict.flaw == AuditFlaw::Replaced);
            const auto vague = verify_audit(store_, {checkpoints_.back()});
            CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, vague.first_bad);
        });
    }

    void altered_head_is_found() {
        assert_bad("UPDATE audit_head SET mac = 'k1:00'", chain_length + 1, AuditFlaw::Altered);
        assert_bad("UPDATE audit_head SET sequence = 2", chain_length + 1, AuditFlaw::Altered);
        assert_bad("UPDATE audit_head SET sequence = 9", chain_length + 1, AuditFlaw::CutOff);
        assert_bad("DELETE FROM audit_head", chain_length + 1, AuditFlaw::Altered);
    }

    void checkpoints_come_in_any_order() {
        cut_with_head(4);
        const std::vector<AuditCheckpoint> mixed{checkpoints_[4], checkpoints_[1], checkpoints_[5],
                                                 checkpoints_[1]};
        CPPUNIT_ASSERT_EQUAL(std::int64_t{4}, verify_audit(store_, mixed).first_bad);
    }

    void pages_of_the_scan_leave_nothing_out() {
        {
            Transaction transaction{store_};
            for (int i = 0; i < 10'100; ++i) record(transaction, {.action = "tested"}, nurse, noon);
            transaction.commit();
        }
        CPPUNIT_ASSERT_EQUAL(std::int64_t{10'106}, verify_audit(store_, checkpoints_).entries);
        for (const std::int64_t n : {10'106, 10'001, 10'000, 9'999, 5'001, 5'000, 4'999}) {
            store_.tamper("UPDATE audit SET detail = 'x'" + at(n));
            CPPUNIT_ASSERT_EQUAL(n, verify_audit(store_).first_bad);
        }
    }

private:
    template <class Test>
    static void each_entry(Test test) {
        for (std::int64_t n = 1; n <= chain_length; ++n) test(n);
    }

    void restore() {
        store_.close();
        write_file(store_.path(), bytes_);
        store_.reopen();
    }

    void assert_bad(const std::string& sql, std::int64_t expected, AuditFlaw flaw) {
        restore();
        store_.tamper(sql);
        for (const auto& checkpoints : {std::vector<AuditCheckpoint>{}, checkpoints_}) {
            const auto verdict = verify_audit(store_, checkpoints);
            CPPUNIT_ASSERT_EQUAL_MESSAGE(sql, expected, verdict.first_bad);
            CPPUNIT_ASSERT_EQUAL_MESSAGE(sql, static_cast<int>(flaw),
                                         static_cast<int>(verdict.flaw));
        }
    }

    /// The first entry of a store with the same keys is chained to nothing, as ours is: only a
    /// checkpoint tells one from the other, the chain alone breaks at the second.
    void assert_spliced(const TempStore& other, std::int64_t n, AuditFlaw flaw) {
        restore();
        splice(other.path(), n);
        CPPUNIT_ASSERT_EQUAL(n == 1 ? 2 : n, verify_audit(store_).first_bad);
        const auto verdict = verify_audit(store_, checkpoints_);
        CPPUNIT_ASSERT_EQUAL(n, verdict.first_bad);
        CPPUNIT_ASSERT(verdict.flaw == (n == 1 ? AuditFlaw::Replaced : flaw));
    }

    void splice(const std::string& path, std::int64_t n) {
        store_.tamper("ATTACH '" + path + "' AS other; DELETE FROM main.audit" + at(n) +
                      "; INSERT INTO main.audit SELECT * FROM other.audit" + at(n));
    }

    /// Everything from entry n on is gone, and the mark of the end says so too.
    void cut_with_head(std::int64_t n) {
        store_.tamper("DELETE FROM audit WHERE sequence >= " + text_of(n) +
                      "; UPDATE audit_head SET sequence = " + text_of(n - 1) +
                      ", mac = COALESCE((SELECT mac FROM audit" + at(n - 1) + "), '')");
    }

    static std::string shift_after(std::int64_t n, int by) {
        return "UPDATE audit SET sequence = -sequence WHERE sequence > " + text_of(n) +
               "; UPDATE audit SET sequence = " + std::to_string(by) +
               " - sequence WHERE sequence < 0";
    }

    /// An entry made up from the last one, with its mac.
    static std::string forge(std::int64_t n) {
        return "INSERT INTO audit SELECT 1, " + text_of(n) +
               ", at, actor, actor_id, came_from, 'forged', patient_id, outcome, detail, mac "
               "FROM audit ORDER BY sequence DESC LIMIT 1";
    }

    /// Whoever can write to the file can also declare its tables anew.
    static std::string without_constraints() {
        return "CREATE TABLE loose AS SELECT * FROM audit; DROP TABLE audit; "
               "ALTER TABLE loose RENAME TO audit; ";
    }

    TempStore store_{};
    std::string bytes_{};
    std::vector<AuditCheckpoint> checkpoints_{};
};
CPPUNIT_TEST_SUITE_REGISTRATION(AuditVerifyTest);
