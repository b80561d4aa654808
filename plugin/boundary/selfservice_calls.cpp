// SPDX-License-Identifier: Apache-2.0
#include "boundary/guard.hpp"
#include "boundary/tables.hpp"
#include "boundary/verdict.hpp"
#include "domain/local_time.hpp"
#include "domain/refusal_sentence.hpp"
#include "selfservice/complete_setup.hpp"
#include "selfservice/mail_choice.hpp"
#include "selfservice/request.hpp"
#include "selfservice/session.hpp"
#include "selfservice/sign_in.hpp"

namespace ppo {
namespace {
constexpr std::size_t longest_link = 256;
constexpr std::size_t longest_username = 256;
constexpr std::size_t longest_password = 1024;
constexpr std::size_t longest_fact = 320;

/// The language that a visitor is answered in.
std::string language_of(const Instance& self, const Visitor& visitor) {
    return visitor.language.empty() ? self.practice().language : visitor.language;
}

LinkAnswers to_answers(const ppo_link_answers* given) {
    const ppo_link_answers& from = filled(given, "answers");
    return {optional_text(from.link, "link", longest_link),
            optional_text(from.birth_date, "birth_date", 32),
            optional_text(from.postal_code, "postal_code", 32)};
}

std::string_view invitation_sentence(const LinkPage& page, std::string_view language) {
    const bool spanish = language.substr(0, 2) == "es";
    if (page.asks_birth_date || page.asks_postal_code)
        return spanish ? "Para continuar, confirme que es usted."
                       : "To go on, please confirm that it is you.";
    if (page.asks_username)
        return spanish ? "Elija un nombre de usuario y una contraseña."
                       : "Choose a username and a password.";
    return spanish ? "Elija una contraseña nueva." : "Choose a new password.";
}

void put_page(const Instance& self, const LinkPage& page, const std::string& language,
              const ppo_link_page_sink& sink) {
    const Practice& practice = self.practice();
    const std::string sentence = page.dead ? refusal_sentence(*page.dead, language)
                                           : std::string{invitation_sentence(page, language)};
    const std::string expires = page.expires_at ? write_local_time(*page.expires_at,
                                                                   practice.time_zone, language)
                                                : std::string{};
    const auto flag = [](bool set, std::uint32_t bit) { return set ? bit : 0U; };
    ppo_link_page out{};
    out.struct_size = sizeof out;
    out.state = page.dead ? to_result(*page.dead) : PPO_OK;
    out.flags = flag(page.asks_username, PPO_LINK_PAGE_USERNAME) |
                flag(page.asks_birth_date, PPO_LINK_PAGE_BIRTH_DATE) |
                flag(page.asks_postal_code, PPO_LINK_PAGE_POSTAL_CODE) |
                flag(page.renewable, PPO_LINK_PAGE_RENEWABLE);
    out.sentence = to_text(sentence);
    out.first_name = to_text(page.first_name);
    out.username = to_text(page.username);
    out.practice_name = to_text(practice.name);
    out.practice_phone = to_text(practice.phone);
    out.expires_text = to_text(expires);
    out.expires_at = to_time(page.expires_at);
    out.wait_ms = page.wait.count();
    static_cast<void>(goes_on(sink.put(sink.context, &out)));
}

namespace calls {
Outcome open_link(Instance& self, const ppo_visitor* visitor, ppo_text link,
                  const ppo_link_page_sink* sink) {
    check_sink(sink);
    const auto who = to_visitor(visitor);
    const auto page = ppo::open_link(self.database(), self.practice(),
                                     optional_text(link, "link", longest_link), self.now());
    put_page(self, page, language_of(self, who), *sink);
    return PPO_OK;
}

Outcome confirm_identity(Instance& self, const ppo_visitor* visitor,
                         const ppo_link_answers* answers, const ppo_link_page_sink* sink) {
    check_sink(sink);
    const auto who = to_visitor(visitor);
    const auto page = ppo::confirm_identity(self.database(), self.practice(), to_answers(answers),
                                            who, self.now());
    if (!page) return Outcome{page.refusal()}.in(language_of(self, who));
    put_page(self, *page, language_of(self, who), *sink);
    return PPO_OK;
}

Outcome check_username(Instance& self, const ppo_visitor* visitor, const ppo_link_answers* answers,
                       ppo_text username, const ppo_username_verdict_sink* sink) {
    check_sink(sink);
    const auto who = to_visitor(visitor);
    const auto typed = optional_text(username, "username", longest_username);
    const auto admitted = admit(self.database(), self.practice(), to_answers(answers), who,
                                self.now());
    if (!admitted) return Outcome{admitted.refusal()}.in(language_of(self, who));
    std::optional<UsernameVerdict> verdict;
    {
        Reading reading{self.database()};
        verdict = ppo::check_username(reading, admitted->account, typed);
    }
    put_verdict(*verdict, language_of(self, who), *sink);
    return PPO_OK;
}

Outcome complete_setup(Instance& self, const ppo_visitor* visitor, const ppo_link_answers* answers,
                       ppo_text username, ppo_text password) {
    const auto who = to_visitor(visitor);
    ChosenCredentials chosen;
    const auto typed = optional_text(username, "username", longest_username);
    if (username.data != nullptr) chosen.username = typed;
    chosen.password = optional_text(password, "password", longest_password);
    const auto set_up = ppo::complete_setup(self.database(), self.hasher(), self.practice(),
                                            to_answers(answers), chosen, who, self.now());
    if (!set_up) return Outcome{set_up.refusal()}.in(language_of(self, who));
    if (set_up->password_replaced) self.host().end_sessions(set_up->patient_id);
    self.wake();
    self.host().refresh(set_up->patient_id);
    return PPO_OK;
}

Outcome renew_link(Instance& self, const ppo_visitor* visitor, ppo_text link) {
    const auto who = to_visitor(visitor);
    const auto done = ppo::renew_link(self.database(), self.practice(),
                                      optional_text(link, "link", longest_link), who, self.now());
    if (!done) return Outcome{done.refusal()}.in(language_of(self, who));
    self.wake();
    return PPO_OK;
}

Outcome request(Instance& self, const ppo_visitor* visitor, std::uint32_t what,
                const ppo_identity* identity) {
    const auto who = to_visitor(visitor);
    if (what < PPO_REQUEST_ACCOUNT || what > PPO_REQUEST_USERNAME)
        throw Misuse{PPO_MISUSE_VALUE, "what", "There is no such request."};
    const ppo_identity& from = filled(identity, "identity");
    const Identity typed{std::string{optional_text(from.email, "email", longest_fact)},
                         std::string{optional_text(from.birth_date, "birth_date", longest_fact)},
                         std::string{optional_text(from.last_name, "last_name", longest_fact)},
                         std::string{optional_text(from.postal_code, "postal_code", longest_fact)}};
    const auto done = submit_request(self.database(), self.practice(), static_cast<Asked>(what),
                                     typed, who, self.now());
    if (!done) return Outcome{done.refusal()}.in(language_of(self, who));
    self.wake();
    return PPO_OK;
}

Outcome sign_in(Instance& self, const ppo_visitor* visitor, ppo_text username, ppo_text password,
                const ppo_signed_in_sink* sink) {
    check_sink(sink);
    const auto who = to_visitor(visitor);
    const auto signed_in = ppo::sign_in(self.database(), self.hasher(), self.practice(),
                                        optional_text(username, "username", longest_username),
                                        optional_text(password, "password", longest_password), who,
                                        self.now());
    if (!signed_in) return Outcome{signed_in.refusal()}.in(language_of(self, who));
    ppo_signed_in out{};
    out.struct_size = sizeof out;
    out.flags = signed_in->must_change_password ? std::uint32_t{PPO_SIGNED_IN_MUST_CHANGE_PASSWORD}
                                                : 0U;
    out.patient_id = to_text(signed_in->patient_id);
    out.first_name = to_text(signed_in->first_name);
    out.username = to_text(signed_in->username);
    out.session_epoch = static_cast<std::uint64_t>(signed_in->session_epoch);
    self.host().refresh(signed_in->patient_id);
    static_cast<void>(goes_on(sink->put(sink->context, &out)));
    return PPO_OK;
}

Outcome change_password(Instance& self, const ppo_visitor* visitor, ppo_text patient_id,
                        ppo_text current_password, ppo_text new_password,
                        std::uint64_t* session_epoch) {
    const auto who = to_visitor(visitor);
    const auto id = patient_id_of(patient_id);
    const auto done = ppo::change_password(
        self.database(), self.hasher(), self.practice(), id,
        optional_text(current_password, "current_password", longest_password),
        optional_text(new_password, "new_password", longest_password), who, self.now());
    if (!done) return Outcome{done.refusal()}.in(language_of(self, who));
    self.host().end_sessions(id);
    self.wake();
    if (session_epoch != nullptr) *session_epoch = static_cast<std::uint64_t>(done->session_epoch);
    return PPO_OK;
}

Outcome get_mail_choice(Instance& self, const ppo_visitor* visitor, ppo_text patient_id,
                        ppo_mail_choice* choice) {
    if (choice == nullptr)
        throw Misuse{PPO_MISUSE_NULL, "choice", "The place for the choice is NULL."};
    check_out(choice, "choice");
    const auto who = to_visitor(visitor);
    const auto found = ppo::get_mail_choice(self.database(), patient_id_of(patient_id));
    if (!found) return Outcome{found.refusal()}.in(language_of(self, who));
    ppo_mail_choice out{};
    out.flags = (found->mail_me ? std::uint32_t{PPO_MAIL_CHOICE_MAIL_ME} : 0U) |
                (found->chart_says_no ? std::uint32_t{PPO_MAIL_CHOICE_CHART_SAYS_NO} : 0U);
    write_out(choice, out);
    return PPO_OK;
}

Outcome set_mail_choice(Instance& self, const ppo_visitor* visitor, ppo_text patient_id,
                        std::int32_t mail_me) {
    if (mail_me != 0 && mail_me != 1)
        throw Misuse{PPO_MISUSE_VALUE, "mail_me", "mail_me must be 0 or 1."};
    const auto who = to_visitor(visitor);
    const auto id = patient_id_of(patient_id);
    const auto done = ppo::set_mail_choice(self.database(), id, mail_me == 1, who, self.now());
    if (!done) return Outcome{done.refusal()}.in(language_of(self, who));
    self.host().refresh(id);
    return PPO_OK;
}

Outcome check_session(Instance& self, const ppo_visitor* visitor, ppo_text patient_id,
                      std::uint64_t session_epoch) {
    const auto who = to_visitor(visitor);
    const auto good = ppo::check_session(self.database(), patient_id_of(patient_id),
                                         static_cast<std::int64_t>(session_epoch));
    if (!good) return Outcome{good.refusal()}.in(language_of(self, who));
    return PPO_OK;
}
}  // namespace calls
}  // namespace

const ppo_selfservice_1 selfservice_table{
    sizeof selfservice_table,      0,
    guard<calls::open_link>,       guard<calls::confirm_identity>,
    guard<calls::check_username>,  guard<calls::complete_setup>,
    guard<calls::renew_link>,      guard<calls::request>,
    guard<calls::sign_in>,         guard<calls::change_password>,
    guard<calls::get_mail_choice>, guard<calls::set_mail_choice>,
    guard<calls::check_session>};
}  // namespace ppo
