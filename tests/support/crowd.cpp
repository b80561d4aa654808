// SPDX-License-Identifier: Apache-2.0
#include "support/crowd.hpp"

#include "domain/username.hpp"
#include "store/account_table.hpp"
#include "store/consent_table.hpp"
#include "store/credential_table.hpp"
#include "store/patient_table.hpp"

#include <random>
#include <stdexcept>

namespace ppo {
namespace {
using Dice = std::mt19937;

int roll(Dice& dice, int sides) { return static_cast<int>(dice() % static_cast<unsigned>(sides)); }

/// A time of few different ones, so that sort keys meet.
UnixTime some_day(Dice& dice) { return noon + std::chrono::hours{24 * (roll(dice, 20) - 10)}; }

Patient somebody(Dice& dice, const std::string& id) {
    static const char* const last_names[] = {"Ash",   "Birch",  "O'Brien",
                                             "Núñez", "Müller", "50%_off"};
    static const char* const first_names[] = {"Anna", "Bruno", "Chloé", "Dee"};
    static const char* const addresses[] = {"", "not an address", "one@example.org",
                                            "two@example.net"};
    static const std::vector<std::string> tags[] = {{}, {"recall"}, {"recall", "vip"}, {"vip_2"}};
    Patient patient = anna(id);
    patient.last_name = last_names[roll(dice, 6)];
    patient.first_name = first_names[roll(dice, 4)];
    patient.email = addresses[roll(dice, 4)];
    patient.postal_code = roll(dice, 3) == 0 ? "" : "02139";
    patient.tags = tags[roll(dice, 4)];
    patient.provider = roll(dice, 2) == 0 ? "Dr. Reed" : "Dr. Stone";
    patient.chart_status = static_cast<ChartStatus>(roll(dice, 8) == 0 ? 3 + roll(dice, 2) : 1);
    patient.opted_out = roll(dice, 6) == 0;
    patient.access_granted = roll(dice, 4) != 0;
    patient.next_appointment.reset();
    if (roll(dice, 2) == 0) patient.next_appointment = some_day(dice);
    return patient;
}

/// Follows from the id, not from the dice: everybody else stays as they were.
ConsentSaid somebody_s_word(const std::string& id) {
    const int number = std::stoi(id.substr(1));
    if (number % 5 != 0) return {};
    const auto consent = static_cast<Consent>(1 + number / 5 % 3);
    const auto day = noon + std::chrono::hours{24 * (number / 15 % 8 - 3)};
    return {consent, consent == Consent::Deferred ? std::optional{day} : std::nullopt};
}

void live(Transaction& transaction, Dice& dice, const std::string& id) {
    if (roll(dice, 2) == 0) put_invited(transaction, id, some_day(dice));
    if (roll(dice, 4) == 0) put_signed_in(transaction, id, some_day(dice));
    if (roll(dice, 3) == 0) put_link_expiry(transaction, id, some_day(dice));
    if (roll(dice, 5) == 0) put_locked_until(transaction, id, some_day(dice));
    put_mail_state(transaction, id, static_cast<MailState>(roll(dice, 7)));
    if (roll(dice, 3) == 0) put_password_facts(transaction, id, {true, roll(dice, 2) == 0, false});
    if (roll(dice, 2) == 0) {
        const auto username = prepare_username("user." + id);
        if (!username || !claim_username(transaction, id, *username))
            throw std::logic_error{"the crowd's usernames meet"};
    }
    if (const auto said = somebody_s_word(id); said != ConsentSaid{})
        static_cast<void>(
            put_consent(transaction, find_account(transaction, id).value(), said, noon));
    if (roll(dice, 20) == 0) hide_patient(transaction, id);
    if (roll(dice, 10) == 0) disable_password(transaction, id);
    restate(transaction, id);
}
}  // namespace

void add_crowd(TempStore& store, int count) {
    Dice dice{20'261'120};
    Transaction transaction{store};
    for (int i = 0; i < count; ++i) {
        const auto id = "C" + std::to_string(1000 + i);
        put_patient(transaction, somebody(dice, id));
        live(transaction, dice, id);
    }
    transaction.commit();
}

ReportQuery random_query(std::mt19937& dice) {
    const auto roll = [&dice](unsigned sides) { return dice() % sides; };
    const auto day = [&] {
        return noon + std::chrono::hours{24 * (static_cast<int>(roll(20)) - 10)};
    };
    ReportQuery query;
    for (int status = 1; status <= 4; ++status)
        if (roll(4) == 0) query.statuses.push_back(static_cast<PortalStatus>(status));
    if (roll(2) == 0) query.marks = Marks{(1ULL << roll(16)) | (1ULL << roll(16))};
    if (roll(4) == 0) query.access_enabled = roll(2) == 0;
    if (roll(4) == 0) query.has_username = roll(2) == 0;
    if (roll(4) == 0)
        query.search = std::vector<std::string>{"nunez", "O'B", "%", "_", "user.c10"}[roll(5)];
    if (roll(4) == 0) query.tag = roll(2) == 0 ? "recall" : "vip";
    if (roll(4) == 0) query.provider = "Dr. Reed";
    if (roll(6) == 0) query.appointment_after = day();
    if (roll(6) == 0) query.appointment_before = day();
    return query;
}
}  // namespace ppo
