// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <string_view>

namespace ppo {
/// Remembers which patients a directory had, in eight bytes for each: a million in 8 MiB, and no
/// more while it grows. Two of a million are taken for one in one reading of thirty million, and by
/// the next reading no longer: then somebody who is gone stays in the report until that one.
class PatientsSeen {
public:
    PatientsSeen();

    void add(std::string_view patient_id);
    /// After the last `add`, before the first `has`.
    void sort();
    [[nodiscard]] bool has(std::string_view patient_id) const;

private:
    [[nodiscard]] std::uint64_t trace_of(std::string_view patient_id) const;

    std::array<unsigned char, 16> key_{};  // Random, so that no two ids are alike twice.
    std::deque<std::uint64_t> traces_{};
};
}  // namespace ppo
