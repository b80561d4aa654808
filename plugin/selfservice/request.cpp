// SPDX-License-Identifier: Apache-2.0
#include "selfservice/request.hpp"

#include "domain/birth_date.hpp"
#include "domain/refusal_sentence.hpp"
#include "invitations/send_invitation.hpp"
#include "selfservice/request_ending.hpp"
#include "selfservice/take_back.hpp"
#include "selfservice/tries.hpp"
#include "store/audit_table.hpp"
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

/// Always of one length, so that the sealed text does not tell how long anything is: longer than
/// all that the boundary lets through.
std::string pack(const Request& request) {
    constexpr std::size_t packed_length = 1536;
    std::string packed = std::to_string(static_cast<int>(request.what));
    for (const std::string* field :
         {&request.typed.email, &request.typed.birth_date, &request.typed.last_name,
          &request.typed.postal_code, &request.from})
        packed += ":" + std::to_string(field->size()) + ":" + *field;
    packed.resize(std::max(packed_length, packed.size()), ' ');
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

/// Leaves those who may be mailed a link now.
void keep_invitable(Transaction& transaction, const Practice& practice, const RequestEnding& ending,
                    std::vector<Account>& people, UnixTime now) {
    std::vector<Account> kept;
    for (auto& person : people) {
        if (const auto refused = why_not_now(transaction, practice, to_invitee(person), now))
            ending.refused(person, refused->reason);
        else
            kept.push_back(std::move(person));
    }
    people = std::move(kept);
}

/// Who matched, and who of them the host could not give again.
struct Matched {
    std::vector<Account> people{};
    std::vector<Account> unreadable{};
};

Matched match(Database& database, const Identity& typed,
              const std::function<bool(const std::string&)>& refresh) {
    Matched matched;
    std::set<std::string> unreadable;
    for (const auto& person : who_matches(database, typed))
        if (!refresh(person.patient.id)) unreadable.insert(person.patient.id);
    for (auto& person : who_matches(database, typed)) {
        const bool is_fresh = unreadable.count(person.patient.id) == 0;
        (is_fresh ? matched.people : matched.unreadable).push_back(std::move(person));
    }
    return matched;
}

void answer(Transaction& transaction, const Practice& practice, const Request& request,
            Matched matched, UnixTime now) {
    const RequestEnding ending{transaction, request.typed, request.from, now};
    if (const auto refused = count_facts(transaction, practice, ending.digest(), now))
        return ending.nobody(refusal_code(refused->reason));
    auto& people = matched.people;
    keep_one_address(people);
    for (const auto& person : matched.unreadable) ending.refused(person, Refusal::ChartUnreadable);
    if (people.empty()) {
        if (matched.unreadable.empty()) ending.nobody("refused_no_match");
        return;
    }
    if (request.what != Asked::Username) take_back_no(transaction, people, ending.actor(), now);
    if (const auto refused = why_not_to_address(transaction, practice, people.front().patient.email,
                                                now)) {
        for (const auto& person : people) ending.refused(person, refused->reason);
        return;
    }
    if (request.what == Asked::Username) {
        queue_username_reminder(transaction, people, ending.actor(), now);
    } else {
        keep_invitable(transaction, practice, ending, people, now);
        if (people.empty()) return;
        queue_links(transaction, practice, people, LinkOrigin::AskedByPatient, ending.actor(), now);
    }
    ending.mailed(people);
}

bool is_stale(UnixTime asked_at, UnixTime now) { return now - asked_at >= stale_after; }
}  // namespace

Result<Done> submit_request(Database& database, const Practice& practice, Asked what,
                            const Identity& typed, const Visitor& visitor, UnixTime now) {
    if (const auto refused = check_identity_form(typed, now)) return *refused;
    if (auto refused = too_many_tries(database, practice, TryKind::Request, visitor, now))
        return *std::move(refused);
    const auto id = random_id();
    const auto packed = pack({what, typed, visitor.from});
    const auto sealed = database.keyring().seal(Keyring::Use::Request, packed, id);
    Transaction transaction{database};
    if (auto refused = count_try(transaction, practice, TryKind::Request, visitor, now))
        return *std::move(refused);
    add_request(transaction, {id, sealed, now});
    record(transaction, {.action = "portal_request_received"}, actor_of(visitor, {}), now);
    transaction.commit();
    return Done{};
}

bool drop_stale_requests(Database& database, UnixTime now) {
    const auto oldest = [&] {
        Reading reading{database};
        return next_request(reading);
    }();
    if (!oldest || !is_stale(oldest->asked_at, now)) return false;
    Transaction transaction{database};
    const auto dropped = drop_requests(transaction, now - stale_after);
    if (dropped > 0)
        record(transaction,
               {.action = "portal_requests_dropped", .detail = std::to_string(dropped)},
               {Actor::Kind::Plugin, {}, {}}, now);
    transaction.commit();
    return true;
}

bool answer_request(Database& database, const Practice& practice,
                    const std::function<bool(const std::string&)>& refresh, UnixTime now) {
    if (drop_stale_requests(database, now)) return true;
    std::optional<PortalRequest> waiting;
    {
        Reading reading{database};
        waiting = next_request(reading);
    }
    if (!waiting) return false;
    const auto packed = database.keyring().open(Keyring::Use::Request, waiting->sealed,
                                                waiting->id);
    const auto request = packed ? std::optional{unpack(*packed)} : std::nullopt;
    auto matched = request ? match(database, request->typed, refresh) : Matched{};
    Transaction transaction{database};
    if (take_request(transaction, waiting->id)) {
        if (request)
            answer(transaction, practice, *request, std::move(matched), now);
        else  // Altered, or sealed with a key that is gone.
            record(transaction,
                   {.action = "portal_request_answered", .outcome = "refused_unreadable"},
                   {Actor::Kind::Plugin, {}, {}}, now);
    }
    transaction.commit();
    return true;
}
}  // namespace ppo
