// SPDX-License-Identifier: Apache-2.0
// The slots of ppo.mail/1, which a plugin need not offer.
#include "host/calls.hpp"
#include "host/instance.hpp"
#include "host/sinks.hpp"

namespace ppo_sim {
namespace {
ppo_mail_template to_abi(const MailTemplate& text) {
    return {sizeof(ppo_mail_template),
            text.kind,
            borrow(text.language),
            borrow(text.subject),
            borrow(text.text),
            borrow(text.html),
            0,
            0};
}

/// Calls one slot of the table, if there is one.
template <typename Call>
Answer ask_mail(const ppo_mail_1* table, const Staff& staff, const Call& call) {
    if (table == nullptr)
        return {PPO_MISUSE_UNKNOWN_ID, "misuse_unknown_id", "",
                "This plugin does not offer " PPO_MAIL_1 ".", 0};
    return ask_as(staff, [&](const ppo_caller* caller, ppo_error* error) {
        return call(*table, caller, error);
    });
}
}  // namespace

Answer Instance::get_delivery(const Staff& staff, Delivery& out) const {
    const auto sink = sink_into<ppo_delivery_sink, ppo_delivery>(out);
    return ask_mail(plugin_.mail(), staff, [&](const auto& table, const auto* caller, auto* error) {
        return table.get_delivery(handle_, caller, &sink, error);
    });
}

Answer Instance::test_connection(const Staff& staff, std::vector<MailStep>& out) const {
    const auto sink = sink_behind<ppo_mail_step_sink, ppo_mail_step>(out);
    return ask_mail(plugin_.mail(), staff, [&](const auto& table, const auto* caller, auto* error) {
        return table.test_connection(handle_, caller, &sink, error);
    });
}

Answer Instance::get_template(const Staff& staff, std::uint32_t kind, const std::string& language,
                              MailTemplate& out) const {
    const auto sink = sink_into<ppo_mail_template_sink, ppo_mail_template>(out);
    return ask_mail(plugin_.mail(), staff, [&](const auto& table, const auto* caller, auto* error) {
        return table.get_template(handle_, caller, kind, borrow(language), &sink, error);
    });
}

Answer Instance::check_template(const Staff& staff, const MailTemplate& text,
                                std::vector<TemplateFinding>& out) const {
    const ppo_mail_template given = to_abi(text);
    const auto sink = sink_behind<ppo_template_finding_sink, ppo_template_finding>(out);
    return ask_mail(plugin_.mail(), staff, [&](const auto& table, const auto* caller, auto* error) {
        return table.check_template(handle_, caller, &given, &sink, error);
    });
}

Answer Instance::set_template(const Staff& staff, const MailTemplate& text) {
    const ppo_mail_template given = to_abi(text);
    return ask_mail(plugin_.mail(), staff, [&](const auto& table, const auto* caller, auto* error) {
        return table.set_template(handle_, caller, &given, error);
    });
}

Answer Instance::reset_template(const Staff& staff, std::uint32_t kind,
                                const std::string& language) {
    return ask_mail(plugin_.mail(), staff, [&](const auto& table, const auto* caller, auto* error) {
        return table.reset_template(handle_, caller, kind, borrow(language), error);
    });
}

Answer Instance::preview_template(const Staff& staff, const MailTemplate& text,
                                  const std::string& patient_id, MailTemplate& out) const {
    const ppo_mail_template given = to_abi(text);
    const auto sink = sink_into<ppo_mail_template_sink, ppo_mail_template>(out);
    return ask_mail(plugin_.mail(), staff, [&](const auto& table, const auto* caller, auto* error) {
        return table.preview_template(handle_, caller, &given, borrow(patient_id), &sink, error);
    });
}

Answer Instance::send_test_mail(const Staff& staff, const MailTemplate& text,
                                const std::string& recipient, std::vector<MailStep>& out) const {
    const ppo_mail_template given = to_abi(text);
    const auto sink = sink_behind<ppo_mail_step_sink, ppo_mail_step>(out);
    return ask_mail(plugin_.mail(), staff, [&](const auto& table, const auto* caller, auto* error) {
        return table.send_test_mail(handle_, caller, &given, borrow(recipient), &sink, error);
    });
}
}  // namespace ppo_sim
