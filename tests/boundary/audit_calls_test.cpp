// SPDX-License-Identifier: Apache-2.0
#include "boundary/tables.hpp"
#include "support/live_plugin.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <cstddef>
#include <optional>

using namespace ppo;

class AuditCallsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(AuditCallsTest);
    CPPUNIT_TEST(read_tells_who_did_what_to_whom);
    CPPUNIT_TEST(read_gives_every_entry_without_a_gap);
    CPPUNIT_TEST(read_filters_by_patient);
    CPPUNIT_TEST(read_goes_on_after_a_sequence);
    CPPUNIT_TEST(read_ends_at_the_limit);
    CPPUNIT_TEST(read_crosses_its_pages);
    CPPUNIT_TEST(read_stops_when_told);
    CPPUNIT_TEST(read_takes_a_failing_sink_for_a_fault);
    CPPUNIT_TEST(read_needs_its_own_permission);
    CPPUNIT_TEST(read_checks_query_and_sink);
    CPPUNIT_TEST(read_holds_no_lock_while_the_sink_runs);
    CPPUNIT_TEST(read_tells_no_secret_and_no_address);
    CPPUNIT_TEST(verify_finds_an_intact_chain);
    CPPUNIT_TEST(verify_names_the_first_altered_entry);
    CPPUNIT_TEST(verify_finds_a_missing_tail);
    CPPUNIT_TEST(verify_needs_a_place_and_a_permission);
    CPPUNIT_TEST(verify_against_sees_a_tail_that_was_cut_off_with_its_head);
    CPPUNIT_TEST(verify_against_checks_what_it_is_given);
    CPPUNIT_TEST(a_shorter_verdict_of_an_older_host_is_filled_as_far_as_it_goes);
    CPPUNIT_TEST(what_cannot_be_recorded_does_not_happen);
    CPPUNIT_TEST_SUITE_END();

