// SPDX-License-Identifier: Apache-2.0
#include "host/service_manager.hpp"

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>
#include <cstddef>
#include <cstdlib>

namespace ppo_sim {
void tell_service_manager(std::string_view state) {
    const char* named = std::getenv("NOTIFY_SOCKET");  // A path, or @ and an abstract name.
    const std::string_view name{named != nullptr ? named : ""};
    sockaddr_un address{};
    if (name.empty() || name.size() >= sizeof address.sun_path) return;
    address.sun_family = AF_UNIX;
    name.copy(static_cast<char*>(address.sun_path), name.size());
    if (name.front() == '@') address.sun_path[0] = '\0';
    const int channel = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (channel < 0) return;
    const auto length = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + name.size());
    // Who does not listen learns nothing; the service works all the same.
    (void)sendto(channel, state.data(), state.size(), MSG_NOSIGNAL,
                 reinterpret_cast<const sockaddr*>(&address), length);
    close(channel);
}
}  // namespace ppo_sim
