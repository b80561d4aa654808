// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hl7/journal.hpp"
#include "host/host_services.hpp"
#include "host/instance.hpp"
#include "host/mail_reader.hpp"
#include "scenario/screen.hpp"
#include "scenario/words.hpp"

#include <Poco/JSON/Object.h>

#include <filesystem>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace ppo_sim {
/// A folder that exists as long as this object.
class TemporaryFolder {
public:
    TemporaryFolder();
    ~TemporaryFolder();
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

/// What stood beside a field after somebody typed.
struct SpokenVerdict {
    bool good = false;
    std::string sentence{};
    std::vector<std::string> suggestions{};
};

/// What one step did: the plugin's last answer, and what is worth printing.
struct Outcome {
    Answer answer{PPO_OK, "", "", "", 0};
    Poco::JSON::Object details{Poco::JSON_PRESERVE_KEY_ORDER};
};

/// The practice that a scenario plays in: an EMR, a portal, a mail server and a clock around one
/// plugin.
class World {
public:
    /// In a store of its own, or in the empty one that is named.
    explicit World(const Plugin& plugin, const StoreOptions& told = {});
    World(const World&) = delete;
    World& operator=(const World&) = delete;

    /// The running plugin; the first call creates it.
    [[nodiscard]] Instance& plugin();
    [[nodiscard]] bool is_running() const { return instance_ != nullptr; }
    /// Ends the plugin and begins again on the same store. Views close, sessions end.
    void restart();
    /// Tells the plugin, if it runs, what happened to a chart; its answer.
    [[nodiscard]] Answer tell(const DirectoryEvent& event);
    /// Works until nothing is due now.
    [[nodiscard]] Answer work();

    /// What the plugin told of the record so far.
    [[nodiscard]] std::vector<Checkpoint> checkpoints() const { return checkpoints_.read(); }

    // The EMR's screen.
    void open_view(const Contribution& contribution, const std::string& patient_id,
                   Outcome& outcome);
    void close_view() { view_.close(); }
    [[nodiscard]] bool has_view() const { return view_.is_open(); }
    [[nodiscard]] const std::string& view_id() const { return view_id_; }
    [[nodiscard]] View& view();
    [[nodiscard]] Screen screen();
    /// The contributions to a place, in their order, that this member of staff may see.
    [[nodiscard]] std::vector<Contribution> contributions(const std::string& location);
    /// Types into a field, and notes the verdict that stands beside it afterwards.
    void edit(const ShownField& field, const std::string& value, Outcome& outcome);
    /// Clicks, answers its question with yes, and performs the effects.
    void click(const OfferedAction& action, Outcome& outcome);

    // Mails.
    [[nodiscard]] std::vector<ReadableMail> mails() const;
    /// The addresses in a mail that open the portal's link page.
    [[nodiscard]] std::vector<std::string> portal_links(const ReadableMail& mail) const;

    /// Replaces what must not be printed.
    [[nodiscard]] std::string mask(std::string text) const;
    void keep_secret(const std::string& secret);

    Settings settings{};
    Clock clock;
    Mailbox mailbox{};
    PatientDirectory directory{};
    Hl7Journal hl7_journal{};
    unsigned hl7_messages = 0;  // So many were sent.
    Staff staff{};
    Visitor visitor{};
    bool works_by_itself = true;

    std::string pencil_patient{};                // Whose Edit Information pop-out is open.
    std::vector<std::string> asked{};            // Questions before the last click.
    std::vector<std::string> said{};             // Toasts of the last click.
    std::map<std::string, std::string> saved{};  // Documents that were offered for download.
    std::string copied{};                        // What was last offered for copying.
    std::optional<SpokenVerdict> verdict{};      // The last one, by staff or patient.
    std::optional<ReadableMail> mail{};          // The one in hand.
    LinkAnswers link{};              // The link in hand and what was answered on its page.
    std::optional<LinkPage> page{};  // What the link's page shows.
    std::optional<SignedIn> signed_in{};
    std::string typed_password{};                // Which the signed-in patient used.
    std::optional<BatchPreview> preview{};       // What the last one said.
    std::set<std::string> ended_sessions{};      // Patients whose sessions the plugin ended.
    std::vector<std::string> warnings{};         // What the plugin told the host's log.
    std::vector<std::string> host_misuse{};      // Complaints of the plugin about this host.
    Answer event_answer{PPO_OK, "", "", "", 0};  // To the last patient event.

private:
    void perform(const Effect& effect, Outcome& outcome);

    const Plugin& library_;
    TemporaryFolder folder_{};
    CheckpointFile checkpoints_{folder_.path() / "audit-checkpoints"};
    HostServices services_;
    std::unique_ptr<Instance> instance_{};
    View view_{};
    std::string view_id_{};
    std::vector<std::string> secrets_{};
};
}  // namespace ppo_sim
