// SPDX-License-Identifier: Apache-2.0
// ppo.mail/1.
#include "torture/call.hpp"
#include "torture/people.hpp"
#include "torture/tables.hpp"

namespace ppo_torture {
namespace {
ppo_result PPO_CALL get_delivery(ppo_instance* self, const ppo_caller* caller,
                                 const ppo_delivery_sink* sink, ppo_error* error) {
    return enter(Slot::ppo_mail_1_get_delivery, self, error, [&](Call& call) -> ppo_result {
        if (!call.sized(caller) || !call.present(sink != nullptr)) return call.refused();
        ppo_delivery made{};
        made.waiting = count_of(call, 0);
        made.deferred = count_of(call, 0);
        made.oldest_at = time_of(call, PPO_TIME_NONE);
        made.broken_since = time_of(call, PPO_TIME_NONE);
        made.next_try_at = time_of(call, PPO_TIME_NONE);
        made.broken_because = call.words().lend("");
        made.left_last_minute = count_of(call, 0);
        made.left_last_day = count_of(call, 0);
        if (const auto end = call.hand(*sink, made)) return *end;
        return PPO_OK;
    });
}

ppo_result put_steps(Call& call, const ppo_mail_step_sink& sink) {
    for (const char* step : {"look_up", "connect", "greeting"}) {
        ppo_mail_step made{};
        made.passed = call.has(Mode::Unknown) ? 2 : 1;
        made.step = call.words().keep(call.has(Mode::Unknown) ? "later_step" : step);
        made.sentence = call.words().lend("It went as it went.");
        if (const auto end = call.hand(sink, made)) return *end;
    }
    return PPO_OK;
}

ppo_result PPO_CALL test_connection(ppo_instance* self, const ppo_caller* caller,
                                    const ppo_mail_step_sink* sink, ppo_error* error) {
    return enter(Slot::ppo_mail_1_test_connection, self, error, [&](Call& call) -> ppo_result {
        if (!call.sized(caller) || !call.present(sink != nullptr)) return call.refused();
        return put_steps(call, *sink);
    });
}

ppo_result put_template(Call& call, std::uint32_t kind, const std::string& language,
                        const ppo_mail_template_sink& sink) {
    ppo_mail_template made{};
    made.kind = kind;
    made.language = call.words().keep(language);
    {
        const std::lock_guard guard{call.practice().lock};
        made.subject = call.words().keep(call.practice().subject);
    }
    made.text = call.words().lend("Hello [[first_name]], [[link]]");
    made.html = call.words().lend("<p>Hello [[first_name]], [[link]]</p>");
    made.replaced = call.has(Mode::Unknown) ? 2 : 0;
    if (const auto end = call.hand(sink, made)) return *end;
    return PPO_OK;
}

bool is_known(std::uint32_t kind, const std::string& language) {
    return kind >= PPO_TEMPLATE_FIRST_SET_UP && kind <= PPO_TEMPLATE_REMINDER &&
           (language == "en" || language == "es");
}

ppo_result PPO_CALL get_template(ppo_instance* self, const ppo_caller* caller, std::uint32_t kind,
                                 ppo_text language, const ppo_mail_template_sink* sink,
                                 ppo_error* error) {
    return enter(Slot::ppo_mail_1_get_template, self, error, [&](Call& call) -> ppo_result {
        if (!call.sized(caller) || !call.present(sink != nullptr)) return call.refused();
        if (!is_known(kind, copy(language))) return call.say(PPO_MISUSE_VALUE, "misuse_value");
        return put_template(call, kind, copy(language), *sink);
    });
}

ppo_result PPO_CALL check_template(ppo_instance* self, const ppo_caller* caller,
                                   const ppo_mail_template* mail_template,
                                   const ppo_template_finding_sink* sink, ppo_error* error) {
    return enter(Slot::ppo_mail_1_check_template, self, error, [&](Call& call) -> ppo_result {
        if (!call.sized(caller) || !call.sized(mail_template) || !call.present(sink != nullptr))
            return call.refused();
        for (int i = 0; i < (call.has(Mode::NoRows) ? 0 : 2); ++i) {
            ppo_template_finding made{};
            made.line = call.has(Mode::Extremes) ? UINT32_MAX : 1;
            made.part = call.words().keep(call.has(Mode::Unknown) ? "later_part" : "text");
            made.code = call.words().lend("no_link");
            made.sentence = call.words().lend("There is no link.");
            if (const auto end = call.hand(*sink, made)) return *end;
        }
        return PPO_OK;
    });
}

ppo_result PPO_CALL set_template(ppo_instance* self, const ppo_caller* caller,
                                 const ppo_mail_template* mail_template, ppo_error* error) {
    return enter(Slot::ppo_mail_1_set_template, self, error, [&](Call& call) -> ppo_result {
        if (!call.sized(caller) || !call.sized(mail_template)) return call.refused();
        const std::lock_guard guard{call.practice().lock};
        call.practice().subject = copy(mail_template->subject);
        return PPO_OK;
    });
}

ppo_result PPO_CALL reset_template(ppo_instance* self, const ppo_caller* caller, std::uint32_t kind,
                                   ppo_text language, ppo_error* error) {
    return enter(Slot::ppo_mail_1_reset_template, self, error, [&](Call& call) -> ppo_result {
        if (!call.sized(caller)) return call.refused();
        return is_known(kind, copy(language)) ? PPO_OK : call.say(PPO_MISUSE_VALUE, "misuse_value");
    });
}

ppo_result PPO_CALL preview_template(ppo_instance* self, const ppo_caller* caller,
                                     const ppo_mail_template* mail_template, ppo_text,
                                     const ppo_mail_template_sink* sink, ppo_error* error) {
    return enter(Slot::ppo_mail_1_preview_template, self, error, [&](Call& call) -> ppo_result {
        if (!call.sized(caller) || !call.sized(mail_template) || !call.present(sink != nullptr))
            return call.refused();
        return put_template(call, mail_template->kind, copy(mail_template->language), *sink);
    });
}

ppo_result PPO_CALL send_test_mail(ppo_instance* self, const ppo_caller* caller,
                                   const ppo_mail_template* mail_template, ppo_text recipient,
                                   const ppo_mail_step_sink* sink, ppo_error* error) {
    return enter(Slot::ppo_mail_1_send_test_mail, self, error, [&](Call& call) -> ppo_result {
        if (!call.sized(caller) || !call.sized(mail_template) || !call.present(sink != nullptr))
            return call.refused();
        if (recipient.size == 0)
            return call.say(PPO_REFUSED_INVALID_EMAIL, "refused_invalid_email");
        return put_steps(call, *sink);
    });
}
}  // namespace

const ppo_mail_1 mail_table = {
    .struct_size = sizeof(ppo_mail_1),
    .reserved = 0,
    .get_delivery = get_delivery,
    .test_connection = test_connection,
    .get_template = get_template,
    .check_template = check_template,
    .set_template = set_template,
    .reset_template = reset_template,
    .preview_template = preview_template,
    .send_test_mail = send_test_mail,
};
}  // namespace ppo_torture
