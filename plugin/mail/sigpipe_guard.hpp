// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <csignal>
#include <ctime>

namespace ppo {
/// While it lives, a peer that hung up is an error code for this thread and not a signal that ends
/// the host. OpenSSL writes without MSG_NOSIGNAL, and the signal's setting for the process belongs
/// to the host.
class SigpipeGuard {
public:
    SigpipeGuard() {
        ::sigemptyset(&pipe_);
        ::sigaddset(&pipe_, SIGPIPE);
        sigset_t pending{};
        ::sigpending(&pending);
        was_pending_ = ::sigismember(&pending, SIGPIPE) == 1;
        if (!was_pending_) ::pthread_sigmask(SIG_BLOCK, &pipe_, &before_);
    }
    SigpipeGuard(const SigpipeGuard&) = delete;
    SigpipeGuard& operator=(const SigpipeGuard&) = delete;
    ~SigpipeGuard() {
        if (was_pending_) return;
        const timespec at_once{0, 0};
        ::sigtimedwait(&pipe_, nullptr, &at_once);  // Takes the one that we caused, if any.
        ::pthread_sigmask(SIG_SETMASK, &before_, nullptr);
    }

private:
    sigset_t pipe_{};
    sigset_t before_{};
    bool was_pending_ = false;
};
}  // namespace ppo
