// SPDX-License-Identifier: Apache-2.0
#include "mail/smtp_connection.hpp"

#include "mail/scripted_server.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <future>

using namespace ppo;
using namespace ppo_test;
using namespace std::chrono_literals;

class SmtpConnectionTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(SmtpConnectionTest);
    CPPUNIT_TEST(carries_bytes_both_ways);
    CPPUNIT_TEST(calls_itself_by_its_own_address);
    CPPUNIT_TEST(end_of_the_stream_is_a_loss);
    CPPUNIT_TEST(silence_is_no_news);
    CPPUNIT_TEST(unread_bytes_are_news);
    CPPUNIT_TEST(reading_keeps_its_deadline);
    CPPUNIT_TEST(writing_keeps_its_deadline);
    CPPUNIT_TEST(stop_ends_reading);
    CPPUNIT_TEST_SUITE_END();

    std::atomic<bool> stopped_{false};

    static SteadyTime in(std::chrono::milliseconds time) {
        return std::chrono::steady_clock::now() + time;
    }
    [[nodiscard]] SmtpConnection connect(const ScriptedServer& server) const {
        return {SmtpAddress{SmtpSecurity::Plain, "127.0.0.1", server.port()},
                {Poco::Net::IPAddress{"127.0.0.1"}},
                in(5s),
                stopped_};
    }

    void carries_bytes_both_ways() {
        ScriptedServer server{[](ServerSide& client, int) { client.say(client.line() + "!"); }};
        auto connection = connect(server);
        connection.write("hello\r\n", in(5s));
        CPPUNIT_ASSERT_EQUAL(std::string{"hello!"}, connection.read(in(5s)));
    }
    void calls_itself_by_its_own_address() {
        ScriptedServer server{[](ServerSide& client, int) { client.stall(); }};
        CPPUNIT_ASSERT_EQUAL(std::string{"[127.0.0.1]"}, connect(server).own_name());
    }
    void end_of_the_stream_is_a_loss() {
        ScriptedServer server{[](ServerSide&, int) {}};
        auto connection = connect(server);
        CPPUNIT_ASSERT_THROW((void)connection.read(in(5s)), ConnectionLost);
    }
    void silence_is_no_news() {
        ScriptedServer server{[](ServerSide& client, int) { client.stall(); }};
        CPPUNIT_ASSERT_EQUAL(std::string{}, connect(server).read_arrived());
    }
    void unread_bytes_are_news() {
        ScriptedServer server{[](ServerSide& client, int) {
            client.say(std::string(5000, 'x'));
            client.stall();
        }};
        auto connection = connect(server);
        CPPUNIT_ASSERT_EQUAL(std::size_t{4096}, connection.read(in(5s)).size());
        CPPUNIT_ASSERT_EQUAL(std::size_t{904}, connection.read_arrived().size());
    }
    void reading_keeps_its_deadline() {
        ScriptedServer server{[](ServerSide& client, int) { client.stall(); }};
        auto connection = connect(server);
        const auto start = std::chrono::steady_clock::now();
        CPPUNIT_ASSERT_THROW((void)connection.read(in(50ms)), ConnectionLost);
        CPPUNIT_ASSERT(std::chrono::steady_clock::now() - start < 2s);
    }
    void writing_keeps_its_deadline() {
        std::promise<void> done;
        ScriptedServer server{[&](ServerSide&, int) { done.get_future().wait(); }};
        auto connection = connect(server);
        // More than both ends keep for a peer that does not read.
        CPPUNIT_ASSERT_THROW(connection.write(std::string(64 << 20, 'x'), in(200ms)),
                             ConnectionLost);
        done.set_value();
    }
    void stop_ends_reading() {
        ScriptedServer server{[](ServerSide& client, int) { client.stall(); }};
        auto connection = connect(server);
        stopped_ = true;
        CPPUNIT_ASSERT_THROW((void)connection.read(in(60s)), ConnectionLost);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(SmtpConnectionTest);
