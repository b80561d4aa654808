// SPDX-License-Identifier: Apache-2.0
#include "validate/guarded_memory.hpp"

#include <sys/mman.h>

#include <cstring>
#include <stdexcept>

namespace ppo_validate {
namespace {
constexpr std::size_t page = 4096;
constexpr std::size_t reserved = std::size_t{4} << 30U;

[[noreturn]] void give_up() { throw std::runtime_error{"no memory for guarded pieces"}; }
}  // namespace

GuardedMemory::GuardedMemory() {
    void* got = mmap(nullptr, reserved, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1,
                     0);
    if (got == MAP_FAILED) give_up();
    begin_ = static_cast<char*>(got);
}

GuardedMemory::~GuardedMemory() { munmap(begin_, reserved); }

void* GuardedMemory::take(std::size_t size, bool exactly) {
    const std::size_t pages = size == 0 ? 1 : (size + page - 1) / page;
    if (used_ + (pages + 1) * page > reserved) give_up();
    char* piece = begin_ + used_;
    if (mprotect(piece, pages * page, PROT_READ | PROT_WRITE) != 0) give_up();
    used_ += (pages + 1) * page;
    const std::size_t kept = exactly ? size : (size + 7) / 8 * 8;
    return piece + pages * page - kept;
}

char* GuardedMemory::take_text(std::string_view text) {
    auto* piece = static_cast<char*>(take(text.size(), true));
    if (!text.empty()) std::memcpy(piece, text.data(), text.size());
    return piece;
}

void GuardedMemory::poison() {
    if (used_ == poisoned_) return;
    char* fresh = begin_ + poisoned_;
    mprotect(fresh, used_ - poisoned_, PROT_NONE);
    madvise(fresh, used_ - poisoned_, MADV_DONTNEED);
    poisoned_ = used_;
}

void GuardedMemory::reuse() {
    const std::size_t poisoned = poisoned_;
    poison();  // What is taken again begins with zeroes, and its guard pages stand elsewhere.
    poisoned_ = poisoned;
    used_ = poisoned;
}
}  // namespace ppo_validate
