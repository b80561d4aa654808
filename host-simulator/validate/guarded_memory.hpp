// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string_view>

namespace ppo_validate {
/// Memory for what is lent to the plugin: each piece ends where a page ends, and the page behind it
/// cannot be read. After `poison` none of it can: whoever kept a pointer crashes.
class GuardedMemory {
public:
    GuardedMemory();
    ~GuardedMemory();
    GuardedMemory(const GuardedMemory&) = delete;
    GuardedMemory& operator=(const GuardedMemory&) = delete;

    /// Zeroes. The end stands at a page's end if `size` is a multiple of 8; at most 7 bytes before
    /// it for structs that are not. Text (`exactly`) always ends there.
    [[nodiscard]] void* take(std::size_t size, bool exactly = false);
    [[nodiscard]] char* take_text(std::string_view text);
    /// Makes all that was taken since inaccessible, for ever.
    void poison();
    /// Gives it back to be taken again. For who does not look for kept pointers.
    void reuse();

private:
    char* begin_ = nullptr;
    std::size_t used_ = 0;      // Bytes behind begin_ that were taken.
    std::size_t poisoned_ = 0;  // Bytes behind begin_ that are inaccessible for ever.
};
}  // namespace ppo_validate
