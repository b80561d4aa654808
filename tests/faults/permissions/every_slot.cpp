// SPDX-License-Identifier: Apache-2.0
#include "faults/permissions/every_slot.hpp"

#include "boundary/tables.hpp"
#include "faults/permissions/every_slot_rows.hpp"

namespace ppo {
namespace {
constexpr std::uint32_t onboard = PPO_MAY_ONBOARD;
constexpr std::uint32_t by_hand = PPO_MAY_ONBOARD | PPO_MAY_SET_PASSWORD;
constexpr std::uint32_t read_audit = PPO_MAY_READ_AUDIT;
constexpr std::uint32_t change_settings = PPO_MAY_CHANGE_SETTINGS;

ppo_credentials credentials(bool with_password) {
    auto given = fresh<ppo_credentials>();
    given.username = to_text("anna.w");
    if (with_password) given.password = to_text(every_slots_password);
    return given;
}

template <class Call>
ppo_result with_selection(const SlotCall& it, Call call) {
    const ppo_text id = to_text(it.patient_id);
    auto selection = fresh<ppo_batch_selection>();
    selection.flags = PPO_BATCH_SIGNED_IN_TOO;
    selection.patient_ids = &id;
    selection.patient_id_count = 1;
    return call(&selection);
}

void put_account_rows(std::vector<EverySlot>& all) {
    const auto& table = onboarding_table;
    all.push_back(of_patient("ppo_onboarding_1.get_account", onboard, [&](const SlotCall& it) {
        return table.get_account(it.live.self, &it.caller, to_text(it.patient_id),
                                 any<ppo_account_sink, ppo_account>(), nullptr);
    }));
    all.push_back(of_patient("ppo_onboarding_1.set_access", onboard, [&](const SlotCall& it) {
        return table.set_access(it.live.self, &it.caller, to_text(it.patient_id), 1, nullptr,
                                nullptr);
    }));
    all.push_back(of_patient("ppo_onboarding_1.check_username", onboard, [&](const SlotCall& it) {
        return table.check_username(
            it.live.self, &it.caller, to_text(it.patient_id), to_text("anna.w"),
            any<ppo_username_verdict_sink, ppo_username_verdict>(), nullptr);
    }));
    all.push_back(of_patient("ppo_onboarding_1.set_credentials", onboard, [&](const SlotCall& it) {
        const auto given = credentials(false);
        return table.set_credentials(it.live.self, &it.caller, to_text(it.patient_id), &given,
                                     nullptr, nullptr);
    }));
    all.push_back(writing_a_password(
        of_patient("ppo_onboarding_1.set_credentials", by_hand, [&](const SlotCall& it) {
            const auto given = credentials(true);
            return table.set_credentials(it.live.self, &it.caller, to_text(it.patient_id), &given,
                                         nullptr, nullptr);
        })));
    all.push_back(of_patient("ppo_onboarding_1.send_invitation", onboard, [&](const SlotCall& it) {
        return table.send_invitation(it.live.self, &it.caller, to_text(it.patient_id), nullptr,
                                     nullptr);
    }));
    all.push_back(
        of_patient("ppo_onboarding_1.revoke_invitation", onboard, [&](const SlotCall& it) {
            static_cast<void>(it.live.invited("P001"));
            return table.revoke_invitation(it.live.self, &it.caller, to_text(it.patient_id),
                                           nullptr);
        }));
    all.push_back(of_patient("ppo_onboarding_1.lift_delays", onboard, [&](const SlotCall& it) {
        return table.lift_delays(it.live.self, &it.caller, to_text(it.patient_id), nullptr);
    }));
    all.push_back(of_patient("ppo_onboarding_1.set_consent", onboard, [&](const SlotCall& it) {
        return table.set_consent(it.live.self, &it.caller, to_text(it.patient_id), PPO_CONSENT_NONE,
                                 PPO_TIME_NONE, nullptr, nullptr);
    }));
}

void put_event_rows(std::vector<EverySlot>& all) {
    const auto& table = onboarding_table;
    all.push_back(of_nobody("ppo_onboarding_1.patient_changed", [&](const SlotCall& it) {
        std::vector<ppo_text> tags;
        const auto given = as_given(it.live.host.patients.front(), tags);
        return table.patient_changed(it.live.self, &given, nullptr);
    }));
    all.push_back(of_nobody("ppo_onboarding_1.patient_removed", [&](const SlotCall& it) {
        return table.patient_removed(it.live.self, to_text("P002"), nullptr);
    }));
    all.push_back(of_nobody("ppo_onboarding_1.patient_merged", [&](const SlotCall& it) {
        return table.patient_merged(it.live.self, to_text("P002"), to_text("P001"), nullptr);
    }));
    all.push_back(of_nobody("ppo_onboarding_1.sync_directory", [&](const SlotCall& it) {
        return table.sync_directory(it.live.self, nullptr, nullptr);
    }));
    all.push_back(of_nobody("ppo_onboarding_1.directory_progress", [&](const SlotCall& it) {
        auto progress = fresh<ppo_directory_progress>();
        return table.directory_progress(it.live.self, &progress, nullptr);
    }));
    all.push_back(of_nobody("ppo_onboarding_1.take_delivery_report", [&](const SlotCall& it) {
        const std::uint8_t report = 'x';
        const auto answer = table.take_delivery_report(it.live.self, &report, 1, nullptr);
        return answer == PPO_REFUSED_NOT_A_DELIVERY_REPORT ? ppo_result{PPO_OK} : answer;
    }));
    all.push_back(of_nobody("ppo_plugin.work", [](const SlotCall& it) {
        return plugin_table.work(it.live.self, 0, nullptr);
    }));
}

void put_batch_rows(std::vector<EverySlot>& all) {
    const auto& table = onboarding_table;
    all.push_back(
        of_staff("ppo_onboarding_1.preview_batch", onboard, PPO_OK, [&](const SlotCall& it) {
            return with_selection(it, [&](const ppo_batch_selection* selection) {
                return table.preview_batch(it.live.self, &it.caller, selection,
                                           any<ppo_batch_preview_sink, ppo_batch_preview>(),
                                           nullptr);
            });
        }));
    auto start = of_staff("ppo_onboarding_1.start_batch", onboard, PPO_OK, [&](const SlotCall& it) {
        return with_selection(it, [&](const ppo_batch_selection* selection) {
            return table.start_batch(it.live.self, &it.caller, selection, nullptr, nullptr);
        });
    });
    start.for_unknown_patient = PPO_REFUSED_BATCH_EMPTY;
    all.push_back(start);
    using Step = decltype(table.undo_batch);
    for (const auto& [slot, step] :
         {std::pair<const char*, Step>{"ppo_onboarding_1.undo_batch", table.undo_batch},
          {"ppo_onboarding_1.pause_batch", table.pause_batch},
          {"ppo_onboarding_1.resume_batch", table.resume_batch},
          {"ppo_onboarding_1.cancel_batch", table.cancel_batch}})
        all.push_back(
            of_staff(slot, onboard, PPO_REFUSED_UNKNOWN_BATCH, [step = step](const SlotCall& it) {
                return step(it.live.self, &it.caller, to_text("77777"), nullptr);
            }));
    all.push_back(of_staff("ppo_onboarding_1.each_batch", onboard, PPO_OK, [&](const SlotCall& it) {
        return table.each_batch(it.live.self, &it.caller, {}, any<ppo_batch_sink, ppo_batch>(),
                                nullptr);
    }));
    all.push_back(of_staff("ppo_onboarding_1.each_batch_person", onboard, PPO_REFUSED_UNKNOWN_BATCH,
                           [&](const SlotCall& it) {
                               return table.each_batch_person(
                                   it.live.self, &it.caller, to_text("77777"), 0, 0, 0,
                                   any<ppo_batch_person_sink, ppo_batch_person>(), nullptr);
                           }));
    all.push_back(of_staff("ppo_onboarding_1.write_batch", onboard, PPO_REFUSED_UNKNOWN_BATCH,
                           [&](const SlotCall& it) {
                               return table.write_batch(it.live.self, &it.caller, to_text("77777"),
                                                        0, to_text("csv"), any_text(), nullptr);
                           }));
}

void put_many_and_saved_view_rows(std::vector<EverySlot>& all) {
    all.push_back(
        of_staff("ppo_onboarding_1.set_access_of_many", onboard, PPO_OK, [](const SlotCall& it) {
            return with_selection(it, [&](const ppo_batch_selection* selection) {
                return onboarding_table.set_access_of_many(it.live.self, &it.caller, selection, 1,
                                                           0, nullptr, nullptr);
            });
        }));
    all.push_back(of_staff("ppo_report_1.save_view", onboard, PPO_OK, [](const SlotCall& it) {
        const auto query = fresh<ppo_report_query>();
        return report_table.save_view(it.live.self, &it.caller, to_text("Recalls"), &query,
                                      nullptr);
    }));
    all.push_back(of_staff("ppo_report_1.each_view", onboard, PPO_OK, [](const SlotCall& it) {
        return report_table.each_view(it.live.self, &it.caller,
                                      any<ppo_saved_view_sink, ppo_saved_view>(), nullptr);
    }));
    all.push_back(of_staff(
        "ppo_report_1.drop_view", onboard, PPO_REFUSED_UNKNOWN_SAVED_VIEW, [](const SlotCall& it) {
            return report_table.drop_view(it.live.self, &it.caller, to_text("Nobody's"), nullptr);
        }));
}

void put_report_and_audit_rows(std::vector<EverySlot>& all) {
    all.push_back(of_staff("ppo_report_1.read", onboard, PPO_OK, [](const SlotCall& it) {
        const auto query = fresh<ppo_report_query>();
        return report_table.read(it.live.self, &it.caller, &query, any<ppo_rows_sink, ppo_rows>(),
                                 nullptr);
    }));
    all.push_back(of_staff("ppo_report_1.read_json", onboard, PPO_OK, [](const SlotCall& it) {
        const auto query = fresh<ppo_report_query>();
        return report_table.read_json(it.live.self, &it.caller, &query, any_text(), nullptr);
    }));
    all.push_back(of_staff("ppo_report_1.count", onboard, PPO_OK, [](const SlotCall& it) {
        const auto query = fresh<ppo_report_query>();
        auto counts = fresh<ppo_report_counts>();
        return report_table.count(it.live.self, &it.caller, &query, &counts, nullptr);
    }));
    all.push_back(of_staff("ppo_report_1.write", onboard, PPO_OK, [](const SlotCall& it) {
        const auto query = fresh<ppo_report_query>();
        return report_table.write(it.live.self, &it.caller, &query, to_text("csv"), any_text(),
                                  nullptr);
    }));
    all.push_back(of_staff("ppo_report_1.analyse", onboard, PPO_OK, [](const SlotCall& it) {
        const auto query = fresh<ppo_report_query>();
        return report_table.analyse(it.live.self, &it.caller, &query, PPO_GROUP_TAG,
                                    any<ppo_report_group_sink, ppo_report_group>(), nullptr);
    }));
    all.push_back(of_staff("ppo_report_1.trend", onboard, PPO_OK, [](const SlotCall& it) {
        const auto query = fresh<ppo_report_query>();
        return report_table.trend(it.live.self, &it.caller, &query, 1, 2,
                                  any<ppo_report_week_sink, ppo_report_week>(), nullptr);
    }));
    all.push_back(of_staff("ppo_audit_1.read", read_audit, PPO_OK, [](const SlotCall& it) {
        auto query = fresh<ppo_audit_query>();
        query.patient_id = to_text(it.patient_id);
        return audit_table.read(it.live.self, &it.caller, &query,
                                any<ppo_audit_sink, ppo_audit_entry>(), nullptr);
    }));
    all.push_back(of_staff("ppo_audit_1.verify", read_audit, PPO_OK, [](const SlotCall& it) {
        auto verdict = fresh<ppo_audit_verdict>();
        return audit_table.verify(it.live.self, &it.caller, &verdict, nullptr);
    }));
    all.push_back(
        of_staff("ppo_audit_1.verify_against", read_audit, PPO_OK, [](const SlotCall& it) {
            auto verdict = fresh<ppo_audit_verdict>();
            return audit_table.verify_against(it.live.self, &it.caller, nullptr, 0, &verdict,
                                              nullptr);
        }));
    all.push_back(of_nobody("ppo_security_1.get_rules", [](const SlotCall& it) {
        auto rules = fresh<ppo_security_rules>();
        return security_table.get_rules(it.live.self, &rules, nullptr);
    }));
    all.push_back(
        of_staff("ppo_security_1.each_deviation", change_settings, PPO_OK, [](const SlotCall& it) {
            return security_table.each_deviation(it.live.self, &it.caller,
                                                 any<ppo_deviation_sink, ppo_deviation>(), nullptr);
        }));
}

void put_store_rows(std::vector<EverySlot>& all) {
    all.push_back(of_nobody("ppo_store_1.back_up", [](const SlotCall& it) {
        const auto copy = it.live.settings.file("copy");
        const auto result = store_table.back_up(it.live.self, to_text(copy), nullptr);
        // A server's copies are the server's: that it says so is all there is to it.
        return result == PPO_MISUSE_STATE ? ppo_result{PPO_OK} : result;
    }));
    all.push_back(of_nobody("ppo_store_1.move", [](const SlotCall& it) {
        const auto moved = it.live.settings.file("moved");
        return store_table.move(it.live.self, to_text(moved), nullptr, nullptr);
    }));
}

ppo_mail_template draft() {
    auto text = fresh<ppo_mail_template>();
    text.kind = PPO_TEMPLATE_REMINDER;
    text.language = to_text("en");
    return text;
}

void put_mail_rows(std::vector<EverySlot>& all) {
    const auto& table = mail_table;
    const auto* steps = any<ppo_mail_step_sink, ppo_mail_step>();
    const auto* templates = any<ppo_mail_template_sink, ppo_mail_template>();
    all.push_back(of_staff("ppo_mail_1.get_delivery", onboard, PPO_OK, [&](const SlotCall& it) {
        return table.get_delivery(it.live.self, &it.caller, any<ppo_delivery_sink, ppo_delivery>(),
                                  nullptr);
    }));
    all.push_back(of_staff(
        "ppo_mail_1.test_connection", change_settings, PPO_OK, [&table, steps](const SlotCall& it) {
            return table.test_connection(it.live.self, &it.caller, steps, nullptr);
        }));
    all.push_back(of_staff("ppo_mail_1.get_template", change_settings, PPO_OK,
                           [&table, templates](const SlotCall& it) {
                               return table.get_template(it.live.self, &it.caller,
                                                         PPO_TEMPLATE_REMINDER, to_text("en"),
                                                         templates, nullptr);
                           }));
    all.push_back(
        of_staff("ppo_mail_1.check_template", change_settings, PPO_OK, [&](const SlotCall& it) {
            const auto text = draft();
            return table.check_template(it.live.self, &it.caller, &text,
                                        any<ppo_template_finding_sink, ppo_template_finding>(),
                                        nullptr);
        }));
    all.push_back(of_staff("ppo_mail_1.set_template", change_settings, PPO_REFUSED_TEMPLATE,
                           [&](const SlotCall& it) {
                               const auto text = draft();
                               return table.set_template(it.live.self, &it.caller, &text, nullptr);
                           }));
    all.push_back(
        of_staff("ppo_mail_1.reset_template", change_settings, PPO_OK, [&](const SlotCall& it) {
            return table.reset_template(it.live.self, &it.caller, PPO_TEMPLATE_REMINDER,
                                        to_text("en"), nullptr);
        }));
    all.push_back(of_patient(
        "ppo_mail_1.preview_template", change_settings, [&table, templates](const SlotCall& it) {
            const auto text = draft();
            return table.preview_template(it.live.self, &it.caller, &text, to_text(it.patient_id),
                                          templates, nullptr);
        }));
    all.push_back(of_staff(
        "ppo_mail_1.send_test_mail", change_settings, PPO_OK, [&table, steps](const SlotCall& it) {
            const auto text = draft();
            return table.send_test_mail(it.live.self, &it.caller, &text,
                                        to_text("desk@elm.example.org"), steps, nullptr);
        }));
}

/// Opens the view for the caller, calls, closes.
template <class Call>
ppo_result with_view(const SlotCall& it, std::string_view view_id, Call call) {
    auto request = fresh<ppo_view_request>();
    request.view_id = to_text(view_id);
    if (view_id == "patient-portal.tab") request.patient_id = to_text(it.patient_id);
    ppo_view* view = nullptr;
    const auto opened = ui_table.open(it.live.self, &it.caller, &request, &view, nullptr);
    if (opened != PPO_OK) return opened;
    const ppo_result result = call(view);
    ui_table.close(view);
    return result;
}

template <class Call>
EverySlot of_tab(const char* slot, std::uint32_t needs, Call call) {
    auto row = of_patient(slot, needs, [call](const SlotCall& it) {
        return with_view(it, "patient-portal.tab", call);
    });
    row.needs_to_open = onboard;
    return row;
}

ppo_result edit(ppo_view* view, std::string_view field, std::string_view value) {
    return ui_table.edit(view, to_text(field), to_text(value), nullptr);
}
ppo_result invoke(ppo_view* view, std::string_view action, std::string_view argument = {}) {
    return ui_table.invoke(view, to_text(action), to_text(argument), any_effect(), nullptr);
}

void put_view_rows(std::vector<EverySlot>& all) {
    all.push_back(of_nobody("ppo_ui_1.contributions", [](const SlotCall& it) {
        return ui_table.contributions(it.live.self, {},
                                      any<ppo_contribution_sink, ppo_contribution>(), nullptr);
    }));
    const auto nothing = [](ppo_view*) { return ppo_result{PPO_OK}; };
    all.push_back(of_tab("ppo_ui_1.open", onboard, nothing));
    all.push_back(of_tab("ppo_ui_1.close", onboard, nothing));
    for (const char* list : {"onboarding.report", "onboarding.batches", "onboarding.analytics"})
        all.push_back(
            of_staff("ppo_ui_1.open", onboard, PPO_OK,
                     [list, nothing](const SlotCall& it) { return with_view(it, list, nothing); }));
    all.push_back(of_tab("ppo_ui_1.render", onboard, [](ppo_view* view) {
        return ui_table.render(view, any_text(), nullptr);
    }));
    all.push_back(of_tab("ppo_ui_1.edit", onboard,
                         [](ppo_view* view) { return edit(view, "username", "anna.w"); }));
    for (const char* field : {"by_hand", "password"})
        all.push_back(of_tab("ppo_ui_1.edit", by_hand,
                             [field](ppo_view* view) { return edit(view, field, "1"); }));
    all.push_back(of_tab("ppo_ui_1.invoke", onboard,
                         [](ppo_view* view) { return invoke(view, "set_access", "1"); }));
    all.push_back(
        of_tab("ppo_ui_1.invoke", onboard, [](ppo_view* view) { return invoke(view, "save"); }));
    for (const char* action : {"suggest_password", "suggest_random_password"})
        all.push_back(of_tab("ppo_ui_1.invoke", by_hand,
                             [action](ppo_view* view) { return invoke(view, action); }));
    all.push_back(writing_a_password(of_tab("ppo_ui_1.invoke", by_hand, [](ppo_view* view) {
        const auto checked = edit(view, "by_hand", "1");
        if (checked != PPO_OK) return checked;
        const auto typed = edit(view, "password", every_slots_password);
        return typed == PPO_OK ? invoke(view, "save") : typed;
    })));
}

}  // namespace

std::vector<EverySlot> every_slot() {
    std::vector<EverySlot> all;
    put_account_rows(all);
    put_event_rows(all);
    put_batch_rows(all);
    put_many_and_saved_view_rows(all);
    put_report_and_audit_rows(all);
    put_store_rows(all);
    put_mail_rows(all);
    put_view_rows(all);
    put_portal_rows(all);
    return all;
}
}  // namespace ppo
