// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "domain/account.hpp"
#include "domain/patient.hpp"
#include "domain/unix_time.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ppo {
class Connection;
class Transaction;

/// The whole row of a patient; nothing if there is none or the host no longer has the chart.
[[nodiscard]] std::optional<Account> find_account(Connection& connection,
                                                  std::string_view patient_id);

/// The same, also for a chart that has gone.
[[nodiscard]] std::optional<Account> find_account_or_gone(Connection& connection,
                                                          std::string_view patient_id);

/// Takes over what the host says of a patient, and brings status and marks up to date. A new row
/// starts without access, unless the chart was added with it. A chart that had gone is back, with
/// its history.
void put_patient(Transaction& transaction, const Patient& patient);

/// How the report sorts by name: folded "last, first".
[[nodiscard]] std::string sort_name(const Patient& patient);

/// What the report's search looks into: names in both orders, e-mail and username, folded.
[[nodiscard]] std::string search_text(const Patient& patient, std::string_view username);

/// False if something that the host owns differs from what is stored, or is not stored. Reads no
/// more than that: a directory that is read again is mostly as it was.
[[nodiscard]] bool is_as_stored(Connection& connection, const Patient& patient);

/// True if no chart was ever stored.
[[nodiscard]] bool has_no_patients(Connection& connection);

/// The chart has gone from the host: the row is hidden, but its history is kept.
void hide_patient(Transaction& transaction, std::string_view patient_id);

/// True if what the host owns is the same in both.
[[nodiscard]] bool same_facts(const Patient& one, const Patient& other);

/// Ids of patients in the directory, behind the given one, in their order.
[[nodiscard]] std::vector<std::string> patient_ids_after(Connection& connection,
                                                         std::string_view patient_id, int limit);

/// Patients in the directory who have this e-mail address on file (compared as domain/email_address
/// says).
[[nodiscard]] std::vector<Account> accounts_with_email(Connection& connection,
                                                       std::string_view email);

/// Tags as they are stored, ";a;b;"; empty without any.
[[nodiscard]] std::string join_tags(const std::vector<std::string>& tags);
[[nodiscard]] std::vector<std::string> split_tags(std::string_view joined);
}  // namespace ppo
