// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <shared_mutex>
#include <unordered_map>
#include <vector>

namespace ppo {
/// A number that no handle of any kind has or had.
[[nodiscard]] std::uintptr_t next_handle();

/// Gives objects out as handles and finds them again. A handle is a number that is never used
/// twice, so a stale or foreign one finds nothing instead of crashing. Thread-safe.
template <class Object, class Handle>
class Handles {
public:
    [[nodiscard]] Handle* add(std::shared_ptr<Object> object) {
        const auto number = next_handle();
        const std::unique_lock lock{mutex_};
        objects_.emplace(number, std::move(object));
        return reinterpret_cast<Handle*>(number);  // Never dereferenced, by neither side.
    }

    /// Empty if it is not a handle, or not any more.
    [[nodiscard]] std::shared_ptr<Object> find(const Handle* handle) const {
        const std::shared_lock lock{mutex_};
        const auto found = objects_.find(reinterpret_cast<std::uintptr_t>(handle));
        return found == objects_.end() ? nullptr : found->second;
    }

    /// The object, which has no handle any more.
    [[nodiscard]] std::shared_ptr<Object> take(const Handle* handle) {
        const std::unique_lock lock{mutex_};
        const auto found = objects_.find(reinterpret_cast<std::uintptr_t>(handle));
        if (found == objects_.end()) return nullptr;
        auto object = std::move(found->second);
        objects_.erase(found);
        return object;
    }

    /// Lets go of every object for which `ends` is true.
    template <class Condition>
    void drop_if(Condition ends) {
        std::vector<std::shared_ptr<Object>> dropped;  // Destroyed after the lock is gone.
        const std::unique_lock lock{mutex_};
        for (auto at = objects_.begin(); at != objects_.end();)
            if (ends(*at->second)) {
                dropped.push_back(std::move(at->second));
                at = objects_.erase(at);
            } else {
                ++at;
            }
    }

private:
    mutable std::shared_mutex mutex_{};
    std::unordered_map<std::uintptr_t, std::shared_ptr<Object>> objects_{};
};
}  // namespace ppo
