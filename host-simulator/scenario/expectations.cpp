// SPDX-License-Identifier: Apache-2.0
#include "scenario/step_failed.hpp"
#include "scenario/steps.hpp"

#include <Poco/String.h>

#include <algorithm>
#include <functional>

namespace ppo_sim {
namespace {
std::string listed(const std::vector<std::string>& words) {
    std::string text;
    for (const auto& word : words) text += (text.empty() ? "" : ", ") + word;
    return text.empty() ? "none" : text;
}

void status(World& world, const Arguments& said, Outcome&) {
    const auto account = account_of(world, said.at(0, "whose status"));
    const std::string colour = colour_of(account.status);
    require(colour == said.at(1, "RED, GRAY, ORANGE or GREEN"), "the status is " + colour);
}

/// The word as staff read it, beside the rectangle of the patient's tab.
void word(World& world, const Arguments& said, Outcome&) {
    const auto tabs = world.contributions("patient.edit.tabs");
    require(!tabs.empty(), "this member of staff sees no tab");
    View tab;
    const Answer opened = world.plugin().open_view(world.staff, tabs.front().view_id,
                                                   said.at(0, "whose word"), {}, tab);
    require(opened.good(), opened.message);
    std::string model;
    const Answer rendered = tab.render(model);
    require(rendered.good(), rendered.message);
    const std::string shown = Screen{model}.status_word();
    require(shown == said.at(1, "the word"), "the word is " + shown);
}

void mark(World& world, const Arguments& said, bool wanted) {
    const auto marks = words_of_marks(account_of(world, said.at(0, "whose marks")).marks);
    const bool there = std::find(marks.begin(), marks.end(), said.at(1, "the mark")) != marks.end();
    require(there == wanted, "the marks are " + listed(marks));
}

void no_marks(World& world, const Arguments& said, Outcome&) {
    const auto marks = words_of_marks(account_of(world, said.at(0, "whose marks")).marks);
    require(marks.empty(), "the marks are " + listed(marks));
}

void username(World& world, const Arguments& said, Outcome&) {
    const auto account = account_of(world, said.at(0, "whose username"));
    const std::string wanted = said.plain().size() > 1 ? said.plain()[1] : "";
    require(account.username == wanted, "the username is " + account.username);
}

void why(World& world, const Arguments& said, Outcome&) {
    const auto account = account_of(world, said.at(0, "why who is not GREEN"));
    const std::string& wanted = said.at(1, "the reason");
    std::vector<std::string> reasons;
    for (const auto& reason : account.why) {
        if (reason.code == wanted || says(reason.sentence, wanted)) return;
        reasons.push_back(reason.code);
    }
    throw StepFailed{"the reasons are " + listed(reasons)};
}

void counts(World& world, const Arguments& said, Outcome&) {
    Counts counted{};
    const Answer answer = world.plugin().count_report(auditor(), {}, counted);
    require(answer.good(), answer.message);
    const std::map<std::string, std::uint64_t> known{
        {"red", counted.by_status[PPO_STATUS_NOT_ENABLED]},
        {"gray", counted.by_status[PPO_STATUS_NOT_INVITED]},
        {"orange", counted.by_status[PPO_STATUS_INVITED]},
        {"green", counted.by_status[PPO_STATUS_SIGNED_IN]},
        {"patients", counted.patients},
        {"enabled", counted.enabled},
        {"invited", counted.invited},
        {"set_up", counted.set_up},
        {"signed_in", counted.signed_in}};
    for (const auto& [name, value] : said.named()) {
        require(known.contains(name), "there is no count called " + name);
        require(std::to_string(known.at(name)) == value,
                name + " is " + std::to_string(known.at(name)));
    }
}

void audit(World& world, const Arguments& said, Outcome&) {
    said.allow({"patient", "by", "outcome", "times"}, 1);
    const std::string& action = said.at(0, "the action");
    std::vector<AuditEntry> entries;
    const Answer answer = world.plugin().read_audit(auditor(), said.get("patient"), 0, 0, entries);
    require(answer.good(), answer.message);
    const auto matches = [&](const AuditEntry& entry) {
        return entry.action == action && (!said.has("by") || entry.actor_id == said.get("by")) &&
               (!said.has("outcome") || entry.outcome == said.get("outcome"));
    };
    const auto found = std::count_if(entries.begin(), entries.end(), matches);
    if (said.has("times"))
        require(std::to_string(found) == said.get("times"),
                "the audit has it " + std::to_string(found) + " times");
    else
        require(found > 0, "the audit has no such entry");
}

void audit_intact(World& world, const Arguments&, Outcome& outcome) {
    AuditVerdict verdict{};
    const Answer answer = world.plugin().verify_audit(auditor(), world.checkpoints(), verdict);
    require(answer.good(), answer.message);
    outcome.details.set("entries", verdict.entries);
    require(verdict.intact, in_words(verdict));
}

void mails(World& world, const Arguments& said, Outcome&) {
    const std::string arrived = std::to_string(world.mailbox.count());
    require(arrived == said.at(0, "how many"), "the mails are " + arrived);
}

void mails_to(World& world, const Arguments& said, Outcome&) {
    const auto letters = world.mailbox.all();
    const std::string& address = said.at(0, "to which address");
    const auto number = std::count_if(letters.begin(), letters.end(), [&](const Letter& letter) {
        return Poco::icompare(letter.recipient, address) == 0;
    });
    require(std::to_string(number) == said.at(1, "how many"),
            "the mails are " + std::to_string(number));
}

ReadableMail mail_in_hand(World& world) {
    if (world.mail) return *world.mail;
    const auto mails = world.mails();
    require(!mails.empty(), "no mail has arrived");
    return mails.back();
}

void mail_text(World& world, const Arguments& said, Outcome&) {
    const auto mail = mail_in_hand(world);
    for (const auto& wanted : said.plain())
        require(says(mail.text, wanted), "the mail does not say " + wanted);
}

void no_mail_text(World& world, const Arguments& said, Outcome&) {
    const auto mail = mail_in_hand(world);
    for (const auto& unwanted : said.plain())
        require(!says(mail.text, unwanted) && !says(mail.html, unwanted),
                "the mail says " + unwanted);
}

void mail_html(World& world, const Arguments& said, Outcome&) {
    require(says(mail_in_hand(world).html, said.at(0, "the words")),
            "the HTML part does not say that");
}

void mail_subject(World& world, const Arguments& said, Outcome&) {
    const auto mail = mail_in_hand(world);
    require(says(mail.subject, said.at(0, "the words")), "the subject is " + mail.subject);
}

void mail_links(World& world, const Arguments& said, Outcome&) {
    const std::string links = std::to_string(world.portal_links(mail_in_hand(world)).size());
    require(links == said.at(0, "how many"), "the links are " + links);
}
}  // namespace

std::vector<Step> expectations() {
    using W = World;
    using A = Arguments;
    using O = Outcome;
    std::vector<Step> steps{
        {{"expect", "status"}, status},
        {{"expect", "word"}, word},
        {{"expect", "mark"}, [](W& w, const A& a, O&) { mark(w, a, true); }},
        {{"expect", "no", "mark"}, [](W& w, const A& a, O&) { mark(w, a, false); }},
        {{"expect", "no", "marks"}, no_marks},
        {{"expect", "username"}, username},
        {{"expect", "why"}, why},
        {{"expect", "counts"}, counts},
        {{"expect", "audit"}, audit},
        {{"expect", "audit", "intact"}, audit_intact},
        {{"expect", "mails"}, mails},
        {{"expect", "mails", "to"}, mails_to},
        {{"expect", "mail", "text"}, mail_text},
        {{"expect", "no", "mail", "text"}, no_mail_text},
        {{"expect", "mail", "html"}, mail_html},
        {{"expect", "mail", "subject"}, mail_subject},
        {{"expect", "mail", "links"}, mail_links}};
    for (auto& more : {screen_expectations(), batch_expectations()})
        for (const auto& step : more) steps.push_back(step);
    return steps;
}
}  // namespace ppo_sim
