// SPDX-License-Identifier: Apache-2.0
#include "support/store_check.hpp"

#include "store/account_table.hpp"
#include "store/search_index.hpp"
#include "support/prints.hpp"
#include "support/temp_store.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <filesystem>
#include <stdexcept>

using namespace ppo;

class StoreCheckTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(StoreCheckTest);
    CPPUNIT_TEST(finds_nothing_in_a_store_that_is_true);
    CPPUNIT_TEST(finds_a_status);
    CPPUNIT_TEST(finds_marks);
    CPPUNIT_TEST(finds_a_sort_name);
    CPPUNIT_TEST(finds_a_search_text);
    CPPUNIT_TEST(finds_an_email_key);
    CPPUNIT_TEST(finds_a_username_key);
    CPPUNIT_TEST(finds_a_username_skeleton);
    CPPUNIT_TEST(finds_the_skeleton_of_a_username_as_shown);
    CPPUNIT_TEST(finds_keys_without_a_username);
    CPPUNIT_TEST(a_look_that_was_left_to_somebody_else_is_true);
    CPPUNIT_TEST(finds_inputs_that_changed_alone);
    CPPUNIT_TEST(finds_a_count);
    CPPUNIT_TEST(finds_a_count_that_is_missing);
    CPPUNIT_TEST(a_count_of_nobody_is_true);
    CPPUNIT_TEST(finds_a_count_of_link_expiries);
    CPPUNIT_TEST(finds_a_count_of_choices);
    CPPUNIT_TEST(finds_a_patient_whom_the_search_index_lost);
    CPPUNIT_TEST(names_columns_and_rows_alone);
    CPPUNIT_TEST(makes_no_store_where_there_is_none);
    CPPUNIT_TEST_SUITE_END();

