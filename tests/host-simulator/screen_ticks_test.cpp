// SPDX-License-Identifier: Apache-2.0
#include "scenario/screen.hpp"

#include <cppunit/extensions/HelperMacros.h>

using namespace ppo_sim;

namespace {
constexpr auto model = R"({"schema":"ppo.view/1",
    "dialog":{"elements":[{"kind":"check","id":"too","label":"Also others","checked":false}],
              "actions":[{"id":"dismiss","label":"Cancel"}]},
    "actions":[{"id":"cancel_batch","label":"Cancel"}],
    "sections":[{"elements":[
      {"kind":"choice","id":"tag","label":"Tag","value":"",
       "choices":[{"value":"","label":"Any"},{"value":"w1","label":"First wave"}]},
      {"kind":"table","check_all":{"id":"all","label":"All 2","checked":false},"rows":[
        {"id":"P001","check":{"id":"pick:P001","label":"Select Weber","checked":false}},
        {"id":"P002","check":{"id":"pick:P002","label":"Select Ek","checked":false,
                              "reason":"Too late."}}]}]}]})";
}  // namespace

class ScreenTicksTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ScreenTicksTest);
    CPPUNIT_TEST(finds_the_box_of_a_row);
    CPPUNIT_TEST(offers_no_box_that_cannot_be_ticked);
    CPPUNIT_TEST(finds_the_box_for_all);
    CPPUNIT_TEST(reads_the_dialog_before_the_view_behind_it);
    CPPUNIT_TEST(finds_the_value_of_a_choice_by_its_label);
    CPPUNIT_TEST_SUITE_END();

    const Screen screen_{model};
    bool found_ = false;

    void finds_the_box_of_a_row() {
        CPPUNIT_ASSERT_EQUAL(std::string{"pick:P001"}, screen_.tick("P001", found_)->id);
    }

    void offers_no_box_that_cannot_be_ticked() {
        CPPUNIT_ASSERT(!screen_.tick("P002", found_));
        CPPUNIT_ASSERT(found_);
    }

    void finds_the_box_for_all() {
        CPPUNIT_ASSERT_EQUAL(std::string{"all"}, screen_.tick_all()->id);
    }

    void reads_the_dialog_before_the_view_behind_it() {
        CPPUNIT_ASSERT_EQUAL(std::string{"dismiss"}, screen_.action("Cancel")->id);
        CPPUNIT_ASSERT_EQUAL(std::string{"too"}, screen_.field("Also others")->id);
    }

    void finds_the_value_of_a_choice_by_its_label() {
        CPPUNIT_ASSERT_EQUAL(std::string{"w1"}, *screen_.value_of_choice("tag", "first wave"));
        CPPUNIT_ASSERT(!screen_.value_of_choice("tag", "Third wave"));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(ScreenTicksTest);
