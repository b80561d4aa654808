// SPDX-License-Identifier: Apache-2.0
// The slots that the portal and the reading of report and audit need.
#include "host/calls.hpp"
#include "host/instance.hpp"
#include "host/sinks.hpp"

#include <algorithm>

namespace ppo_sim {
namespace {
ppo_visitor to_abi(const Visitor& visitor) {
    return {sizeof(ppo_visitor), 0, borrow(visitor.from), borrow(visitor.user_agent),
            borrow(visitor.language)};
}

ppo_link_answers to_abi(const LinkAnswers& answers) {
    return {sizeof(ppo_link_answers), 0, borrow(answers.link), borrow(answers.birth_date),
            borrow(answers.postal_code)};
}

template <typename Call>
Answer ask_for(const Visitor& visitor, const Call& call) {
    const ppo_visitor who = to_abi(visitor);
    return ask([&](ppo_error* error) { return call(&who, error); });
}
}  // namespace

ppo_report_query to_abi(const ReportQuery& query) {
    ppo_report_query out{};
    out.struct_size = sizeof out;
    out.sort = query.sort;
    out.descending = query.descending ? 1 : 0;
    out.statuses = query.statuses;
    out.marks = query.marks;
    out.access_enabled = query.access_enabled;
    out.has_username = query.has_username;
    out.search = borrow(query.search);
    out.tag = borrow(query.tag);
    out.provider = borrow(query.provider);
    out.appointment_after = query.appointment_after;
    out.appointment_before = query.appointment_before;
    out.cursor = borrow(query.cursor);
    out.limit = query.limit;
    out.columns = query.columns.empty() ? nullptr : query.columns.data();
    out.column_count = query.columns.size();
    return out;
}

Answer Instance::read_report(const Staff& staff, const ReportQuery& query, ReportPage& out) const {
    const ppo_report_query asked = to_abi(query);
    const ppo_rows_sink sink{&out, [](void* context, const ppo_rows* rows) -> ppo_result {
                                 try {
                                     add_rows(*static_cast<ReportPage*>(context), *rows);
                                     return PPO_OK;
                                 } catch (...) {
                                     return PPO_FAULT_HOST;
                                 }
                             }};
    return ask_as(staff, [&](const ppo_caller* caller, ppo_error* error) {
        return plugin_.report().read(handle_, caller, &asked, &sink, error);
    });
}

Answer Instance::count_report(const Staff& staff, const ReportQuery& query, Counts& out) const {
    const ppo_report_query asked = to_abi(query);
    ppo_report_counts counts{};
    counts.struct_size = sizeof counts;
    const Answer answer = ask_as(staff, [&](const ppo_caller* caller, ppo_error* error) {
        return plugin_.report().count(handle_, caller, &asked, &counts, error);
    });
    if (answer.good()) out = copy_of(counts);
    return answer;
}

Answer Instance::write_report(const Staff& staff, const ReportQuery& query,
                              const std::string& format,
                              const std::function<void(std::string_view)>& put) const {
    const ppo_report_query asked = to_abi(query);
    const ppo_text_sink sink = sink_to(put);
    return ask_as(staff, [&](const ppo_caller* caller, ppo_error* error) {
        return plugin_.report().write(handle_, caller, &asked, borrow(format), &sink, error);
    });
}

Answer Instance::analyse_report(const Staff& staff, const ReportQuery& query,
                                std::uint32_t group_by, std::vector<ReportGroup>& out) const {
    const ppo_report_query asked = to_abi(query);
    const auto sink = sink_behind<ppo_report_group_sink, ppo_report_group>(out);
    return ask_as(staff, [&](const ppo_caller* caller, ppo_error* error) {
        return plugin_.report().analyse(handle_, caller, &asked, group_by, &sink, error);
    });
}

Answer Instance::open_link(const Visitor& visitor, const std::string& link, LinkPage& out) const {
    const auto sink = sink_into<ppo_link_page_sink, ppo_link_page>(out);
    return ask_for(visitor, [&](const ppo_visitor* who, ppo_error* error) {
        return plugin_.selfservice().open_link(handle_, who, borrow(link), &sink, error);
    });
}

Answer Instance::confirm_identity(const Visitor& visitor, const LinkAnswers& answers,
                                  LinkPage& out) {
    const ppo_link_answers given = to_abi(answers);
    const auto sink = sink_into<ppo_link_page_sink, ppo_link_page>(out);
    return ask_for(visitor, [&](const ppo_visitor* who, ppo_error* error) {
        return plugin_.selfservice().confirm_identity(handle_, who, &given, &sink, error);
    });
}

Answer Instance::check_username(const Visitor& visitor, const LinkAnswers& answers,
                                const std::string& username, UsernameVerdict& out) const {
    const ppo_link_answers given = to_abi(answers);
    const auto sink = sink_into<ppo_username_verdict_sink, ppo_username_verdict>(out);
    return ask_for(visitor, [&](const ppo_visitor* who, ppo_error* error) {
        return plugin_.selfservice().check_username(handle_, who, &given, borrow(username), &sink,
                                                    error);
    });
}

Answer Instance::complete_setup(const Visitor& visitor, const LinkAnswers& answers,
                                const std::optional<std::string>& username,
                                const std::string& password) {
    const ppo_link_answers given = to_abi(answers);
    const ppo_text chosen = username ? borrow(*username) : ppo_text{nullptr, 0};
    return ask_for(visitor, [&](const ppo_visitor* who, ppo_error* error) {
        return plugin_.selfservice().complete_setup(handle_, who, &given, chosen, borrow(password),
                                                    error);
    });
}

Answer Instance::renew_link(const Visitor& visitor, const std::string& link) {
    return ask_for(visitor, [&](const ppo_visitor* who, ppo_error* error) {
        return plugin_.selfservice().renew_link(handle_, who, borrow(link), error);
    });
}

Answer Instance::request(const Visitor& visitor, std::uint32_t what, const Identity& identity) {
    const ppo_identity facts{sizeof(ppo_identity),       0,
                             borrow(identity.email),     borrow(identity.birth_date),
                             borrow(identity.last_name), borrow(identity.postal_code)};
    return ask_for(visitor, [&](const ppo_visitor* who, ppo_error* error) {
        return plugin_.selfservice().request(handle_, who, what, &facts, error);
    });
}

Answer Instance::sign_in(const Visitor& visitor, const std::string& username,
                         const std::string& password, SignedIn& out) {
    const auto sink = sink_into<ppo_signed_in_sink, ppo_signed_in>(out);
    return ask_for(visitor, [&](const ppo_visitor* who, ppo_error* error) {
        return plugin_.selfservice().sign_in(handle_, who, borrow(username), borrow(password),
                                             &sink, error);
    });
}

Answer Instance::change_password(const Visitor& visitor, const std::string& patient_id,
                                 const std::string& current_password,
                                 const std::string& new_password, std::uint64_t& session_epoch) {
    return ask_for(visitor, [&](const ppo_visitor* who, ppo_error* error) {
        return plugin_.selfservice().change_password(handle_, who, borrow(patient_id),
                                                     borrow(current_password), borrow(new_password),
                                                     &session_epoch, error);
    });
}

Answer Instance::get_mail_choice(const Visitor& visitor, const std::string& patient_id,
                                 MailChoice& out) const {
    ppo_mail_choice choice{sizeof(ppo_mail_choice), 0};
    const Answer answer = ask_for(visitor, [&](const ppo_visitor* who, ppo_error* error) {
        return plugin_.selfservice().get_mail_choice(handle_, who, borrow(patient_id), &choice,
                                                     error);
    });
    if (answer.good())
        out = {(choice.flags & PPO_MAIL_CHOICE_MAIL_ME) != 0,
               (choice.flags & PPO_MAIL_CHOICE_CHART_SAYS_NO) != 0};
    return answer;
}

Answer Instance::set_mail_choice(const Visitor& visitor, const std::string& patient_id,
                                 bool mail_me) {
    return ask_for(visitor, [&](const ppo_visitor* who, ppo_error* error) {
        return plugin_.selfservice().set_mail_choice(handle_, who, borrow(patient_id),
                                                     mail_me ? 1 : 0, error);
    });
}

Answer Instance::check_session(const Visitor& visitor, const std::string& patient_id,
                               std::uint64_t session_epoch) const {
    return ask_for(visitor, [&](const ppo_visitor* who, ppo_error* error) {
        return plugin_.selfservice().check_session(handle_, who, borrow(patient_id), session_epoch,
                                                   error);
    });
}

Answer Instance::read_audit(const Staff& staff, const std::string& patient_id,
                            std::uint64_t after_sequence, std::uint64_t limit,
                            std::vector<AuditEntry>& out) const {
    const ppo_audit_query query{sizeof(ppo_audit_query), 0, after_sequence, limit,
                                borrow(patient_id)};
    const auto sink = sink_behind<ppo_audit_sink, ppo_audit_entry>(out);
    return ask_as(staff, [&](const ppo_caller* caller, ppo_error* error) {
        return plugin_.audit().read(handle_, caller, &query, &sink, error);
    });
}

Answer Instance::verify_audit(const Staff& staff, const std::vector<Checkpoint>& checkpoints,
                              AuditVerdict& out) const {
    std::vector<ppo_checkpoint> given;
    given.reserve(checkpoints.size());
    for (const auto& checkpoint : checkpoints)
        given.push_back({checkpoint.sequence, checkpoint.at, borrow(checkpoint.mac)});
    ppo_audit_verdict verdict{};
    verdict.struct_size = sizeof verdict;
    const Answer answer = ask_as(staff, [&](const ppo_caller* caller, ppo_error* error) {
        return plugin_.audit().verify_against(handle_, caller, given.data(), given.size(), &verdict,
                                              error);
    });
    if (answer.good())
        out = {verdict.intact == 1, verdict.entries, verdict.first_bad_sequence, verdict.flaw};
    return answer;
}
}  // namespace ppo_sim
