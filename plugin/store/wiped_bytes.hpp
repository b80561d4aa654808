// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sodium.h>

#include <array>
#include <cstddef>

namespace ppo {
/// So many bytes that are wiped when they go; for keys, and for what keys are read from.
template <class Byte, std::size_t Size>
class WipedBytes {
public:
    WipedBytes() = default;
    ~WipedBytes() { sodium_memzero(bytes_.data(), Size); }
    WipedBytes(const WipedBytes&) = delete;
    WipedBytes& operator=(const WipedBytes&) = delete;

    [[nodiscard]] Byte* data() { return bytes_.data(); }
    [[nodiscard]] const Byte* data() const { return bytes_.data(); }
    [[nodiscard]] static constexpr std::size_t size() { return Size; }

private:
    std::array<Byte, Size> bytes_{};
};
}  // namespace ppo
