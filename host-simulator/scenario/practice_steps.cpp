// SPDX-License-Identifier: Apache-2.0
#include "host/dates.hpp"
#include "scenario/step_failed.hpp"
#include "scenario/steps.hpp"

#include <Poco/StringTokenizer.h>

#include <cctype>
#include <map>

namespace ppo_sim {
namespace {
void set_up_practice(World& world, const Arguments& said, Outcome&) {
    if (world.is_running()) throw StepFailed{"practice comes first, before the plugin runs"};
    if (!said.plain().empty()) throw StepFailed{"practice takes name=value only"};
    for (const auto& [name, value] : said.named())
        if (const auto reason = set_setting(world.settings, name, value)) throw StepFailed{*reason};
}

void set_fields(Patient& patient, const Arguments& said) {
    for (const auto& [field, value] : said.named())
        if (const auto reason = set_field(patient, field, value)) throw StepFailed{*reason};
}

void add_patient(World& world, const Arguments& said, Outcome& outcome) {
    Patient patient{};
    patient.id = said.at(0, "the patient's id");
    set_fields(patient, said);
    if (!world.directory.add(patient))
        throw StepFailed{"there is a patient " + patient.id + " already"};
    outcome.answer = world.event_answer;
}

void change_patient(World& world, const Arguments& said, Outcome& outcome) {
    auto patient = world.directory.find(said.at(0, "the patient's id"));
    if (!patient) throw StepFailed{"there is no patient " + said.at(0, "")};
    set_fields(*patient, said);
    if (!world.directory.replace(*patient)) throw StepFailed{"the chart has gone meanwhile"};
    outcome.answer = world.event_answer;
}

void remove_patient(World& world, const Arguments& said, Outcome& outcome) {
    if (!world.directory.remove(said.at(0, "the patient's id")))
        throw StepFailed{"there is no patient " + said.at(0, "")};
    outcome.answer = world.event_answer;
}

void merge_patients(World& world, const Arguments& said, Outcome& outcome) {
    if (said.at(1, "into") != "into") throw StepFailed{"write: merge P001 into P002"};
    if (!world.directory.merge(said.at(0, "the losing id"), said.at(2, "the surviving id")))
        throw StepFailed{"both charts must be there, and be two"};
    outcome.answer = world.event_answer;
}

std::uint32_t permissions_of(const std::string& words) {
    std::uint32_t permissions = 0;
    const Poco::StringTokenizer split{words, ",", Poco::StringTokenizer::TOK_TRIM};
    for (const auto& word : split) {
        if (word == "onboard")
            permissions |= PPO_MAY_ONBOARD;
        else if (word == "set_password")
            permissions |= PPO_MAY_SET_PASSWORD;
        else if (word == "read_audit")
            permissions |= PPO_MAY_READ_AUDIT;
        else if (word == "change_settings")
            permissions |= PPO_MAY_CHANGE_SETTINGS;
        else if (word != "nothing")
            throw StepFailed{
                "may= takes onboard, set_password, read_audit, change_settings or nothing"};
    }
    return permissions;
}

void change_staff(World& world, const Arguments& said, Outcome&) {
    said.allow({"may"}, 1);
    world.close_view();
    world.staff.id = said.at(0, "who it is");
    world.staff.name = world.staff.id;
    world.staff.permissions = said.has("may") ? permissions_of(said.get("may"))
                                              : PPO_MAY_ONBOARD | PPO_MAY_SET_PASSWORD;
}

void change_visitor(World& world, const Arguments& said, Outcome&) {
    said.allow({"from", "language"}, 0);
    if (said.has("from")) world.visitor.from = said.get("from");
    if (said.has("language")) world.visitor.language = said.get("language");
}

std::int64_t milliseconds_of(const std::string& word) {
    std::size_t digits = 0;
    while (digits < word.size() && std::isdigit(static_cast<unsigned char>(word[digits])) != 0)
        ++digits;
    const std::string unit = word.substr(digits);
    if (digits == 0 || digits > 6) throw StepFailed{"write a time like 8d, 3h, 15m or 90s"};
    const std::int64_t number = std::stoll(word.substr(0, digits));
    if (unit == "d") return number * 86'400'000;
    if (unit == "h") return number * 3'600'000;
    if (unit == "m") return number * 60'000;
    if (unit == "s") return number * 1000;
    throw StepFailed{"write a time like 8d, 3h, 15m or 90s"};
}

void advance(World& world, const Arguments& said, Outcome& outcome) {
    (void)said.at(0, "how far: 8d, 3h, 15m, 90s");
    for (const auto& word : said.plain()) world.clock.advance(milliseconds_of(word));
    outcome.details.set("now", write_moment(world.clock.now()));
}

void change_mail_server(World& world, const Arguments& said, Outcome&) {
    static const std::map<std::string, MailServerMood> moods{
        {"up", MailServerMood::Up},
        {"down", MailServerMood::Down},
        {"unreachable", MailServerMood::Unreachable},
        {"greylists", MailServerMood::Greylists},
        {"rejects", MailServerMood::Rejects},
        {"drops", MailServerMood::Drops}};
    constexpr auto words = "up, down, unreachable, greylists, rejects or drops";
    const auto mood = moods.find(said.at(0, words));
    if (mood == moods.end()) throw StepFailed{std::string{"the mail server is "} + words};
    world.mailbox.set_mood(mood->second);
}

void work(World& world, const Arguments& said, Outcome& outcome) {
    said.allow({}, 1);
    if (said.plain().empty()) {
        outcome.answer = world.work();
        return;
    }
    const std::string& word = said.plain().front();
    if (word != "on" && word != "off") throw StepFailed{"write work, work on or work off"};
    world.works_by_itself = word == "on";
}

void read_charts_again(World& world, const Arguments& said, Outcome& outcome) {
    said.allow({}, 0);
    std::uint64_t read = 0;
    outcome.answer = world.plugin().sync_directory(read);
    outcome.details.set("read", read);
}
}  // namespace

std::vector<Step> practice_steps() {
    return {{{"practice"}, set_up_practice},
            {{"patient"}, add_patient},
            {{"change"}, change_patient},
            {{"remove"}, remove_patient},
            {{"merge"}, merge_patients},
            {{"staff"}, change_staff},
            {{"visitor"}, change_visitor},
            {{"advance"}, advance},
            {{"mailserver"}, change_mail_server},
            {{"work"}, work},
            {{"sync"}, read_charts_again},
            {{"restart"}, [](World& world, const Arguments& said, Outcome&) {
                 said.allow({}, 0);
                 world.restart();
             }}};
}
}  // namespace ppo_sim
