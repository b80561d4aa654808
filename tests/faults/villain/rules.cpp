// SPDX-License-Identifier: Apache-2.0
#include "faults/villain/rules.hpp"

namespace ppo_test {
using ppo::DeliveryState;

std::string name_of(Step step) {
    switch (step) {
    case Step::Connect: return "connect";
    case Step::Greeting: return "greeting";
    case Step::Ehlo: return "EHLO";
    case Step::StartTls: return "STARTTLS";
    case Step::Handshake: return "TLS handshake";
    case Step::SecondEhlo: return "second EHLO";
    case Step::Auth: return "AUTH";
    case Step::Mail: return "MAIL";
    case Step::Recipient: return "RCPT";
    case Step::Data: return "DATA";
    case Step::Body: return "mid-body";
    case Step::Dot: return "final dot";
    case Step::Quit: return "QUIT";
    }
    return {};
}

std::string name_of(Trick trick) {
    switch (trick) {
    case Trick::Says421: return "421";
    case Trick::Says4xx: return "4xx";
    case Trick::Says5xx: return "5xx";
    case Trick::Garbage: return "garbage";
    case Trick::Nul: return "NUL";
    case Trick::LongLine: return "64 KiB line";
    case Trick::Truncated: return "truncated";
    case Trick::Endless: return "endless";
    case Trick::WrongCode: return "wrong code";
    case Trick::ExtraReply: return "extra reply";
    case Trick::Close: return "close";
    case Trick::Reset: return "reset";
    case Trick::Stall: return "stall";
    case Trick::Drip: return "drip";
    case Trick::NoStartTls: return "no STARTTLS";
    case Trick::SelfSigned: return "self-signed";
    case Trick::WrongName: return "wrong name";
    case Trick::Expired: return "expired";
    }
    return {};
}

std::string why_not(const Cell& cell) {
    const Trick trick = cell.trick;
    const bool is_of_a_certificate = trick == Trick::SelfSigned || trick == Trick::WrongName ||
                                     trick == Trick::Expired;
    if (is_of_a_certificate != (cell.step == Step::Handshake) && is_of_a_certificate)
        return "a certificate is shown in the handshake alone";
    if (trick == Trick::NoStartTls && cell.step != Step::Ehlo)
        return "encryption is offered in the answer to EHLO alone";
    const bool is_of_the_network = trick == Trick::Close || trick == Trick::Reset ||
                                   trick == Trick::Stall;
    if (cell.step == Step::Connect && !is_of_the_network)
        return "nothing can be said before there is a connection";
    const bool is_of_replies = trick == Trick::WrongCode || trick == Trick::ExtraReply;
    if (cell.step == Step::Handshake && is_of_replies)
        return "a handshake has no replies; words before it are the extra reply to STARTTLS";
    if (cell.step == Step::Body && trick == Trick::ExtraReply)
        return "no reply is due in the text, so any is the wrong code";
    return {};
}

Expected expected_of(const Cell& cell) {
    const Step step = cell.step;
    const Trick trick = cell.trick;
    constexpr bool broken = true;
    constexpr bool left = true;

    // QUIT comes when the mail is settled: nothing that happens then takes it back.
    if (step == Step::Quit) return {DeliveryState::Sent, !broken, left};

    if (step == Step::Dot) {
        // The server has the whole mail. What it says clearly counts; whatever follows that is no
        // answer to this mail.
        if (trick == Trick::Says421) return {DeliveryState::Deferred, broken, left};
        if (trick == Trick::Says4xx) return {DeliveryState::Deferred, !broken, left};
        if (trick == Trick::Says5xx) return {DeliveryState::Failed, !broken, left};
        if (trick == Trick::ExtraReply) return {DeliveryState::Sent, !broken, left};
        // Anything else leaves open whether it took the mail, and shows that it is not well.
        return {DeliveryState::Unknown, broken, left};
    }

    // Nowhere before the final dot can the server have taken the mail, so it is safe to try again.
    const bool has_left = step == Step::Body;
    if (trick == Trick::Says4xx || trick == Trick::Says5xx) {
        // A clear word on this recipient or this text is this mail's own affair; a clear no to us,
        // at MAIL or before it, every mail would get.
        const bool is_of_this_mail = step == Step::Recipient || step == Step::Data ||
                                     step == Step::Body;
        if (is_of_this_mail && trick == Trick::Says5xx)
            return {DeliveryState::Failed, !broken, has_left};
        if (is_of_this_mail) return {DeliveryState::Deferred, !broken, has_left};
        // "Not now" to MAIL is greylisting as often as not: this mail waits, the others are tried.
        const bool is_greylisting = step == Step::Mail && trick == Trick::Says4xx;
        return {DeliveryState::Deferred, !is_greylisting, has_left};
    }
    return {DeliveryState::Deferred, broken, has_left};
}
}  // namespace ppo_test
