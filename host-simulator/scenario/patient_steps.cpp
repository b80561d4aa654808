// SPDX-License-Identifier: Apache-2.0
#include "scenario/step_failed.hpp"
#include "scenario/steps.hpp"

#include <Poco/JSON/Array.h>
#include <Poco/NumberParser.h>
#include <Poco/String.h>

#include <algorithm>

namespace ppo_sim {
namespace {
std::size_t number_in(const std::string& word, const char* what) {
    unsigned number = 0;
    if (!Poco::NumberParser::tryParseUnsigned(word, number) || number == 0)
        throw StepFailed{std::string{"say "} + what + " as a number from 1"};
    return number;
}

void take_mail(World& world, const ReadableMail& mail, Outcome& outcome) {
    world.mail = mail;
    const auto links = world.portal_links(mail);
    for (const auto& link : links) world.keep_secret(secret_of(link));
    outcome.details.set("from", mail.from);
    outcome.details.set("to", mail.to);
    outcome.details.set("subject", mail.subject);
    outcome.details.set("text", mail.text);
    outcome.details.set("links", links.size());
}

ReadableMail mail_called(World& world, const std::string& which) {
    const auto mails = world.mails();
    if (mails.empty()) throw StepFailed{"no mail has arrived"};
    if (which == "last") return mails.back();
    const std::size_t number = number_in(which, "last, or which mail");
    if (number > mails.size())
        throw StepFailed{"only " + std::to_string(mails.size()) + " mails have arrived"};
    return mails[number - 1];
}

/// The newest mail that somebody could click in; notices have no link.
ReadableMail newest_with_link(World& world) {
    const auto mails = world.mails();
    for (auto mail = mails.rbegin(); mail != mails.rend(); ++mail)
        if (!world.portal_links(*mail).empty()) return *mail;
    throw StepFailed{"no mail with a link has arrived"};
}

void read_mail_called(World& world, const Arguments& said, Outcome& outcome) {
    take_mail(world, mail_called(world, said.at(0, "last, count, to ADDRESS, or which mail")),
              outcome);
}

void count_mails(World& world, const Arguments&, Outcome& outcome) {
    outcome.details.set("mails", world.mailbox.count());
}

ReadableMail newest_to(World& world, const std::string& address) {
    const auto letters = world.mailbox.all();
    for (auto letter = letters.rbegin(); letter != letters.rend(); ++letter)
        if (Poco::icompare(letter->recipient, address) == 0) return read_mail(letter->message);
    throw StepFailed{"no mail has arrived there"};
}

void read_mail_to(World& world, const Arguments& said, Outcome& outcome) {
    take_mail(world, newest_to(world, said.at(0, "to which address")), outcome);
}

void show_page(World& world, const LinkPage& page, Outcome& outcome) {
    world.page = page;
    outcome.details.set("page", code_of(page.state));
    outcome.details.set("sentence", page.sentence);
    if (!page.first_name.empty()) outcome.details.set("first_name", page.first_name);
    if (!page.username.empty()) outcome.details.set("username", page.username);
    if (!page.expires_text.empty()) outcome.details.set("expires", page.expires_text);
    if (page.asks(PPO_LINK_PAGE_RENEWABLE)) outcome.details.set("renewable", true);
    if (!page.usable()) outcome.answer = {page.state, code_of(page.state), "", page.sentence, 0};
}

/// The mail that the words after "of" name: "mail 2", "mail last", "mail to ADDRESS".
ReadableMail mail_named(World& world, const std::vector<std::string>& words) {
    if (words.size() == 3 && words[0] == "mail" && words[1] == "to")
        return newest_to(world, words[2]);
    require(words.size() == 2 && words[0] == "mail",
            "write: open link of mail 2, of mail last, or of mail to ADDRESS");
    return mail_called(world, words[1]);
}

/// open link [N] [of mail WHICH] [times=K]
void open_link(World& world, const Arguments& said, Outcome& outcome) {
    said.allow({"times"}, 5);
    const std::vector<std::string>& words = said.plain();
    const auto of = std::find(words.begin(), words.end(), "of");
    const ReadableMail mail = of == words.end() ? newest_with_link(world)
                                                : mail_named(world, {of + 1, words.end()});
    const std::size_t place = words.empty() || of == words.begin()
                                  ? 1
                                  : number_in(words.front(), "which link of the mail");
    const auto links = world.portal_links(mail);
    for (const auto& link : links) world.keep_secret(secret_of(link));
    if (place > links.size())
        throw StepFailed{"the mail has " + std::to_string(links.size()) + " links to the portal"};
    world.mail = mail;
    world.link = {secret_of(links[place - 1]), "", ""};
    const std::size_t times = said.has("times") ? number_in(said.get("times"), "times=") : 1;
    for (std::size_t i = 0; i < times; ++i) {
        LinkPage page{};
        outcome.answer = world.plugin().open_link(world.visitor, world.link.link, page);
        if (!outcome.answer.good()) return;
        show_page(world, page, outcome);
        if (!outcome.answer.good()) return;
    }
}

void open_damaged_link(World& world, const Arguments&, Outcome& outcome) {
    if (world.link.link.empty()) throw StepFailed{"open a link first"};
    std::string damaged = world.link.link;
    damaged.front() = damaged.front() == 'A' ? 'B' : 'A';
    LinkPage page{};
    outcome.answer = world.plugin().open_link(world.visitor, damaged, page);
    if (outcome.answer.good()) show_page(world, page, outcome);
}

void need_link(const World& world) {
    if (world.link.link.empty()) throw StepFailed{"open a link first"};
}

void take_answers(World& world, const Arguments& said) {
    if (said.has("born")) world.link.birth_date = said.get("born");
    if (said.has("zip")) world.link.postal_code = said.get("zip");
}

void confirm(World& world, const Arguments& said, Outcome& outcome) {
    said.allow({"born", "zip"}, 0);
    need_link(world);
    take_answers(world, said);
    LinkPage page{};
    outcome.answer = world.plugin().confirm_identity(world.visitor, world.link, page);
    if (outcome.answer.good()) show_page(world, page, outcome);
}

void type_username(World& world, const Arguments& said, Outcome& outcome) {
    need_link(world);
    UsernameVerdict verdict{};
    outcome.answer = world.plugin().check_username(world.visitor, world.link,
                                                   said.at(0, "the username"), verdict);
    if (!outcome.answer.good()) return;
    world.verdict = SpokenVerdict{verdict.verdict == PPO_OK, verdict.sentence, verdict.suggestions};
    outcome.details.set("verdict", verdict.sentence);
    outcome.details.set("code", code_of(verdict.verdict));
    Poco::JSON::Array suggestions;
    for (const auto& suggestion : verdict.suggestions) suggestions.add(suggestion);
    outcome.details.set("suggestions", suggestions);
}

void complete(World& world, const Arguments& said, Outcome& outcome) {
    said.allow({"username", "password", "born", "zip"}, 0);
    need_link(world);
    take_answers(world, said);
    const auto username = said.has("username") ? std::optional{said.get("username")} : std::nullopt;
    outcome.answer = world.plugin().complete_setup(world.visitor, world.link, username,
                                                   said.get("password"));
}

void renew(World& world, const Arguments&, Outcome& outcome) {
    need_link(world);
    outcome.answer = world.plugin().renew_link(world.visitor, world.link.link);
}

void sign_in(World& world, const Arguments& said, Outcome& outcome) {
    world.signed_in.reset();
    const std::string& password = said.at(1, "username and password");
    SignedIn signed_in{};
    outcome.answer = world.plugin().sign_in(world.visitor, said.at(0, ""), password, signed_in);
    if (!outcome.answer.good()) return;
    world.ended_sessions.erase(signed_in.patient_id);
    world.signed_in = signed_in;
    outcome.details.set("patient", signed_in.patient_id);
    outcome.details.set("first_name", signed_in.first_name);
    outcome.details.set("must_change_password", signed_in.must_change_password);
}

void change_password(World& world, const Arguments& said, Outcome& outcome) {
    if (!world.signed_in) throw StepFailed{"nobody is signed in"};
    const std::string& fresh = said.at(1, "the old and the new password");
    outcome.answer = world.plugin().change_password(world.visitor, world.signed_in->patient_id,
                                                    said.at(0, ""), fresh,
                                                    world.signed_in->session_epoch);
    if (outcome.answer.good()) world.signed_in->must_change_password = false;
}

void request(World& world, const Arguments& said, Outcome& outcome, std::uint32_t what) {
    said.allow({"email", "born", "last", "zip"}, 0);
    const Identity identity{said.get("email"), said.get("born"), said.get("last"), said.get("zip")};
    outcome.answer = world.plugin().request(world.visitor, what, identity);
}
}  // namespace

std::vector<Step> patient_steps() {
    using W = World;
    using A = Arguments;
    using O = Outcome;
    return {{{"mail"}, read_mail_called},
            {{"mail", "count"}, count_mails},
            {{"mail", "to"}, read_mail_to},
            {{"open", "link"}, open_link},
            {{"open", "damaged", "link"}, open_damaged_link},
            {{"confirm"}, confirm},
            {{"type", "username"}, type_username},
            {{"complete"}, complete},
            {{"renew", "link"}, renew},
            {{"sign", "in"}, sign_in},
            {{"sign", "out"}, [](W& world, const A&, O&) { world.signed_in.reset(); }},
            {{"change", "password"}, change_password},
            {{"create", "account"},
             [](W& w, const A& a, O& o) { request(w, a, o, PPO_REQUEST_ACCOUNT); }},
            {{"forgot", "password"},
             [](W& w, const A& a, O& o) { request(w, a, o, PPO_REQUEST_PASSWORD); }},
            {{"forgot", "username"},
             [](W& w, const A& a, O& o) { request(w, a, o, PPO_REQUEST_USERNAME); }}};
}
}  // namespace ppo_sim
