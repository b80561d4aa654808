// SPDX-License-Identifier: Apache-2.0
#include "boundary/tables.hpp"
#include "support/live_plugin.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <filesystem>
#include <functional>
#include <regex>
#include <set>
#include <string>
#include <vector>

using namespace ppo;

namespace {
template <class Table>
const Table& table(std::string_view id) {
    const auto* found = static_cast<const Table*>(plugin_table.query(to_text(id)));
    CPPUNIT_ASSERT(found != nullptr);
    return *found;
}
const ppo_mail_1& mail() { return table<ppo_mail_1>(PPO_MAIL_1); }
const ppo_security_1& security() { return table<ppo_security_1>(PPO_SECURITY_1); }

ppo_result open(ppo_instance* self, const ppo_caller* by, ppo_text id) {
    auto request = fresh<ppo_view_request>();
    request.view_id = to_text("patient-portal.tab");
    request.patient_id = id;
    ppo_view* view = nullptr;
    const auto result = LivePlugin::ui().open(self, by, &request, &view, nullptr);
    LivePlugin::ui().close(view);
    return result;
}

/// "onboarding.set_access" of every slot that takes a caller, as the headers have it.
std::set<std::string> slots_with_a_caller() {
    const std::regex slot{R"(PPO_CALL \*(\w+)\)\(ppo_instance \*self, const ppo_caller \*caller)"};
    std::set<std::string> found;
    for (const auto& header : std::filesystem::directory_iterator{PPO_HEADERS}) {
        const auto text = bytes_of_file(header.path().string());
        for (std::sregex_iterator at{text.begin(), text.end(), slot}, end; at != end; ++at)
            found.insert(header.path().stem().string() + "." + (*at)[1].str());
    }
    return found;
}
}  // namespace

class PermissionMatrixTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(PermissionMatrixTest);
    CPPUNIT_TEST(every_slot_with_a_caller_stands_in_the_table);
    CPPUNIT_TEST(every_slot_is_refused_exactly_without_its_permission);
    CPPUNIT_TEST_SUITE_END();

public:
    void every_slot_with_a_caller_stands_in_the_table() {
        std::set<std::string> known;
        for (const auto& row : rows_of_the_table_)
            known.insert(row.slot.substr(0, row.slot.find(' ')));
        const auto expected = slots_with_a_caller();
        CPPUNIT_ASSERT(expected.size() > 30);
        CPPUNIT_ASSERT(expected == known);
    }

    void every_slot_is_refused_exactly_without_its_permission() {
        LivePlugin live;
        for (const auto& row : rows_of_the_table_)
            for (std::uint32_t held = 0; held < 16; ++held)
                for (const char* patient : {"P001", "P404"}) {
                    live.caller.permissions = held;
                    const auto result = row.call(live.self, &live.caller, to_text(patient));
                    const bool refused = result == PPO_REFUSED_NOT_PERMITTED;
                    const bool expected = (held & row.needs) != row.needs;
                    CPPUNIT_ASSERT_EQUAL_MESSAGE(
                        row.slot + " with " + std::to_string(held) + " for " + patient, expected,
                        refused);
                }
    }

