// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "boundary/convert.hpp"
#include "ppo/ppo.h"
#include "store/connect.hpp"
#include "support/fake_host.hpp"
#include "support/temp_store.hpp"

#include <functional>
#include <string>
#include <string_view>
#include <utility>

namespace ppo {
class TestDatabase;

[[nodiscard]] inline std::string copy_of(ppo_text text) {
    return text.data == nullptr ? std::string{} : std::string{text.data, text.size};
}

[[nodiscard]] inline ppo_error fresh_error() {
    ppo_error error{};
    error.struct_size = sizeof error;
    return error;
}

template <class Struct>
[[nodiscard]] Struct fresh() {
    Struct made{};
    made.struct_size = sizeof made;
    return made;
}

/// A sink of the contract that gives each item to a function of the test.
template <class Sink, class Item>
class SinkTo {
public:
    using Take = std::function<ppo_result(const Item&)>;
    explicit SinkTo(Take take) : take_{std::move(take)} {}
    SinkTo(const SinkTo&) = delete;
    SinkTo& operator=(const SinkTo&) = delete;

    operator const Sink*() const { return &sink_; }  // NOLINT: handed to slots as it is.

private:
    static ppo_result PPO_CALL put(void* context, const Item* item) {
        return static_cast<SinkTo*>(context)->take_(*item);
    }
    Take take_;
    Sink sink_{this, put};
};
using AccountSink = SinkTo<ppo_account_sink, ppo_account>;
using VerdictSink = SinkTo<ppo_username_verdict_sink, ppo_username_verdict>;
using LinkPageSink = SinkTo<ppo_link_page_sink, ppo_link_page>;
using SignedInSink = SinkTo<ppo_signed_in_sink, ppo_signed_in>;
using AuditSink = SinkTo<ppo_audit_sink, ppo_audit_entry>;
using RowsSink = SinkTo<ppo_rows_sink, ppo_rows>;
using EffectSink = SinkTo<ppo_effect_sink, ppo_effect>;
using ContributionSink = SinkTo<ppo_contribution_sink, ppo_contribution>;

/// Collects text; answers what the test says.
class TextSink {
public:
    explicit TextSink(ppo_result answer = PPO_OK) : answer_{answer} {}
    TextSink(const TextSink&) = delete;
    TextSink& operator=(const TextSink&) = delete;

    operator const ppo_text_sink*() const { return &sink_; }  // NOLINT: handed to slots as it is.
    std::string text{};
    int pieces = 0;
    std::function<void()> meanwhile{};

private:
    static ppo_result PPO_CALL put(void* context, const char* data, std::size_t size) {
        auto& self = *static_cast<TextSink*>(context);
        self.text.append(data, size);
        ++self.pieces;
        if (self.meanwhile) self.meanwhile();
        return self.answer_;
    }
    ppo_result answer_;
    ppo_text_sink sink_{this, put};
};

/// Settings that work, in a folder of their own, with a store there or on the tests' server. The
/// texts live as long as this.
class TestSettings {
public:
    TestSettings();
    ~TestSettings();
    TestSettings(const TestSettings&) = delete;
    TestSettings& operator=(const TestSettings&) = delete;

    ppo_settings given{};
    [[nodiscard]] std::string file(std::string_view name) const { return folder_.file(name); }
    /// Where the key file is made unless it is said.
    [[nodiscard]] std::string key_file() const;
    [[nodiscard]] bool is_on_server() const { return database_ != nullptr; }
    /// The store, behind the plugin's back.
    [[nodiscard]] std::unique_ptr<Connection> connect() const;
    [[nodiscard]] std::string behind_its_back() const;
    /// The text as settings want it; kept until the end.
    ppo_text keep(std::string text);

private:
    TempFolder folder_{};
    std::unique_ptr<TestDatabase> database_{};
    std::vector<std::unique_ptr<std::string>> kept_{};
};

/// The plugin as a host holds it: an instance made through the C tables, over a fake host with Anna
/// (P001) and Bruno (P002) in its directory, both without access. Ends the instance when it goes.
class LivePlugin {
public:
    using Change = std::function<void(FakeHost&, TestSettings&)>;
    explicit LivePlugin(const Change& change = {});
    ~LivePlugin();
    LivePlugin(const LivePlugin&) = delete;
    LivePlugin& operator=(const LivePlugin&) = delete;

    FakeHost host{};
    TestSettings settings{};
    ppo_instance* self = nullptr;
    ppo_caller caller;    // Nurse with every permission.
    ppo_visitor visitor;  // From 203.0.113.7.

    /// Ends this instance and makes another on the same store.
    void restart();
    void advance(std::chrono::milliseconds by) { host.time += by.count(); }
    /// Works until nothing is due; throws what `work` answers otherwise.
    void work();

    void enable(std::string_view patient_id);
    /// Enables, invites, delivers; returns the link's secret out of the mail.
    std::string invited(std::string_view patient_id);
    /// The same, and the patient follows the link with these.
    void set_up(std::string_view patient_id, std::string_view username, std::string_view password);
    ppo_result sign_in(std::string_view username, std::string_view password);
    [[nodiscard]] ppo_link_answers answers(std::string_view link,
                                           std::string_view birth_date) const;

    /// What get_account says, as one struct whose texts are gone: status, marks, times.
    [[nodiscard]] ppo_account account(std::string_view patient_id);
    [[nodiscard]] std::string store_bytes() const;

    static const ppo_onboarding_1& onboarding();
    static const ppo_selfservice_1& selfservice();
    static const ppo_report_1& report();
    static const ppo_audit_1& audit();
    static const ppo_ui_1& ui();
};

/// The readable text of a mail: its first part, decoded.
[[nodiscard]] std::string text_of_mail(const FakeHost::Mail& mail);
/// Every link's secret in the text of a mail.
[[nodiscard]] std::vector<std::string> links_in(const FakeHost::Mail& mail);
}  // namespace ppo
