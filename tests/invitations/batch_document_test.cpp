// SPDX-License-Identifier: Apache-2.0
#include "invitations/batch_document.hpp"

#include "support/batches.hpp"
#include "support/prints.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <algorithm>

using namespace ppo;

class BatchDocumentTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(BatchDocumentTest);
    CPPUNIT_TEST(list_is_csv_with_a_row_for_each_patient);
    CPPUNIT_TEST(list_holds_the_outcomes_that_are_wanted);
    CPPUNIT_TEST(names_that_look_like_formulas_are_only_shown);
    CPPUNIT_TEST(long_list_comes_in_pieces_without_gap_or_double);
    CPPUNIT_TEST(writing_ends_when_nobody_takes_more);
    CPPUNIT_TEST(store_is_free_while_a_piece_is_taken);
    CPPUNIT_TEST(taking_the_list_out_is_recorded_before_the_first_piece);
    CPPUNIT_TEST(unknown_batch_is_refused_and_not_recorded);
    CPPUNIT_TEST_SUITE_END();

    TempStore store_{};
    Practice practice_ = elm_practice();

    std::string written(std::int64_t id, std::uint32_t outcomes = 0, UnixTime at = noon) {
        std::string all;
        CPPUNIT_ASSERT(write_batch_list(
            store_, id, outcomes, [&](std::string_view piece) { return all += piece, true; }, nurse,
            at));
        return all;
    }

public:
    void list_is_csv_with_a_row_for_each_patient() {
        add_people(store_, 1);
        const auto id = start_some(store_, practice_, these({"P0001", "P404"}));
        const auto begin = noon + practice_.hold_back;
        advance_all(store_, practice_, begin);
        CPPUNIT_ASSERT_EQUAL(
            std::string{"\xEF\xBB\xBFPlace,Patient,Name,Outcome,Reason,Queued,Next try\r\n"
                        "1,P0001,\"Winter, Anna\",queued,,2026-11-20T12:02:00Z,\r\n"
                        "2,P404,,skipped,There is no such patient.,,\r\n"},
            written(id, 0, begin));
    }

    void list_holds_the_outcomes_that_are_wanted() {
        add_people(store_, 1);
        const auto id = start_some(store_, practice_, these({"P0001", "P404"}));
        const auto list = written(id, 1U << static_cast<unsigned>(BatchOutcome::Waiting));
        CPPUNIT_ASSERT(list.find("1,P0001,\"Winter, Anna\",waiting,,,\r\n") != std::string::npos);
        CPPUNIT_ASSERT(list.find("P404") == std::string::npos);
    }

    void names_that_look_like_formulas_are_only_shown() {
        auto patient = anna("=1+1");
        patient.last_name = "=cmd()";
        store_.add(patient);
        const auto id = start_some(store_, practice_, everybody());
        CPPUNIT_ASSERT(written(id).find("1,'=1+1,\"'=cmd(), Anna\",waiting") != std::string::npos);
    }

    void long_list_comes_in_pieces_without_gap_or_double() {
        add_people(store_, 450);
        const auto id = start_some(store_, practice_, everybody());
        int pieces = 0;
        std::string all;
        CPPUNIT_ASSERT(write_batch_list(
            store_, id, 0,
            [&](std::string_view piece) {
                ++pieces;
                all += piece;
                return true;
            },
            nurse, noon));
        CPPUNIT_ASSERT_EQUAL(4, pieces);
        CPPUNIT_ASSERT_EQUAL(std::ptrdiff_t{451}, std::count(all.begin(), all.end(), '\n'));
        CPPUNIT_ASSERT(all.find("\n450,") != std::string::npos);
    }

    void writing_ends_when_nobody_takes_more() {
        add_people(store_, 450);
        const auto id = start_some(store_, practice_, everybody());
        for (const int enough : {1, 2}) {
            int pieces = 0;
            CPPUNIT_ASSERT(write_batch_list(
                store_, id, 0, [&](std::string_view) { return ++pieces < enough; }, nurse, noon));
            CPPUNIT_ASSERT_EQUAL(enough, pieces);
        }
    }

    void store_is_free_while_a_piece_is_taken() {
        add_people(store_, 1);
        const auto id = start_some(store_, practice_, everybody());
        CPPUNIT_ASSERT(write_batch_list(
            store_, id, 0,
            [&](std::string_view) {
                store_.add(bruno());
                return true;
            },
            nurse, noon));
    }

    void taking_the_list_out_is_recorded_before_the_first_piece() {
        add_people(store_, 1);
        const auto id = start_some(store_, practice_, everybody());
        CPPUNIT_ASSERT(write_batch_list(
            store_, id, 0, [](std::string_view) { return false; }, nurse, noon));
        CPPUNIT_ASSERT(batch_record(store_).find("batch_list_taken_out nurse-1 batch=1;") !=
                       std::string::npos);
    }

    void unknown_batch_is_refused_and_not_recorded() {
        const auto refused = write_batch_list(
            store_, 7, 0, [](std::string_view) { return true; }, nurse, noon);
        CPPUNIT_ASSERT_EQUAL(Refusal::UnknownBatch, refusal_of(refused));
        CPPUNIT_ASSERT_EQUAL(std::string{}, batch_record(store_));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(BatchDocumentTest);
