// SPDX-License-Identifier: Apache-2.0
#include "validate/practice.hpp"

#include "validate/mail_text.hpp"

namespace ppo_validate {
namespace {
constexpr std::uint32_t every_permission = PPO_MAY_ONBOARD | PPO_MAY_SET_PASSWORD |
                                           PPO_MAY_READ_AUDIT | PPO_MAY_CHANGE_SETTINGS;

/// The secret behind the portal's address, in text that was decoded.
std::string link_in(const std::string& text) {
    const auto begin = text.find(portal_url);
    if (begin == std::string::npos) return {};
    const auto secret = begin + portal_url.size() + 1;
    const auto end = text.find_first_of(" \r\n\t<>\"'", secret);
    return text.substr(secret, end == std::string::npos ? end : end - secret);
}

ppo_result PPO_CALL keep_epoch(void* context, const ppo_signed_in* who) {
    *static_cast<std::uint64_t*>(context) = who->session_epoch;
    return PPO_OK;
}
}  // namespace

GoodSettings::GoodSettings(const std::filesystem::path& folder)
    : store_{folder / "portal.db"}, key_file_{folder / "portal.key"} {
    values = fresh<ppo_settings>();
    values.password_memory_kib = 19456;
    values.password_passes = 2;
    values.store = borrow(store_);
    values.key_file = borrow(key_file_);
    values.practice_name = borrow("Elm Street Family Medicine");
    values.practice_phone = borrow("(555) 010-0199");
    values.portal_url = borrow(portal_url);
    values.mail_sender = borrow("portal@example.test");
    values.source_failures_per_hour = 10'000;
    values.source_requests_per_hour = 1000;
    values.source_requests_per_day = 10'000;
}

std::vector<Person> people(int count) {
    std::vector<Person> all;
    for (int i = 1; i <= count; ++i) {
        const std::string number = std::to_string(1000 + i).substr(1);
        Person person;
        person.id = "P" + number;
        person.first_name = "Anna" + number;
        person.last_name = "Weber";
        person.email = "anna" + number + "@example.test";
        all.push_back(person);
    }
    return all;
}

ppo_caller staff() {
    auto caller = fresh<ppo_caller>();
    caller.permissions = every_permission;
    caller.staff_id = borrow("desk-1");
    caller.name = borrow("Dana Desk");
    caller.from = borrow("front desk");
    return caller;
}

ppo_visitor visitor() {
    auto visitor = fresh<ppo_visitor>();
    visitor.from = borrow("203.0.113.7");
    visitor.user_agent = borrow("Browser");
    return visitor;
}

std::string told(std::string_view call, ppo_result result, const ppo_error& error) {
    const std::string_view message{error.message, strnlen(error.message, sizeof error.message)};
    return std::string{call} + " answered " + name_of(result) +
           (message.empty() || result > 0 ? "." : ": " + clean(message));
}

Practice::Practice(const Target& target_plugin, Findings& notes, ModelHost* foreign)
    : target{target_plugin},
      findings{notes},
      library{target_plugin.plugin},
      own_host{foreign == nullptr ? std::make_unique<ModelHost>() : nullptr},
      host{foreign == nullptr ? *own_host : *foreign},
      settings{target_plugin.folder} {
    if (own_host) host.people = people();
    create();
    onboarding = library.table<ppo_onboarding_1>(PPO_ONBOARDING_1);
    selfservice = library.table<ppo_selfservice_1>(PPO_SELFSERVICE_1);
    ui = library.table<ppo_ui_1>(PPO_UI_1);
    report = library.table<ppo_report_1>(PPO_REPORT_1);
}

Practice::~Practice() { library.core().destroy(self); }

void Practice::create() {
    findings.at("create with a good host and good settings");
    auto error = fresh<ppo_error>();
    const ppo_result result = library.core().create(&host.table, &settings.values, &self, &error);
    if (result != PPO_OK || self == nullptr)
        throw CannotGoOn{told("create with a good host and good settings", result, error)};
}

void Practice::restart() {
    library.core().destroy(self);
    self = nullptr;
    create();
}

void Practice::work_until_done() {
    findings.at("work until nothing is due");
    for (int step = 0; step < 10'000; ++step)
        if (library.core().work(self, 50, nullptr) != PPO_MORE) return;
    findings.fail("work has answered PPO_MORE 10,000 times in a row.");
}

void Practice::prepare() {
    if (onboarding == nullptr) return;
    findings.at("preparing: access, invitations, credentials and a batch for good patients");
    const auto caller = staff();
    for (const auto& person : host.people)
        onboarding->set_access(self, &caller, borrow(person.id), 1, nullptr, nullptr);
    for (const char* id : {"P001", "P002", "P003"})
        onboarding->send_invitation(self, &caller, borrow(id), nullptr, nullptr);
    work_until_done();
    link = last_link();
    auto credentials = fresh<ppo_credentials>();
    credentials.username = borrow("anna.weber");
    credentials.password = borrow(good_password);
    onboarding->set_credentials(self, &caller, borrow("P004"), &credentials, nullptr, nullptr);
    if (selfservice != nullptr) {
        const auto guest = visitor();
        const ppo_signed_in_sink sink{&session_epoch, keep_epoch};
        selfservice->sign_in(self, &guest, credentials.username, credentials.password, &sink,
                             nullptr);
    }
    std::vector<ppo_text> ids;
    for (const auto& person : host.people) ids.push_back(borrow(person.id));
    auto selection = fresh<ppo_batch_selection>();
    selection.patient_ids = ids.data();
    selection.patient_id_count = ids.size();
    auto started = fresh<ppo_batch_started>();
    if (onboarding->start_batch(self, &caller, &selection, &started, nullptr) == PPO_OK)
        batch_id = std::string{started.batch_id,
                               strnlen(started.batch_id, sizeof started.batch_id)};
}

std::string Practice::last_link() const {
    const auto mails = host.mails();
    if (mails.empty()) return {};
    const std::string& mail = mails.back();
    const std::string plain = link_in(decode_quoted_printable(mail));
    if (!plain.empty()) return plain;
    for (std::size_t at = 0; (at = mail.find("\r\n\r\n", at)) != std::string::npos; at += 4) {
        const auto end = mail.find("\r\n--", at + 4);
        const std::string link_found = link_in(
            decode_base64(std::string_view{mail}.substr(at + 4, end - at - 4)));
        if (!link_found.empty()) return link_found;
    }
    return {};
}

void Practice::report_complaints() {
    for (const auto& complaint : host.complaints()) findings.fail(complaint);
}
}  // namespace ppo_validate
