// SPDX-License-Identifier: Apache-2.0
// "Why is this patient red?": a panel over the report, with the buttons that mend it.
#include "boundary/mending.hpp"
#include "boundary/report_view.hpp"
#include "domain/why.hpp"
#include "ppo/people.h"
#include "store/patient_table.hpp"

namespace ppo {
std::optional<Account> ReportView::whose_why() {
    if (why_.empty()) return std::nullopt;
    Reading reading{instance().database()};
    auto account = find_account(reading, why_);
    if (!account) why_.clear();  // The chart has gone meanwhile.
    return account;
}

void ReportView::write_why(ModelWriter& model, const Account& account, UnixTime now) const {
    const auto passing = passing_marks(account.facts, now);
    model.begin_dialog("why", "Why is " + called(account.patient) + " " +
                                  std::string{status_colour(account.status)} + "?");
    model.status("Portal status", account.status, Marks{account.marks.bits() | passing.bits()});
    write_reasons(model, account, account.patient.id, now);
    if (why_not_green(account.facts, account.has_password, now).empty())
        model.note("success", account.status == PortalStatus::SignedIn
                                  ? "Nothing stands in the way: the patient has signed in."
                                  : "Nothing stands in the way any more.");
    model.end_dialog(
        {{.id = "open", .label = "Open the Patient Portal tab", .argument = account.patient.id},
         {.id = "dismiss_why", .label = "Close"}},
        "dismiss_why");
}

Outcome ReportView::open_why(std::string_view patient_id, Effects& effects) {
    if (!caller().may(PPO_MAY_ONBOARD)) return Refusal::NotPermitted;
    close_dialogs();
    why_ = patient_id;
    if (!whose_why()) return Refusal::UnknownPatient;
    effects.refresh(patient_id);
    return PPO_OK;
}
}  // namespace ppo
