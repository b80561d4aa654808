// SPDX-License-Identifier: Apache-2.0
// Two practices in one store: whatever is called on one's instance, the other's rows stay as they
// are and its patients' names stay where they are.
#include "boundary/tables.hpp"
#include "faults/permissions/every_slot_rows.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <memory>
#include <vector>

using namespace ppo;

class IsolationTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(IsolationTest);
    CPPUNIT_TEST(no_slot_of_b_reads_or_changes_a);
    CPPUNIT_TEST(no_slot_of_a_reads_or_changes_b);
    CPPUNIT_TEST(a_link_of_a_is_unknown_at_b);
    CPPUNIT_TEST(a_worker_of_b_delivers_nothing_of_a);
    CPPUNIT_TEST(a_batch_of_a_is_unknown_at_b);
    CPPUNIT_TEST_SUITE_END();

public:
    /// The same ids, e-mail addresses and usernames in both; names, tags and providers tell them
    /// apart.
    void setUp() override {
        a_ = practice("a", "Zephyrine", nullptr);
        b_ = practice("b", "Quillon", a_.get());
    }
    void tearDown() override {
        b_.reset();
        a_.reset();
    }

    void no_slot_of_b_reads_or_changes_a() { assert_apart(*b_, "b", *a_, "a", "Zephyrine"); }
    void no_slot_of_a_reads_or_changes_b() { assert_apart(*a_, "a", *b_, "b", "Quillon"); }

    void a_link_of_a_is_unknown_at_b() {
        a_->advance(std::chrono::hours{1});
        const auto link = a_->invited("P001");
        const LinkPageSink pages{[](const ppo_link_page&) { return PPO_OK; }};
        const auto given = a_->answers(link, a_->host.patients.front().birth_date);
        const auto open = [&](LivePlugin& live) {
            return LivePlugin::selfservice().confirm_identity(live.self, &live.visitor, &given,
                                                              pages, nullptr);
        };
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_LINK_UNKNOWN}, open(*b_));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, open(*a_));
    }

    void a_worker_of_b_delivers_nothing_of_a() {
        const auto mails = b_->host.mails().size();
        start_batch();
        b_->host.time = a_->host.time + std::chrono::milliseconds{std::chrono::hours{1}}.count();
        const auto before = rows_of("a");
        b_->work();
        CPPUNIT_ASSERT_EQUAL(mails, b_->host.mails().size());
        CPPUNIT_ASSERT_EQUAL(before, rows_of("a"));
        const auto own = a_->host.mails().size();
        a_->advance(std::chrono::hours{1});
        a_->work();
        CPPUNIT_ASSERT(a_->host.mails().size() > own);
    }

    void a_batch_of_a_is_unknown_at_b() {
        start_batch();
        const auto& table = LivePlugin::onboarding();
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_UNKNOWN_BATCH},
                             table.cancel_batch(b_->self, &b_->caller, to_text("1"), nullptr));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK},
                             table.cancel_batch(a_->self, &a_->caller, to_text("1"), nullptr));
    }

