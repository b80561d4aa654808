// SPDX-License-Identifier: Apache-2.0
#include "boundary/host.hpp"

#include "boundary/convert.hpp"
#include "mail/header_encoder.hpp"
#include "mail/mail_message.hpp"
#include "mail/smtp_reply.hpp"

#include <exception>

namespace ppo {
namespace {
constexpr ppo_time year_2020 = 1'577'836'800'000;
constexpr ppo_time year_2100 = 4'102'444'800'000;

template <class Table>
const Table* ask_for(const ppo_host& host, std::string_view id) {
    const auto* table = static_cast<const Table*>(host.query(host.context, id.data(), id.size()));
    if (table != nullptr) check_table(table, table->struct_size, sizeof(Table), "host interface");
    return table;
}

const ppo_host& offered(const ppo_host* host) {
    check_table(host, host == nullptr ? 0 : host->struct_size, sizeof(ppo_host), "host");
    return *host;
}

template <class Function>
void require(Function function, const char* name) {
    if (function == nullptr)
        throw Misuse{PPO_MISUSE_NULL, name, "A function that the host must have is NULL."};
}

ppo_error empty_error() {
    ppo_error error{};
    error.struct_size = sizeof error;
    return error;
}

/// What crosses C while a host function runs: an exception must not, so it waits here.
template <class Take>
struct Carrier {
    Take& take;
    std::exception_ptr failure{};

    template <class Item>
    ppo_result put(const Item& item) noexcept {
        try {
            return take(item);
        } catch (const Misuse& misuse) {
            return misuse.result();
        } catch (...) {
            failure = std::current_exception();
            return PPO_STOPPED;
        }
    }
};

ppo_result PPO_CALL put_patient_into(void* context, const ppo_patient* patient) {
    using Take = std::function<ppo_result(const ppo_patient*)>;
    return static_cast<Carrier<Take>*>(context)->put(patient);
}

struct KeyBytes {
    std::string_view id{};
    const std::uint8_t* bytes = nullptr;
    std::size_t size = 0;
};

ppo_result PPO_CALL put_key_into(void* context, const char* id, std::size_t id_size,
                                 const std::uint8_t* key, std::size_t key_size) {
    using Take = std::function<ppo_result(const KeyBytes&)>;
    return static_cast<Carrier<Take>*>(context)->put(
        KeyBytes{{id, id == nullptr ? 0 : id_size}, key, key_size});
}

/// The host's words on a mail, cleaned as a mail server's are: they reach the store and the screen.
std::string clean_words(const ppo_error& error, const std::string& recipient) {
    const std::string_view code_in_front{"0 "};  // Of a server's reply; a host has none.
    return clean_reason({0, {error.message}}, recipient).substr(code_in_front.size());
}

std::string why_down(const std::string& reason) {
    return "The host's mail transport failed" + (reason.empty() ? "." : ": " + reason);
}

/// Hands mails to the host, written as it wants them.
class HostMail : public Transport {
public:
    HostMail(const ppo_host_mail_1& mail, void* context) : mail_{mail}, context_{context} {}

    void walk(const OutgoingMail* mail, const TellStep& tell) override {
        if (mail == nullptr)
            return tell({"host", true, "The host hands mails on; whether they arrive, it tells."});
        const auto delivery = send(*mail, [] {});
        if (delivery.state == DeliveryState::Sent)
            tell({"host", true, "The host took the mail."});
        else
            tell({"host", false,
                  "The host did not take the mail: " + delivery.reason +
                      " Look at the host's own settings for mail."});
    }