private:
    using Call = std::function<ppo_result(ppo_instance*, const ppo_caller*, ppo_text)>;
    struct Row {
        std::string slot{};
        std::uint32_t needs = 0;
        Call call{};
    };
    template <class Sink, class Item>
    static SinkTo<Sink, Item> taker() {
        return SinkTo<Sink, Item>{[](const Item&) { return PPO_OK; }};
    }

    const ppo_text name_ = to_text("anna.w");
    const ppo_text batch_ = to_text("1");
    const ppo_text csv_ = to_text("csv");
    const ppo_text en_ = to_text("en");
    const ppo_text address_ = to_text("desk@elm.example.org");
    const ppo_credentials username_{sizeof username_, 0, to_text("anna.w"), {}};
    const ppo_credentials password_{sizeof password_, 0, {}, to_text("maple kettle orbit")};
    const ppo_report_query query_ = fresh<ppo_report_query>();
    const ppo_batch_selection everybody_{sizeof everybody_, 0, &query_, nullptr, 0};
    const ppo_audit_query entries_of_ = fresh<ppo_audit_query>();
    ppo_report_counts counts_ = fresh<ppo_report_counts>();
    ppo_audit_verdict chain_ = fresh<ppo_audit_verdict>();
    const ppo_mail_template words_{sizeof words_, PPO_TEMPLATE_REMINDER, en_, en_, en_, en_, 0, 0};
    TextSink text_{};
    const AccountSink accounts_ = taker<ppo_account_sink, ppo_account>();
    const VerdictSink verdicts_ = taker<ppo_username_verdict_sink, ppo_username_verdict>();
    const RowsSink rows_ = taker<ppo_rows_sink, ppo_rows>();
    const AuditSink entries_ = taker<ppo_audit_sink, ppo_audit_entry>();
    const SinkTo<ppo_batch_preview_sink, ppo_batch_preview>
        previews_ = taker<ppo_batch_preview_sink, ppo_batch_preview>();
    const SinkTo<ppo_batch_sink, ppo_batch> batches_ = taker<ppo_batch_sink, ppo_batch>();
    const SinkTo<ppo_batch_person_sink, ppo_batch_person>
        people_ = taker<ppo_batch_person_sink, ppo_batch_person>();
    const SinkTo<ppo_delivery_sink, ppo_delivery>
        deliveries_ = taker<ppo_delivery_sink, ppo_delivery>();
    const SinkTo<ppo_mail_step_sink, ppo_mail_step>
        steps_ = taker<ppo_mail_step_sink, ppo_mail_step>();
    const SinkTo<ppo_mail_template_sink, ppo_mail_template>
        templates_ = taker<ppo_mail_template_sink, ppo_mail_template>();
    const SinkTo<ppo_template_finding_sink, ppo_template_finding>
        findings_ = taker<ppo_template_finding_sink, ppo_template_finding>();
    const SinkTo<ppo_deviation_sink, ppo_deviation>
        deviations_ = taker<ppo_deviation_sink, ppo_deviation>();

    const std::vector<Row> rows_of_the_table_{
        {"onboarding.get_account", PPO_MAY_ONBOARD,
         [this](auto* self, const auto* by, ppo_text id) {
             static_cast<void>(id);
             return LivePlugin::onboarding().get_account(self, by, id, accounts_, nullptr);
         }},
        {"onboarding.set_access", PPO_MAY_ONBOARD,
         [this](auto* self, const auto* by, ppo_text id) {
             static_cast<void>(id);
             return LivePlugin::onboarding().set_access(self, by, id, 1, nullptr, nullptr);
         }},
        {"onboarding.check_username", PPO_MAY_ONBOARD,
         [this](auto* self, const auto* by, ppo_text id) {
             static_cast<void>(id);
             return LivePlugin::onboarding().check_username(self, by, id, name_, verdicts_,
                                                            nullptr);
         }},
        {"onboarding.set_credentials", PPO_MAY_ONBOARD,
         [this](auto* self, const auto* by, ppo_text id) {
             static_cast<void>(id);
             return LivePlugin::onboarding().set_credentials(self, by, id, &username_, nullptr,
                                                             nullptr);
         }},
        {"onboarding.set_credentials with a password", PPO_MAY_ONBOARD | PPO_MAY_SET_PASSWORD,
         [this](auto* self, const auto* by, ppo_text id) {
             static_cast<void>(id);
             return LivePlugin::onboarding().set_credentials(self, by, id, &password_, nullptr,
                                                             nullptr);
         }},
        {"onboarding.send_invitation", PPO_MAY_ONBOARD,
         [this](auto* self, const auto* by, ppo_text id) {
             static_cast<void>(id);
             return LivePlugin::onboarding().send_invitation(self, by, id, nullptr, nullptr);
         }},
        {"onboarding.revoke_invitation", PPO_MAY_ONBOARD,
         [this](auto* self, const auto* by, ppo_text id) {
             static_cast<void>(id);
             return LivePlugin::onboarding().revoke_invitation(self, by, id, nullptr);
         }},
        {"onboarding.lift_delays", PPO_MAY_ONBOARD,
         [this](auto* self, const auto* by, ppo_text id) {
             static_cast<void>(id);
             return LivePlugin::onboarding().lift_delays(self, by, id, nullptr);
         }},
        {"onboarding.set_consent", PPO_MAY_ONBOARD,
         [this](auto* self, const auto* by, ppo_text id) {
             static_cast<void>(id);
             return LivePlugin::onboarding().set_consent(self, by, id, PPO_CONSENT_DECLINED,
                                                         PPO_TIME_NONE, nullptr, nullptr);
         }},
        {"onboarding.preview_batch", PPO_MAY_ONBOARD,
         [this](auto* self, const auto* by, ppo_text id) {
             static_cast<void>(id);
             return LivePlugin::onboarding().preview_batch(self, by, &everybody_, previews_,
                                                           nullptr);
         }},
        {"onboarding.start_batch", PPO_MAY_ONBOARD,
         [this](auto* self, const auto* by, ppo_text id) {
             static_cast<void>(id);
             return LivePlugin::onboarding().start_batch(self, by, &everybody_, nullptr, nullptr);
         }},
        {"onboarding.undo_batch", PPO_MAY_ONBOARD,
         [this](auto* self, const auto* by, ppo_text id) {
             static_cast<void>(id);
             return LivePlugin::onboarding().undo_batch(self, by, batch_, nullptr);
         }},
        {"onboarding.pause_batch", PPO_MAY_ONBOARD,
         [this](auto* self, const auto* by, ppo_text id) {
             static_cast<void>(id);
             return LivePlugin::onboarding().pause_batch(self, by, batch_, nullptr);
         }},
        {"onboarding.resume_batch", PPO_MAY_ONBOARD,
         [this](auto* self, const auto* by, ppo_text id) {
             static_cast<void>(id);
             return LivePlugin::onboarding().resume_batch(self, by, batch_, nullptr);
         }},
        {"onboarding.cancel_batch", PPO_MAY_ONBOARD,
         [this](auto* self, const auto* by, ppo_text id) {
             static_cast<void>(id);
             return LivePlugin::onboarding().cancel_batch(self, by, batch_, nullptr);
         }},
        {"onboarding.each_batch", PPO_MAY_ONBOARD,
         [this](auto* self, const auto* by, ppo_text id) {
             static_cast<void>(id);
             return LivePlugin::onboarding().each_batch(self, by, {}, batches_, nullptr);
         }},
        {"onboarding.each_batch_person", PPO_MAY_ONBOARD,
         [this](auto* self, const auto* by, ppo_text id) {
             static_cast<void>(id);
             return LivePlugin::onboarding().each_batch_person(self, by, batch_, 0, 0, 0, people_,
                                                               nullptr);
         }},
        {"onboarding.write_batch", PPO_MAY_ONBOARD,
         [this](auto* self, const auto* by, ppo_text id) {
             static_cast<void>(id);
             return LivePlugin::onboarding().write_batch(self, by, batch_, 0, csv_, text_, nullptr);
         }},
        {"report.read", PPO_MAY_ONBOARD,
         [this](auto* self, const auto* by, ppo_text id) {
             static_cast<void>(id);
             return LivePlugin::report().read(self, by, &query_, rows_, nullptr);
         }},
        {"report.count", PPO_MAY_ONBOARD,
         [this](auto* self, const auto* by, ppo_text id) {
             static_cast<void>(id);
             return LivePlugin::report().count(self, by, &query_, &counts_, nullptr);
         }},
        {"report.write", PPO_MAY_ONBOARD,
         [this](auto* self, const auto* by, ppo_text id) {
             static_cast<void>(id);
             return LivePlugin::report().write(self, by, &query_, csv_, text_, nullptr);
         }},
        {"audit.read", PPO_MAY_READ_AUDIT,
         [this](auto* self, const auto* by, ppo_text id) {
             static_cast<void>(id);
             return LivePlugin::audit().read(self, by, &entries_of_, entries_, nullptr);
         }},
        {"audit.verify", PPO_MAY_READ_AUDIT,
         [this](auto* self, const auto* by, ppo_text id) {
             static_cast<void>(id);
             return LivePlugin::audit().verify(self, by, &chain_, nullptr);
         }},
        {"audit.verify_against", PPO_MAY_READ_AUDIT,
         [this](auto* self, const auto* by, ppo_text id) {
             static_cast<void>(id);
             return LivePlugin::audit().verify_against(self, by, nullptr, 0, &chain_, nullptr);
         }},
        {"mail.get_delivery", PPO_MAY_ONBOARD,
         [this](auto* self, const auto* by, ppo_text id) {
             static_cast<void>(id);
             return mail().get_delivery(self, by, deliveries_, nullptr);
         }},
        {"mail.test_connection", PPO_MAY_CHANGE_SETTINGS,
         [this](auto* self, const auto* by, ppo_text id) {
             static_cast<void>(id);
             return mail().test_connection(self, by, steps_, nullptr);
         }},
        {"mail.get_template", PPO_MAY_CHANGE_SETTINGS,
         [this](auto* self, const auto* by, ppo_text id) {
             static_cast<void>(id);
             return mail().get_template(self, by, PPO_TEMPLATE_REMINDER, en_, templates_, nullptr);
         }},
        {"mail.check_template", PPO_MAY_CHANGE_SETTINGS,
         [this](auto* self, const auto* by, ppo_text id) {
             static_cast<void>(id);
             return mail().check_template(self, by, &words_, findings_, nullptr);
         }},
        {"mail.set_template", PPO_MAY_CHANGE_SETTINGS,
         [this](auto* self, const auto* by, ppo_text id) {
             static_cast<void>(id);
             return mail().set_template(self, by, &words_, nullptr);
         }},
        {"mail.reset_template", PPO_MAY_CHANGE_SETTINGS,
         [this](auto* self, const auto* by, ppo_text id) {
             static_cast<void>(id);
             return mail().reset_template(self, by, PPO_TEMPLATE_REMINDER, en_, nullptr);
         }},
        {"mail.preview_template", PPO_MAY_CHANGE_SETTINGS,
         [this](auto* self, const auto* by, ppo_text id) {
             static_cast<void>(id);
             return mail().preview_template(self, by, &words_, id, templates_, nullptr);
         }},
        {"mail.send_test_mail", PPO_MAY_CHANGE_SETTINGS,
         [this](auto* self, const auto* by, ppo_text id) {
             static_cast<void>(id);
             return mail().send_test_mail(self, by, &words_, address_, steps_, nullptr);
         }},
        {"security.each_deviation", PPO_MAY_CHANGE_SETTINGS,
         [this](auto* self, const auto* by, ppo_text id) {
             static_cast<void>(id);
             return security().each_deviation(self, by, deviations_, nullptr);
         }},
        {"ui.open", PPO_MAY_ONBOARD,
         [this](auto* self, const auto* by, ppo_text id) {
             static_cast<void>(id);
             return open(self, by, id);
         }},
    };
};
CPPUNIT_TEST_SUITE_REGISTRATION(PermissionMatrixTest);
