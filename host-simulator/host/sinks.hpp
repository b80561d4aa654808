// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/plugin_values.hpp"

#include <ppo/ppo.h>

#include <functional>
#include <string>
#include <string_view>

namespace ppo_sim {
/// Copies of what the plugin lends us, one function for each struct of the contract.
[[nodiscard]] AccountView copy_of(const ppo_account& account);
[[nodiscard]] UsernameVerdict copy_of(const ppo_username_verdict& verdict);
[[nodiscard]] LinkPage copy_of(const ppo_link_page& page);
[[nodiscard]] SignedIn copy_of(const ppo_signed_in& signed_in);
[[nodiscard]] Contribution copy_of(const ppo_contribution& contribution);
[[nodiscard]] Effect copy_of(const ppo_effect& effect);
[[nodiscard]] AuditEntry copy_of(const ppo_audit_entry& entry);
[[nodiscard]] Counts copy_of(const ppo_report_counts& counts);

[[nodiscard]] BatchPreview copy_of(const ppo_batch_preview& preview);
[[nodiscard]] BatchProgress copy_of(const ppo_batch& batch);
[[nodiscard]] BatchPerson copy_of(const ppo_batch_person& person);
[[nodiscard]] Delivery copy_of(const ppo_delivery& delivery);
[[nodiscard]] MailStep copy_of(const ppo_mail_step& step);
[[nodiscard]] Deviation copy_of(const ppo_deviation& deviation);
[[nodiscard]] MailTemplate copy_of(const ppo_mail_template& text);
[[nodiscard]] TemplateFinding copy_of(const ppo_template_finding& finding);

[[nodiscard]] ReportGroup copy_of(const ppo_report_group& group);

/// Adds a batch of rows to a page; its cursors become the page's.
void add_rows(ReportPage& page, const ppo_rows& rows);

/// A text sink that hands each piece to `put`, which outlives it.
[[nodiscard]] ppo_text_sink sink_to(const std::function<void(std::string_view)>& put);

/// A sink of the contract that copies one struct into `Out`. Nothing may be thrown through the
/// plugin.
template <typename Sink, typename Lent, typename Out>
[[nodiscard]] Sink sink_into(Out& out) {
    return {&out, [](void* context, const Lent* lent) -> ppo_result {
                try {
                    *static_cast<Out*>(context) = copy_of(*lent);
                    return PPO_OK;
                } catch (...) {
                    return PPO_FAULT_HOST;
                }
            }};
}

/// The same for sinks that are called once for each of many.
template <typename Sink, typename Lent, typename Out>
[[nodiscard]] Sink sink_behind(Out& list) {
    return {&list, [](void* context, const Lent* lent) -> ppo_result {
                try {
                    static_cast<Out*>(context)->push_back(copy_of(*lent));
                    return PPO_OK;
                } catch (...) {
                    return PPO_FAULT_HOST;
                }
            }};
}
}  // namespace ppo_sim
