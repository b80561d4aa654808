// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "domain/identity_match.hpp"
#include "domain/practice.hpp"
#include "domain/result.hpp"
#include "domain/unix_time.hpp"
#include "selfservice/visitor.hpp"

#include <functional>
#include <string>

namespace ppo {
class Database;

/// What self-service asks for. The numbers are stored, sealed.
enum class Asked { Account = 1, Password = 2, Username = 3 };

/// Takes the four facts of a visitor. Matching and mailing happen in answer_request, so that answer
/// and time are the same whether or not anyone matches. Refused by what was typed alone:
/// FieldEmpty, InvalidEmail, InvalidBirthDate, InvalidPostalCode; by how often somebody asked from
/// there, before any look-up: TooManyTries.
Result<Done> submit_request(Database& database, const Practice& practice, Asked what,
                            const Identity& typed, const Visitor& visitor, UnixTime now);

/// Answers the oldest request: matches it against what is on file and queues the mail to the
/// address on file, one for all who share address and facts. Where the same facts were asked for
/// too often, nothing is queued. The audit entry says how it ended and names the facts by a keyed
/// digest only. False if no request waits. `refresh` reads one patient again from the host; false
/// if the host cannot give the chart, and then that patient is not mailed.
bool answer_request(Database& database, const Practice& practice,
                    const std::function<bool(const std::string&)>& refresh, UnixTime now);

/// Erases requests that waited for a quarter of an hour, unanswered: nobody waits for a mail that
/// long. True if there was one.
bool drop_stale_requests(Database& database, UnixTime now);
}  // namespace ppo