public:
    void setUp() override { live_.emplace(); }

    void tearDown() override { live_.reset(); }

    void read_tells_who_did_what_to_whom() {
        live_->enable("P001");
        const auto entry = read().back();
        CPPUNIT_ASSERT_EQUAL(std::string{"1|nurse-1|desk-2|access_enabled|P001|done"}, entry.words);
        CPPUNIT_ASSERT_EQUAL(to_milliseconds(noon), entry.at);
    }

    void read_gives_every_entry_without_a_gap() {
        toggle(10);
        const auto entries = read();
        for (std::size_t i = 0; i < entries.size(); ++i)
            CPPUNIT_ASSERT_EQUAL(std::uint64_t{i + 1}, entries.at(i).sequence);
    }

    void read_filters_by_patient() {
        live_->enable("P001");
        live_->enable("P002");
        query_.patient_id = to_text("P002");
        const auto entries = read();
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, entries.size());
        CPPUNIT_ASSERT(entries.at(0).words.find("P002") != std::string::npos);
    }

    void read_goes_on_after_a_sequence() {
        toggle(4);
        query_.after_sequence = 3;
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{4}, read().at(0).sequence);
        query_.after_sequence = UINT64_MAX;
        CPPUNIT_ASSERT(read().empty());
    }

    void read_ends_at_the_limit() {
        toggle(4);
        query_.limit = 2;
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, read().size());
    }

    void read_crosses_its_pages() {
        toggle(510);
        const auto all = read().size();
        CPPUNIT_ASSERT(all >= 510);
        query_.limit = 505;
        CPPUNIT_ASSERT_EQUAL(std::size_t{505}, read().size());
    }

    void read_stops_when_told() {
        toggle(4);
        int taken = 0;
        const AuditSink sink{
            [&](const ppo_audit_entry&) { return ++taken == 2 ? PPO_STOPPED : PPO_OK; }};
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_STOPPED}, read_into(sink));
        CPPUNIT_ASSERT_EQUAL(2, taken);
    }

    void read_takes_a_failing_sink_for_a_fault() {
        toggle(1);
        const AuditSink sink{[](const ppo_audit_entry&) { return 0; }};
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_FAULT_HOST}, read_into(sink));
    }

    void read_needs_its_own_permission() {
        live_->caller.permissions = PPO_MAY_ONBOARD | PPO_MAY_SET_PASSWORD;
        const AuditSink sink{[](const ppo_audit_entry&) { return PPO_OK; }};
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_NOT_PERMITTED}, read_into(sink));
    }

    void read_checks_query_and_sink() {
        const AuditSink sink{[](const ppo_audit_entry&) { return PPO_OK; }};
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_MISUSE_NULL}, read_into(nullptr));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_MISUSE_NULL},
                             calls_.read(live_->self, &live_->caller, nullptr, sink, nullptr));
        query_.struct_size = 8;
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_MISUSE_STRUCT_SIZE}, read_into(sink));
    }

    void read_holds_no_lock_while_the_sink_runs() {
        toggle(1);
        const AuditSink sink{[&](const ppo_audit_entry&) {
            toggle(1);
            return PPO_STOPPED;
        }};
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_STOPPED}, read_into(sink));
    }

    void read_tells_no_secret_and_no_address() {
        live_->set_up("P001", "anna.w", "maple kettle orbit");
        const auto link = links_in(live_->host.mails().at(0)).at(0);
        std::string all;
        for (const auto& entry : read()) all += entry.words + "\n";
        for (const auto& secret :
             {link, std::string{"maple"}, std::string{"@"}, std::string{"1980"}})
            CPPUNIT_ASSERT_MESSAGE(secret, all.find(secret) == std::string::npos);
        CPPUNIT_ASSERT(all.find("setup_completed") != std::string::npos);
    }

    void verify_finds_an_intact_chain() {
        toggle(5);
        const auto verdict = verify();
        CPPUNIT_ASSERT_EQUAL(std::uint32_t{1}, verdict.intact);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{0}, verdict.first_bad_sequence);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{read().size()}, verdict.entries);
    }

    void verify_names_the_first_altered_entry() {
        toggle(5);
        tamper("UPDATE audit SET actor_id = 'somebody' WHERE sequence = 3");
        const auto verdict = verify();
        CPPUNIT_ASSERT_EQUAL(std::uint32_t{0}, verdict.intact);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{3}, verdict.first_bad_sequence);
    }

    void verify_finds_a_missing_tail() {
        toggle(5);
        const auto last = read().back().sequence;
        tamper("DELETE FROM audit WHERE sequence = " + std::to_string(last));
        CPPUNIT_ASSERT_EQUAL(last, verify().first_bad_sequence);
    }

    void verify_needs_a_place_and_a_permission() {
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_MISUSE_NULL},
                             calls_.verify(live_->self, &live_->caller, nullptr, nullptr));
        auto verdict = fresh<ppo_audit_verdict>();
        verdict.struct_size = 4;
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_MISUSE_STRUCT_SIZE},
                             calls_.verify(live_->self, &live_->caller, &verdict, nullptr));
        verdict.struct_size = sizeof verdict;
        live_->caller.permissions = PPO_MAY_ONBOARD;
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_NOT_PERMITTED},
                             calls_.verify(live_->self, &live_->caller, &verdict, nullptr));
    }

    void verify_against_sees_a_tail_that_was_cut_off_with_its_head() {
        toggle(5);
        live_->restart();  // Which tells the host where the record ends.
        tamper(
            "DELETE FROM audit WHERE sequence > 4; UPDATE audit_head SET sequence = 4, mac = "
            "(SELECT mac FROM audit WHERE sequence = 4)");
        CPPUNIT_ASSERT_EQUAL(std::uint32_t{1}, verify().intact);
        auto verdict = fresh<ppo_audit_verdict>();
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, verify_against(&verdict));
        CPPUNIT_ASSERT_EQUAL(std::uint32_t{0}, verdict.intact);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{4}, verdict.entries);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{5}, verdict.first_bad_sequence);
        CPPUNIT_ASSERT_EQUAL(std::uint32_t{PPO_AUDIT_CUT_OFF}, verdict.flaw);
    }

    void verify_against_checks_what_it_is_given() {
        auto verdict = fresh<ppo_audit_verdict>();
        ppo_checkpoint one{1, 0, to_text("fake-1:00")};
        const auto ask = [&](const ppo_checkpoint* given, std::uint64_t count) {
            return calls_.verify_against(live_->self, &live_->caller, given, count, &verdict,
                                         nullptr);
        };
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, ask(nullptr, 0));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_MISUSE_NULL}, ask(nullptr, 1));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_MISUSE_VALUE}, ask(&one, 10'000'001));
        one.sequence = 0;
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_MISUSE_VALUE}, ask(&one, 1));
        one = {UINT64_MAX, 0, to_text("fake-1:00")};
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_MISUSE_VALUE}, ask(&one, 1));
        one = {1, 0, to_text("")};
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_MISUSE_TEXT_EMPTY}, ask(&one, 1));
        one = {1, 0, to_text("fake-1:00")};
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, ask(&one, 1));
        CPPUNIT_ASSERT_EQUAL(std::uint32_t{PPO_AUDIT_REPLACED}, verdict.flaw);
        live_->caller.permissions = PPO_MAY_ONBOARD;
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_NOT_PERMITTED}, ask(nullptr, 0));
    }

    void a_shorter_verdict_of_an_older_host_is_filled_as_far_as_it_goes() {
        ppo_audit_verdict verdict{};
        verdict.struct_size = offsetof(ppo_audit_verdict, flaw);
        verdict.flaw = 77;
        tamper("UPDATE audit SET detail = 'x' WHERE sequence = 1");
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, verify_against(&verdict));
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{1}, verdict.first_bad_sequence);
        CPPUNIT_ASSERT_EQUAL(std::uint32_t{77}, verdict.flaw);
    }

    void what_cannot_be_recorded_does_not_happen() {
        live_->set_up("P001", "anna.w", "maple kettle orbit");
        const auto link = live_->invited("P002");
        break_on(*live_->settings.connect(), "INSERT", "audit");
        const auto before = live_->store_bytes();
        const auto mails = live_->host.mails().size();
        int tried = 0;
        const auto fails = [&](const char* what, ppo_result result) {
            ++tried;
            CPPUNIT_ASSERT_EQUAL_MESSAGE(what, ppo_result{PPO_FAULT_STORE}, result);
            CPPUNIT_ASSERT_MESSAGE(what, before == live_->store_bytes());
        };
        live_->advance(std::chrono::hours{1});
        try_every_change(link, fails);
        CPPUNIT_ASSERT_EQUAL(12, tried);
        CPPUNIT_ASSERT_EQUAL(mails, live_->host.mails().size());
        mend(*live_->settings.connect(), "audit");
        CPPUNIT_ASSERT_EQUAL(std::uint32_t{1}, verify().intact);
    }