private:
    static std::unique_ptr<LivePlugin> practice(const std::string& id, const std::string& name,
                                                const LivePlugin* beside) {
        auto live = std::make_unique<LivePlugin>([&](FakeHost& host, TestSettings& settings) {
            if (beside != nullptr) settings.given.store = beside->settings.given.store;
            settings.given.practice_id = settings.keep(id);
            settings.given.patient_mails_per_day = 100;
            settings.given.address_mails_per_day = 1000;
            settings.given.cool_down_seconds = 1;
            settings.given.source_requests_per_hour = 1000;
            for (auto& patient : host.patients) {
                patient.first_name = name;
                patient.last_name = name + "-" + patient.id;
                patient.provider = "Dr. " + name;
                patient.tags = {name};
            }
        });
        live->caller.permissions |= PPO_MAY_CHANGE_SETTINGS;
        live->set_up("P001", "anna.w", "maple kettle orbit");
        auto query = fresh<ppo_report_query>();
        query.search = to_text(name);
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK},
                             LivePlugin::report().save_view(live->self, &live->caller,
                                                            to_text(name), &query, nullptr));
        live->work();
        return live;
    }

    void start_batch() {
        a_->advance(std::chrono::hours{1});
        const auto id = to_text("P001");
        auto selection = fresh<ppo_batch_selection>();
        selection.flags = PPO_BATCH_SIGNED_IN_TOO;
        selection.patient_ids = &id;
        selection.patient_id_count = 1;
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK},
                             LivePlugin::onboarding().start_batch(a_->self, &a_->caller, &selection,
                                                                  nullptr, nullptr));
    }

    /// Calls every slot on `actor`: it answers as alone, so that something was done, and hears
    /// nothing of the other.
    void assert_apart(LivePlugin& actor, const std::string& own_id, LivePlugin& other,
                      const std::string& other_id, const std::string& name) {
        heard().clear();
        call_all(other);  // What there is to be heard, and rows in every table.
        CPPUNIT_ASSERT(heard().find(name) != std::string::npos);
        const auto others = rows_of(other_id);
        const auto own = rows_of(own_id);
        for (const auto& row : every_slot()) {
            heard().clear();
            actor.advance(std::chrono::hours{1});
            const auto answer = row.call({actor, actor.caller, "P001"});
            if (row.asks_who_calls)
                CPPUNIT_ASSERT_EQUAL_MESSAGE(row.slot, row.for_own_patient, answer);
            CPPUNIT_ASSERT_MESSAGE(row.slot, heard().find(name) == std::string::npos);
            CPPUNIT_ASSERT_MESSAGE(row.slot + " changed the other practice",
                                   others == rows_of(other_id));
        }
        for (const auto& mail : actor.host.mails())
            CPPUNIT_ASSERT(text_of_mail(mail).find(name) == std::string::npos);
        CPPUNIT_ASSERT(own != rows_of(own_id));
    }

    static void call_all(LivePlugin& live) {
        for (const auto& row : every_slot()) {
            live.advance(std::chrono::hours{1});
            static_cast<void>(row.call({live, live.caller, "P001"}));
        }
    }

    /// Every table that says whose its rows are, and what writes one of its rows as a text.
    static std::vector<std::pair<std::string, std::string>> tables_with_their_rows(
        Connection& store) {
        std::vector<std::pair<std::string, std::string>> tables;
        auto rows = store.query(
            store.engine() == Engine::Sqlite
                ? "SELECT made.name, GROUP_CONCAT('QUOTE(' || held.name || ')', ' || ') FROM "
                  "sqlite_master AS made JOIN pragma_table_info(made.name) AS held WHERE made.type "
                  "= 'table' AND made.name <> 'practice' GROUP BY made.name HAVING "
                  "SUM(held.name = 'practice') = 1"
                : "SELECT table_name, table_name || '::text' FROM information_schema.columns WHERE "
                  "table_schema = current_schema() AND column_name = 'practice' AND table_name <> "
                  "'practice' ORDER BY 1");
        while (rows.next()) tables.emplace_back(rows.text(0), rows.text(1));
        return tables;
    }

    /// Every row of a practice in every table, as text.
    std::string rows_of(const std::string& practice_id) {
        const auto store = a_->settings.connect();
        std::int64_t number = 0;
        {
            auto rows = store->query("SELECT practice FROM practice WHERE practice_id = $1",
                                     practice_id);
            CPPUNIT_ASSERT(rows.next());
            number = rows.integer(0);
        }
        const auto tables = tables_with_their_rows(*store);
        CPPUNIT_ASSERT_EQUAL(std::size_t{20}, tables.size());
        std::string all;
        for (const auto& [table, row] : tables) {
            auto rows = store->query("SELECT " + row + " FROM " + table +
                                     " WHERE practice = " + std::to_string(number) + " ORDER BY 1");
            while (rows.next()) all += table + ": " + rows.text(0) + "\n";
        }
        return all;
    }

    std::unique_ptr<LivePlugin> a_{};
    std::unique_ptr<LivePlugin> b_{};
};
CPPUNIT_TEST_SUITE_REGISTRATION(IsolationTest);
