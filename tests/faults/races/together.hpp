// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "selfservice/link_fixture.hpp"
#include "store/audit_verify.hpp"
#include "store/credential_table.hpp"
#include "support/postgres_admin.hpp"
#include "support/store_check.hpp"

#include <chrono>
#include <exception>
#include <functional>
#include <iostream>
#include <latch>
#include <string_view>
#include <thread>
#include <vector>

namespace ppo {
/// By how much rounds are cut: everything takes longer under a sanitizer, which sees more, and on a
/// server, where a round is a database's work.
inline int fewer() {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    return 20;
#else
    return test_server() ? 10 : 1;
#endif
}
inline constexpr int many = 64;

/// Runs `act(0)` to `act(count - 1)`, each on a thread of its own, all from the same moment on.
/// Throws what the first of them threw.
inline void together(int count, const std::function<void(int)>& act) {
    std::latch start{count};
    std::vector<std::exception_ptr> thrown(static_cast<std::size_t>(count));
    std::vector<std::thread> crowd;
    for (int i = 0; i < count; ++i)
        crowd.emplace_back([&, i] {
            start.arrive_and_wait();
            try {
                act(i);
            } catch (...) {
                thrown.at(static_cast<std::size_t>(i)) = std::current_exception();
            }
        });
    for (auto& one : crowd) one.join();
    for (const auto& one : thrown)
        if (one) std::rethrow_exception(one);
}

/// What every race takes place over: Anna and Bruno, a hash that costs next to nothing, and the
/// store opened a second time, as another process has it.
struct RaceTrack : LinkFixture {
    Database second{store.path(), test_keyring()};
    PasswordHasher quick{{8, 1}, many};

    /// Every second one is in the other process, if there is one.
    Database& process_of(int number, bool two_processes) {
        return two_processes && number % 2 == 1 ? second : store.database();
    }

    /// Whether this is the patient's password at rest.
    bool is_password(std::string_view patient_id, std::string_view password) {
        const auto credential = store.ask(
            [&](Connection& connection) { return find_credential(connection, patient_id); });
        if (!credential) return false;
        const auto hash = store.database().keyring().open(Keyring::Use::Password,
                                                          credential->sealed_password, patient_id);
        return *quick.matches(hash.value(), password);
    }

    std::int64_t entries(const std::string& action) {
        return store.number("SELECT COUNT(*) FROM audit WHERE action = '" + action + "'");
    }

    /// What in the rows does not follow from their facts any more; empty if all does.
    std::string untrue_columns() { return untrue_words(find_untrue(store.path())); }

    bool audit_is_intact() { return verify_audit(store.database()).first_bad == 0; }
};

/// Says how a race went, and how long it took.
class Tally {
public:
    explicit Tally(std::string_view race) : race_{race} {}
    void say(int rounds, std::string_view outcome) const {
        const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(
            std::chrono::steady_clock::now() - began_);
        std::cout << race_ << ": " << rounds << " rounds, " << outcome << ", " << took.count()
                  << " ms" << std::endl;
    }

private:
    std::string_view race_;
    std::chrono::steady_clock::time_point began_ = std::chrono::steady_clock::now();
};
}  // namespace ppo
