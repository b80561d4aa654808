// SPDX-License-Identifier: Apache-2.0
#include "store/saved_view_table.hpp"

#include "support/temp_store.hpp"

#include <cppunit/extensions/HelperMacros.h>

using namespace ppo;

namespace {
/// A view with nothing left at its default.
SavedView full(const std::string& name) {
    SavedView view;
    view.name = name;
    view.query.sort = ReportSort::NextAppointment;
    view.query.descending = true;
    view.query.statuses = {PortalStatus::NotEnabled, PortalStatus::SignedIn};
    view.query.marks = Marks{1ULL << 63 | 0x300};
    view.query.access_enabled = false;
    view.query.has_username = true;
    view.query.search = "O'Brien; DROP TABLE patient";
    view.query.tag = "recall";
    view.query.provider = "Dr. Reed";
    view.query.appointment_after = noon;
    view.query.appointment_before = noon + std::chrono::hours{1};
    view.columns = {3, 1, 12};
    return view;
}

SavedView plain(const std::string& name) {
    SavedView view;
    view.name = name;
    return view;
}
}  // namespace

class SavedViewTableTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(SavedViewTableTest);
    CPPUNIT_TEST(every_filter_comes_back_as_it_was_saved);
    CPPUNIT_TEST(what_was_left_out_stays_left_out);
    CPPUNIT_TEST(views_outlive_the_program);
    CPPUNIT_TEST(the_same_name_replaces_all_of_it);
    CPPUNIT_TEST(views_come_by_name);
    CPPUNIT_TEST(members_of_staff_do_not_share_views);
    CPPUNIT_TEST(erases_by_name_without_letter_case);
    CPPUNIT_TEST_SUITE_END();

    TempStore store_{};

    void put(const SavedView& view, std::string_view staff = "nurse-1", UnixTime at = noon) {
        Transaction transaction{store_};
        put_saved_view(transaction, staff, view, at);
        transaction.commit();
    }
    std::vector<SavedView> views(std::string_view staff = "nurse-1") {
        return store_.ask([&](Connection& c) { return saved_views_of(c, staff); });
    }

public:
    void every_filter_comes_back_as_it_was_saved() {
        put(full("Recalls"));
        const auto saved = views().at(0);
        const auto wanted = full("Recalls");
        const auto& query = saved.query;
        CPPUNIT_ASSERT_EQUAL(
            std::string{"Recalls|O'Brien; DROP TABLE patient|recall|Dr. Reed"},
            saved.name + "|" + query.search + "|" + query.tag + "|" + query.provider);
        CPPUNIT_ASSERT(query.sort == ReportSort::NextAppointment && query.descending);
        CPPUNIT_ASSERT(query.statuses == wanted.query.statuses);
        CPPUNIT_ASSERT(query.marks == wanted.query.marks);
        CPPUNIT_ASSERT(query.access_enabled == false && query.has_username == true);
        CPPUNIT_ASSERT(query.appointment_after == wanted.query.appointment_after);
        CPPUNIT_ASSERT(query.appointment_before == wanted.query.appointment_before);
        CPPUNIT_ASSERT(saved.columns == wanted.columns);
        CPPUNIT_ASSERT(saved.changed_at == noon);
    }

    void what_was_left_out_stays_left_out() {
        put(plain("Everybody"));
        const auto saved = views().at(0);
        CPPUNIT_ASSERT(!saved.query.access_enabled && !saved.query.has_username);
        CPPUNIT_ASSERT(!saved.query.appointment_after && !saved.query.appointment_before);
        CPPUNIT_ASSERT(saved.query.statuses.empty() && saved.columns.empty());
    }

    void views_outlive_the_program() {
        put(full("Recalls"));
        store_.reopen();
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, views().size());
    }

    void the_same_name_replaces_all_of_it() {
        put(full("Recalls"));
        const auto later = noon + std::chrono::hours{1};
        put(plain("RECALLS"), "nurse-1", later);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, views().size());
        const auto saved = views().at(0);
        CPPUNIT_ASSERT_EQUAL(std::string{"RECALLS"}, saved.name);
        CPPUNIT_ASSERT(saved.query.search.empty() && saved.query.marks == Marks{});
        CPPUNIT_ASSERT(!saved.query.access_enabled && saved.columns.empty());
        CPPUNIT_ASSERT(saved.changed_at == later);
        CPPUNIT_ASSERT_EQUAL(to_milliseconds(noon),
                             store_.number("SELECT created_at FROM saved_view"));
    }

    void views_come_by_name() {
        for (const char* name : {"beta", "Alpha", "Gamma"}) put(plain(name));
        std::string names;
        for (const auto& view : views()) names += view.name + ";";
        CPPUNIT_ASSERT_EQUAL(std::string{"Alpha;beta;Gamma;"}, names);
    }

    void members_of_staff_do_not_share_views() {
        put(plain("Recalls"));
        put(full("Recalls"), "nurse-2");
        CPPUNIT_ASSERT(views().at(0).query.search.empty());
        CPPUNIT_ASSERT(!views("nurse-2").at(0).query.search.empty());
        CPPUNIT_ASSERT(views("nurse").empty());
        store_.ask([](Connection& c) {
            CPPUNIT_ASSERT(has_saved_view(c, "nurse-1", "recalls"));
            CPPUNIT_ASSERT(!has_saved_view(c, "nurse-3", "recalls"));
            CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, count_saved_views(c, "nurse-2"));
            return 0;
        });
    }

    void erases_by_name_without_letter_case() {
        put(plain("Recalls"));
        Transaction transaction{store_};
        CPPUNIT_ASSERT(!erase_saved_view(transaction, "nurse-2", "Recalls"));
        CPPUNIT_ASSERT(!erase_saved_view(transaction, "nurse-1", "Recall"));
        CPPUNIT_ASSERT(erase_saved_view(transaction, "nurse-1", "rECALLS"));
        CPPUNIT_ASSERT(!erase_saved_view(transaction, "nurse-1", "Recalls"));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(SavedViewTableTest);
