// SPDX-License-Identifier: Apache-2.0
#include "web/sessions.hpp"

#include <cppunit/extensions/HelperMacros.h>

using namespace ppo_sim;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

class SessionsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(SessionsTest);
    CPPUNIT_TEST(a_session_is_found_by_its_id_alone);
    CPPUNIT_TEST(a_request_keeps_a_session_open);
    CPPUNIT_TEST(a_session_ends_without_requests);
    CPPUNIT_TEST(a_session_ends_in_the_end_whatever_is_requested);
    CPPUNIT_TEST(a_link_is_open_for_ten_minutes_idle_and_thirty_in_all);
    CPPUNIT_TEST(it_says_how_long_is_left);
    CPPUNIT_TEST(a_session_that_was_ended_is_gone);
    CPPUNIT_TEST(a_flood_of_visitors_signs_nobody_out);
    CPPUNIT_TEST(a_post_needs_the_token_of_its_session);
    CPPUNIT_TEST(a_post_of_another_sites_page_is_not_genuine);
    CPPUNIT_TEST_SUITE_END();

    const Moment start_{hours{1000}};

    void a_session_is_found_by_its_id_alone() {
        Sessions<PortalSession> sessions;
        const auto mine = sessions.start(start_);
        const auto yours = sessions.start(start_);
        CPPUNIT_ASSERT(sessions.find(mine->id, start_) == mine);
        CPPUNIT_ASSERT(mine->id != yours->id && mine->csrf != yours->csrf);
        CPPUNIT_ASSERT(!sessions.find("", start_));
    }

    void a_request_keeps_a_session_open() {
        Sessions<PortalSession> sessions;
        const auto id = sessions.start(start_)->id;
        CPPUNIT_ASSERT(sessions.find(id, start_ + minutes{29}));
        CPPUNIT_ASSERT(sessions.find(id, start_ + minutes{58}));
    }

    void a_session_ends_without_requests() {
        Sessions<PortalSession> sessions;
        const auto id = sessions.start(start_)->id;
        CPPUNIT_ASSERT(!sessions.find(id, start_ + minutes{30}));
        CPPUNIT_ASSERT(!sessions.find(id, start_));
    }

    void a_session_ends_in_the_end_whatever_is_requested() {
        Sessions<PortalSession> sessions;
        const auto id = sessions.start(start_)->id;
        for (minutes passed{20}; passed < hours{12}; passed += minutes{20})
            CPPUNIT_ASSERT(sessions.find(id, start_ + passed));
        CPPUNIT_ASSERT(!sessions.find(id, start_ + hours{12}));
    }

    void a_link_is_open_for_ten_minutes_idle_and_thirty_in_all() {
        Sessions<PortalSession> links{link_life};
        const auto idle = links.start(start_)->id;
        const auto busy = links.start(start_)->id;
        CPPUNIT_ASSERT(links.find(busy, start_ + minutes{9}));
        CPPUNIT_ASSERT(!links.find(idle, start_ + minutes{10}));
        CPPUNIT_ASSERT(links.find(busy, start_ + minutes{18}));
        CPPUNIT_ASSERT(links.find(busy, start_ + minutes{27}));
        CPPUNIT_ASSERT(!links.find(busy, start_ + minutes{30}));
    }

    void it_says_how_long_is_left() {
        Sessions<PortalSession> links{link_life};
        const auto id = links.start(start_)->id;
        CPPUNIT_ASSERT(links.left(id, start_ + minutes{4}) == minutes{6});
        CPPUNIT_ASSERT(links.find(id, start_ + minutes{9}));
        CPPUNIT_ASSERT(links.find(id, start_ + minutes{18}));
        CPPUNIT_ASSERT(links.find(id, start_ + minutes{25}));
        CPPUNIT_ASSERT(links.left(id, start_ + minutes{25}) == minutes{5});
        CPPUNIT_ASSERT(links.left("nobody", start_) == seconds{0});
    }

    void a_session_that_was_ended_is_gone() {
        Sessions<PortalSession> sessions;
        const auto id = sessions.start(start_)->id;
        sessions.end(id);
        CPPUNIT_ASSERT(!sessions.find(id, start_));
    }

    void a_flood_of_visitors_signs_nobody_out() {
        Sessions<PortalSession> sessions;
        const auto patient = sessions.start(start_, "P1")->id;
        const auto first = sessions.start(start_ + seconds{1})->id;
        for (std::size_t i = 2; i < sessions.most; ++i)
            static_cast<void>(sessions.start(start_ + seconds{2}));
        static_cast<void>(sessions.start(start_ + seconds{3}));
        CPPUNIT_ASSERT(!sessions.find(first, start_ + seconds{3}));
        CPPUNIT_ASSERT(sessions.find(patient, start_ + seconds{3}));
    }

    void a_post_needs_the_token_of_its_session() {
        PortalSession mine;
        PortalSession yours;
        Request request{.method = "POST"};
        CPPUNIT_ASSERT(!is_genuine(request, mine));
        request.form.add("csrf", yours.csrf);
        CPPUNIT_ASSERT(!is_genuine(request, mine));
        request.form.add("csrf", mine.csrf);
        CPPUNIT_ASSERT(is_genuine(request, mine));
    }

    void a_post_of_another_sites_page_is_not_genuine() {
        PortalSession session;
        Request request{.method = "POST", .from_own_page = false};
        request.form.add("csrf", session.csrf);
        CPPUNIT_ASSERT(!is_genuine(request, session));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(SessionsTest);
