// SPDX-License-Identifier: Apache-2.0
#include "credentials/password_hash.hpp"

#include "credentials/secret.hpp"
#include "domain/password_rule.hpp"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <new>
#include <optional>
#include <stdexcept>
#include <thread>
#include <tuple>

namespace ppo {
namespace {
Refused busy() { return {Refusal::Busy, std::chrono::seconds{1}}; }

void start_libsodium() {
    // A function-local static: several hashers may be made at once.
    static const bool started = sodium_init() >= 0;
    if (!started) throw std::runtime_error{"libsodium did not start"};
}

std::size_t bytes(HashCost cost) { return std::size_t{cost.memory_kib} * 1024; }

bool can_be_done(HashCost cost) {
    return bytes(cost) >= crypto_pwhash_argon2id_MEMLIMIT_MIN &&
           cost.passes >= crypto_pwhash_argon2id_OPSLIMIT_MIN;
}

HashCost checked(HashCost cost) {
    if (!can_be_done(cost))
        throw std::invalid_argument{"a password hash needs at least 8 KiB of memory and one pass"};
    return cost;
}

unsigned one_per_processor() { return std::max(1U, std::thread::hardware_concurrency()); }

// A PHC string as libsodium writes it, taken apart.
struct StoredHash {
    HashCost cost{};
    std::array<unsigned char, crypto_pwhash_SALTBYTES> salt{};
    std::array<unsigned char, 32> hash{};
};

bool skip(std::string_view& text, std::string_view expected) {
    if (text.substr(0, expected.size()) != expected) return false;
    text.remove_prefix(expected.size());
    return true;
}

bool read_number(std::string_view& text, std::uint32_t& value) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    return error == std::errc{};
}

template <std::size_t size>
bool read_bytes(std::string_view& text, std::array<unsigned char, size>& bytes) {
    std::size_t length = 0;
    const char* end = nullptr;
    if (sodium_base642bin(bytes.data(), bytes.size(), text.data(), text.size(), nullptr, &length,
                          &end, sodium_base64_VARIANT_ORIGINAL_NO_PADDING) != 0)
        return false;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    return length == size;
}

// Nothing for a text of any other make.
std::optional<StoredHash> parse(std::string_view phc) {
    StoredHash stored;
    const bool understood = skip(phc, "$argon2id$v=19$m=") &&
                            read_number(phc, stored.cost.memory_kib) && skip(phc, ",t=") &&
                            read_number(phc, stored.cost.passes) && skip(phc, ",p=1$") &&
                            read_bytes(phc, stored.salt) && skip(phc, "$") &&
                            read_bytes(phc, stored.hash) && phc.empty();
    if (!understood || !can_be_done(stored.cost)) return {};
    return stored;
}

// libsodium's own verification calls a password wrong when memory runs out, and a patient would be
// turned away for it; so the hash is computed here, where the two differ.
bool verify(const StoredHash& stored, std::string_view prepared) {
    std::array<unsigned char, std::tuple_size_v<decltype(stored.hash)>> hash{};
    if (crypto_pwhash(hash.data(), hash.size(), prepared.data(), prepared.size(),
                      stored.salt.data(), stored.cost.passes, bytes(stored.cost),
                      crypto_pwhash_ALG_ARGON2ID13) != 0)
        throw std::bad_alloc{};
    const bool same = sodium_memcmp(hash.data(), stored.hash.data(), hash.size()) == 0;
    sodium_memzero(hash.data(), hash.size());
    return same;
}
template <std::size_t size>
std::string random_base64() {
    constexpr int variant = sodium_base64_VARIANT_ORIGINAL_NO_PADDING;
    std::array<unsigned char, size> bytes{};
    randombytes_buf(bytes.data(), bytes.size());
    std::string text(sodium_base64_encoded_len(size, variant), '\0');
    sodium_bin2base64(text.data(), text.size(), bytes.data(), bytes.size(), variant);
    text.pop_back();  // The NUL.
    return text;
}

// A hash that no password has: checking against it takes as long as against any other, and making
// it takes no time, so that `create` does not wait for it.
std::string hash_of_nothing(HashCost cost) {
    return "$argon2id$v=19$m=" + std::to_string(cost.memory_kib) +
           ",t=" + std::to_string(cost.passes) + ",p=1$" +
           random_base64<crypto_pwhash_SALTBYTES>() + "$" + random_base64<32>();
}
}  // namespace

PasswordHasher::PasswordHasher(HashCost cost, unsigned at_once)
    : cost_{checked(cost)}, places_{at_once == 0 ? one_per_processor() : at_once, longest_queue} {
    start_libsodium();
    nobody_ = hash_of_nothing(cost_);
}

std::string PasswordHasher::hash_now(std::string_view password) const {
    std::array<char, crypto_pwhash_STRBYTES> phc{};
    if (crypto_pwhash_str_alg(phc.data(), password.data(), password.size(), cost_.passes,
                              bytes(cost_), crypto_pwhash_ALG_ARGON2ID13) != 0)
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
    const auto stored = parse(phc);
    if (stored) return verify(*stored, prepared.view());
    (void)verify(parse(nobody_).value(), prepared.view());
    return false;
}

bool PasswordHasher::needs_rehash(const std::string& phc) const {
    const auto stored = parse(phc);
    return !stored || stored->cost.memory_kib < cost_.memory_kib ||
           stored->cost.passes < cost_.passes;
}

Result<Done> PasswordHasher::spend_time(std::string_view password) {
    const auto found = matches(nobody_, password);
    if (!found) return found.refusal();
    return Done{};
}
}  // namespace ppo
