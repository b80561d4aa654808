// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <optional>
#include <utility>

namespace ppo {
/// A few places to work at, and a short queue before them: who finds both full is turned away at
/// once. This bounds the memory that hashing takes and the time that anybody waits. Every call may
/// come from any thread.
class HashingPlaces {
public:
    /// A place that is held; it becomes free when this goes.
    class Place {
    public:
        explicit Place(HashingPlaces& places) : places_{&places} {}
        Place(Place&& other) noexcept : places_{std::exchange(other.places_, nullptr)} {}
        Place(const Place&) = delete;
        Place& operator=(const Place&) = delete;
        Place& operator=(Place&&) = delete;
        ~Place() {
            if (places_ != nullptr) places_->free_one();
        }

    private:
        HashingPlaces* places_ = nullptr;
    };

    HashingPlaces(unsigned at_once, unsigned longest_queue)
        : at_once_{at_once}, longest_queue_{longest_queue} {}

    /// Waits for a free place, first come first served; nothing if the queue is full.
    [[nodiscard]] std::optional<Place> take() {
        std::unique_lock lock{mutex_};
        // A place that was freed counts as free although the one whose turn it is still wakes up.
        if (taken_ + waiting_ >= at_once_ + longest_queue_) return {};
        if (taken_ == at_once_ || waiting_ > 0) {
            const auto turn = last_turn_++;
            ++waiting_;
            freed_.wait(lock, [this, turn] { return taken_ < at_once_ && turn == next_turn_; });
            ++next_turn_;
            --waiting_;
            freed_.notify_all();  // A second place may be free for the one behind.
        }
        ++taken_;
        return std::optional<Place>{std::in_place, *this};
    }

    [[nodiscard]] unsigned waiting() const {
        const std::lock_guard lock{mutex_};
        return waiting_;
    }

private:
    void free_one() noexcept {
        {
            const std::lock_guard lock{mutex_};
            --taken_;
        }
        freed_.notify_all();  // Only the one whose turn it is goes on.
    }

    const unsigned at_once_ = 1;
    const unsigned longest_queue_ = 0;
    mutable std::mutex mutex_{};
    std::condition_variable freed_{};
    unsigned taken_ = 0;
    unsigned waiting_ = 0;
    std::uint64_t last_turn_ = 0;
    std::uint64_t next_turn_ = 0;
};
}  // namespace ppo
