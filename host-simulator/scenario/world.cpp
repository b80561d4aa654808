// SPDX-License-Identifier: Apache-2.0
#include "scenario/world.hpp"

#include "host/dates.hpp"
#include "host/directory_events.hpp"
#include "scenario/step_failed.hpp"

#include <Poco/JSON/Array.h>
#include <Poco/String.h>

#include <algorithm>
#include <cstdlib>
#include <system_error>

namespace ppo_sim {
namespace {
// Monday, 2 March 2026, 09:00 UTC: a working day, and every run is the same.
constexpr ppo_time opening_time = 1'772'442'000'000;
}  // namespace

TemporaryFolder::TemporaryFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "ppo-sim-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) throw std::runtime_error{"cannot make a temporary folder"};
    path_ = name;
}

TemporaryFolder::~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

World::World(const Plugin& plugin, const StoreOptions& told)
    : clock{Clock::standing_at(opening_time)},
      library_{plugin},
      services_{directory, mailbox, clock} {
    settings = DataFolder{folder_.path()}.settings(told);
    settings.portal_url = "https://portal.practice.example/r";
    settings.mail_transport = "host";
    // The floor of what the plugin accepts, so that a scenario takes milliseconds.
    settings.password_memory_kib = 19456;
    settings.password_passes = 2;
    staff = {"front-desk", "Front desk", PPO_MAY_ONBOARD | PPO_MAY_SET_PASSWORD, "scenario"};
    directory.listen([this](const DirectoryEvent& event) { event_answer = tell(event); });
    services_.on_end_sessions([this](const std::string& id) { ended_sessions.insert(id); });
    services_.on_checkpoint([this](const Checkpoint& given) { checkpoints_.append(given); });
    services_.on_log([this](int level, const std::string& text) {
        if (level == PPO_LOG_HOST_MISUSE) host_misuse.push_back(text);
        if (level >= PPO_LOG_WARNING) warnings.push_back(text);
    });
}

Instance& World::plugin() {
    if (instance_ == nullptr)
        instance_ = std::make_unique<Instance>(library_, services_.table(), settings);
    return *instance_;
}

void World::restart() {
    view_.close();
    signed_in.reset();
    if (instance_ != nullptr) {
        const Answer answer = instance_->shutdown(0);
        instance_.reset();
        if (!answer.good()) throw StepFailed{"shutdown: " + answer.message};
    }
    (void)plugin();
}

Answer World::work() {
    // A plugin that never comes to an end is broken; a big practice is not.
    for (int round = 0; round < 10'000; ++round) {
        const Answer answer = plugin().work(1000);
        if (answer.result != PPO_MORE) return answer;
    }
    throw StepFailed{"the plugin's work never ends"};
}

Answer World::tell(const DirectoryEvent& event) {
    if (!is_running()) return {PPO_OK, "", "", "", 0};
    return tell_plugin(plugin(), directory, event);
}

std::vector<Contribution> World::contributions(const std::string& location) {
    std::vector<Contribution> all;
    const Answer answer = plugin().contributions({}, all);
    if (!answer.good()) throw StepFailed{"contributions: " + answer.message};
    std::vector<Contribution> here;
    for (const auto& contribution : all)
        if (contribution.location == location &&
            (contribution.permission & staff.permissions) == contribution.permission)
            here.push_back(contribution);
    std::stable_sort(here.begin(), here.end(),
                     [](const auto& a, const auto& b) { return a.order < b.order; });
    return here;
}

void World::open_view(const Contribution& contribution, const std::string& patient_id,
                      Outcome& outcome) {
    if (contribution.needs_patient && patient_id.empty())
        throw StepFailed{"this tab needs a patient: take the pencil first"};
    View opened;
    outcome.answer = plugin().open_view(staff, contribution.view_id, patient_id, settings.language,
                                        opened);
    if (!outcome.answer.good()) return;
    view_ = std::move(opened);
    view_id_ = contribution.view_id;
    outcome.details.set("view", contribution.label);
    if (const std::string word = screen().status_word(); !word.empty())
        outcome.details.set("status", word);
}

View& World::view() {
    if (!view_.is_open()) throw StepFailed{"no view is open: say menu, or pencil and tab"};
    return view_;
}

Screen World::screen() {
    std::string model;
    const Answer answer = view().render(model);
    if (!answer.good()) throw StepFailed{"render: " + answer.message};
    return Screen{model};
}

void World::edit(const ShownField& field, const std::string& value, Outcome& outcome) {
    outcome.answer = view().edit(field.id, value);
    if (!outcome.answer.good()) return;
    const auto shown = screen().field(field.id);
    if (!shown || shown->verdict_text.empty()) return;
    verdict = SpokenVerdict{shown->verdict_tone == "success", shown->verdict_text,
                            shown->suggestions};
    outcome.details.set("verdict", shown->verdict_text);
    outcome.details.set("tone", shown->verdict_tone);
}

void World::click(const OfferedAction& action, Outcome& outcome) {
    asked.clear();
    said.clear();
    outcome.details.set("action", action.label);
    if (!action.enabled) {
        const std::string reason = action.reason.empty() ? "not offered now" : action.reason;
        outcome.answer = {PPO_REFUSED_NOT_PERMITTED, "not_offered", "", reason, 0};
        return;
    }
    if (!action.confirm.empty()) {
        asked.push_back(action.confirm);
        outcome.details.set("asked", action.confirm);
    }
    std::vector<Effect> effects;
    outcome.answer = view().invoke(action.id, action.argument, effects);
    for (const auto& effect : effects) perform(effect, outcome);
    if (said.empty()) return;
    Poco::JSON::Array sentences;
    for (const auto& sentence : said) sentences.add(sentence);
    outcome.details.set("said", sentences);
}

void World::perform(const Effect& effect, Outcome& outcome) {
    switch (effect.kind) {
    case PPO_EFFECT_CLOSE: view_.close(); return;
    case PPO_EFFECT_OPEN_VIEW: {
        const Contribution target{"", effect.target, effect.target, "", 0, 0, false};
        pencil_patient = effect.text;
        open_view(target, effect.text, outcome);
        return;
    }
    case PPO_EFFECT_COPY_TEXT:
        copied = effect.text;
        keep_secret(copied);
        return;
    case PPO_EFFECT_TOAST: said.push_back(effect.text); return;
    case PPO_EFFECT_SAVE_TEXT: saved[effect.target] += effect.text; return;
    default: return;  // A refresh: the screen is rendered again whenever it is looked at.
    }
}

std::vector<ReadableMail> World::mails() const {
    std::vector<ReadableMail> all;
    for (const auto& letter : mailbox.all()) all.push_back(read_mail(letter.message));
    return all;
}

std::vector<std::string> World::portal_links(const ReadableMail& read) const {
    std::vector<std::string> links;
    const std::string prefix = settings.portal_url + "/";
    for (const auto& address : read.links)
        if (address.starts_with(prefix) && address.size() > prefix.size()) links.push_back(address);
    return links;
}

void World::keep_secret(const std::string& secret) {
    // Shorter ones would black out ordinary words; they are kept out of the step's own text
    // instead.
    constexpr std::size_t shortest = 8;
    if (secret.size() >= shortest) secrets_.push_back(secret);
}

std::string World::mask(std::string text) const {
    for (const auto& secret : secrets_) Poco::replaceInPlace(text, secret, std::string{"***"});
    return text;
}
}  // namespace ppo_sim
