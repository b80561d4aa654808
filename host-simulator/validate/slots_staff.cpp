// SPDX-License-Identifier: Apache-2.0
#include "validate/slot_arguments.hpp"

namespace ppo_validate {
namespace {
Argument batch_id() {
    return text_made("batch_id", [](Stage& stage) {
        return stage.practice.batch_id.empty() ? std::string{"none"} : stage.practice.batch_id;
    });
}

Argument selection() {
    return in<ppo_batch_selection>("selection", [](ppo_batch_selection& into, Stage& stage) {
        into = fresh<ppo_batch_selection>();
        into.flags = PPO_BATCH_SIGNED_IN_TOO;
        into.patient_ids = stage.lend_struct(stage.lend("P002"));
        into.patient_id_count = 1;
    });
}

Argument changed_patient() {
    return in<ppo_patient>("patient", [](ppo_patient& into, Stage& stage) {
        into = fresh<ppo_patient>();
        into.chart_status = PPO_CHART_ACTIVE;
        into.id = stage.lend("P020");
        into.first_name = stage.lend("Berta");
        into.last_name = stage.lend("Weber");
        into.birth_date = stage.lend("1980-02-29");
        into.email = stage.lend("berta@example.test");
        into.postal_code = stage.lend("01234");
        into.language = stage.lend("en-US");
        into.provider = stage.lend("Dr. Elm");
        into.tags = stage.lend_struct(stage.lend("diabetes"));
        into.tag_count = 1;
        into.next_appointment = PPO_TIME_NONE;
        into.last_appointment = PPO_TIME_NONE;
    });
}

Argument credentials() {
    return in<ppo_credentials>("credentials", [](ppo_credentials& into, Stage& stage) {
        into = fresh<ppo_credentials>();
        into.username = stage.lend("anna.w");
        into.password = stage.lend(good_password);
    });
}

const auto state = [] { return out<ppo_account_state>("state", true); };
}  // namespace

void put_onboarding_slots(std::vector<Slot>& all) {
    const auto put = [&all](const char* name, auto member, std::vector<Argument> arguments) {
        all.push_back(
            make_slot("onboarding", PPO_ONBOARDING_1, name, member, std::move(arguments)));
    };
    using Table = ppo_onboarding_1;
    put("get_account", &Table::get_account,
        {self(), caller(), patient_id(), sink<ppo_account_sink>(false), error()});
    put("set_access", &Table::set_access,
        {self(), caller(), patient_id(), number("enabled", 1), state(), error()});
    put("check_username", &Table::check_username,
        {self(), caller(), patient_id(), text("username", "anna.w"),
         sink<ppo_username_verdict_sink>(false), error()});
    put("set_credentials", &Table::set_credentials,
        {self(), caller(), patient_id(), credentials(), state(), error()});
    put("send_invitation", &Table::send_invitation,
        {self(), caller(), patient_id(), out<ppo_invitation>("sent", true), error()});
    put("revoke_invitation", &Table::revoke_invitation, {self(), caller(), patient_id(), error()});
    put("lift_delays", &Table::lift_delays, {self(), caller(), patient_id(), error()});
    put("patient_changed", &Table::patient_changed, {self(), changed_patient(), error()});
    put("patient_removed", &Table::patient_removed, {self(), text("patient_id", "P021"), error()});
    put("patient_merged", &Table::patient_merged,
        {self(), text("losing_id", "P022"), text("surviving_id", "P023"), error()});
    put("sync_directory", &Table::sync_directory, {self(), counter_out("read"), error()});
    put("set_consent", &Table::set_consent,
        {self(), caller(), text("patient_id", "P024"), number("consent", PPO_CONSENT_DECLINED),
         number("until", 0), state(), error()});
    put("directory_progress", &Table::directory_progress,
        {self(), out<ppo_directory_progress>("progress", false), error()});
    auto report = argument_of(Kind::Bytes, "report");
    report.text = [](Stage&) { return std::string{"Subject: not a delivery report\r\n\r\nHello"}; };
    put("take_delivery_report", &Table::take_delivery_report,
        {self(), report, number("size", 41), error()});
}

void put_batch_slots(std::vector<Slot>& all) {
    const auto put = [&all](const char* name, auto member, std::vector<Argument> arguments) {
        all.push_back(
            make_slot("onboarding", PPO_ONBOARDING_1, name, member, std::move(arguments)));
    };
    using Table = ppo_onboarding_1;
    put("preview_batch", &Table::preview_batch,
        {self(), caller(), selection(), sink<ppo_batch_preview_sink>(false), error()});
    put("start_batch", &Table::start_batch,
        {self(), caller(), selection(), out<ppo_batch_started>("started", true), error()});
    put("each_batch", &Table::each_batch,
        {self(), caller(), text("batch_id", ""), sink<ppo_batch_sink>(true), error()});
    put("each_batch_person", &Table::each_batch_person,
        {self(), caller(), batch_id(), number("outcomes", 0), number("after", 0),
         number("limit", 0), sink<ppo_batch_person_sink>(true), error()});
    put("write_batch", &Table::write_batch,
        {self(), caller(), batch_id(), number("outcomes", 0), text("format", "csv"),
         sink<ppo_text_sink>(true), error()});
    put("pause_batch", &Table::pause_batch, {self(), caller(), batch_id(), error()});
    put("resume_batch", &Table::resume_batch, {self(), caller(), batch_id(), error()});
    put("undo_batch", &Table::undo_batch, {self(), caller(), batch_id(), error()});
    put("cancel_batch", &Table::cancel_batch, {self(), caller(), batch_id(), error()});
    put("set_access_of_many", &Table::set_access_of_many,
        {self(), caller(), selection(), number("enabled", 1), number("most", 0),
         out<ppo_access_of_many>("done", true), error()});
}

void put_report_slots(std::vector<Slot>& all) {
    const auto put = [&all](const char* name, auto member, std::vector<Argument> arguments) {
        all.push_back(make_slot("report", PPO_REPORT_1, name, member, std::move(arguments)));
    };
    using Table = ppo_report_1;
    put("read", &Table::read,
        {self(), caller(), report_query(), sink<ppo_rows_sink>(true), error()});
    put("count", &Table::count,
        {self(), caller(), report_query({"cursor", "column_count"}),
         out<ppo_report_counts>("counts", false), error()});
    put("write", &Table::write,
        {self(), caller(), report_query(), text("format", "csv"), sink<ppo_text_sink>(true),
         error()});
    put("read_json", &Table::read_json,
        {self(), caller(), report_query(), sink<ppo_text_sink>(true), error()});
    put("analyse", &Table::analyse,
        {self(), caller(), report_query({"cursor", "column_count"}),
         number("group_by", PPO_GROUP_PROVIDER), sink<ppo_report_group_sink>(true), error()});
    put("trend", &Table::trend,
        {self(), caller(), report_query({"cursor", "column_count"}),
         number("from", 1'766'000'000'000), number("until", 1'768'000'000'000),
         sink<ppo_report_week_sink>(true), error()});
    put("save_view", &Table::save_view,
        {self(), caller(), text("name", "Mine"), report_query({"cursor"}), error()});
    put("each_view", &Table::each_view,
        {self(), caller(), sink<ppo_saved_view_sink>(true), error()});
    put("drop_view", &Table::drop_view, {self(), caller(), text("name", "Mine"), error()});
}

void put_selfservice_slots(std::vector<Slot>& all) {
    const auto put = [&all](const char* name, auto member, std::vector<Argument> arguments) {
        all.push_back(
            make_slot("selfservice", PPO_SELFSERVICE_1, name, member, std::move(arguments)));
    };
    using Table = ppo_selfservice_1;
    const auto guest = in<ppo_visitor>("visitor", [](ppo_visitor& into, Stage& stage) {
        into = fresh<ppo_visitor>();
        into.from = stage.lend("203.0.113.7");
        into.user_agent = stage.lend("Browser");
        into.language = stage.lend("en");
    });
    const auto answers = in<ppo_link_answers>("answers", [](ppo_link_answers& into, Stage& stage) {
        into = fresh<ppo_link_answers>();
        into.link = stage.lend(stage.practice.link);
        into.birth_date = stage.lend("1980-02-29");
        into.postal_code = stage.lend("01234");
    });
    const auto identity = in<ppo_identity>("identity", [](ppo_identity& into, Stage& stage) {
        into = fresh<ppo_identity>();
        into.email = stage.lend("anna001@example.test");
        into.birth_date = stage.lend("1980-02-29");
        into.last_name = stage.lend("Weber");
        into.postal_code = stage.lend("01234");
    });
    const auto link = text_made("link", [](Stage& stage) { return stage.practice.link; });
    const auto signed_in = text("patient_id", "P004");
    const auto password = text("password", "quiet lantern fjord");
    const auto epoch = number("session_epoch", 1);
    const auto page = sink<ppo_link_page_sink>(false);
    put("open_link", &Table::open_link, {self(), guest, link, page, error()});
    put("confirm_identity", &Table::confirm_identity, {self(), guest, answers, page, error()});
    put("check_username", &Table::check_username,
        {self(), guest, answers, text("username", "anna.w2"),
         sink<ppo_username_verdict_sink>(false), error()});
    put("complete_setup", &Table::complete_setup,
        {self(), guest, answers, text("username", "anna.w2"), password, error()});
    put("renew_link", &Table::renew_link, {self(), guest, link, error()});
    put("request", &Table::request,
        {self(), guest, number("what", PPO_REQUEST_PASSWORD), identity, error()});
    put("sign_in", &Table::sign_in,
        {self(), guest, text("username", "anna.weber"), text("password", good_password.data()),
         sink<ppo_signed_in_sink>(false), error()});
    put("change_password", &Table::change_password,
        {self(), guest, signed_in, text("current_password", good_password.data()), password,
         counter_out("session_epoch"), error()});
    put("get_mail_choice", &Table::get_mail_choice,
        {self(), guest, signed_in, out<ppo_mail_choice>("choice", false), error()});
    put("set_mail_choice", &Table::set_mail_choice,
        {self(), guest, signed_in, number("mail_me", 1), error()});
    put("check_session", &Table::check_session, {self(), guest, signed_in, epoch, error()});
}
}  // namespace ppo_validate
