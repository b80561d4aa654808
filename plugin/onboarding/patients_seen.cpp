// SPDX-License-Identifier: Apache-2.0
#include "onboarding/patients_seen.hpp"

#include <sodium.h>

#include <algorithm>
#include <cstring>

namespace ppo {
PatientsSeen::PatientsSeen() {
    static_assert(sizeof key_ == crypto_shorthash_KEYBYTES);
    crypto_shorthash_keygen(key_.data());
}

std::uint64_t PatientsSeen::trace_of(std::string_view patient_id) const {
    static_assert(sizeof(std::uint64_t) == crypto_shorthash_BYTES);
    std::array<unsigned char, sizeof(std::uint64_t)> bytes{};
    crypto_shorthash(bytes.data(), reinterpret_cast<const unsigned char*>(patient_id.data()),
                     patient_id.size(), key_.data());
    std::uint64_t trace = 0;
    std::memcpy(&trace, bytes.data(), sizeof trace);
    return trace;
}

void PatientsSeen::add(std::string_view patient_id) { traces_.push_back(trace_of(patient_id)); }

void PatientsSeen::sort() { std::sort(traces_.begin(), traces_.end()); }

bool PatientsSeen::has(std::string_view patient_id) const {
    return std::binary_search(traces_.begin(), traces_.end(), trace_of(patient_id));
}
}  // namespace ppo
