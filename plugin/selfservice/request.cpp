// SPDX-License-Identifier: Apache-2.0
#include "selfservice/request.hpp"

#include "domain/birth_date.hpp"
#include "invitations/send_invitation.hpp"
#include "store/audit_table.hpp"
#include "store/consent_table.hpp"
#include "store/database.hpp"
#include "store/outbox_table.hpp"
#include "store/patient_table.hpp"
#include "store/request_table.hpp"

#include <algorithm>
#include <set>
#include <vector>

namespace ppo {
namespace {
constexpr std::chrono::minutes stale_after{
    15};  // Nobody waits for a mail that long; asking again is free.

struct Request {
    Asked what = Asked::Account;
    Identity typed{};
    std::string from{};
};

std::string pack(const Request& request) {
    std::string packed = std::to_string(static_cast<int>(request.what));
    for (const std::string* field :
         {&request.typed.email, &request.typed.birth_date, &request.typed.last_name,
          &request.typed.postal_code, &request.from})
        packed += ":" + std::to_string(field->size()) + ":" + *field;
    return packed;
}

Request unpack(const std::string& packed) {
    Request request;
    request.what = static_cast<Asked>(packed.at(0) - '0');
    std::size_t at = 1;
    for (std::string* field :
         {&request.typed.email, &request.typed.birth_date, &request.typed.last_name,
          &request.typed.postal_code, &request.from}) {
        const auto colon = packed.find(':', at + 1);
        const auto size = std::stoul(packed.substr(at + 1, colon - at - 1));
        *field = packed.substr(colon + 1, size);
        at = colon + 1 + size;
    }
    return request;
}

bool matches(const Account& account, const Identity& typed) {
    const Patient& patient = account.patient;
    const auto birth_date = parse_birth_date(typed.birth_date);
    return birth_date && to_iso(*birth_date) == patient.birth_date &&
           same_email(patient.email, typed.email) &&
           same_last_name(patient.last_name, typed.last_name) &&
           same_postal_code(patient.postal_code, typed.postal_code);
}

/// Everyone whom the four facts fit and who may be mailed what is asked for.
std::vector<Account> who_matches(Database& database, const Identity& typed) {
    std::vector<Account> people;
    Reading reading{database};
    for (auto& account : accounts_with_email(reading, typed.email))
        if (!why_not_mailable(account.facts) && matches(account, typed))
            people.push_back(std::move(account));
    return people;
}

void queue_username_reminder(Transaction& transaction, const std::vector<Account>& people,
                             const Actor& actor, UnixTime now) {
    QueuedMail mail;
    mail.id = random_id();
    mail.kind = MailKind::UsernameReminder;
    mail.recipient = people.front().patient.email;
    mail.language = people.front().patient.language;
    mail.created_at = now;
    for (const auto& person : people) mail.people.push_back({person.patient.id, {}});
    queue_mail(transaction, mail);
    for (const auto& person : people)
        record(transaction, {.action = "username_reminder_queued", .patient_id = person.patient.id},
               actor, now);
}

/// The same address, byte for byte: one mail has exactly one recipient.
void keep_one_address(std::vector<Account>& people) {
    if (people.empty()) return;
    const auto address = people.front().patient.email;
    people.erase(
        std::remove_if(people.begin(), people.end(),
                       [&](const Account& person) { return person.patient.email != address; }),
        people.end());
}

/// Whoever asks for a way in takes back that none was wanted, or not yet. Not that nothing is to be
/// mailed: these four facts are known to others too.
void take_back_no(Transaction& transaction, std::vector<Account>& people, const Actor& actor,
                  UnixTime now) {
    for (auto& person : people) {
        // As it stands now: it was looked up before the transaction.
        const auto account = find_account(transaction, person.patient.id);
        if (!account) continue;
        person = *account;
        const ConsentSaid said{};
        if (!why_not_wanted(person.facts, now) || !put_consent(transaction, person, said, now))
            continue;
        record(transaction,
               {.action = "consent_changed",
                .patient_id = person.patient.id,
                .detail = consent_detail(said)},
               actor, now);
        person.facts.consent = said.consent;
        person.facts.consent_until = said.until;
    }
}

void answer(Transaction& transaction, const Practice& practice, const Request& request,
            std::vector<Account> people, UnixTime now) {
    keep_one_address(people);
    const Actor actor{Actor::Kind::Patient, {}, request.from};
    if (request.what != Asked::Username) take_back_no(transaction, people, actor, now);
    if (people.empty() ||
        why_not_to_address(transaction, practice, people.front().patient.email, now))
        return;
    if (request.what == Asked::Username) {
        queue_username_reminder(transaction, people, actor, now);
        return;
    }
    people.erase(
        std::remove_if(
            people.begin(), people.end(),
            [&](const Account& person) {
                return why_not_now(transaction, practice, to_invitee(person), now).has_value();
            }),
        people.end());
    if (!people.empty())
        queue_links(transaction, practice, people, LinkOrigin::AskedByPatient, actor, now);
}
}  // namespace

Result<Done> submit_request(Database& database, Asked what, const Identity& typed,
                            const Visitor& visitor, UnixTime now) {
    if (const auto refused = check_identity_form(typed)) return *refused;
    const auto id = random_id();
    const auto packed = pack({what, typed, visitor.from});
    const auto sealed = database.keyring().seal(Keyring::Use::Request, packed, id);
    Transaction transaction{database};
    add_request(transaction, {id, sealed, now});
    record(transaction, {.action = "portal_request_received"}, actor_of(visitor, {}), now);
    transaction.commit();
    return Done{};
}

bool answer_request(Database& database, const Practice& practice,
                    const std::function<bool(const std::string&)>& refresh, UnixTime now) {
    std::optional<PortalRequest> waiting;
    {
        Reading reading{database};
        waiting = next_request(reading);
    }
    if (!waiting) return false;
    const auto packed = database.keyring().open(Keyring::Use::Request, waiting->sealed,
                                                waiting->id);
    const bool fresh = now - waiting->asked_at < stale_after;
    std::vector<Account> people;
    if (packed && fresh) {
        const auto typed = unpack(*packed).typed;
        std::set<std::string> fresh_charts;
        for (const auto& person : who_matches(database, typed))
            if (refresh(person.patient.id)) fresh_charts.insert(person.patient.id);
        for (auto& person : who_matches(database, typed))
            if (fresh_charts.count(person.patient.id) > 0) people.push_back(std::move(person));
    }
    Transaction transaction{database};
    if (take_request(transaction, waiting->id) && packed && fresh)
        answer(transaction, practice, unpack(*packed), std::move(people), now);
    transaction.commit();
    return true;
}
}  // namespace ppo