private:
    template <class Fails>
    void try_every_change(const std::string& link, Fails fails) {
        const auto& staff = LivePlugin::onboarding();
        const auto& patient = LivePlugin::selfservice();
        auto* const self = live_->self;
        const auto* const by = &live_->caller;
        const auto* const visitor = &live_->visitor;
        const auto anna_id = to_text("P001");
        const auto bruno_id = to_text("P002");
        auto credentials = fresh<ppo_credentials>();
        credentials.username = to_text("anna.winter");
        credentials.password = to_text("copper lantern meadow");
        fails("set_access", staff.set_access(self, by, anna_id, 0, nullptr, nullptr));
        fails("set_credentials",
              staff.set_credentials(self, by, anna_id, &credentials, nullptr, nullptr));
        fails("send_invitation", staff.send_invitation(self, by, anna_id, nullptr, nullptr));
        fails("revoke_invitation", staff.revoke_invitation(self, by, bruno_id, nullptr));
        fails("lift_delays", staff.lift_delays(self, by, anna_id, nullptr));
        std::vector<ppo_text> tags;
        auto moved = anna();
        moved.email = "moved@example.org";
        const auto given = as_given(moved, tags);
        fails("patient_changed", staff.patient_changed(self, &given, nullptr));
        fails("patient_removed", staff.patient_removed(self, anna_id, nullptr));
        fails("patient_merged", staff.patient_merged(self, bruno_id, anna_id, nullptr));
        const auto born = bruno().birth_date;
        const auto answers = live_->answers(link, born);
        fails("complete_setup", patient.complete_setup(self, visitor, &answers, to_text("bruno.n"),
                                                       to_text("copper lantern meadow"), nullptr));
        fails("sign_in", live_->sign_in("anna.w", "maple kettle orbit"));
        fails("a wrong password", live_->sign_in("anna.w", "wrong"));
        fails("change_password",
              patient.change_password(self, visitor, anna_id, to_text("maple kettle orbit"),
                                      to_text("copper lantern meadow"), nullptr, nullptr));
    }

    struct Entry {
        std::uint64_t sequence = 0;
        ppo_time at = 0;
        std::string words{};
    };

    void toggle(int times) {
        for (int i = 0; i < times; ++i) {
            enabled_ = !enabled_;
            static_cast<void>(LivePlugin::onboarding().set_access(
                live_->self, &live_->caller, to_text("P001"), enabled_ ? 1 : 0, nullptr, nullptr));
        }
    }
    ppo_result read_into(const ppo_audit_sink* sink) {
        return calls_.read(live_->self, &live_->caller, &query_, sink, nullptr);
    }
    std::vector<Entry> read() {
        std::vector<Entry> entries;
        const AuditSink sink{[&](const ppo_audit_entry& entry) {
            entries.push_back({entry.sequence, entry.at,
                               std::to_string(entry.actor) + "|" + copy_of(entry.actor_id) + "|" +
                                   copy_of(entry.from) + "|" + copy_of(entry.action) + "|" +
                                   copy_of(entry.patient_id) + "|" + copy_of(entry.outcome) +
                                   copy_of(entry.detail)});
            return PPO_OK;
        }};
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, read_into(sink));
        return entries;
    }
    ppo_result verify_against(ppo_audit_verdict* verdict) {
        const auto kept = live_->host.checkpoints();
        std::vector<ppo_checkpoint> given;
        given.reserve(kept.size());
        for (const auto& one : kept) given.push_back({one.sequence, one.at, to_text(one.mac)});
        return calls_.verify_against(live_->self, &live_->caller, given.data(), given.size(),
                                     verdict, nullptr);
    }
    ppo_audit_verdict verify() {
        auto verdict = fresh<ppo_audit_verdict>();
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK},
                             calls_.verify(live_->self, &live_->caller, &verdict, nullptr));
        return verdict;
    }
    void tamper(const std::string& sql) {
        const auto connection = live_->settings.connect();
        tamper_with(*connection, sql);
    }

    std::optional<LivePlugin> live_{};
    const ppo_audit_1& calls_ = LivePlugin::audit();
    ppo_audit_query query_ = fresh<ppo_audit_query>();
    bool enabled_ = false;
};
CPPUNIT_TEST_SUITE_REGISTRATION(AuditCallsTest);
