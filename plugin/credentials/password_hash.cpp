// SPDX-License-Identifier: Apache-2.0
#include "credentials/password_hash.hpp"

#include "credentials/secret.hpp"
#include "domain/password_rule.hpp"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <new>
#include <optional>
#include <stdexcept>
#include <thread>

namespace ppo {
namespace {
constexpr std::string_view today_prefix = "$argon2id$v=19$";

Refused busy() { return {Refusal::Busy, std::chrono::seconds{1}}; }

void start_libsodium() {
    // A function-local static: several hashers may be made at once.
    static const bool started = sodium_init() >= 0;
    if (!started) throw std::runtime_error{"libsodium did not start"};
}

HashCost checked(HashCost cost) {
    if (std::size_t{cost.memory_kib} * 1024 < crypto_pwhash_argon2id_MEMLIMIT_MIN)
        throw std::invalid_argument{"a password hash needs at least 8 KiB of memory"};
    if (cost.passes < crypto_pwhash_argon2id_OPSLIMIT_MIN)
        throw std::invalid_argument{"a password hash needs at least one pass"};
    return cost;
}

unsigned one_per_processor() { return std::max(1U, std::thread::hardware_concurrency()); }

// Reads "m=65536,t=3,p=1$" behind the prefix.
std::optional<HashCost> cost_of(std::string_view phc) {
    if (phc.substr(0, today_prefix.size()) != today_prefix) return {};
    phc.remove_prefix(today_prefix.size());
    const auto read = [&phc](std::string_view name, std::uint32_t& value) {
        if (phc.substr(0, name.size()) != name) return false;
        phc.remove_prefix(name.size());
        const auto [end, error] = std::from_chars(phc.data(), phc.data() + phc.size(), value);
        phc.remove_prefix(static_cast<std::size_t>(end - phc.data()));
        return error == std::errc{};
    };
    HashCost cost;
    if (!read("m=", cost.memory_kib) || !read(",t=", cost.passes)) return {};
    return cost;
}

// libsodium answers -1 for a wrong password and for too little memory alike; errno tells them
// apart.
bool verify(const std::string& phc, std::string_view prepared) {
    errno = 0;
    if (crypto_pwhash_str_verify(phc.c_str(), prepared.data(), prepared.size()) == 0) return true;
    if (errno == ENOMEM || errno == EAGAIN) throw std::bad_alloc{};
    return false;
}

bool is_phc(const std::string& phc) {
    return phc.size() < crypto_pwhash_STRBYTES &&
           crypto_pwhash_str_needs_rehash(phc.c_str(), crypto_pwhash_OPSLIMIT_MIN,
                                          crypto_pwhash_MEMLIMIT_MIN) != -1;
}
}  // namespace

PasswordHasher::PasswordHasher(HashCost cost, unsigned at_once)
    : cost_{checked(cost)}, places_{at_once == 0 ? one_per_processor() : at_once, longest_queue} {
    start_libsodium();
    std::string noise(32, '\0');
    randombytes_buf(noise.data(), noise.size());
    const Secret password{std::move(noise)};
    nobody_ = hash_now(password.view());
}

std::size_t PasswordHasher::memory_bytes() const { return std::size_t{cost_.memory_kib} * 1024; }

std::string PasswordHasher::hash_now(std::string_view password) const {
    std::array<char, crypto_pwhash_STRBYTES> phc{};
    if (crypto_pwhash_str_alg(phc.data(), password.data(), password.size(), cost_.passes,
                              memory_bytes(), crypto_pwhash_ALG_ARGON2ID13) != 0)
        throw std::bad_alloc{};
    return phc.data();
}

Result<std::string> PasswordHasher::hash(std::string_view password) {
    const Secret prepared{prepare_password(password)};
    const auto place = places_.take();
    if (!place) return busy();
    return hash_now(prepared.view());
}

Result<bool> PasswordHasher::matches(const std::string& phc, std::string_view password) {
    const Secret prepared{prepare_password(password)};
    const auto place = places_.take();
    if (!place) return busy();
    const bool can_match = is_phc(phc);
    const bool verified = verify(can_match ? phc : nobody_, prepared.view());
    return can_match && verified;
}

bool PasswordHasher::needs_rehash(const std::string& phc) const {
    const auto made_at = is_phc(phc) ? cost_of(phc) : std::nullopt;
    return !made_at || made_at->memory_kib < cost_.memory_kib || made_at->passes < cost_.passes;
}

Result<Done> PasswordHasher::spend_time(std::string_view password) {
    const auto found = matches(nobody_, password);
    if (!found) return found.refusal();
    return Done{};
}
}  // namespace ppo
