// SPDX-License-Identifier: Apache-2.0
#include "boundary/guard.hpp"

#include "boundary/report_slots.hpp"
#include "boundary/tables.hpp"
#include "support/live_plugin.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <functional>
#include <map>
#include <optional>

using namespace ppo;

class GuardTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(GuardTest);
    CPPUNIT_TEST(every_slot_refuses_a_null_instance);
    CPPUNIT_TEST(every_slot_refuses_a_foreign_pointer);
    CPPUNIT_TEST(every_slot_refuses_an_instance_that_ended);
    CPPUNIT_TEST(every_slot_refuses_an_instance_that_was_shut_down);
    CPPUNIT_TEST(every_slot_takes_a_null_error);
    CPPUNIT_TEST(every_view_slot_refuses_handles_that_are_none);
    CPPUNIT_TEST(every_view_slot_refuses_after_shutdown);
    CPPUNIT_TEST(every_slot_refuses_a_null_caller_or_visitor);
    CPPUNIT_TEST(every_slot_refuses_a_short_caller_or_visitor);
    CPPUNIT_TEST(every_slot_takes_a_caller_of_a_later_minor);
    CPPUNIT_TEST(every_slot_refuses_a_later_member_that_is_set);
    CPPUNIT_TEST(every_staff_slot_refuses_without_permission);
    CPPUNIT_TEST(every_staff_slot_refused_is_on_record_under_its_name);
    CPPUNIT_TEST(names_the_handle_in_the_error);
    CPPUNIT_TEST(logs_a_fault_and_no_refusal);
    CPPUNIT_TEST_SUITE_END();

