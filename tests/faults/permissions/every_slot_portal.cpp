// SPDX-License-Identifier: Apache-2.0
#include "boundary/tables.hpp"
#include "faults/permissions/every_slot_rows.hpp"

namespace ppo {
namespace {
constexpr std::string_view before = "maple kettle orbit";  // The password on file.

/// A fresh link of Anna's with the right answer to what it asks.
template <class Call>
ppo_result with_link(const SlotCall& it, Call call) {
    it.live.advance(std::chrono::minutes{5});
    const auto link = it.live.invited("P001");
    const auto answers = it.live.answers(link, it.live.host.patients.front().birth_date);
    return call(&answers);
}

void put_link_rows(std::vector<EverySlot>& all) {
    const auto& table = selfservice_table;
    const auto* pages = any<ppo_link_page_sink, ppo_link_page>();
    all.push_back(of_nobody("ppo_selfservice_1.open_link", [&table, pages](const SlotCall& it) {
        return with_link(it, [&](const ppo_link_answers* answers) {
            return table.open_link(it.live.self, &it.live.visitor, answers->link, pages, nullptr);
        });
    }));
    all.push_back(of_nobody("ppo_selfservice_1.confirm_identity", [&table,
                                                                   pages](const SlotCall& it) {
        return with_link(it, [&](const ppo_link_answers* answers) {
            return table.confirm_identity(it.live.self, &it.live.visitor, answers, pages, nullptr);
        });
    }));
    all.push_back(of_nobody("ppo_selfservice_1.check_username", [&](const SlotCall& it) {
        return with_link(it, [&](const ppo_link_answers* answers) {
            return table.check_username(it.live.self, &it.live.visitor, answers, to_text("anna.w"),
                                        any<ppo_username_verdict_sink, ppo_username_verdict>(),
                                        nullptr);
        });
    }));
    all.push_back(
        writing_a_password(of_nobody("ppo_selfservice_1.complete_setup", [&](const SlotCall& it) {
            return with_link(it, [&](const ppo_link_answers* answers) {
                return table.complete_setup(it.live.self, &it.live.visitor, answers, {},
                                            to_text(every_slots_password), nullptr);
            });
        })));
    all.push_back(of_nobody("ppo_selfservice_1.renew_link", [&](const SlotCall& it) {
        return with_link(it, [&](const ppo_link_answers* answers) {
            return table.renew_link(it.live.self, &it.live.visitor, answers->link, nullptr);
        });
    }));
}

void put_other_rows(std::vector<EverySlot>& all) {
    const auto& table = selfservice_table;
    for (const std::uint32_t what :
         {PPO_REQUEST_ACCOUNT, PPO_REQUEST_PASSWORD, PPO_REQUEST_USERNAME})
        all.push_back(of_nobody("ppo_selfservice_1.request", [&table, what](const SlotCall& it) {
            const auto& patient = it.live.host.patients.front();
            auto identity = fresh<ppo_identity>();
            identity.email = to_text(patient.email);
            identity.birth_date = to_text(patient.birth_date);
            identity.last_name = to_text(patient.last_name);
            identity.postal_code = to_text(patient.postal_code);
            const auto asked = table.request(it.live.self, &it.live.visitor, what, &identity,
                                             nullptr);
            it.live.work();  // Where it is answered.
            return asked;
        }));
    all.push_back(of_nobody("ppo_selfservice_1.sign_in",
                            [](const SlotCall& it) { return it.live.sign_in("anna.w", before); }));
    all.push_back(
        writing_a_password(of_nobody("ppo_selfservice_1.change_password", [&](const SlotCall& it) {
            return table.change_password(it.live.self, &it.live.visitor, to_text("P001"),
                                         to_text(before), to_text(every_slots_password), nullptr,
                                         nullptr);
        })));
    all.push_back(of_nobody("ppo_selfservice_1.get_mail_choice", [&](const SlotCall& it) {
        auto choice = fresh<ppo_mail_choice>();
        return table.get_mail_choice(it.live.self, &it.live.visitor, to_text("P001"), &choice,
                                     nullptr);
    }));
    all.push_back(of_nobody("ppo_selfservice_1.set_mail_choice", [&](const SlotCall& it) {
        return table.set_mail_choice(it.live.self, &it.live.visitor, to_text("P001"), 1, nullptr);
    }));
    all.push_back(of_nobody("ppo_selfservice_1.check_session", [&](const SlotCall& it) {
        std::uint64_t epoch = 0;
        const SignedInSink sink{[&](const ppo_signed_in& who) {
            epoch = who.session_epoch;
            return PPO_OK;
        }};
        static_cast<void>(table.sign_in(it.live.self, &it.live.visitor, to_text("anna.w"),
                                        to_text(before), sink, nullptr));
        return table.check_session(it.live.self, &it.live.visitor, to_text("P001"), epoch, nullptr);
    }));
}
}  // namespace

void put_portal_rows(std::vector<EverySlot>& all) {
    put_link_rows(all);
    put_other_rows(all);
}
}  // namespace ppo
