// SPDX-License-Identifier: Apache-2.0
#include "validate/slot_arguments.hpp"

#include <algorithm>

namespace ppo_validate {
namespace {
constexpr auto core = "ppo_plugin";

void put_core_slots(std::vector<Slot>& all) {
    auto host = in<ppo_host>(
        "host", [](ppo_host& into, Stage& stage) { into = stage.practice.host.table; });
    host.offers = true;
    const auto settings = in<ppo_settings>("settings", [](ppo_settings& into, Stage& stage) {
        into = stage.practice.settings.values;
    });
    all.push_back(make_slot("core", core, "create", &ppo_plugin::create,
                            {host, settings, handle_out("out"), error()}));
    all.push_back(make_slot("core", core, "work", &ppo_plugin::work,
                            {self(), number("budget_ms", 0), error()}));
    all.push_back(make_slot("core", core, "shutdown", &ppo_plugin::shutdown,
                            {self(), number("grace_ms", 0), error()}));
    all.push_back(make_slot("core", core, "destroy", &ppo_plugin::destroy, {self()}));
    all.push_back(
        make_slot("core", core, "query", &ppo_plugin::query, {text("id", PPO_ONBOARDING_1)}));
    for (auto& slot : all)
        slot.ends_something = slot.name != "ppo_plugin work" && slot.name != "ppo_plugin query";
}

void put_ui_slots(std::vector<Slot>& all) {
    const auto put = [&all](const char* name, auto member, std::vector<Argument> arguments) {
        all.push_back(make_slot("ui", PPO_UI_1, name, member, std::move(arguments)));
    };
    const auto request = in<ppo_view_request>("request", [](ppo_view_request& into, Stage& stage) {
        into = fresh<ppo_view_request>();
        into.view_id = stage.lend("no.such.view");
        into.patient_id = stage.lend("P001");
        into.language = stage.lend("en");
    });
    put("contributions", &ppo_ui_1::contributions,
        {self(), text("language", "en"), sink<ppo_contribution_sink>(false), error()});
    put("open", &ppo_ui_1::open, {self(), caller(), request, handle_out("out"), error()});
    put("render", &ppo_ui_1::render, {view(), sink<ppo_text_sink>(true), error()});
    put("edit", &ppo_ui_1::edit,
        {view(), text("field_id", "username"), text("value", "anna.w"), error()});
    put("invoke", &ppo_ui_1::invoke,
        {view(), text("action_id", "set_access"), text("argument", "1"),
         sink<ppo_effect_sink>(false), error()});
    put("close", &ppo_ui_1::close, {view()});
    all.back().ends_something = true;
}

void put_audit_and_security_slots(std::vector<Slot>& all) {
    const auto query = in<ppo_audit_query>("query", [](ppo_audit_query& into, Stage& stage) {
        into = fresh<ppo_audit_query>();
        into.patient_id = stage.lend("");
    });
    all.push_back(make_slot("audit", PPO_AUDIT_1, "read", &ppo_audit_1::read,
                            {self(), caller(), query, sink<ppo_audit_sink>(true), error()}));
    all.push_back(make_slot("audit", PPO_AUDIT_1, "verify", &ppo_audit_1::verify,
                            {self(), caller(), out<ppo_audit_verdict>("verdict", false), error()}));
    all.push_back(make_slot("audit", PPO_AUDIT_1, "verify_against", &ppo_audit_1::verify_against,
                            {self(), caller(), checkpoints(), number("count", 0),
                             out<ppo_audit_verdict>("verdict", false), error()}));
    all.push_back(make_slot("security", PPO_SECURITY_1, "get_rules", &ppo_security_1::get_rules,
                            {self(), out<ppo_security_rules>("rules", false), error()}));
    all.push_back(make_slot("security", PPO_SECURITY_1, "each_deviation",
                            &ppo_security_1::each_deviation,
                            {self(), caller(), sink<ppo_deviation_sink>(true), error()}));
}

void put_store_slots(std::vector<Slot>& all) {
    const auto file = [](const char* name, const char* ending) {
        return text_made(name, [ending](Stage& stage) {
            return (stage.practice.target.folder / ending).string();
        });
    };
    all.push_back(make_slot("store", PPO_STORE_1, "back_up", &ppo_store_1::back_up,
                            {self(), file("path", "copy.db"), error()}));
    auto told = sink<ppo_text_sink>(true);
    told.optional = true;
    all.push_back(make_slot("store", PPO_STORE_1, "move", &ppo_store_1::move,
                            {self(), file("to", "moved.db"), told, error()}));
    all.back().may_run_beside_others = false;
}

void put_mail_slots(std::vector<Slot>& all) {
    const auto put = [&all](const char* name, auto member, std::vector<Argument> arguments) {
        all.push_back(make_slot("mail", PPO_MAIL_1, name, member, std::move(arguments)));
    };
    const auto letter = in<ppo_mail_template>(
        "mail_template", [](ppo_mail_template& into, Stage& stage) {
            into = fresh<ppo_mail_template>();
            into.kind = PPO_TEMPLATE_REMINDER;
            into.language = stage.lend("en");
            into.subject = stage.lend("Your account");
            into.text = stage.lend("Dear [[first_name]],\r\n[[link]]\r\n");
            into.html = stage.lend("<p>Dear [[first_name]], <a href=\"[[link]]\">here</a></p>");
        });
    const auto kind = number("kind", PPO_TEMPLATE_REMINDER);
    const auto steps = sink<ppo_mail_step_sink>(true);
    const auto letters = sink<ppo_mail_template_sink>(false);
    put("get_delivery", &ppo_mail_1::get_delivery,
        {self(), caller(), sink<ppo_delivery_sink>(false), error()});
    put("test_connection", &ppo_mail_1::test_connection, {self(), caller(), steps, error()});
    put("get_template", &ppo_mail_1::get_template,
        {self(), caller(), kind, text("language", "en"), letters, error()});
    put("check_template", &ppo_mail_1::check_template,
        {self(), caller(), letter, sink<ppo_template_finding_sink>(true), error()});
    put("set_template", &ppo_mail_1::set_template, {self(), caller(), letter, error()});
    put("reset_template", &ppo_mail_1::reset_template,
        {self(), caller(), kind, text("language", "en"), error()});
    put("preview_template", &ppo_mail_1::preview_template,
        {self(), caller(), letter, patient_id(), letters, error()});
    put("send_test_mail", &ppo_mail_1::send_test_mail,
        {self(), caller(), letter, text("recipient", "desk@example.test"), steps, error()});
}
}  // namespace

std::vector<Slot> all_slots() {
    std::vector<Slot> all;
    put_core_slots(all);
    put_ui_slots(all);
    put_onboarding_slots(all);
    put_batch_slots(all);
    put_report_slots(all);
    put_selfservice_slots(all);
    put_audit_and_security_slots(all);
    put_mail_slots(all);
    put_store_slots(all);
    return all;
}

std::vector<Slot> slots_of(const std::string& table) {
    std::vector<Slot> chosen;
    for (auto& slot : all_slots())
        if (slot.table == table) chosen.push_back(slot);
    return chosen;
}

std::vector<std::string> table_names() {
    std::vector<std::string> names;
    for (const auto& slot : all_slots())
        if (std::find(names.begin(), names.end(), slot.table) == names.end())
            names.push_back(slot.table);
    return names;
}
}  // namespace ppo_validate