public:
    void setUp() override {
        live_.emplace();
        hands_ = {&live_->caller, &live_->visitor};
    }

    void tearDown() override { live_.reset(); }

    void every_slot_refuses_a_null_instance() {
        each([](const Slot& slot, const Hands& hands) {
            return slot(nullptr, hands) == PPO_MISUSE_NULL;
        });
    }

    void every_slot_refuses_a_foreign_pointer() {
        each([](const Slot& slot, const Hands& hands) {
            int foreign = 0;
            return slot(reinterpret_cast<ppo_instance*>(&foreign), hands) == PPO_MISUSE_HANDLE;
        });
    }

    void every_slot_refuses_an_instance_that_ended() {
        plugin_table.destroy(live_->self);
        each([this](const Slot& slot, const Hands& hands) {
            return slot(live_->self, hands) == PPO_MISUSE_HANDLE;
        });
    }

    void every_slot_refuses_an_instance_that_was_shut_down() {
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, plugin_table.shutdown(live_->self, 0, nullptr));
        each([this](const Slot& slot, const Hands& hands) {
            return slot(live_->self, hands) == PPO_MISUSE_STATE;
        });
    }

    void every_slot_takes_a_null_error() {
        // Each call ends with a defined result, whatever it is; 0 is never one.
        each(
            [this](const Slot& slot, const Hands& hands) { return slot(live_->self, hands) != 0; });
    }

    void every_view_slot_refuses_handles_that_are_none() {
        int foreign = 0;
        CPPUNIT_ASSERT(all_view_slots_answer(nullptr, PPO_MISUSE_NULL));
        CPPUNIT_ASSERT(
            all_view_slots_answer(reinterpret_cast<ppo_view*>(&foreign), PPO_MISUSE_HANDLE));
        auto* view = opened();
        LivePlugin::ui().close(view);
        CPPUNIT_ASSERT(all_view_slots_answer(view, PPO_MISUSE_HANDLE));
        view = opened();
        plugin_table.destroy(live_->self);
        CPPUNIT_ASSERT(all_view_slots_answer(view, PPO_MISUSE_HANDLE));
    }

    void every_view_slot_refuses_after_shutdown() {
        auto* view = opened();
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, plugin_table.shutdown(live_->self, 0, nullptr));
        CPPUNIT_ASSERT(all_view_slots_answer(view, PPO_MISUSE_STATE));
    }

    void every_slot_refuses_a_null_caller_or_visitor() {
        hands_.caller = nullptr;
        hands_.visitor = nullptr;
        people_answer(PPO_MISUSE_NULL);
    }

    void every_slot_refuses_a_short_caller_or_visitor() {
        live_->caller.struct_size = 12;
        live_->visitor.struct_size = 12;
        people_answer(PPO_MISUSE_STRUCT_SIZE);
    }

    void every_slot_takes_a_caller_of_a_later_minor() {
        Later<ppo_caller> caller{live_->caller};
        Later<ppo_visitor> visitor{live_->visitor};
        hands_.caller = &caller.known;
        hands_.visitor = &visitor.known;
        each_of_people([this](const Slot& slot) {
            return slot(live_->self, hands_) != PPO_MISUSE_STRUCT_SIZE;
        });
    }

    void every_slot_refuses_a_later_member_that_is_set() {
        Later<ppo_caller> caller{live_->caller};
        Later<ppo_visitor> visitor{live_->visitor};
        caller.tail[3] = 1;
        visitor.tail[3] = 1;
        hands_.caller = &caller.known;
        hands_.visitor = &visitor.known;
        people_answer(PPO_MISUSE_STRUCT_SIZE);
    }

    void every_staff_slot_refused_is_on_record_under_its_name() {
        live_->caller.permissions = 0;
        for (const auto& [name, slot] : staff_) {
            static_cast<void>(slot(live_->self, hands_));
            const auto verb = name.substr(name.find('.') + 1);
            CPPUNIT_ASSERT_MESSAGE(name, is_on_record(verb));
        }
    }

    void every_staff_slot_refuses_without_permission() {
        live_->caller.permissions = 0;
        for (const auto& [name, slot] : staff_)
            CPPUNIT_ASSERT_EQUAL_MESSAGE(name, ppo_result{PPO_REFUSED_NOT_PERMITTED},
                                         slot(live_->self, hands_));
    }

    void names_the_handle_in_the_error() {
        auto error = fresh_error();
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_MISUSE_NULL},
                             LivePlugin::onboarding().sync_directory(nullptr, nullptr, &error));
        CPPUNIT_ASSERT_EQUAL(std::string{"self"}, std::string{error.field});
        CPPUNIT_ASSERT_EQUAL(std::string{"misuse_null"}, std::string{error.code});
    }

    void logs_a_fault_and_no_refusal() {
        const auto errors = [this] {
            int count = 0;
            for (const auto& [level, text] : live_->host.log_lines())
                if (level == PPO_LOG_ERROR) ++count;
            return count;
        };
        CPPUNIT_ASSERT_EQUAL(
            ppo_result{PPO_REFUSED_UNKNOWN_PATIENT},
            LivePlugin::onboarding().patient_removed(live_->self, to_text("P404"), nullptr));
        CPPUNIT_ASSERT_EQUAL(0, errors());
        live_->host.time = 0;
        CPPUNIT_ASSERT_EQUAL(
            ppo_result{PPO_FAULT_CLOCK},
            LivePlugin::onboarding().patient_removed(live_->self, to_text("P001"), nullptr));
        CPPUNIT_ASSERT_EQUAL(1, errors());
    }

