// SPDX-License-Identifier: Apache-2.0
#include "faults/villain/villain.hpp"
#include "mail/sample_mail.hpp"
#include "mail/smtp_transport.hpp"

#include <cppunit/extensions/HelperMacros.h>
#include <unistd.h>

#include <fstream>
#include <future>
#include <iomanip>
#include <iostream>
#include <map>
#include <thread>

using namespace ppo;
using namespace ppo_test;
using namespace std::chrono_literals;

namespace {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool is_sanitized = true;
constexpr auto patience = 5s;
constexpr auto leeway = 30s;
#else
constexpr bool is_sanitized = false;
constexpr auto patience = 1s;  // With each command; well-behaved servers need a hundredth.
constexpr auto leeway = 2s;
#endif
constexpr auto at_most = 3 * patience;  // A whole mail, plus what a busy machine needs.

const std::string first_id = "first@elm.example";
const std::string second_id = "second@elm.example";

OutgoingMail mail_called(const std::string& message_id) {
    auto mail = sample_mail();
    mail.message_id = message_id;
    return mail;
}

/// More than both ends keep for a server that does not read.
OutgoingMail huge_mail() {
    auto mail = mail_called(first_id);
    const std::string line = std::string(70, 'x') + "\n";
    while (mail.words.text.size() < 4'000'000) mail.words.text += line;
    return mail;
}

SmtpSettings settings_for(const Villain& villain, const VillainPapers& papers) {
    SmtpSettings settings;
    settings.server = {SmtpSecurity::StartTls, "127.0.0.1", villain.port()};
    settings.user = "portal";
    settings.password = "secret";
    settings.ca_file = papers.authority.ca_file();
    auto& deadlines = settings.deadlines;
    deadlines.connect = deadlines.command = deadlines.data = deadlines.block = patience;
    deadlines.final_dot = patience;
    deadlines.session = at_most;
    return settings;
}

std::string word_of(DeliveryState state) {
    switch (state) {
    case DeliveryState::Sent: return "sent";
    case DeliveryState::Deferred: return "deferred";
    case DeliveryState::Failed: return "failed";
    case DeliveryState::Unknown: return "unknown";
    }
    return {};
}

std::string word_of(const Delivery& delivery, bool left) {
    return word_of(delivery.state) + (delivery.relay_broken ? ", relay broken" : "") +
           (left ? ", had left" : "");
}

/// One letter, "!" where the other mails wait as well: the matrix as it is printed.
std::string sign_of(const Delivery& delivery) {
    std::string sign{static_cast<char>(word_of(delivery.state)[0] - 32)};
    return sign + (delivery.relay_broken ? "!" : "");
}

struct Played {
    Cell cell{};
    std::string sign{};
    std::vector<std::string> complaints{};
};

Played play(const Cell& cell, bool has_pipelining, const VillainPapers& papers) {
    Played played{cell, {}, {}};
    const auto complain = [&](const std::string& what) {
        played.complaints.push_back(name_of(cell.step) + " / " + name_of(cell.trick) +
                                    (has_pipelining ? " (pipelining): " : ": ") + what);
    };
    Villain villain{cell, has_pipelining, papers};
    auto settings = settings_for(villain, papers);
    if (cell.step == Step::Quit) settings.mails_a_connection = 1;
    SmtpTransport transport{settings};
    int times_left = 0;
    const auto start = std::chrono::steady_clock::now();
    const auto delivery = transport.send(
        cell.step == Step::Body ? huge_mail() : mail_called(first_id), [&] { ++times_left; });
    const auto took = std::chrono::steady_clock::now() - start;
    played.sign = sign_of(delivery);

    const auto expected = expected_of(cell);
    const Delivery wanted{expected.state, {}, expected.relay_broken};
    if (word_of(delivery, times_left > 0) != word_of(wanted, expected.left))
        complain("should be " + word_of(wanted, expected.left) + ", is " +
                 word_of(delivery, times_left > 0) + ": " + delivery.reason);
    if (times_left > 1) complain("left more than once");
    if (took > at_most + leeway) complain("took too long");
    if (delivery.state != DeliveryState::Sent && delivery.reason.empty()) complain("has no reason");
    if (!villain.await_trick()) complain("was not played");
    const int seen_whole = cell.step == Step::Dot || cell.step == Step::Quit ? 1 : 0;
    if (villain.arrived(first_id) != seen_whole)
        complain("the mail arrived " + std::to_string(villain.arrived(first_id)) + " times");

    villain.reform();
    const auto next = transport.send(mail_called(second_id), [] {});
    if (next.state != DeliveryState::Sent) complain("the next mail is not sent: " + next.reason);
    if (villain.arrived(second_id) != 1)
        complain("the next mail arrived " + std::to_string(villain.arrived(second_id)) + " times");
    return played;
}

std::vector<std::pair<Cell, bool>> whole_matrix() {
    std::vector<std::pair<Cell, bool>> cells;
    for (const bool has_pipelining : {false, true})
        for (const auto step : all_steps)
            for (const auto trick : all_tricks)
                if (why_not({step, trick}).empty())
                    cells.push_back({Cell{step, trick}, has_pipelining});
    return cells;
}

void print(const std::vector<Played>& all) {
    std::map<std::pair<Step, Trick>, std::string> signs;
    for (const auto& played : all) {
        auto& sign = signs[{played.cell.step, played.cell.trick}];
        if (sign.empty()) sign = played.sign;
        if (sign != played.sign) sign += "/" + played.sign;
    }
    std::cout << "S sent, D deferred, F failed, U unknown; ! = the other mails wait as well\n";
    for (const auto step : all_steps) {
        std::cout << std::left << std::setw(14) << name_of(step);
        for (const auto trick : all_tricks)
            if (signs.contains({step, trick}))
                std::cout << " | " << name_of(trick) << ' ' << signs[{step, trick}];
        std::cout << '\n';
    }
}
}  // namespace

class VillainTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(VillainTest);
    CPPUNIT_TEST(every_cell_of_the_matrix_comes_out_as_the_rules_say);
    CPPUNIT_TEST(interrupt_ends_every_stall_within_a_second);
    CPPUNIT_TEST(server_that_talks_without_end_costs_no_memory);
    CPPUNIT_TEST_SUITE_END();

    VillainPapers papers_{};

    void every_cell_of_the_matrix_comes_out_as_the_rules_say() {
        const auto cells = whole_matrix();
        std::vector<Played> all(cells.size());
        std::atomic<std::size_t> next{0};
        std::vector<std::future<void>> players;
        for (int i = 0; i < 16; ++i)
            players.push_back(std::async(std::launch::async, [&] {
                for (auto at = next++; at < cells.size(); at = next++)
                    all[at] = play(cells[at].first, cells[at].second, papers_);
            }));
        for (auto& player : players) player.get();
        print(all);
        std::string complaints;
        for (const auto& played : all)
            for (const auto& complaint : played.complaints) complaints += "\n  " + complaint;
        CPPUNIT_ASSERT_MESSAGE(complaints, complaints.empty());
    }

    void interrupt_ends_every_stall_within_a_second() {
        for (const auto step : all_steps) {
            if (step == Step::Quit) continue;  // Nobody waits for its answer.
            Villain villain{{step, Trick::Stall}, true, papers_};
            auto settings = settings_for(villain, papers_);
            auto& deadlines = settings.deadlines;
            deadlines.connect = deadlines.command = deadlines.data = deadlines.block = 60s;
            deadlines.final_dot = deadlines.session = 60s;
            SmtpTransport transport{settings};
            auto sending = std::async(std::launch::async, [&] {
                return transport.send(step == Step::Body ? huge_mail() : mail_called(first_id),
                                      [] {});
            });
            CPPUNIT_ASSERT_MESSAGE(name_of(step), villain.await_trick());
            transport.interrupt();
            CPPUNIT_ASSERT_MESSAGE(name_of(step),
                                   sending.wait_for(1s) == std::future_status::ready);
            const auto wanted = step == Step::Dot ? DeliveryState::Unknown
                                                  : DeliveryState::Deferred;
            CPPUNIT_ASSERT_EQUAL_MESSAGE(name_of(step), word_of(wanted),
                                         word_of(sending.get().state));
        }
    }

    static long resident_kib() {
        std::ifstream file{"/proc/self/statm"};
        long pages = 0;
        file >> pages >> pages;
        return pages * (::sysconf(_SC_PAGESIZE) / 1024);
    }
    void server_that_talks_without_end_costs_no_memory() {
        if (is_sanitized) return;  // A sanitizer keeps what was freed for a while.
        const auto round = [this] {
            for (const auto trick : {Trick::Endless, Trick::LongLine})
                for (const auto step : {Step::Greeting, Step::SecondEhlo, Step::Mail, Step::Dot}) {
                    Villain villain{{step, trick}, true, papers_};
                    SmtpTransport transport{settings_for(villain, papers_)};
                    for (int i = 0; i < 5; ++i)
                        CPPUNIT_ASSERT(transport.send(mail_called(first_id), [] {}).state !=
                                       DeliveryState::Sent);
                }
        };
        for (int i = 0; i < 2; ++i) round();  // What is kept for good is kept from the first on.
        const auto before = resident_kib();
        for (int i = 0; i < 10; ++i) round();
        const auto grown = resident_kib() - before;
        CPPUNIT_ASSERT_MESSAGE(std::to_string(grown) + " KiB", grown < 6 * 1024);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(VillainTest);
