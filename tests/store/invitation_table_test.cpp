// SPDX-License-Identifier: Apache-2.0
#include "store/invitation_table.hpp"

#include "store/account_table.hpp"
#include "store/outbox_table.hpp"
#include "store/patient_table.hpp"
#include "support/prints.hpp"
#include "support/temp_store.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <future>
#include <memory>
#include <vector>

using namespace ppo;

namespace {
const std::string digest(64, 'd');
constexpr auto tick = std::chrono::milliseconds{1};
constexpr auto week = std::chrono::hours{24 * 7};

Invitation invitation(const std::string& id = std::string(32, 'a'),
                      const std::string& of = digest) {
    Invitation made;
    made.id = id;
    made.patient_id = "P001";
    made.key_id = "k1";
    made.link_digest = of;
    made.created_at = noon;
    made.expires_at = noon + week;
    return made;
}
}  // namespace

class InvitationTableTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(InvitationTableTest);
    CPPUNIT_TEST(stored_one_is_found_by_id_digest_and_patient);
    CPPUNIT_TEST(a_second_open_one_is_refused_by_the_store);
    CPPUNIT_TEST(live_link_can_be_used_once);
    CPPUNIT_TEST(of_sixteen_who_use_one_link_one_wins);
    CPPUNIT_TEST(use_that_is_undone_leaves_the_link_usable);
    CPPUNIT_TEST(expired_link_cannot_be_used_from_the_very_millisecond_on);
    CPPUNIT_TEST(closed_link_cannot_be_used_however_it_was_closed);
    CPPUNIT_TEST(link_cannot_be_used_without_access);
    CPPUNIT_TEST(link_cannot_be_used_on_a_closed_chart);
    CPPUNIT_TEST(link_cannot_be_used_once_the_chart_has_gone);
    CPPUNIT_TEST(link_of_an_older_epoch_cannot_be_used);
    CPPUNIT_TEST(unknown_digest_cannot_be_used);
    CPPUNIT_TEST(first_cause_of_death_stays);
    CPPUNIT_TEST(dead_link_leaves_no_expiry_mark);
    CPPUNIT_TEST(closing_takes_the_waiting_mail_out);
    CPPUNIT_TEST(wrong_answers_are_kept_and_do_not_close_the_link);
    CPPUNIT_TEST(last_invitation_counts_closed_ones_too);
    CPPUNIT_TEST(tells_how_the_newest_link_ended);
    CPPUNIT_TEST(reminder_is_due_from_its_moment_on);
    CPPUNIT_TEST(longest_waiting_reminders_come_first);
    CPPUNIT_TEST(closed_link_waits_for_no_reminder);
    CPPUNIT_TEST(looking_for_reminders_walks_one_index);
    CPPUNIT_TEST_SUITE_END();

    TempStore store_{};

    std::optional<std::string> use(Database& database, UnixTime at = noon + tick) {
        Transaction transaction{database};
        auto used = use_link(transaction, digest, at);
        transaction.commit();
        return used;
    }
    template <class Action>
    void change(Action action) {
        store_.change("P001", action);
    }
    Invitation stored() {
        return store_.ask([](Connection& c) { return invitation_with_digest(c, digest).value(); });
    }