private:
    bool is_on_record(const std::string& verb) {
        bool found = false;
        const AuditSink sink{[&](const ppo_audit_entry& entry) {
            found = found ||
                    (copy_of(entry.action) == "not_permitted" && copy_of(entry.detail) == verb);
            return PPO_OK;
        }};
        auto reader = live_->caller;
        reader.permissions = PPO_MAY_READ_AUDIT;
        static_cast<void>(
            LivePlugin::audit().read(live_->self, &reader, &audit_query_, sink, nullptr));
        return found;
    }

    template <class Struct>
    struct Later {
        explicit Later(const Struct& before) : known{before} { known.struct_size = sizeof(Later); }
        Struct known;
        unsigned char tail[8]{};
    };

    template <class Claim>
    void each(Claim claim) {
        for (const auto* slots : {&staff_, &patient_, &host_})
            for (const auto& [name, slot] : *slots)
                CPPUNIT_ASSERT_MESSAGE(name, claim(slot, hands_));
    }
    template <class Claim>
    void each_of_people(Claim claim) {
        for (const auto* slots : {&staff_, &patient_})
            for (const auto& [name, slot] : *slots) CPPUNIT_ASSERT_MESSAGE(name, claim(slot));
    }
    void people_answer(ppo_result expected) {
        each_of_people([&](const Slot& slot) { return slot(live_->self, hands_) == expected; });
    }
    ppo_view* opened() {
        auto request = fresh<ppo_view_request>();
        request.view_id = to_text("onboarding.report");
        ppo_view* view = nullptr;
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, LivePlugin::ui().open(live_->self, &live_->caller,
                                                                       &request, &view, nullptr));
        return view;
    }
    bool all_view_slots_answer(ppo_view* view, ppo_result expected) {
        const auto& ui = LivePlugin::ui();
        ui.close(nullptr);  // Ignored.
        return ui.render(view, text_, nullptr) == expected &&
               ui.edit(view, to_text("search"), to_text("x"), nullptr) == expected &&
               ui.invoke(view, to_text("clear"), {}, effects_, nullptr) == expected;
    }

    Slots with_report(Slots slots) const {
        slots.insert(report_.all().begin(), report_.all().end());
        return slots;
    }

    std::optional<LivePlugin> live_{};
    TextSink text_{};
    const ReportSlots report_{};
    Hands hands_{&live_->caller, &live_->visitor};
    const ppo_text id_ = to_text("P001");
    const AccountSink account_{[](const ppo_account&) { return PPO_OK; }};
    const VerdictSink verdict_{[](const ppo_username_verdict&) { return PPO_OK; }};
    const LinkPageSink page_{[](const ppo_link_page&) { return PPO_OK; }};
    const SignedInSink signed_in_{[](const ppo_signed_in&) { return PPO_OK; }};
    const AuditSink audit_{[](const ppo_audit_entry&) { return PPO_OK; }};
    const EffectSink effects_{[](const ppo_effect&) { return PPO_OK; }};
    const ContributionSink places_{[](const ppo_contribution&) { return PPO_OK; }};
    const ppo_credentials credentials_{sizeof credentials_, 0, {"anna.w", 6}, {}};
    const ppo_report_query query_ = fresh<ppo_report_query>();
    const ppo_batch_selection everybody_{sizeof everybody_, 0, &query_, nullptr, 0};
    const ppo_audit_query audit_query_ = fresh<ppo_audit_query>();
    const ppo_link_answers answers_ = fresh<ppo_link_answers>();
    const ppo_identity identity_ = fresh<ppo_identity>();
    ppo_audit_verdict chain_ = fresh<ppo_audit_verdict>();

    const ppo_onboarding_1& onboarding_ = LivePlugin::onboarding();
    const ppo_selfservice_1& selfservice_ = LivePlugin::selfservice();

    const Slots staff_ = with_report(
        {{"get_account",
          [this](ppo_instance* self, const Hands& by) {
              return onboarding_.get_account(self, by.caller, id_, account_, nullptr);
          }},
         {"set_access",
          [this](ppo_instance* self, const Hands& by) {
              return onboarding_.set_access(self, by.caller, id_, 1, nullptr, nullptr);
          }},
         {"check_username",
          [this](ppo_instance* self, const Hands& by) {
              return onboarding_.check_username(self, by.caller, id_, id_, verdict_, nullptr);
          }},
         {"set_credentials",
          [this](ppo_instance* self, const Hands& by) {
              return onboarding_.set_credentials(self, by.caller, id_, &credentials_, nullptr,
                                                 nullptr);
          }},
         {"send_invitation",
          [this](ppo_instance* self, const Hands& by) {
              return onboarding_.send_invitation(self, by.caller, id_, nullptr, nullptr);
          }},
         {"revoke_invitation",
          [this](ppo_instance* self, const Hands& by) {
              return onboarding_.revoke_invitation(self, by.caller, id_, nullptr);
          }},
         {"lift_delays",
          [this](ppo_instance* self, const Hands& by) {
              return onboarding_.lift_delays(self, by.caller, id_, nullptr);
          }},
         {"set_access_of_many",
          [this](ppo_instance* self, const Hands& by) {
              return onboarding_.set_access_of_many(self, by.caller, &everybody_, 1, 0, nullptr,
                                                    nullptr);
          }},
         {"audit.read",
          [this](ppo_instance* self, const Hands& by) {
              return LivePlugin::audit().read(self, by.caller, &audit_query_, audit_, nullptr);
          }},
         {"audit.verify",
          [this](ppo_instance* self, const Hands& by) {
              return LivePlugin::audit().verify(self, by.caller, &chain_, nullptr);
          }},
         {"audit.verify_against",
          [this](ppo_instance* self, const Hands& by) {
              return LivePlugin::audit().verify_against(self, by.caller, nullptr, 0, &chain_,
                                                        nullptr);
          }},
         {"ui.open", [this](ppo_instance* self, const Hands& by) {
              auto request = fresh<ppo_view_request>();
              request.view_id = to_text("onboarding.report");
              ppo_view* view = nullptr;
              return LivePlugin::ui().open(self, by.caller, &request, &view, nullptr);
          }}});

    const Slots patient_{
        {"open_link",
         [this](ppo_instance* self, const Hands& by) {
             return selfservice_.open_link(self, by.visitor, id_, page_, nullptr);
         }},
        {"confirm_identity",
         [this](ppo_instance* self, const Hands& by) {
             return selfservice_.confirm_identity(self, by.visitor, &answers_, page_, nullptr);
         }},
        {"selfservice.check_username",
         [this](ppo_instance* self, const Hands& by) {
             return selfservice_.check_username(self, by.visitor, &answers_, id_, verdict_,
                                                nullptr);
         }},
        {"complete_setup",
         [this](ppo_instance* self, const Hands& by) {
             return selfservice_.complete_setup(self, by.visitor, &answers_, id_, id_, nullptr);
         }},
        {"renew_link",
         [this](ppo_instance* self, const Hands& by) {
             return selfservice_.renew_link(self, by.visitor, id_, nullptr);
         }},
        {"request",
         [this](ppo_instance* self, const Hands& by) {
             return selfservice_.request(self, by.visitor, PPO_REQUEST_ACCOUNT, &identity_,
                                         nullptr);
         }},
        {"sign_in",
         [this](ppo_instance* self, const Hands& by) {
             return selfservice_.sign_in(self, by.visitor, id_, id_, signed_in_, nullptr);
         }},
        {"change_password",
         [this](ppo_instance* self, const Hands& by) {
             return selfservice_.change_password(self, by.visitor, id_, id_, id_, nullptr, nullptr);
         }},
        {"check_session", [this](ppo_instance* self, const Hands& by) {
             return selfservice_.check_session(self, by.visitor, id_, 0, nullptr);
         }}};
    const Slots host_{
        {"patient_changed",
         [this](ppo_instance* self, const Hands&) {
             std::vector<ppo_text> tags;
             const auto patient = anna();
             const auto given = as_given(patient, tags);
             return onboarding_.patient_changed(self, &given, nullptr);
         }},
        {"patient_merged",
         [this](ppo_instance* self, const Hands&) {
             return onboarding_.patient_merged(self, to_text("P404"), id_, nullptr);
         }},
        {"patient_removed",
         [this](ppo_instance* self, const Hands&) {
             return onboarding_.patient_removed(self, to_text("P404"), nullptr);
         }},
        {"sync_directory",
         [this](ppo_instance* self, const Hands&) {
             return onboarding_.sync_directory(self, nullptr, nullptr);
         }},
        {"directory_progress",
         [](ppo_instance* self, const Hands&) {
             auto progress = fresh<ppo_directory_progress>();
             return LivePlugin::onboarding().directory_progress(self, &progress, nullptr);
         }},
        {"back_up",
         [](ppo_instance* self, const Hands&) {
             return store_table.back_up(self, to_text("/dev/null/copy"), nullptr);
         }},
        {"move",
         [](ppo_instance* self, const Hands&) {
             return store_table.move(self, to_text("/dev/null/moved"), nullptr, nullptr);
         }},
        {"work",
         [](ppo_instance* self, const Hands&) { return plugin_table.work(self, 0, nullptr); }},
        {"contributions", [this](ppo_instance* self, const Hands&) {
             return LivePlugin::ui().contributions(self, {}, places_, nullptr);
         }}};
};
CPPUNIT_TEST_SUITE_REGISTRATION(GuardTest);
