// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/locked_memory.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ppo {
/// One root key; everything secret is derived from it. Wiped when it goes.
struct RootKey {
    ~RootKey() { sodium_memzero(bytes.data(), bytes.size()); }

    std::string id{};  // 1..32 characters of [a-z0-9-]; no secret.
    std::array<std::uint8_t, 32> bytes{};
};
using RootKeys = std::vector<RootKey, LockedMemory<RootKey>>;

/// Whether a text can name a key.
[[nodiscard]] bool is_key_id(std::string_view text);

/// The keys of this store. Each use has a key of its own, derived from the root by its label, so
/// that a value made for one purpose is worth nothing for another. Root keys are kept in locked
/// memory; derived ones live as long as the call that needs them.
class Keyring {
public:
    /// What a derived key is for. The numbers are part of the derivation: never change one.
    enum class Use : std::uint64_t {
        Link = 1,
        LinkDigest = 2,
        Password = 3,
        Audit = 4,
        Request = 5,
        Check = 6,
        Identifier = 7
    };

    /// The first key is the one that new secrets are made with; all are read.
    explicit Keyring(std::vector<RootKey> keys);
    ~Keyring() = default;
    Keyring(Keyring&&) noexcept = default;
    Keyring(const Keyring&) = delete;
    Keyring& operator=(const Keyring&) = delete;
    Keyring& operator=(Keyring&&) = delete;

    /// The keys of this practice alone: from now on nothing made with them is worth anything in
    /// another practice, whatever the root keys are. The empty one keeps the root keys as they are.
    void serve(std::string_view practice_id);

    [[nodiscard]] const std::string& current() const { return keys_.front().id; }
    [[nodiscard]] const RootKeys& keys() const { return keys_; }
    [[nodiscard]] bool has(std::string_view key_id) const { return find(key_id) != nullptr; }

    /// HMAC-SHA-256 of the text under the derived key; 64 hex digits.
    [[nodiscard]] std::string mac(Use use, std::string_view key_id, std::string_view text) const;

    /// Makes many of them under one derived key, which lives as long as this: for thousands in a
    /// row.
    class Macs {
    public:
        ~Macs() { sodium_memzero(&begun_, sizeof begun_); }
        Macs(const Macs&) = delete;
        Macs& operator=(const Macs&) = delete;
        [[nodiscard]] std::string mac(std::string_view text) const;

    private:
        friend class Keyring;
        Macs(Use use, const RootKey& root);
        crypto_auth_hmacsha256_state begun_{};
    };
    [[nodiscard]] Macs macs(Use use, std::string_view key_id) const;

    /// The same in base64url without padding: 43 characters, 256 bits.
    [[nodiscard]] std::string token(Use use, std::string_view key_id, std::string_view text) const;

    /// XChaCha20-Poly1305 with a random nonce; `bound_to` must be the same at opening. Carries the
    /// key's id.
    [[nodiscard]] std::string seal(Use use, std::string_view plain,
                                   std::string_view bound_to) const;

    /// Nothing if it was altered or bound to something else. Throws StoreFault Keys if the key that
    /// it was sealed with is not here, as in a process that runs since before the key was made.
    [[nodiscard]] std::optional<std::string> open(Use use, std::string_view sealed,
                                                  std::string_view bound_to) const;

    /// Whether it was sealed with the key that new secrets are made with; else it is due to be
    /// sealed anew.
    [[nodiscard]] bool is_sealed_with_current(std::string_view sealed) const;

private:
    [[nodiscard]] const RootKey* find(std::string_view key_id) const;
    [[nodiscard]] const RootKey& need(std::string_view key_id) const;

    RootKeys keys_;
};

/// 128 random bits, 32 hex digits: names a row and is no secret.
[[nodiscard]] std::string random_id();

/// Compares two texts of equal length in constant time; texts of different length differ.
[[nodiscard]] bool same_secret(std::string_view one, std::string_view other);
}  // namespace ppo
