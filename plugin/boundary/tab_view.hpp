// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "boundary/model_writer.hpp"
#include "boundary/view.hpp"
#include "credentials/secret.hpp"
#include "domain/account.hpp"
#include "store/audit_table.hpp"
#include "store/outbox_table.hpp"

#include <optional>
#include <string>

namespace ppo {
inline constexpr std::string_view tab_view_id = "patient-portal.tab";
inline constexpr std::int64_t history_page = 20;

/// The Patient Portal tab of the Edit Information pop-out.
class TabView : public View {
public:
    TabView(std::shared_ptr<Instance> instance, Caller caller, std::string patient_id)
        : View{std::move(instance), std::move(caller)}, patient_id_{std::move(patient_id)} {}

    [[nodiscard]] std::string_view patient_id() const override { return patient_id_; }
    Result<std::string> render() override;
    Outcome edit(std::string_view field, std::string_view value) override;
    Outcome invoke(std::string_view action, std::string_view argument, Effects& effects) override;

private:
    struct Picture {
        Account account{};
        std::optional<QueuedMail> mail{};
        std::vector<AuditEntry> history{};
        bool has_older = false;
        UnixTime now{};
    };
    [[nodiscard]] std::optional<Picture> look() const;
    [[nodiscard]] std::optional<ModelVerdict> username_verdict(const Account& account) const;
    void write_access(ModelWriter& model, const Picture& picture) const;
    void write_facts(ModelWriter& model, const Picture& picture) const;
    void write_credentials(ModelWriter& model, const Picture& picture) const;
    void write_password(ModelWriter& model, const Account& account) const;
    void write_invitation(ModelWriter& model, const Picture& picture) const;
    void write_history(ModelWriter& model, const Picture& picture) const;
    void write_consent(ModelWriter& model, const Picture& picture) const;
    [[nodiscard]] std::string mail_sentence(MailState state, const std::optional<QueuedMail>& mail,
                                            UnixTime now) const;
    [[nodiscard]] std::string shown(std::optional<UnixTime> time) const;
    Outcome toggle(std::string_view argument, Effects& effects);
    Outcome suggest_password(std::string (*generate)(), Effects& effects);
    Outcome save(Effects& effects);
    /// Nothing if it stands there already. Refused: DateNotAhead.
    [[nodiscard]] Result<std::optional<ConsentSaid>> typed_consent(const Picture& picture) const;
    [[nodiscard]] bool edit_consent(std::string_view field, std::string_view value);
    Outcome save_consent(const ConsentSaid& said, Effects& effects);

    std::string patient_id_;
    std::optional<std::string> username_{};  // As typed; nothing = untouched.
    bool by_hand_ = false;
    Secret password_{};
    std::int64_t shown_history_ = history_page;
    std::optional<std::string> consent_{};        // As chosen; nothing = untouched.
    std::optional<std::string> consent_until_{};  // As typed; nothing = untouched.
};
}  // namespace ppo
