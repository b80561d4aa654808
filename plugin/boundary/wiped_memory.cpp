// SPDX-License-Identifier: Apache-2.0
//
// Memory that C++ code of this module gives back is wiped first: passwords, links and hashes pass
// through many texts, and none of them may lie in the host's memory afterwards. Standard containers
// and delete-expressions say how much they give back, so it is these forms of delete that are
// replaced here, for this library alone: the exports keep them inside. What frees is still the
// operator that the process has.
#include <sodium.h>

#include <cstddef>
#include <new>

void operator delete(void* memory, std::size_t size) noexcept {
    if (memory != nullptr) sodium_memzero(memory, size);
    ::operator delete(memory);
}

void operator delete[](void* memory, std::size_t size) noexcept {
    if (memory != nullptr) sodium_memzero(memory, size);
    ::operator delete[](memory);
}

void operator delete(void* memory, std::size_t size, std::align_val_t alignment) noexcept {
    if (memory != nullptr) sodium_memzero(memory, size);
    ::operator delete(memory, alignment);
}

void operator delete[](void* memory, std::size_t size, std::align_val_t alignment) noexcept {
    if (memory != nullptr) sodium_memzero(memory, size);
    ::operator delete[](memory, alignment);
}
