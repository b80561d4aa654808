// SPDX-License-Identifier: Apache-2.0
#include "boundary/handles.hpp"

#include <atomic>

namespace ppo {
std::uintptr_t next_handle() {
    static std::atomic<std::uintptr_t> last{0x1000};
    return last += 16;
}
}  // namespace ppo
