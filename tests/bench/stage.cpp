// SPDX-License-Identifier: Apache-2.0
#include "stage.hpp"

#include "domain/username.hpp"
#include "generate/dice.hpp"
#include "host.hpp"
#include "store/account_table.hpp"
#include "store/consent_table.hpp"
#include "store/credential_table.hpp"
#include "store/database.hpp"
#include "store/patient_table.hpp"

#include <algorithm>
#include <chrono>

namespace ppo_bench {
namespace {
using namespace ppo;

constexpr UnixTime noon = from_milliseconds(bench_noon);
constexpr std::uint64_t patients_at_once = 5000;

Keyring bench_keyring() {
    RootKey key{BenchHost::key_id, {}};
    const auto bytes = BenchHost::key();
    std::copy(bytes.begin(), bytes.end(), key.bytes.begin());
    return Keyring{{key}};
}

/// Within the last so many days, more often of late.
UnixTime days_ago(ppo_sim::Dice& dice, std::uint64_t most) {
    const auto minutes = dice.skewed(most * 24 * 60);
    return noon - std::chrono::minutes{static_cast<std::int64_t>(minutes)};
}

void take_username(Transaction& transaction, const Account& account, std::uint64_t number) {
    std::string typed;
    for (const char c : account.patient.email.substr(0, account.patient.email.find('@')))
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.') typed += c;
    if (typed.size() < 4 || typed.size() > 40) typed = "patient";
    const auto name = prepare_username(typed + "." + std::to_string(number % 1000));
    if (name) static_cast<void>(claim_username(transaction, account.patient.id, *name));
}

void take_password(Transaction& transaction, ppo_sim::Dice& dice, const std::string& id,
                   UnixTime at) {
    const bool by_staff = dice.in_thousand(60);
    put_credential(transaction, id, "not a password", std::nullopt, at);
    put_password_facts(transaction, id, {true, by_staff, by_staff && dice.below(2) == 0});
    put_credentials_issued(transaction, id, at);
    if (dice.in_thousand(5)) disable_password(transaction, id);
    if (dice.in_thousand(10))
        put_locked_until(transaction, id, noon + std::chrono::minutes{dice.below(90)});
}

/// What a mail that did not arrive leaves behind.
void fail_mail(Transaction& transaction, ppo_sim::Dice& dice, const std::string& id) {
    constexpr std::array states{MailState::Queued,  MailState::Deferred, MailState::Failed,
                                MailState::Unknown, MailState::Bounced,  MailState::Cancelled};
    const auto state = dice.one_of(std::vector<MailState>{states.begin(), states.end()});
    const bool had_left = state == MailState::Bounced || state == MailState::Unknown;
    put_mail_state(transaction, id, state,
                   had_left ? std::optional{days_ago(dice, 60)} : std::nullopt);
    if (dice.below(4) == 0) put_address_changed(transaction, id, true);
}

/// As far as one patient with access has come.
void bring_along(Transaction& transaction, const Account& account, std::uint64_t number) {
    ppo_sim::Dice dice{99, 0, number};
    const auto& id = account.patient.id;
    if (dice.in_thousand(20)) {
        const bool later = dice.below(2) == 0;
        static_cast<void>(
            put_consent(transaction, account,
                        {later ? Consent::Deferred : Consent::Declined,
                         later ? std::optional{noon + std::chrono::hours{24 * 30}} : std::nullopt},
                        noon));
    }
    const auto reached = dice.below(100);
    if (reached < 25) return;  // Enabled, and that is all.
    if (reached < 29) {
        fail_mail(transaction, dice, id);
    } else {
        put_mail_state(transaction, id, MailState::Sent, days_ago(dice, 365));
        if (reached < 62)  // Invited; every second link has expired by now.
            put_link_expiry(
                transaction, id,
                noon + std::chrono::hours{24 * 7} - std::chrono::minutes{dice.below(24 * 14 * 60)});
        if (reached >= 60) take_username(transaction, account, number);
        if (reached >= 62) take_password(transaction, dice, id, days_ago(dice, 300));
        if (reached >= 66) put_signed_in(transaction, id, days_ago(dice, 200));
    }
    restate(transaction, id);
}
}  // namespace

void set_the_stage(const std::string& store, std::uint64_t patients) {
    Database database{store, bench_keyring()};
    for (std::uint64_t from = 0; from < patients; from += patients_at_once) {
        Transaction transaction{database};
        for (auto place = from; place < std::min(patients, from + patients_at_once); ++place) {
            const auto account = find_account(transaction, ppo_sim::People::id_at(place));
            if (account && account->facts.access_enabled) bring_along(transaction, *account, place);
        }
        transaction.commit();
    }
}
}  // namespace ppo_bench
