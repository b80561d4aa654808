// SPDX-License-Identifier: Apache-2.0
#include "store/keyring.hpp"

#include "store/fault.hpp"
#include "store/wiped_bytes.hpp"

#include <sodium.h>

#include <algorithm>
#include <iterator>

namespace ppo {
namespace {
constexpr char kdf_context[] = "ppo-keys";  // Exactly eight characters; part of the derivation.
static_assert(sizeof kdf_context - 1 == crypto_kdf_CONTEXTBYTES);

const unsigned char* bytes_of(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

std::string encode(const std::uint8_t* bytes, std::size_t size, int variant) {
    std::string text(sodium_base64_encoded_len(size, variant), '\0');
    sodium_bin2base64(text.data(), text.size(), bytes, size, variant);
    text.resize(text.find('\0'));
    return text;
}

std::string hex_of(const std::uint8_t* bytes, std::size_t size) {
    std::string hex(size * 2 + 1, '\0');
    sodium_bin2hex(hex.data(), hex.size(), bytes, size);
    hex.pop_back();
    return hex;
}

/// The key of one use, for as long as one computation takes.
class DerivedKey {
public:
    DerivedKey(Keyring::Use use, const RootKey& root) {
        crypto_kdf_derive_from_key(bytes_.data(), bytes_.size(), static_cast<std::uint64_t>(use),
                                   kdf_context, root.bytes.data());
    }
    [[nodiscard]] const unsigned char* data() const { return bytes_.data(); }

private:
    WipedBytes<unsigned char, 32> bytes_{};
};

/// An HMAC-SHA-256, which may be a link and so is wiped too.
class Mac {
public:
    Mac(const DerivedKey& key, std::string_view text) {
        crypto_auth_hmacsha256(bytes_.data(), bytes_of(text), text.size(), key.data());
    }
    [[nodiscard]] const unsigned char* data() const { return bytes_.data(); }
    [[nodiscard]] static constexpr std::size_t size() { return crypto_auth_hmacsha256_BYTES; }

private:
    WipedBytes<unsigned char, crypto_auth_hmacsha256_BYTES> bytes_{};
};

RootKeys locked(std::vector<RootKey> keys) {
    if (sodium_init() < 0) throw StoreFault{StoreFault::Kind::Keys, "libsodium cannot start"};
    return {std::make_move_iterator(keys.begin()), std::make_move_iterator(keys.end())};
}
}  // namespace

bool is_key_id(std::string_view text) {
    constexpr std::size_t longest = 32;
    return !text.empty() && text.size() <= longest &&
           text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") ==
               std::string_view::npos;
}

Keyring::Keyring(std::vector<RootKey> keys) : keys_{locked(std::move(keys))} {
    if (keys_.empty()) throw StoreFault{StoreFault::Kind::Keys, "there is no key to work with"};
}

void Keyring::serve(std::string_view practice_id) {
    if (practice_id.empty()) return;
    const std::string name = "ppo practice:" + std::string{practice_id};
    for (auto& key : keys_) {
        WipedBytes<unsigned char, 32> own{};
        crypto_generichash(own.data(), key.bytes.size(), bytes_of(name), name.size(),
                           key.bytes.data(), key.bytes.size());
        std::copy_n(own.data(), key.bytes.size(), key.bytes.begin());
    }
}

const RootKey* Keyring::find(std::string_view key_id) const {
    const auto found = std::find_if(keys_.begin(), keys_.end(),
                                    [key_id](const RootKey& key) { return key.id == key_id; });
    return found == keys_.end() ? nullptr : &*found;
}

const RootKey& Keyring::need(std::string_view key_id) const {
    const RootKey* root = find(key_id);
    if (root == nullptr)
        throw StoreFault{StoreFault::Kind::Keys,
                         "The key " + (is_key_id(key_id) ? std::string{key_id} : "?") +
                             ", which the store was written with, is not here; give this process "
                             "every key and start it again."};
    return *root;
}

std::string Keyring::mac(Use use, std::string_view key_id, std::string_view text) const {
    const Mac mac{DerivedKey{use, need(key_id)}, text};
    return hex_of(mac.data(), mac.size());
}

Keyring::Macs::Macs(Use use, const RootKey& root) {
    const DerivedKey key{use, root};
    crypto_auth_hmacsha256_init(&begun_, key.data(), WipedBytes<unsigned char, 32>::size());
}

std::string Keyring::Macs::mac(std::string_view text) const {
    auto state = begun_;
    WipedBytes<unsigned char, crypto_auth_hmacsha256_BYTES> mac{};
    crypto_auth_hmacsha256_update(&state, bytes_of(text), text.size());
    crypto_auth_hmacsha256_final(&state, mac.data());
    sodium_memzero(&state, sizeof state);
    return hex_of(mac.data(), mac.size());
}

Keyring::Macs Keyring::macs(Use use, std::string_view key_id) const {
    return Macs{use, need(key_id)};
}

std::string Keyring::token(Use use, std::string_view key_id, std::string_view text) const {
    const Mac mac{DerivedKey{use, need(key_id)}, text};
    return encode(mac.data(), mac.size(), sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

std::string Keyring::seal(Use use, std::string_view plain, std::string_view bound_to) const {
    constexpr std::size_t nonce_size = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
    std::vector<std::uint8_t> box(nonce_size + plain.size() +
                                  crypto_aead_xchacha20poly1305_ietf_ABYTES);
    randombytes_buf(box.data(), nonce_size);
    const DerivedKey key{use, keys_.front()};
    crypto_aead_xchacha20poly1305_ietf_encrypt(box.data() + nonce_size, nullptr, bytes_of(plain),
                                               plain.size(), bytes_of(bound_to), bound_to.size(),
                                               nullptr, box.data(), key.data());
    return current() + ":" +
           encode(box.data(), box.size(), sodium_base64_VARIANT_ORIGINAL_NO_PADDING);
}

std::optional<std::string> Keyring::open(Use use, std::string_view sealed,
                                         std::string_view bound_to) const {
    constexpr std::size_t nonce_size = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
    constexpr std::size_t overhead = nonce_size + crypto_aead_xchacha20poly1305_ietf_ABYTES;
    const auto colon = sealed.find(':');
    if (colon == std::string_view::npos || !is_key_id(sealed.substr(0, colon))) return std::nullopt;
    const DerivedKey key{use, need(sealed.substr(0, colon))};
    const auto encoded = sealed.substr(colon + 1);
    if (encoded.empty()) return std::nullopt;
    std::vector<std::uint8_t> box(encoded.size());
    std::size_t size = 0;
    if (sodium_base642bin(box.data(), box.size(), encoded.data(), encoded.size(), nullptr, &size,
                          nullptr, sodium_base64_VARIANT_ORIGINAL_NO_PADDING) != 0 ||
        size < overhead)
        return std::nullopt;
    std::string plain(size - overhead, '\0');
    if (crypto_aead_xchacha20poly1305_ietf_decrypt(reinterpret_cast<unsigned char*>(plain.data()),
                                                   nullptr, nullptr, box.data() + nonce_size,
                                                   size - nonce_size, bytes_of(bound_to),
                                                   bound_to.size(), box.data(), key.data()) != 0)
        return std::nullopt;
    return plain;
}

bool Keyring::is_sealed_with_current(std::string_view sealed) const {
    return sealed.substr(0, sealed.find(':')) == current();
}

std::string random_id() {
    std::array<std::uint8_t, 16> bytes{};
    randombytes_buf(bytes.data(), bytes.size());
    std::string hex(bytes.size() * 2 + 1, '\0');
    sodium_bin2hex(hex.data(), hex.size(), bytes.data(), bytes.size());
    hex.pop_back();
    return hex;
}

bool same_secret(std::string_view one, std::string_view other) {
    return one.size() == other.size() && sodium_memcmp(one.data(), other.data(), one.size()) == 0;
}
}  // namespace ppo
