// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sodium.h>

#include <cstddef>
#include <new>

namespace ppo {
/// Allocates pages of their own between guards: wiped when they go, left out of core dumps, and
/// kept from being swapped where the system's limit allows. libsodium must have been started.
template <class Value>
struct LockedMemory {
    using value_type = Value;

    LockedMemory() = default;
    template <class Other>
    LockedMemory(const LockedMemory<Other>&) noexcept {}  // NOLINT: an allocator converts.

    [[nodiscard]] Value* allocate(std::size_t count) {
        void* memory = sodium_allocarray(count, sizeof(Value));
        if (memory == nullptr) throw std::bad_alloc{};
        return static_cast<Value*>(memory);
    }
    void deallocate(Value* memory, std::size_t) noexcept { sodium_free(memory); }

    friend bool operator==(const LockedMemory&, const LockedMemory&) { return true; }
};
}  // namespace ppo