public:
    void setUp() override {
        store_.add(anna());
        change([](Transaction& t) { add_invitation(t, invitation()); });
    }

    void stored_one_is_found_by_id_digest_and_patient() {
        const auto found = store_.ask([](Connection& c) {
            return std::vector<std::optional<Invitation>>{find_invitation(c, std::string(32, 'a')),
                                                          invitation_with_digest(c, digest),
                                                          open_invitation(c, "P001")};
        });
        for (const auto& one : found) {
            CPPUNIT_ASSERT_EQUAL(invitation().id, one->id);
            CPPUNIT_ASSERT(one->expires_at == noon + week && one->created_at == noon);
            CPPUNIT_ASSERT_EQUAL(LinkEnd::Open, one->end);
        }
        CPPUNIT_ASSERT(store_.account("P001").facts.link_expires_at == noon + week);
    }

    void a_second_open_one_is_refused_by_the_store() {
        Transaction transaction{store_};
        static_cast<void>(fault_of([&] {
            add_invitation(transaction, invitation(std::string(32, 'b'), std::string(64, 'e')));
        }));
    }

    void live_link_can_be_used_once() {
        CPPUNIT_ASSERT_EQUAL(std::string{"P001"}, use(store_).value());
        CPPUNIT_ASSERT(!use(store_));
        CPPUNIT_ASSERT_EQUAL(LinkEnd::Used, stored().end);
    }

    void of_sixteen_who_use_one_link_one_wins() {
        std::vector<std::unique_ptr<Database>> databases;
        for (int i = 0; i < 4; ++i)
            databases.push_back(std::make_unique<Database>(store_.path(), test_keyring()));
        std::promise<void> start;
        const auto started = start.get_future().share();
        std::vector<std::future<bool>> uses;
        for (std::size_t i = 0; i < 16; ++i)
            uses.push_back(std::async(std::launch::async, [&, i] {
                started.wait();
                return use(*databases[i % 4]).has_value();
            }));
        start.set_value();
        int won = 0;
        for (auto& one : uses) won += one.get() ? 1 : 0;
        CPPUNIT_ASSERT_EQUAL(1, won);
    }

    void use_that_is_undone_leaves_the_link_usable() {
        {
            Transaction transaction{store_};
            CPPUNIT_ASSERT(use_link(transaction, digest, noon));
        }
        CPPUNIT_ASSERT(use(store_));
    }

    void expired_link_cannot_be_used_from_the_very_millisecond_on() {
        CPPUNIT_ASSERT(!use(store_, noon + week));
        CPPUNIT_ASSERT(use(store_, noon + week - tick));
    }

    void closed_link_cannot_be_used_however_it_was_closed() {
        for (int end = 1; end <= 6; ++end) {
            change([end](Transaction& t) {
                CPPUNIT_ASSERT(close_open_invitation(t, "P001", static_cast<LinkEnd>(end), noon));
            });
            CPPUNIT_ASSERT(!use(store_));
            CPPUNIT_ASSERT_EQUAL(static_cast<LinkEnd>(end), stored().end);
            store_.tamper("UPDATE invitation SET closed_at = NULL, closed_by = 0");
        }
    }

    void link_cannot_be_used_without_access() {
        change([](Transaction& t) { CPPUNIT_ASSERT(put_access(t, "P001", false, noon)); });
        CPPUNIT_ASSERT(!use(store_));
    }

    void link_cannot_be_used_on_a_closed_chart() {
        for (const auto chart : {ChartStatus::Inactive, ChartStatus::Deceased}) {
            auto patient = anna();
            patient.chart_status = chart;
            store_.add(patient);
            CPPUNIT_ASSERT(!use(store_));
        }
    }

    void link_cannot_be_used_once_the_chart_has_gone() {
        change([](Transaction& t) { hide_patient(t, "P001"); });
        CPPUNIT_ASSERT(!use(store_));
    }

    void link_of_an_older_epoch_cannot_be_used() {
        change([](Transaction& t) { raise_security_epoch(t, "P001"); });
        CPPUNIT_ASSERT(!use(store_));
    }

    void unknown_digest_cannot_be_used() {
        Transaction transaction{store_};
        CPPUNIT_ASSERT(!use_link(transaction, std::string(64, 'f'), noon));
    }

    void first_cause_of_death_stays() {
        CPPUNIT_ASSERT(use(store_));
        Transaction transaction{store_};
        CPPUNIT_ASSERT(!close_open_invitation(transaction, "P001", LinkEnd::Replaced, noon));
        CPPUNIT_ASSERT_EQUAL(LinkEnd::Used, stored().end);
    }

    void dead_link_leaves_no_expiry_mark() {
        change([](Transaction& t) {
            CPPUNIT_ASSERT(close_open_invitation(t, "P001", LinkEnd::Withdrawn, noon));
        });
        CPPUNIT_ASSERT(!store_.account("P001").facts.link_expires_at);
    }

    void closing_takes_the_waiting_mail_out() {
        QueuedMail mail;
        mail.id = "m1";
        mail.created_at = noon;
        mail.people = {{"P001", invitation().id}};
        change([&](Transaction& t) { queue_mail(t, mail); });
        CPPUNIT_ASSERT(store_.account("P001").marks.has(Mark::Queued));
        change([](Transaction& t) {
            CPPUNIT_ASSERT(close_open_invitation(t, "P001", LinkEnd::AccessDisabled, noon));
        });
        CPPUNIT_ASSERT(!store_.ask([](Connection& c) { return next_mail_due_at(c); }));
        CPPUNIT_ASSERT(!store_.account("P001").marks.has(Mark::Queued));
    }

    void wrong_answers_are_kept_and_do_not_close_the_link() {
        change([](Transaction& t) { put_wrong_answer(t, invitation().id, 3, noon + tick); });
        CPPUNIT_ASSERT(stored().wrong_answers == 3 && stored().wait_until == noon + tick);
        CPPUNIT_ASSERT(use(store_));
    }

    void last_invitation_counts_closed_ones_too() {
        change([](Transaction& t) {
            CPPUNIT_ASSERT(close_open_invitation(t, "P001", LinkEnd::Replaced, noon));
        });
        const auto last = [this](const std::string& id) {
            return store_.ask([&](Connection& c) { return last_invitation_at(c, id); });
        };
        CPPUNIT_ASSERT(last("P001") == noon);
        CPPUNIT_ASSERT(!last("P002"));
    }

    void tells_how_the_newest_link_ended() {
        const auto end = [this](const std::string& id) {
            return store_.ask([&](Connection& c) { return last_link_end(c, id); });
        };
        CPPUNIT_ASSERT(end("P001") == LinkEnd::Open);
        change([](Transaction& t) {
            CPPUNIT_ASSERT(close_open_invitation(t, "P001", LinkEnd::AccessDisabled, noon));
        });
        CPPUNIT_ASSERT(end("P001") == LinkEnd::AccessDisabled);
        auto newer = invitation(std::string(32, 'b'), std::string(64, 'e'));
        newer.created_at = noon + tick;
        change([&](Transaction& t) { add_invitation(t, newer); });
        CPPUNIT_ASSERT(end("P001") == LinkEnd::Open);
        CPPUNIT_ASSERT(!end("P002"));
    }

    void remind(UnixTime at) {
        change([&](Transaction& t) { put_remind_at(t, invitation().id, at); });
    }
    bool is_due(UnixTime at) {
        return store_.ask([&](Connection& c) { return is_reminder_due(c, at); });
    }

    void reminder_is_due_from_its_moment_on() {
        CPPUNIT_ASSERT(!is_due(noon + week));
        remind(noon + tick);
        CPPUNIT_ASSERT(!is_due(noon) && is_due(noon + tick));
        CPPUNIT_ASSERT(stored().remind_at == noon + tick);
        change([](Transaction& t) { put_remind_at(t, invitation().id, std::nullopt); });
        CPPUNIT_ASSERT(!is_due(noon + week));
    }

    void longest_waiting_reminders_come_first() {
        store_.add(bruno());
        remind(noon + tick);
        change([](Transaction& t) {
            auto other = invitation(std::string(32, 'b'), std::string(64, 'b'));
            other.patient_id = "P002";
            other.remind_at = noon;
            add_invitation(t, other);
        });
        const auto due = [this](int most) {
            return store_.ask([&](Connection& c) { return due_reminders(c, noon + week, most); });
        };
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, due(9).size());
        CPPUNIT_ASSERT_EQUAL(std::string{"P002"}, due(1).at(0).patient_id);
        CPPUNIT_ASSERT(due(1).at(0).remind_at == noon);
    }

    void closed_link_waits_for_no_reminder() {
        remind(noon);
        change([](Transaction& t) {
            CPPUNIT_ASSERT(close_open_invitation(t, "P001", LinkEnd::Withdrawn, noon));
        });
        CPPUNIT_ASSERT(!is_due(noon + week));
    }

    void looking_for_reminders_walks_one_index() {
        if (!store_.is_file()) return;  // How SQLite goes about it.
        const auto plan = store_.ask([](Connection& c) {
            auto rows = c.query(
                "EXPLAIN QUERY PLAN SELECT 1 FROM invitation WHERE practice = :practice AND "
                "remind_at <= $1 AND remind_at "
                "IS NOT NULL AND closed_at IS NULL ORDER BY remind_at LIMIT 1",
                noon);
            std::string steps;
            while (rows.next()) steps += rows.text(3) + "\n";
            return steps;
        });
        CPPUNIT_ASSERT(plan.find("INDEX invitation_to_remind") != std::string::npos);
        CPPUNIT_ASSERT(plan.find("TEMP B-TREE") == std::string::npos);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(InvitationTableTest);
