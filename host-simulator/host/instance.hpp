// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/answer.hpp"
#include "host/checkpoint_file.hpp"
#include "host/document.hpp"
#include "host/patient_directory.hpp"
#include "host/plugin.hpp"
#include "host/plugin_values.hpp"
#include "host/settings.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ppo_sim {
/// One open view of the plugin. Calls of one view must not overlap; different views run side by
/// side.
class View {
public:
    View() = default;
    ~View();
    View(View&& other) noexcept;
    View& operator=(View&& other) noexcept;
    View(const View&) = delete;
    View& operator=(const View&) = delete;

    [[nodiscard]] bool is_open() const { return handle_ != nullptr; }

    /// Writes the view model, a JSON document, into `model`.
    [[nodiscard]] Answer render(std::string& model) const;

    [[nodiscard]] Answer edit(const std::string& field_id, const std::string& value);

    /// `argument` is the one beside the action in the model. Effects come in the order to perform
    /// them.
    [[nodiscard]] Answer invoke(const std::string& action_id, const std::string& argument,
                                std::vector<Effect>& effects);

    /// The same; a document that is to be saved goes into `saved`, piece by piece, and its one
    /// effect has no text.
    [[nodiscard]] Answer invoke(const std::string& action_id, const std::string& argument,
                                std::vector<Effect>& effects, DocumentHandle& saved);

    void close();

private:
    friend class Instance;
    const ppo_ui_1* table_ = nullptr;
    ppo_view* handle_ = nullptr;
};

/// One running plugin: created here, shut down and destroyed with this object. Every method may be
/// called from any thread, beside any other, except `shutdown` and the destructor. Views must be
/// closed before.
class Instance {
public:
    /// Throws PluginError with the plugin's own sentence if `create` is not good. `plugin`, `host`
    /// outlive this.
    Instance(const Plugin& plugin, const ppo_host& host, const Settings& settings);
    ~Instance();
    Instance(const Instance&) = delete;
    Instance& operator=(const Instance&) = delete;

    /// Good also when there is more to do: ask `answer.result == PPO_MORE`.
    [[nodiscard]] Answer work(std::uint32_t budget_ms);
    [[nodiscard]] Answer shutdown(std::uint32_t grace_ms);

    // ppo.ui/1
    [[nodiscard]] Answer contributions(const std::string& language,
                                       std::vector<Contribution>& out) const;
    [[nodiscard]] Answer open_view(const Staff& staff, const std::string& view_id,
                                   const std::string& patient_id, const std::string& language,
                                   View& out) const;

    // ppo.onboarding/1
    [[nodiscard]] Answer get_account(const Staff& staff, const std::string& patient_id,
                                     AccountView& out) const;
    [[nodiscard]] Answer set_access(const Staff& staff, const std::string& patient_id, bool enabled,
                                    AccountState& out);
    [[nodiscard]] Answer check_username(const Staff& staff, const std::string& patient_id,
                                        const std::string& username, UsernameVerdict& out) const;
    [[nodiscard]] Answer set_credentials(const Staff& staff, const std::string& patient_id,
                                         const std::optional<std::string>& username,
                                         const std::optional<std::string>& password,
                                         AccountState& out);
    [[nodiscard]] Answer send_invitation(const Staff& staff, const std::string& patient_id,
                                         Invitation& out);
    [[nodiscard]] Answer revoke_invitation(const Staff& staff, const std::string& patient_id);
    [[nodiscard]] Answer lift_delays(const Staff& staff, const std::string& patient_id);
    /// `consent`: PPO_CONSENT_*; `until` of a deferred one.
    [[nodiscard]] Answer set_consent(const Staff& staff, const std::string& patient_id,
                                     std::uint32_t consent, ppo_time until, AccountState& out);
    [[nodiscard]] Answer patient_changed(const Patient& patient);
    [[nodiscard]] Answer patient_removed(const std::string& patient_id);
    [[nodiscard]] Answer patient_merged(const std::string& losing_id,
                                        const std::string& surviving_id);
    [[nodiscard]] Answer sync_directory(std::uint64_t& read);

    [[nodiscard]] Answer preview_batch(const Staff& staff, const BatchSelection& selection,
                                       BatchPreview& out) const;
    [[nodiscard]] Answer start_batch(const Staff& staff, const BatchSelection& selection,
                                     BatchStarted& out);
    [[nodiscard]] Answer undo_batch(const Staff& staff, const std::string& batch_id);
    [[nodiscard]] Answer pause_batch(const Staff& staff, const std::string& batch_id);
    [[nodiscard]] Answer resume_batch(const Staff& staff, const std::string& batch_id);
    [[nodiscard]] Answer cancel_batch(const Staff& staff, const std::string& batch_id);
    /// The newest first. `batch_id` empty = all.
    [[nodiscard]] Answer each_batch(const Staff& staff, const std::string& batch_id,
                                    std::vector<BatchProgress>& out) const;
    /// In the batch's order. `outcomes`: bit (1 << outcome) for each wanted, 0 = all; `limit` 0 =
    /// all.
    [[nodiscard]] Answer each_batch_person(const Staff& staff, const std::string& batch_id,
                                           std::uint32_t outcomes, std::uint32_t after,
                                           std::uint64_t limit,
                                           std::vector<BatchPerson>& out) const;
    /// `format`: "csv". `put` takes the next piece.
    [[nodiscard]] Answer write_batch(const Staff& staff, const std::string& batch_id,
                                     std::uint32_t outcomes, const std::string& format,
                                     const std::function<void(std::string_view)>& put) const;
    /// `report`: the whole mail that came back, as raw bytes.
    [[nodiscard]] Answer take_delivery_report(const std::string& report);

