// SPDX-License-Identifier: Apache-2.0
#include "boundary/error.hpp"

#include "boundary/instance.hpp"
#include "boundary/misuse.hpp"
#include "domain/refusal_sentence.hpp"
#include "store/fault.hpp"

#include <Poco/Exception.h>
#include <cxxabi.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <new>

namespace ppo {
namespace {
struct Code {
    ppo_result result = 0;
    std::string_view name{};
};
constexpr std::array<Code, 25> codes{{{PPO_MISUSE_NULL, "misuse_null"},
                                      {PPO_MISUSE_STRUCT_SIZE, "misuse_struct_size"},
                                      {PPO_MISUSE_HANDLE, "misuse_handle"},
                                      {PPO_MISUSE_STATE, "misuse_state"},
                                      {PPO_MISUSE_TEXT_TOO_LONG, "misuse_text_too_long"},
                                      {PPO_MISUSE_TEXT_NOT_UTF8, "misuse_text_not_utf8"},
                                      {PPO_MISUSE_TEXT_HAS_NUL, "misuse_text_has_nul"},
                                      {PPO_MISUSE_TEXT_EMPTY, "misuse_text_empty"},
                                      {PPO_MISUSE_VALUE, "misuse_value"},
                                      {PPO_MISUSE_UNKNOWN_ID, "misuse_unknown_id"},
                                      {PPO_MISUSE_SETTING, "misuse_setting"},
                                      {PPO_FAULT_INTERNAL, "fault_internal"},
                                      {PPO_FAULT_MEMORY, "fault_memory"},
                                      {PPO_FAULT_HOST, "fault_host"},
                                      {PPO_FAULT_CLOCK, "fault_clock"},
                                      {PPO_FAULT_LIBRARY, "fault_library"},
                                      {PPO_FAULT_STORE, "fault_store"},
                                      {PPO_FAULT_STORE_UNREADABLE, "fault_store_unreadable"},
                                      {PPO_FAULT_STORE_DAMAGED, "fault_store_damaged"},
                                      {PPO_FAULT_STORE_NEWER, "fault_store_newer"},
                                      {PPO_FAULT_STORE_READ_ONLY, "fault_store_read_only"},
                                      {PPO_FAULT_STORE_BUSY, "fault_store_busy"},
                                      {PPO_FAULT_STORE_FULL, "fault_store_full"},
                                      {PPO_FAULT_STORE_LOST, "fault_store_lost"},
                                      {PPO_FAULT_STORE_UNKNOWN, "fault_store_unknown"}}};

struct Answered {
    Refusal reason{};
    ppo_result result = 0;
};
constexpr std::array<Answered, 56> answered{
    {{Refusal::NotPermitted, PPO_REFUSED_NOT_PERMITTED},
     {Refusal::UnknownPatient, PPO_REFUSED_UNKNOWN_PATIENT},
     {Refusal::AccessNotEnabled, PPO_REFUSED_ACCESS_NOT_ENABLED},
     {Refusal::ChartInactive, PPO_REFUSED_CHART_INACTIVE},
     {Refusal::ChartDeceased, PPO_REFUSED_CHART_DECEASED},
     {Refusal::NoEmail, PPO_REFUSED_NO_EMAIL},
     {Refusal::InvalidEmail, PPO_REFUSED_INVALID_EMAIL},
     {Refusal::OptedOut, PPO_REFUSED_OPTED_OUT},
     {Refusal::CoolingDown, PPO_REFUSED_COOLING_DOWN},
     {Refusal::NoOpenInvitation, PPO_REFUSED_NO_OPEN_INVITATION},
     {Refusal::TooManyMails, PPO_REFUSED_TOO_MANY_MAILS},
     {Refusal::AlreadySignedIn, PPO_REFUSED_ALREADY_SIGNED_IN},
     {Refusal::ChartUnreadable, PPO_REFUSED_CHART_UNREADABLE},
     {Refusal::UsernameTooShort, PPO_REFUSED_USERNAME_TOO_SHORT},
     {Refusal::UsernameTooLong, PPO_REFUSED_USERNAME_TOO_LONG},
     {Refusal::UsernameCharacters, PPO_REFUSED_USERNAME_CHARACTERS},
     {Refusal::UsernameReserved, PPO_REFUSED_USERNAME_RESERVED},
     {Refusal::UsernameTaken, PPO_REFUSED_USERNAME_TAKEN},
     {Refusal::UsernameMissing, PPO_REFUSED_USERNAME_MISSING},
     {Refusal::UsernameOnFile, PPO_REFUSED_USERNAME_ON_FILE},
     {Refusal::PasswordTooShort, PPO_REFUSED_PASSWORD_TOO_SHORT},
     {Refusal::PasswordTooLong, PPO_REFUSED_PASSWORD_TOO_LONG},
     {Refusal::PasswordGuessable, PPO_REFUSED_PASSWORD_GUESSABLE},
     {Refusal::PasswordCharacters, PPO_REFUSED_PASSWORD_CHARACTERS},
     {Refusal::PasswordMissing, PPO_REFUSED_PASSWORD_MISSING},
     {Refusal::LinkUnknown, PPO_REFUSED_LINK_UNKNOWN},
     {Refusal::LinkUsed, PPO_REFUSED_LINK_USED},
     {Refusal::LinkExpired, PPO_REFUSED_LINK_EXPIRED},
     {Refusal::LinkReplaced, PPO_REFUSED_LINK_REPLACED},
     {Refusal::LinkAccessDisabled, PPO_REFUSED_LINK_ACCESS_DISABLED},
     {Refusal::LinkEmailChanged, PPO_REFUSED_LINK_EMAIL_CHANGED},
     {Refusal::LinkCredentialsChanged, PPO_REFUSED_LINK_CREDENTIALS_CHANGED},
     {Refusal::LinkWithdrawn, PPO_REFUSED_LINK_WITHDRAWN},
     {Refusal::LinkRestored, PPO_REFUSED_LINK_RESTORED},
     {Refusal::IdentityMismatch, PPO_REFUSED_IDENTITY_MISMATCH},
     {Refusal::IdentityWait, PPO_REFUSED_IDENTITY_WAIT},
     {Refusal::SignIn, PPO_REFUSED_SIGN_IN},
     {Refusal::FieldEmpty, PPO_REFUSED_FIELD_EMPTY},
     {Refusal::InvalidBirthDate, PPO_REFUSED_INVALID_BIRTH_DATE},
     {Refusal::InvalidPostalCode, PPO_REFUSED_INVALID_POSTAL_CODE},
     {Refusal::Busy, PPO_REFUSED_BUSY},
     {Refusal::StaleCursor, PPO_REFUSED_STALE_CURSOR},
     {Refusal::UnknownBatch, PPO_REFUSED_UNKNOWN_BATCH},
     {Refusal::BatchState, PPO_REFUSED_BATCH_STATE},
     {Refusal::BatchEmpty, PPO_REFUSED_BATCH_EMPTY},
     {Refusal::Template, PPO_REFUSED_TEMPLATE},
     {Refusal::NotADeliveryReport, PPO_REFUSED_NOT_A_DELIVERY_REPORT},
     {Refusal::UnknownMail, PPO_REFUSED_UNKNOWN_MAIL},
     {Refusal::PasswordUnchanged, PPO_REFUSED_PASSWORD_UNCHANGED},
     {Refusal::Declined, PPO_REFUSED_DECLINED},
     {Refusal::Deferred, PPO_REFUSED_DEFERRED},
     {Refusal::DateNotAhead, PPO_REFUSED_DATE_NOT_AHEAD},
     {Refusal::TooManyTries, PPO_REFUSED_TOO_MANY_TRIES},
     {Refusal::TooManyViews, PPO_REFUSED_TOO_MANY_VIEWS},
     {Refusal::UnknownSavedView, PPO_REFUSED_UNKNOWN_SAVED_VIEW},
     {Refusal::ViewName, PPO_REFUSED_VIEW_NAME}}};

constexpr bool in_order_of_the_enum() {
    for (std::size_t i = 0; i < answered.size(); ++i)
        if (answered.at(i).reason != static_cast<Refusal>(i)) return false;
    return true;
}
static_assert(in_order_of_the_enum(), "every refusal has its result, in the order of the enum");

ppo_result to_result(StoreFault::Kind kind) {
    switch (kind) {
    case StoreFault::Kind::Failed: return PPO_FAULT_STORE;
    case StoreFault::Kind::Unreadable: return PPO_FAULT_STORE_UNREADABLE;
    case StoreFault::Kind::Damaged: return PPO_FAULT_STORE_DAMAGED;
    case StoreFault::Kind::Newer: return PPO_FAULT_STORE_NEWER;
    case StoreFault::Kind::ReadOnly: return PPO_FAULT_STORE_READ_ONLY;
    case StoreFault::Kind::Busy: return PPO_FAULT_STORE_BUSY;
    case StoreFault::Kind::Full: return PPO_FAULT_STORE_FULL;
    case StoreFault::Kind::Keys: return PPO_FAULT_KEYS;
    case StoreFault::Kind::Lost: return PPO_FAULT_STORE_LOST;
    case StoreFault::Kind::Conflict: return PPO_FAULT_STORE_BUSY;
    case StoreFault::Kind::Unknown: return PPO_FAULT_STORE_UNKNOWN;
    }
    return PPO_FAULT_STORE;
}

/// Cuts between characters, never inside one.
template <std::size_t Size>
void copy_text(char (&to)[Size], std::string_view text) noexcept {
    std::size_t size = std::min(text.size(), Size - 1);
    if (size < text.size())
        while (size > 0 && (static_cast<unsigned char>(text[size]) & 0xC0) == 0x80) --size;
    if (size > 0) std::memcpy(to, text.data(), size);  // An empty text may have no data at all.
    to[size] = '\0';
}

/// Tells the host's log what broke: the code, never a value.
ppo_result fault(ppo_error* error, const Instance* instance, ppo_result result,
                 std::string_view message) {
    write_error(error, result, result_code(result), {}, message, 0);
    if (instance != nullptr) instance->log(PPO_LOG_ERROR, message);
    return result;
}
}  // namespace

ppo_result to_result(Refusal reason) {
    const auto place = static_cast<std::size_t>(reason);
    return place < answered.size() ? answered.at(place).result : PPO_FAULT_INTERNAL;
}

std::string_view result_code(ppo_result result) {
    if (result == PPO_FAULT_KEYS) return "fault_keys";
    const auto found = std::find_if(codes.begin(), codes.end(),
                                    [result](const Code& code) { return code.result == result; });
    return found == codes.end() ? std::string_view{"fault_internal"} : found->name;
}

void write_error(ppo_error* error, ppo_result result, std::string_view code, std::string_view field,
                 std::string_view message, std::int64_t retry_after_ms) noexcept {
    if (error == nullptr) return;
    if (PPO_HAS(ppo_error, error, result)) error->result = result;
    if (PPO_HAS(ppo_error, error, retry_after_ms)) error->retry_after_ms = retry_after_ms;
    if (PPO_HAS(ppo_error, error, code)) copy_text(error->code, code);
    if (PPO_HAS(ppo_error, error, field)) copy_text(error->field, field);
    if (PPO_HAS(ppo_error, error, message)) copy_text(error->message, message);
}

ppo_result answer(const Outcome& outcome, ppo_error* error) {
    if (!outcome.refused()) return outcome.good();
    const Refused& refused = *outcome.refused();
    const auto result = to_result(refused.reason);
    write_error(error, result, refusal_code(refused.reason), refused.field,
                refusal_sentence(refused, outcome.language()), refused.retry_after.count());
    return result;
}

ppo_result answer_exception(ppo_error* error, const Instance* instance) {
    try {
        throw;
    } catch (abi::__forced_unwind&) {
        throw;  // The host cancels its thread; swallowing that would end the process.
    } catch (const Misuse& misuse) {
        write_error(error, misuse.result(), result_code(misuse.result()), misuse.field(),
                    misuse.what(), 0);
        return misuse.result();
    } catch (const HostFault& broken) {
        return fault(error, instance, broken.result(), broken.what());
    } catch (const StoreFault& broken) {
        return fault(error, instance, to_result(broken.kind()), broken.what());
    } catch (const std::bad_alloc&) {
        return fault(error, instance, PPO_FAULT_MEMORY, "Memory has run out.");
    } catch (const Poco::Exception& broken) {
        return fault(error, instance, PPO_FAULT_INTERNAL,
                     broken.name());  // Its text could hold a value.
    } catch (const std::exception&) {
        return fault(error, instance, PPO_FAULT_INTERNAL, "Something broke inside the plugin.");
    } catch (...) {
        return fault(error, instance, PPO_FAULT_INTERNAL,
                     "Something unknown broke inside the plugin.");
    }
}
}  // namespace ppo
