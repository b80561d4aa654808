// SPDX-License-Identifier: Apache-2.0
#include "torture/own_thread.hpp"

#include "torture/instance.hpp"

#include <chrono>

namespace ppo_torture {
namespace {
constexpr std::chrono::milliseconds between_words{20};
}

OwnThread::OwnThread(Instance& instance) : instance_{instance}, thread_{[this] { run(); }} {}

OwnThread::~OwnThread() {
    {
        const std::lock_guard guard{lock_};
        ends_ = true;
    }
    ending_.notify_one();
    thread_.join();
}

void OwnThread::run() {
    std::unique_lock lock{lock_};
    while (!ends_) {
        lock.unlock();
        static_cast<void>(instance_.host.now(instance_));
        instance_.host.log(PPO_LOG_DEBUG, "The torture's own thread is there.");
        lock.lock();
        ending_.wait_for(lock, between_words, [this] { return ends_; });
    }
}
}  // namespace ppo_torture