public:
    void setUp() override {
        store_.emplace();
        store_->add(anna());
        store_->add(bruno());
        store_->set_up("P002", "bruno.núñez");
    }

    void tearDown() override { store_.reset(); }

    void finds_nothing_in_a_store_that_is_true() {
        CPPUNIT_ASSERT_EQUAL(std::string{}, untrue_words(find_untrue(store_->path())));
    }

    void finds_a_status() { finds("status", "status = 4"); }
    void finds_marks() { finds("marks", "marks = marks + 1"); }
    void finds_a_sort_name() { finds("sort_name", "sort_name = 'x'"); }
    void finds_a_search_text() { finds("search_text", "search_text = search_text || 'x'"); }
    void finds_an_email_key() { finds("email_key", "email_key = 'x'"); }
    void finds_a_username_key() { finds("username_key", "username_key = 'x'"); }
    void finds_a_username_skeleton() { finds("username_skeleton", "username_skeleton = 'x'"); }

    void finds_the_skeleton_of_a_username_as_shown() {
        finds("username_shown_skeleton", "username_shown_skeleton = NULL");
    }

    void finds_keys_without_a_username() {
        store_->tamper(
            "UPDATE patient SET username_key = 'x', username_skeleton = 'x', "
            "username_shown_skeleton = 'x' WHERE patient_id = 'P001'");
        CPPUNIT_ASSERT_EQUAL(std::string{"username_key in row 1, username_skeleton in row 1, "
                                         "username_shown_skeleton in row 1"},
                             untrue_words(find_untrue(store_->path())));
    }

    void a_look_that_was_left_to_somebody_else_is_true() {
        store_->set_up("P001", "anna.w");
        store_->tamper(
            "UPDATE patient SET username_shown_skeleton = NULL WHERE patient_id = 'P002'; "
            "UPDATE patient SET username_shown_skeleton = 'bruno.nunez' WHERE patient_id = 'P001'");
        store_->tamper("UPDATE patient SET username = 'bruno.nunez' WHERE patient_id = 'P002'");
        const auto found = find_untrue(store_->path());
        CPPUNIT_ASSERT(std::find(found.begin(), found.end(),
                                 Untrue{"username_shown_skeleton", 2}) == found.end());
    }

    void finds_inputs_that_changed_alone() {
        store_->tamper(
            "UPDATE patient SET first_signed_in_at = 1, email = '' WHERE patient_id = 'P002'");
        CPPUNIT_ASSERT_EQUAL(std::string{"status in row 2, marks in row 2, search_text in row 2, "
                                         "email_key in row 2"},
                             untrue_words(find_untrue(store_->path())));
    }

    void finds_a_count() {
        store_->tamper("UPDATE patient_count SET patients = patients + 1 WHERE rowid = 1");
        CPPUNIT_ASSERT_EQUAL(std::string{"patient_count.patients in row 1"}, untrue());
    }

    void finds_a_count_that_is_missing() {
        store_->tamper("DELETE FROM patient_count WHERE patients > 0");
        CPPUNIT_ASSERT_EQUAL(std::string{"patient_count.patients in row 0"}, untrue());
    }

    void a_count_of_nobody_is_true() {
        store_->tamper(
            "INSERT INTO choice_count (practice, kind, choice, patients) VALUES (1, 2, 'none', 0)");
        CPPUNIT_ASSERT_EQUAL(std::string{}, untrue());
    }

    void finds_a_count_of_link_expiries() {
        store_->change(
            "P002", [](Transaction& transaction) { put_link_expiry(transaction, "P002", noon); });
        CPPUNIT_ASSERT_EQUAL(std::string{}, untrue());
        store_->tamper("UPDATE link_expiry_count SET bucket = bucket + 1 WHERE rowid = 2");
        CPPUNIT_ASSERT_EQUAL(std::string{"link_expiry_count.patients in row 2, "
                                         "link_expiry_count.patients in row 0"},
                             untrue());
    }

    void finds_a_count_of_choices() {
        store_->tamper("UPDATE choice_count SET patients = 9 WHERE choice = 'recall'");
        const auto row = store_->number("SELECT rowid FROM choice_count WHERE choice = 'recall'");
        CPPUNIT_ASSERT_EQUAL("choice_count.patients in row " + std::to_string(row), untrue());
    }

    void finds_a_patient_whom_the_search_index_lost() {
        while (extend_search_index(*store_)) continue;
        CPPUNIT_ASSERT_EQUAL(std::string{}, untrue());
        store_->tamper(
            "INSERT INTO patient_search_1 (patient_search_1, rowid, search_text, tags) SELECT "
            "'delete', rowid, search_text, '' FROM patient WHERE patient_id = 'P001'");
        CPPUNIT_ASSERT_EQUAL(std::string{"patient_search in row 1"}, untrue());
    }

    void names_columns_and_rows_alone() {
        store_->tamper("UPDATE patient SET last_name = 'Secret' WHERE patient_id = 'P002'");
        const auto words = untrue_words(find_untrue(store_->path()));
        CPPUNIT_ASSERT_EQUAL(std::string{"sort_name in row 2, search_text in row 2"}, words);
    }

    void makes_no_store_where_there_is_none() {
        const TempFolder folder;
        CPPUNIT_ASSERT_THROW(static_cast<void>(find_untrue(folder.file("none"))),
                             std::runtime_error);
        CPPUNIT_ASSERT(!std::filesystem::exists(folder.file("none")));
    }

private:
    std::string untrue() { return untrue_words(find_untrue(store_->path())); }

    /// Bruno's row, the second one, spoilt in one column.
    void finds(const std::string& column, const std::string& spoilt) {
        store_->tamper("UPDATE patient SET " + spoilt + " WHERE patient_id = 'P002'");
        CPPUNIT_ASSERT_EQUAL(column + " in row 2", untrue_words(find_untrue(store_->path())));
    }

    std::optional<TempStore> store_{};
};
CPPUNIT_TEST_SUITE_REGISTRATION(StoreCheckTest);