    Delivery send(const OutgoingMail& mail, const Leaving& leaving) override {
        std::string message;
        try {
            message = write_message(mail);
        } catch (const UnwritableHeader& bad) {
            return {DeliveryState::Failed, bad.what(), false};
        }
        ppo_mail out{};
        out.struct_size = sizeof out;
        out.message_id = to_text(mail.message_id);
        out.sender = to_text(mail.sender_address);
        out.recipient = to_text(mail.recipient);
        out.message = to_text(message);
        auto error = empty_error();
        leaving();
        const auto result = mail_.send_mail(context_, &out, &error);
        error.message[sizeof error.message - 1] = '\0';
        const auto reason = clean_words(error, mail.recipient);
        switch (result) {
        case PPO_OK: return {DeliveryState::Sent, {}, false};
        case PPO_REFUSED_MAIL_REJECTED: return {DeliveryState::Failed, reason, false};
        case PPO_REFUSED_MAIL_UNKNOWN: return {DeliveryState::Unknown, reason, false};
        case PPO_REFUSED_MAIL_DEFERRED: return {DeliveryState::Deferred, reason, false};
        default: return {DeliveryState::Deferred, why_down(reason), true};
        }
    }

private:
    const ppo_host_mail_1& mail_;
    void* context_;
};
}  // namespace

Host::Host(const ppo_host* host) : host_{offered(host)} {
    if (host_.abi_major != PPO_ABI_MAJOR)
        throw Misuse{PPO_MISUSE_VALUE, "abi_major",
                     "The host speaks another major version of the ABI than 1."};
    require(host_.log, "log");
    require(host_.now, "now");
    require(host_.query, "query");
    directory_ = ask_for<ppo_host_directory_1>(host_, PPO_HOST_DIRECTORY_1);
    secrets_ = ask_for<ppo_host_secrets_1>(host_, PPO_HOST_SECRETS_1);
    mail_ = ask_for<ppo_host_mail_1>(host_, PPO_HOST_MAIL_1);
    ui_ = ask_for<ppo_host_ui_1>(host_, PPO_HOST_UI_1);
    sessions_ = ask_for<ppo_host_sessions_1>(host_, PPO_HOST_SESSIONS_1);
    audit_ = ask_for<ppo_host_audit_1>(host_, PPO_HOST_AUDIT_1);
    if (directory_ != nullptr) {
        require(directory_->get_patient, "get_patient");
        require(directory_->each_patient, "each_patient");
    }
    if (secrets_ != nullptr) require(secrets_->each_key, "each_key");
    if (mail_ != nullptr) require(mail_->send_mail, "send_mail");
    if (ui_ != nullptr) require(ui_->refresh, "refresh");
    if (sessions_ != nullptr) require(sessions_->end_sessions, "end_sessions");
    if (audit_ != nullptr) require(audit_->checkpoint, "checkpoint");
}

void Host::log(std::int32_t level, std::string_view text) const {
    constexpr std::size_t longest_line = 512;
    host_.log(host_.context, level, text.data(), std::min(text.size(), longest_line));
}

UnixTime Host::now() const {
    const ppo_time now = host_.now(host_.context);
    if (now < year_2020 || now > year_2100)
        throw HostFault{PPO_FAULT_CLOCK, "The host's clock told an impossible time."};
    return from_milliseconds(now);
}

std::optional<Patient> Host::find_patient(const std::string& patient_id) const {
    std::optional<Patient> found;
    bool is_unusable = false;
    std::function<ppo_result(const ppo_patient*)> take = [&](const ppo_patient* patient) {
        is_unusable = true;
        found = to_patient(patient);
        is_unusable = false;
        return PPO_OK;
    };
    Carrier<decltype(take)> carrier{take};
    const ppo_patient_sink sink{&carrier, put_patient_into};
    auto error = empty_error();
    const auto result = directory_->get_patient(host_.context, patient_id.data(), patient_id.size(),
                                                &sink, &error);
    if (carrier.failure) std::rethrow_exception(carrier.failure);
    if (result == PPO_REFUSED_UNKNOWN_PATIENT) return std::nullopt;
    if (is_unusable) throw UnusableChart{"The host's chart of this patient cannot be used."};
    if (result != PPO_OK || !found || found->id != patient_id)
        throw HostFault{PPO_FAULT_HOST, "The host could not say who this patient is."};
    return found;
}

Host::DirectoryRead Host::each_patient(
    const std::function<void(Patient)>& take_one,
    const std::function<void(const std::string&)>& leave_one) const {
    DirectoryRead read;
    std::function<ppo_result(const ppo_patient*)> take =
        [&](const ppo_patient* patient) -> ppo_result {
        std::optional<Patient> usable;
        try {
            usable = to_patient(patient);
        } catch (const Misuse& misuse) {
            ++read.left_out;
            if (const auto id = id_of_unusable(patient)) leave_one(*id);
            return misuse.result();
        }
        ++read.taken;
        take_one(std::move(*usable));
        return PPO_OK;
    };
    Carrier<decltype(take)> carrier{take};
    const ppo_patient_sink sink{&carrier, put_patient_into};
    auto error = empty_error();
    const auto result = directory_->each_patient(host_.context, &sink, &error);
    if (carrier.failure) std::rethrow_exception(carrier.failure);
    if (result != PPO_OK)
        throw HostFault{PPO_FAULT_HOST, "The host's directory could not be read to its end."};
    return read;
}

std::vector<RootKey> Host::keys() const {
    std::vector<RootKey> keys;
    if (secrets_ == nullptr) return keys;
    std::function<ppo_result(const KeyBytes&)> take = [&](const KeyBytes& given) -> ppo_result {
        RootKey key;
        const bool good = is_key_id(given.id) && given.bytes != nullptr &&
                          given.size == key.bytes.size();
        if (!good)
            throw HostFault{PPO_FAULT_KEYS,
                            "A key of the host is not 32 bytes with an id of [a-z0-9-]."};
        const bool is_twin = std::any_of(keys.begin(), keys.end(), [&given](const RootKey& known) {
            return known.id == given.id;
        });
        if (is_twin) throw HostFault{PPO_FAULT_KEYS, "The host gave two keys with one id."};
        key.id = given.id;
        std::copy_n(given.bytes, given.size, key.bytes.begin());
        keys.push_back(key);
        return PPO_OK;
    };
    Carrier<decltype(take)> carrier{take};
    const ppo_key_sink sink{&carrier, put_key_into};
    auto error = empty_error();
    const auto result = secrets_->each_key(host_.context, &sink, &error);
    if (carrier.failure) std::rethrow_exception(carrier.failure);
    if (result != PPO_OK || keys.empty())
        throw HostFault{PPO_FAULT_KEYS, "The host has a secrets interface, but gave no key."};
    return keys;
}

std::unique_ptr<Transport> Host::mail_transport() const {
    return std::make_unique<HostMail>(*mail_, host_.context);
}

void Host::refresh(std::string_view patient_id) const {
    if (ui_ != nullptr) ui_->refresh(host_.context, patient_id.data(), patient_id.size());
}

void Host::end_sessions(std::string_view patient_id) const {
    if (sessions_ != nullptr)
        sessions_->end_sessions(host_.context, patient_id.data(), patient_id.size());
}

bool Host::checkpoint(std::int64_t sequence, std::string_view mac, UnixTime at) const {
    const ppo_checkpoint out{static_cast<std::uint64_t>(sequence), to_milliseconds(at),
                             to_text(mac)};
    auto error = empty_error();
    return audit_->checkpoint(host_.context, &out, &error) == PPO_OK;
}
}  // namespace ppo
