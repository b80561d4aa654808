// SPDX-License-Identifier: Apache-2.0
#include "store/audit_table.hpp"

#include "store/audit_verify.hpp"
#include "support/prints.hpp"
#include "support/temp_store.hpp"

#include <cppunit/extensions/HelperMacros.h>

using namespace ppo;

class AuditTableTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(AuditTableTest);
    CPPUNIT_TEST(entry_comes_back_as_recorded);
    CPPUNIT_TEST(empty_record_is_good);
    CPPUNIT_TEST(untouched_record_is_good);
    CPPUNIT_TEST(record_stays_gapless_after_an_undone_transaction);
    CPPUNIT_TEST(every_altered_column_is_found_at_its_entry);
    CPPUNIT_TEST(every_deleted_entry_is_found);
    CPPUNIT_TEST(cut_off_tail_is_found);
    CPPUNIT_TEST(tail_cut_off_together_with_its_head_is_found_by_the_head_mac);
    CPPUNIT_TEST(emptied_record_is_found);
    CPPUNIT_TEST(forgotten_head_is_found);
    CPPUNIT_TEST(swapped_entries_are_found);
    CPPUNIT_TEST(text_shifted_between_fields_is_found);
    CPPUNIT_TEST(entry_forged_with_another_key_is_found);
    CPPUNIT_TEST(first_bad_entry_is_named_and_no_later_one);
    CPPUNIT_TEST(reading_goes_on_after_a_sequence_number);
    CPPUNIT_TEST(reading_can_be_narrowed_to_a_patient);
    CPPUNIT_TEST(latest_entries_come_newest_first);
    CPPUNIT_TEST(chain_goes_on_over_a_change_of_keys);
    CPPUNIT_TEST(many_deeds_make_the_same_chain_as_one_by_one);
    CPPUNIT_TEST(no_deeds_leave_the_record_as_it_is);
    CPPUNIT_TEST_SUITE_END();

    TempStore store_{};

    void record_five() {
        for (const auto* patient : {"P001", "P002", "P001", "", "P001"}) {
            Transaction transaction{store_};
            record(transaction, {.action = "tested", .patient_id = patient, .detail = "word"},
                   nurse, noon);
            transaction.commit();
        }
    }

    void many_deeds_make_the_same_chain_as_one_by_one() {
        record_five();
        const auto one_by_one = store_.ask([](Connection& c) { return audit_head(c); });
        start_again();
        Transaction transaction{store_};
        std::vector<Deed> deeds;
        for (const auto* patient : {"P001", "P002", "P001", "", "P001"})
            deeds.push_back({.action = "tested", .patient_id = patient, .detail = "word"});
        record_all(transaction, deeds, nurse, noon);
        transaction.commit();
        const auto together = store_.ask([](Connection& c) { return audit_head(c); });
        CPPUNIT_ASSERT_EQUAL(one_by_one.mac, together.mac);
        CPPUNIT_ASSERT_EQUAL(std::int64_t{5}, verdict().entries);
        CPPUNIT_ASSERT_EQUAL(std::int64_t{5}, store_.database().last_audit_entry());
    }

    void no_deeds_leave_the_record_as_it_is() {
        record_five();
        Transaction transaction{store_};
        record_all(transaction, {}, nurse, noon);
        transaction.commit();
        CPPUNIT_ASSERT_EQUAL(std::int64_t{5}, verdict().entries);
        CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, verdict().first_bad);
    }

    AuditVerdict verdict() { return verify_audit(store_); }

    void assert_first_bad(std::int64_t expected, const std::string& sql) {
        record_five();
        store_.tamper(sql);
        CPPUNIT_ASSERT_EQUAL_MESSAGE(sql, expected, verdict().first_bad);
    }

    void start_again() {
        store_.tamper("DELETE FROM audit; UPDATE audit_head SET sequence = 0, mac = ''");
    }

    void entry_comes_back_as_recorded() {
        {
            Transaction transaction{store_};
            record(transaction,
                   {.action = "tested",
                    .patient_id = "P1",
                    .outcome = "refused_busy",
                    .detail = "why"},
                   nurse, noon);
            transaction.commit();
        }
        const auto entries = store_.ask([](Connection& c) { return read_audit(c, 0, "", 10); });
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, entries.size());
        const auto& entry = entries.front();
        CPPUNIT_ASSERT(entry.at == noon && entry.actor.kind == Actor::Kind::Staff);
        CPPUNIT_ASSERT_EQUAL(std::string{"nurse-1 desk-2 tested P1 refused_busy why"},
                             entry.actor.id + " " + entry.actor.from + " " + entry.action + " " +
                                 entry.patient_id + " " + entry.outcome + " " + entry.detail);
    }

    void empty_record_is_good() { CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, verdict().first_bad); }

    void untouched_record_is_good() {
        record_five();
        CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, verdict().first_bad);
        CPPUNIT_ASSERT_EQUAL(std::int64_t{5}, verdict().entries);
    }

    void record_stays_gapless_after_an_undone_transaction() {
        record_five();
        {
            Transaction transaction{store_};
            record(transaction, {.action = "undone"}, nurse, noon);
        }
        record_five();
        CPPUNIT_ASSERT_EQUAL(std::int64_t{10}, store_.number("SELECT MAX(sequence) FROM audit"));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, verdict().first_bad);
    }

    void every_altered_column_is_found_at_its_entry() {
        for (const auto* change :
             {"at = at + 1", "actor = 3", "actor_id = 'x'", "came_from = ''", "action = 'x'",
              "patient_id = 'x'", "outcome = 'x'", "detail = ''", "mac = 'k1:00'", "mac = ''",
              "sequence = 30", "sequence = -3"}) {
            record_five();
            store_.tamper("UPDATE audit SET " + std::string{change} + " WHERE sequence = 3");
            const auto found = verdict().first_bad;
            const std::int64_t expected = std::string{change} == "sequence = -3" ? 1 : 3;
            CPPUNIT_ASSERT_EQUAL_MESSAGE(change, expected, found);
            start_again();
        }
    }

    void every_deleted_entry_is_found() {
        for (std::int64_t gone = 1; gone <= 5; ++gone) {
            assert_first_bad(gone, "DELETE FROM audit WHERE sequence = " + std::to_string(gone));
            start_again();
        }
    }

    void cut_off_tail_is_found() { assert_first_bad(4, "DELETE FROM audit WHERE sequence >= 4"); }

    void tail_cut_off_together_with_its_head_is_found_by_the_head_mac() {
        assert_first_bad(
            4, "DELETE FROM audit WHERE sequence >= 4; UPDATE audit_head SET sequence = 3");
    }

    void emptied_record_is_found() { assert_first_bad(1, "DELETE FROM audit"); }

    void forgotten_head_is_found() { assert_first_bad(6, "DELETE FROM audit_head"); }

    void swapped_entries_are_found() {
        assert_first_bad(2,
                         "UPDATE audit SET sequence = 99 WHERE sequence = 2;"
                         "UPDATE audit SET sequence = 2 WHERE sequence = 3;"
                         "UPDATE audit SET sequence = 3 WHERE sequence = 99");
    }

    void text_shifted_between_fields_is_found() {
        assert_first_bad(
            1, "UPDATE audit SET outcome = outcome || 'w', detail = 'ord' WHERE sequence = 1");
    }

    void entry_forged_with_another_key_is_found() {
        assert_first_bad(2, "UPDATE audit SET mac = REPLACE(mac, 'k1:', 'k9:') WHERE sequence = 2");
    }

    void first_bad_entry_is_named_and_no_later_one() {
        assert_first_bad(2, "UPDATE audit SET detail = 'x' WHERE sequence IN (2, 4)");
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, verdict().entries);
    }

    void reading_goes_on_after_a_sequence_number() {
        record_five();
        const auto entries = store_.ask([](Connection& c) { return read_audit(c, 2, "", 2); });
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, entries.size());
        CPPUNIT_ASSERT_EQUAL(std::int64_t{3}, entries.front().sequence);
    }

    void reading_can_be_narrowed_to_a_patient() {
        record_five();
        const auto entries = store_.ask([](Connection& c) { return read_audit(c, 1, "P001", 10); });
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, entries.size());
        CPPUNIT_ASSERT_EQUAL(std::int64_t{5}, entries.back().sequence);
    }

    void latest_entries_come_newest_first() {
        record_five();
        const auto entries = store_.ask([](Connection& c) { return latest_audit(c, "P001", 2); });
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, entries.size());
        CPPUNIT_ASSERT_EQUAL(std::int64_t{5}, entries.front().sequence);
        CPPUNIT_ASSERT_EQUAL(std::int64_t{3}, entries.back().sequence);
    }

    void chain_goes_on_over_a_change_of_keys() {
        record_five();
        RootKey old_key{"k1", {}};
        RootKey new_key{"k2", {}};
        old_key.bytes.fill(7);
        new_key.bytes.fill(8);
        Database database{store_.path(), Keyring{{new_key, old_key}}};
        {
            Transaction transaction{database};
            record(transaction, {.action = "tested"}, nurse, noon);
            transaction.commit();
        }
        const auto verdict = verify_audit(database);
        CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, verdict.first_bad);
        CPPUNIT_ASSERT_EQUAL(std::int64_t{6}, verdict.entries);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(AuditTableTest);
