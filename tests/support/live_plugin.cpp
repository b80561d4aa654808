// SPDX-License-Identifier: Apache-2.0
#include "support/live_plugin.hpp"

#include "boundary/tables.hpp"
#include "mail/mime_reader.hpp"
#include "support/postgres_admin.hpp"

#include <stdexcept>

namespace ppo {
namespace {
template <class Table>
const Table& table_of(std::string_view id) {
    const void* table = plugin_table.query(to_text(id));
    if (table == nullptr) throw std::logic_error{"the plugin lacks a table"};
    return *static_cast<const Table*>(table);
}

void must(ppo_result result, const char* what) {
    if (result != PPO_OK)
        throw std::runtime_error{std::string{what} + " answered " + std::to_string(result)};
}
}  // namespace

TestSettings::TestSettings() {
    given = fresh<ppo_settings>();
    given.password_memory_kib = 19'456;
    given.password_passes = 2;
    if (const auto server = test_server()) {
        database_ = std::make_unique<TestDatabase>(*server);
        given.state_folder = keep(folder_.path());
        given.store = keep(database_->address());
    } else {
        given.store = keep(file("portal.db"));
    }
    given.practice_name = keep("Elm Practice");
    given.practice_phone = keep("(555) 010-0199");
    given.portal_url = keep("https://portal.example.org/link");
    given.mail_sender = keep("portal@elm.example.org");
}

TestSettings::~TestSettings() = default;

std::string TestSettings::key_file() const {
    return file(is_on_server() ? "portal.key" : "portal.db.key");
}

std::unique_ptr<Connection> TestSettings::connect() const {
    return connect_to(behind_its_back(), Connection::Role::Writer);
}

std::string TestSettings::behind_its_back() const {
    return database_ ? database_->administrators_address() : copy_of(given.store);
}

ppo_text TestSettings::keep(std::string text) {
    kept_.push_back(std::make_unique<std::string>(std::move(text)));
    return to_text(*kept_.back());
}

LivePlugin::LivePlugin(const Change& change)
    : caller{sizeof caller, PPO_MAY_ONBOARD | PPO_MAY_SET_PASSWORD | PPO_MAY_READ_AUDIT,
             to_text("nurse-1"), to_text("Nora Nurse"), to_text("desk-2")},
      visitor{sizeof visitor, 0, to_text("203.0.113.7"), to_text("Browser"), {}} {
    host.patients = {anna(), bruno()};
    if (change) change(host, settings);
    restart();
}

LivePlugin::~LivePlugin() {
    host.meanwhile = {};  // It borrows from a test that is over, and ending tells a checkpoint.
    plugin_table.destroy(self);
}

void LivePlugin::restart() {
    plugin_table.destroy(self);
    self = nullptr;
    auto error = fresh_error();
    if (plugin_table.create(&host.table, &settings.given, &self, &error) != PPO_OK)
        throw std::runtime_error{std::string{"create: "} + error.code + " " + error.message};
}

void LivePlugin::work() {
    ppo_result result = PPO_MORE;
    while (result == PPO_MORE) result = plugin_table.work(self, 0, nullptr);
    must(result, "work");
}

void LivePlugin::enable(std::string_view patient_id) {
    must(onboarding().set_access(self, &caller, to_text(patient_id), 1, nullptr, nullptr),
         "set_access");
}

std::string LivePlugin::invited(std::string_view patient_id) {
    enable(patient_id);
    must(onboarding().send_invitation(self, &caller, to_text(patient_id), nullptr, nullptr),
         "invite");
    work();
    return links_in(host.mails().back()).at(0);
}

void LivePlugin::set_up(std::string_view patient_id, std::string_view username,
                        std::string_view password) {
    const auto link = invited(patient_id);
    std::string birth_date;
    for (const auto& patient : host.patients)
        if (patient.id == patient_id) birth_date = patient.birth_date;
    const auto given = answers(link, birth_date);
    must(selfservice().complete_setup(self, &visitor, &given, to_text(username), to_text(password),
                                      nullptr),
         "complete_setup");
}

ppo_result LivePlugin::sign_in(std::string_view username, std::string_view password) {
    const SignedInSink sink{[](const ppo_signed_in&) { return PPO_OK; }};
    return selfservice().sign_in(self, &visitor, to_text(username), to_text(password), sink,
                                 nullptr);
}

ppo_link_answers LivePlugin::answers(std::string_view link, std::string_view birth_date) const {
    auto given = fresh<ppo_link_answers>();
    given.link = to_text(link);
    given.birth_date = to_text(birth_date);
    return given;
}

ppo_account LivePlugin::account(std::string_view patient_id) {
    ppo_account found{};
    const AccountSink sink{[&](const ppo_account& account) {
        found = account;
        return PPO_OK;
    }};
    must(onboarding().get_account(self, &caller, to_text(patient_id), sink, nullptr),
         "get_account");
    return found;
}

std::string LivePlugin::store_bytes() const { return bytes_of_store(settings.behind_its_back()); }

const ppo_onboarding_1& LivePlugin::onboarding() {
    return table_of<ppo_onboarding_1>(PPO_ONBOARDING_1);
}
const ppo_selfservice_1& LivePlugin::selfservice() {
    return table_of<ppo_selfservice_1>(PPO_SELFSERVICE_1);
}
const ppo_report_1& LivePlugin::report() { return table_of<ppo_report_1>(PPO_REPORT_1); }
const ppo_audit_1& LivePlugin::audit() { return table_of<ppo_audit_1>(PPO_AUDIT_1); }
const ppo_ui_1& LivePlugin::ui() { return table_of<ppo_ui_1>(PPO_UI_1); }

std::string text_of_mail(const FakeHost::Mail& mail) {
    const auto message = ppo_test::read_message(mail.message);
    return ppo_test::read_base64(ppo_test::read_parts(message).at(0).body);
}

std::vector<std::string> links_in(const FakeHost::Mail& mail) {
    const auto text = text_of_mail(mail);
    const std::string before = "https://portal.example.org/link/";
    constexpr std::size_t link_length = 43;
    std::vector<std::string> links;
    for (auto at = text.find(before); at != std::string::npos; at = text.find(before, at + 1))
        links.push_back(text.substr(at + before.size(), link_length));
    return links;
}
}  // namespace ppo
