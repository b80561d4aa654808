// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>

namespace ppo_torture {
struct Instance;

/// The thread of an instance that works by itself. It calls what may be called from there: `log`
/// and `now`.
class OwnThread {
public:
    explicit OwnThread(Instance& instance);
    ~OwnThread();
    OwnThread(const OwnThread&) = delete;
    OwnThread& operator=(const OwnThread&) = delete;

private:
    void run();

    Instance& instance_;
    std::mutex lock_{};
    std::condition_variable ending_{};
    bool ends_ = false;
    std::thread thread_{};
};
}  // namespace ppo_torture
