// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "domain/portal_status.hpp"
#include "domain/refusal_sentence.hpp"
#include "domain/result.hpp"
#include "store/fault.hpp"
#include "store/invitation_table.hpp"

#include <cppunit/TestAssert.h>

#include <ostream>
#include <stdexcept>
#include <string>

// How values of the product read in the message of a failed test.
namespace ppo {
inline std::ostream& operator<<(std::ostream& out, PortalStatus status) {
    return out << status_colour(status);
}
inline std::ostream& operator<<(std::ostream& out, Refusal refusal) {
    return out << refusal_code(refusal);
}
inline std::ostream& operator<<(std::ostream& out, MailState state) {
    return out << "mail state " << static_cast<int>(state);
}
inline std::ostream& operator<<(std::ostream& out, Consent consent) {
    return out << "consent " << static_cast<int>(consent);
}
inline std::ostream& operator<<(std::ostream& out, LinkEnd end) {
    return out << "link end " << static_cast<int>(end);
}
inline std::ostream& operator<<(std::ostream& out, LinkOrigin origin) {
    return out << "link origin " << static_cast<int>(origin);
}
inline std::ostream& operator<<(std::ostream& out, StoreFault::Kind kind) {
    return out << "store fault " << static_cast<int>(kind);
}

/// The refusal of a result that must be one.
template <class T>
Refusal refusal_of(const Result<T>& result) {
    CPPUNIT_ASSERT_MESSAGE("it was not refused", !result);
    return result.refusal().reason;
}

/// The fault with which something must break.
template <class Action>
StoreFault fault_of(Action action) {
    try {
        action();
    } catch (const StoreFault& fault) {
        return fault;
    }
    CPPUNIT_FAIL("it did not break");
    throw std::logic_error{"CPPUNIT_FAIL returned"};
}
}  // namespace ppo