    // ppo.mail/1; PPO_MISUSE_UNKNOWN_ID from each if the plugin does not offer it.
    [[nodiscard]] Answer get_delivery(const Staff& staff, Delivery& out) const;
    /// Waits for the network.
    [[nodiscard]] Answer test_connection(const Staff& staff, std::vector<MailStep>& out) const;
    /// `kind`: PPO_TEMPLATE_*.
    [[nodiscard]] Answer get_template(const Staff& staff, std::uint32_t kind,
                                      const std::string& language, MailTemplate& out) const;
    [[nodiscard]] Answer check_template(const Staff& staff, const MailTemplate& text,
                                        std::vector<TemplateFinding>& out) const;
    [[nodiscard]] Answer set_template(const Staff& staff, const MailTemplate& text);
    [[nodiscard]] Answer reset_template(const Staff& staff, std::uint32_t kind,
                                        const std::string& language);
    /// `patient_id` empty = an invented patient.
    [[nodiscard]] Answer preview_template(const Staff& staff, const MailTemplate& text,
                                          const std::string& patient_id, MailTemplate& out) const;
    /// Waits for the network.
    [[nodiscard]] Answer send_test_mail(const Staff& staff, const MailTemplate& text,
                                        const std::string& recipient,
                                        std::vector<MailStep>& out) const;

    // ppo.security/1
    /// For hints on pages: the fewest characters of a password; 8 if the plugin does not say.
    [[nodiscard]] std::uint32_t fewest_password_characters() const;
    /// None if the plugin does not offer it.
    [[nodiscard]] Answer each_deviation(const Staff& staff, std::vector<Deviation>& out) const;

    // ppo.report/1
    [[nodiscard]] Answer read_report(const Staff& staff, const ReportQuery& query,
                                     ReportPage& out) const;
    [[nodiscard]] Answer count_report(const Staff& staff, const ReportQuery& query,
                                      Counts& out) const;
    /// `format`: "csv", "csv-raw", "tsv", "tsv-raw", "jsonl", "json" or "html". `put` takes the
    /// next piece.
    [[nodiscard]] Answer write_report(const Staff& staff, const ReportQuery& query,
                                      const std::string& format,
                                      const std::function<void(std::string_view)>& put) const;
    /// `group_by`: PPO_GROUP_*.
    [[nodiscard]] Answer analyse_report(const Staff& staff, const ReportQuery& query,
                                        std::uint32_t group_by,
                                        std::vector<ReportGroup>& out) const;

    // ppo.selfservice/1
    [[nodiscard]] Answer open_link(const Visitor& visitor, const std::string& link,
                                   LinkPage& out) const;
    [[nodiscard]] Answer confirm_identity(const Visitor& visitor, const LinkAnswers& answers,
                                          LinkPage& out);
    [[nodiscard]] Answer check_username(const Visitor& visitor, const LinkAnswers& answers,
                                        const std::string& username, UsernameVerdict& out) const;
    [[nodiscard]] Answer complete_setup(const Visitor& visitor, const LinkAnswers& answers,
                                        const std::optional<std::string>& username,
                                        const std::string& password);
    [[nodiscard]] Answer renew_link(const Visitor& visitor, const std::string& link);
    /// `what`: PPO_REQUEST_*.
    [[nodiscard]] Answer request(const Visitor& visitor, std::uint32_t what,
                                 const Identity& identity);
    [[nodiscard]] Answer sign_in(const Visitor& visitor, const std::string& username,
                                 const std::string& password, SignedIn& out);
    [[nodiscard]] Answer change_password(const Visitor& visitor, const std::string& patient_id,
                                         const std::string& current_password,
                                         const std::string& new_password,
                                         std::uint64_t& session_epoch);
    [[nodiscard]] Answer get_mail_choice(const Visitor& visitor, const std::string& patient_id,
                                         MailChoice& out) const;
    [[nodiscard]] Answer set_mail_choice(const Visitor& visitor, const std::string& patient_id,
                                         bool mail_me);
    [[nodiscard]] Answer check_session(const Visitor& visitor, const std::string& patient_id,
                                       std::uint64_t session_epoch) const;

    // ppo.audit/1
    /// Oldest first. `patient_id` empty = everybody's; `limit` 0 = all.
    [[nodiscard]] Answer read_audit(const Staff& staff, const std::string& patient_id,
                                    std::uint64_t after_sequence, std::uint64_t limit,
                                    std::vector<AuditEntry>& out) const;
    /// Against the checkpoints that this host kept.
    [[nodiscard]] Answer verify_audit(const Staff& staff,
                                      const std::vector<Checkpoint>& checkpoints,
                                      AuditVerdict& out) const;

    // ppo.store/1; PPO_MISUSE_UNKNOWN_ID if the plugin does not offer it.
    /// Copies a store that is a file, while everybody goes on.
    [[nodiscard]] Answer back_up(const std::string& path);
    /// Tells each step as a line of text.
    [[nodiscard]] Answer move_store(const std::string& to,
                                    const std::function<void(std::string_view)>& told);

private:
    const Plugin& plugin_;
    ppo_instance* handle_ = nullptr;
};
}  // namespace ppo_sim
