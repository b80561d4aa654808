// SPDX-License-Identifier: Apache-2.0
#include "onboarding/saved_views.hpp"

#include "store/audit_table.hpp"
#include "support/prints.hpp"
#include "support/temp_store.hpp"

#include <cppunit/extensions/HelperMacros.h>

using namespace ppo;

class SavedViewsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(SavedViewsTest);
    CPPUNIT_TEST(a_saved_view_is_found_again_by_who_saved_it);
    CPPUNIT_TEST(a_view_of_somebody_else_is_not_there);
    CPPUNIT_TEST(the_same_name_replaces);
    CPPUNIT_TEST(a_name_that_cannot_be_saves_and_records_nothing);
    CPPUNIT_TEST(the_fifty_first_view_is_refused);
    CPPUNIT_TEST(the_fiftieth_can_still_be_replaced);
    CPPUNIT_TEST(fifty_of_one_leave_room_for_another);
    CPPUNIT_TEST(dropping_makes_room);
    CPPUNIT_TEST(an_unknown_name_drops_and_records_nothing);
    CPPUNIT_TEST(the_record_says_who_and_what_but_neither_name_nor_filter);
    CPPUNIT_TEST_SUITE_END();

    TempStore store_{};
    const Actor other_{Actor::Kind::Staff, "nurse-2", "desk-9"};

    Result<Done> save(const std::string& name, const Actor& actor = nurse,
                      const std::string& search = "winter") {
        SavedView view;
        view.name = name;
        view.query.search = search;
        return save_view(store_, view, actor, noon);
    }
    void save_fifty() {
        for (int i = 0; i < most_saved_views; ++i)
            CPPUNIT_ASSERT(save("View " + std::to_string(i)));
    }
    std::string names(const std::string& staff = "nurse-1") {
        std::string all;
        for (const auto& view : saved_views(store_, staff)) all += view.name + ";";
        return all;
    }
    std::vector<AuditEntry> entries() {
        return store_.ask([](Connection& c) { return read_audit(c, 0, "", 1000); });
    }

public:
    void a_saved_view_is_found_again_by_who_saved_it() {
        CPPUNIT_ASSERT(save("  Recalls "));
        CPPUNIT_ASSERT_EQUAL(std::string{"Recalls;"}, names());
        CPPUNIT_ASSERT_EQUAL(std::string{"winter"},
                             saved_views(store_, "nurse-1").at(0).query.search);
    }

    void a_view_of_somebody_else_is_not_there() {
        CPPUNIT_ASSERT(save("Recalls"));
        CPPUNIT_ASSERT_EQUAL(std::string{}, names("nurse-2"));
        CPPUNIT_ASSERT_EQUAL(Refusal::UnknownSavedView,
                             refusal_of(drop_view(store_, "Recalls", other_, noon)));
        CPPUNIT_ASSERT_EQUAL(std::string{"Recalls;"}, names());
    }

    void the_same_name_replaces() {
        CPPUNIT_ASSERT(save("Recalls"));
        CPPUNIT_ASSERT(save("recalls", nurse, "spring"));
        CPPUNIT_ASSERT_EQUAL(std::string{"recalls;"}, names());
        CPPUNIT_ASSERT_EQUAL(std::string{"new"}, entries().at(0).detail);
        CPPUNIT_ASSERT_EQUAL(std::string{"replaced"}, entries().at(1).detail);
    }

    void a_name_that_cannot_be_saves_and_records_nothing() {
        CPPUNIT_ASSERT_EQUAL(Refusal::ViewName, refusal_of(save(" ")));
        CPPUNIT_ASSERT_EQUAL(std::string{}, names());
        CPPUNIT_ASSERT(entries().empty());
    }

    void the_fifty_first_view_is_refused() {
        save_fifty();
        CPPUNIT_ASSERT_EQUAL(Refusal::TooManyViews, refusal_of(save("One more")));
        CPPUNIT_ASSERT_EQUAL(most_saved_views, store_.number("SELECT COUNT(*) FROM saved_view"));
        CPPUNIT_ASSERT_EQUAL(static_cast<std::size_t>(most_saved_views), entries().size());
    }

    void the_fiftieth_can_still_be_replaced() {
        save_fifty();
        CPPUNIT_ASSERT(save("view 7", nurse, "spring"));
    }

    void fifty_of_one_leave_room_for_another() {
        save_fifty();
        CPPUNIT_ASSERT(save("Recalls", other_));
    }

    void dropping_makes_room() {
        save_fifty();
        CPPUNIT_ASSERT(drop_view(store_, " VIEW 7", nurse, noon));
        CPPUNIT_ASSERT(save("One more"));
    }

    void an_unknown_name_drops_and_records_nothing() {
        CPPUNIT_ASSERT(save("Recalls"));
        for (const char* name : {"Recall", "", "two\nlines"})
            CPPUNIT_ASSERT_EQUAL(Refusal::UnknownSavedView,
                                 refusal_of(drop_view(store_, name, nurse, noon)));
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, entries().size());
    }

    void the_record_says_who_and_what_but_neither_name_nor_filter() {
        CPPUNIT_ASSERT(save("Family Winter", nurse, "anna winter"));
        CPPUNIT_ASSERT(drop_view(store_, "Family Winter", nurse, noon));
        std::string record;
        for (const auto& entry : entries())
            record += entry.action + " " + entry.actor.id + " " + entry.actor.from + " [" +
                      entry.patient_id + "] " + entry.outcome + " " + entry.detail + ";";
        CPPUNIT_ASSERT_EQUAL(std::string{"report_view_saved nurse-1 desk-2 [] done new;"
                                         "report_view_dropped nurse-1 desk-2 [] done ;"},
                             record);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(SavedViewsTest);
