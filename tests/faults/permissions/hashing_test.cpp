// SPDX-License-Identifier: Apache-2.0
// What the cost of passwords means over the contract: who comes when all places are taken, and a
// hash from before the floor.
#include "boundary/instance.hpp"
#include "credentials/password_hash.hpp"
#include "store/credential_table.hpp"
#include "support/live_plugin.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <atomic>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

using namespace ppo;

class HashingTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(HashingTest);
    CPPUNIT_TEST(a_crowd_is_told_busy_and_when_to_come_back);
    CPPUNIT_TEST(who_was_told_busy_left_no_trace);
    CPPUNIT_TEST(a_hash_below_the_floor_signs_in_and_is_renewed);
    CPPUNIT_TEST(a_password_shorter_than_the_profile_signs_in_and_only_the_next_must_fit);
    CPPUNIT_TEST_SUITE_END();

public:
    void setUp() override {
        live_.emplace();
        live_->set_up("P001", "anna.w", good_);
    }
    void tearDown() override { live_.reset(); }

    void a_crowd_is_told_busy_and_when_to_come_back() {
        const auto seen = crowd();
        CPPUNIT_ASSERT(!seen.busy.empty());
        CPPUNIT_ASSERT_EQUAL(crowd_size_, seen.let_in + seen.refused + seen.busy.size());
        for (const auto& error : seen.busy) {
            CPPUNIT_ASSERT_EQUAL(std::string{"refused_busy"}, std::string{error.code});
            CPPUNIT_ASSERT_EQUAL(std::int64_t{1000}, error.retry_after_ms);
        }
    }

    void who_was_told_busy_left_no_trace() {
        const auto before = sign_ins_on_record();
        const auto seen = crowd();
        const auto after = sign_ins_on_record();
        CPPUNIT_ASSERT_EQUAL(before.done + seen.let_in, after.done);
        CPPUNIT_ASSERT_EQUAL(before.refused + seen.refused, after.refused);
        CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, credential().failures);
        CPPUNIT_ASSERT(!credential().wait_until);
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, live_->sign_in("anna.w", good_));
    }

    void a_hash_below_the_floor_signs_in_and_is_renewed() {
        plant(PasswordHasher{{8192, 1}}.hash(good_).value());
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_SIGN_IN}, live_->sign_in("anna.w", "wrong"));
        CPPUNIT_ASSERT_EQUAL(std::string{"$argon2id$v=19$m=8192,t=1,p=1"}, cost_on_file());
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, live_->sign_in("anna.w", good_));
        CPPUNIT_ASSERT_EQUAL(std::string{"$argon2id$v=19$m=19456,t=2,p=1"}, cost_on_file());
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, live_->sign_in("anna.w", good_));
    }

    void a_password_shorter_than_the_profile_signs_in_and_only_the_next_must_fit() {
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, change(good_, "xkvbqzpt"));
        live_->settings.given.profile = PPO_PROFILE_STRICT;
        live_->restart();
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, live_->sign_in("anna.w", "xkvbqzpt"));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_PASSWORD_TOO_SHORT},
                             change("xkvbqzpt", "violet river 7"));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, change("xkvbqzpt", "violet river harbor"));
    }

private:
    struct Seen {
        std::size_t let_in = 0;
        std::size_t refused = 0;
        std::vector<ppo_error> busy{};
    };
    static constexpr std::size_t crowd_size_ = 160;

    /// Everybody at once: some with Anna's password, some with a name that nobody has.
    Seen crowd() {
        Seen seen;
        std::mutex mutex;
        std::atomic<std::size_t> ready{0};
        std::vector<std::thread> threads;
        for (std::size_t i = 0; i < crowd_size_; ++i)
            threads.emplace_back([&, is_anna = i % 4 != 0] {
                const SignedInSink sink{[](const ppo_signed_in&) { return PPO_OK; }};
                auto error = fresh_error();
                ++ready;
                while (ready < crowd_size_) std::this_thread::yield();
                const auto answer = LivePlugin::selfservice().sign_in(
                    live_->self, &live_->visitor, to_text(is_anna ? "anna.w" : "nobody.x"),
                    to_text(good_), sink, &error);
                const std::lock_guard lock{mutex};
                if (answer == PPO_OK) ++seen.let_in;
                if (answer == PPO_REFUSED_SIGN_IN) ++seen.refused;
                if (answer == PPO_REFUSED_BUSY) seen.busy.push_back(error);
            });
        for (auto& thread : threads) thread.join();
        return seen;
    }

    struct OnRecord {
        std::size_t done = 0;
        std::size_t refused = 0;
    };
    OnRecord sign_ins_on_record() {
        OnRecord found;
        const auto query = fresh<ppo_audit_query>();
        const AuditSink sink{[&](const ppo_audit_entry& entry) {
            if (copy_of(entry.action) == "signed_in")
                ++(copy_of(entry.outcome) == "done" ? found.done : found.refused);
            return PPO_OK;
        }};
        CPPUNIT_ASSERT_EQUAL(
            ppo_result{PPO_OK},
            LivePlugin::audit().read(live_->self, &live_->caller, &query, sink, nullptr));
        return found;
    }

    Database& database() { return instances().find(live_->self)->database(); }
    Credential credential() {
        Reading reading{database()};
        return find_credential(reading, "P001").value();
    }
    /// The hash on file from now on, as a release before the floor would have left it.
    void plant(const std::string& hash) {
        Transaction transaction{database()};
        put_credential(transaction, "P001",
                       transaction.keyring().seal(Keyring::Use::Password, hash, "P001"),
                       std::nullopt, noon);
        transaction.commit();
    }
    std::string cost_on_file() {
        const auto phc = database().keyring().open(Keyring::Use::Password,
                                                   credential().sealed_password, "P001");
        const std::string text{phc.value()};
        return text.substr(0, text.find('$', text.find("m=")));
    }
    ppo_result change(std::string_view current, std::string_view chosen) {
        return LivePlugin::selfservice().change_password(live_->self, &live_->visitor,
                                                         to_text("P001"), to_text(current),
                                                         to_text(chosen), nullptr, nullptr);
    }

    const std::string good_ = "maple kettle orbit";
    std::optional<LivePlugin> live_{};
};
CPPUNIT_TEST_SUITE_REGISTRATION(HashingTest);
