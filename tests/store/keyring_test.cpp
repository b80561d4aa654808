// SPDX-License-Identifier: Apache-2.0
#include "store/keyring.hpp"

#include "support/prints.hpp"
#include "support/temp_store.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <algorithm>
#include <array>
#include <new>
#include <set>

using namespace ppo;
using Use = Keyring::Use;

namespace {
constexpr auto uses = {Use::Link,    Use::LinkDigest, Use::Password,  Use::Audit,
                       Use::Request, Use::Check,      Use::Identifier};

/// A keyring that writes with "k2" and still reads "k1".
Keyring rotated() {
    RootKey old_one{"k1", {}};
    RootKey new_one{"k2", {}};
    old_one.bytes.fill(7);
    new_one.bytes.fill(8);
    return Keyring{{new_one, old_one}};
}
}  // namespace

class KeyringTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(KeyringTest);
    CPPUNIT_TEST(without_a_key_there_is_no_keyring);
    CPPUNIT_TEST(mac_is_known_and_stays_the_same_between_versions);
    CPPUNIT_TEST(each_use_has_a_key_of_its_own);
    CPPUNIT_TEST(token_is_43_characters_that_a_url_can_hold);
    CPPUNIT_TEST(sealed_text_opens_again);
    CPPUNIT_TEST(sealing_twice_gives_two_texts);
    CPPUNIT_TEST(sealed_text_bound_to_one_does_not_open_for_another);
    CPPUNIT_TEST(sealed_text_of_one_use_does_not_open_for_another);
    CPPUNIT_TEST(every_altered_character_is_noticed);
    CPPUNIT_TEST(nonsense_does_not_open);
    CPPUNIT_TEST(older_keys_still_open_and_new_text_takes_the_new_key);
    CPPUNIT_TEST(text_of_an_older_key_is_told_from_todays);
    CPPUNIT_TEST(text_of_a_missing_key_is_a_fault_that_names_the_key);
    CPPUNIT_TEST(a_key_is_wiped_when_it_goes);
    CPPUNIT_TEST(ids_of_keys_are_short_and_plain);
    CPPUNIT_TEST(mac_with_a_missing_key_is_a_fault);
    CPPUNIT_TEST(macs_in_a_row_are_the_same_as_one_by_one);
    CPPUNIT_TEST(random_ids_are_32_hex_digits_and_differ);
    CPPUNIT_TEST(secrets_are_the_same_only_when_they_are);
    CPPUNIT_TEST(what_one_practice_made_is_worth_nothing_in_another);
    CPPUNIT_TEST(the_practice_without_a_name_keeps_the_keys_of_old_stores);
    CPPUNIT_TEST_SUITE_END();

    Keyring keyring_ = test_keyring();

    void without_a_key_there_is_no_keyring() {
        const auto fault = fault_of([] { const Keyring none{{}}; });
        CPPUNIT_ASSERT_EQUAL(StoreFault::Kind::Keys, fault.kind());
    }

    void mac_is_known_and_stays_the_same_between_versions() {
        // Computed with another library. Another value would make every earlier store unreadable.
        CPPUNIT_ASSERT_EQUAL(
            std::string{"e01dc386e8210cc4dd4c4c5756bcbf7166bcaf7dc962edaa8a3d57b6283d118e"},
            keyring_.mac(Use::Check, "k1", "a text"));
    }

    void each_use_has_a_key_of_its_own() {
        std::set<std::string> macs;
        for (const auto use : uses)
            CPPUNIT_ASSERT(macs.insert(keyring_.mac(use, "k1", "x")).second);
    }

    void token_is_43_characters_that_a_url_can_hold() {
        const auto token = keyring_.token(Use::Link, "k1", "x");
        CPPUNIT_ASSERT_EQUAL(std::size_t{43}, token.size());
        CPPUNIT_ASSERT(
            token.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                                    "0123456789-_") == std::string::npos);
    }

    void sealed_text_opens_again() {
        for (const auto& text : {std::string{}, std::string{"secret"}, std::string(10'000, 'x')})
            CPPUNIT_ASSERT_EQUAL(
                text, keyring_.open(Use::Password, keyring_.seal(Use::Password, text, "P1"), "P1")
                          .value());
    }

    void sealing_twice_gives_two_texts() {
        CPPUNIT_ASSERT(keyring_.seal(Use::Password, "x", "P1") !=
                       keyring_.seal(Use::Password, "x", "P1"));
    }

    void sealed_text_bound_to_one_does_not_open_for_another() {
        const auto sealed = keyring_.seal(Use::Password, "x", "P1");
        CPPUNIT_ASSERT(!keyring_.open(Use::Password, sealed, "P2"));
    }

    void sealed_text_of_one_use_does_not_open_for_another() {
        const auto sealed = keyring_.seal(Use::Password, "x", "P1");
        CPPUNIT_ASSERT(!keyring_.open(Use::Request, sealed, "P1"));
    }

    void every_altered_character_is_noticed() {
        const auto sealed = keyring_.seal(Use::Password, "a secret text", "P1");
        for (std::size_t i = 0; i + 1 < sealed.size(); ++i) {
            auto altered = sealed;
            altered[i] = altered[i] == 'A' ? 'B' : 'A';
            CPPUNIT_ASSERT(!keyring_.open(Use::Password, altered, "P1"));
        }
    }

    void nonsense_does_not_open() {
        for (const auto* text : {"", "k1", "k1:", "k1:!!!!", ":AAAA", "k1:AAAA", "K9:AAAA"})
            CPPUNIT_ASSERT(!keyring_.open(Use::Password, text, "P1"));
    }

    void older_keys_still_open_and_new_text_takes_the_new_key() {
        const auto old_text = keyring_.seal(Use::Password, "x", "P1");
        const auto both = rotated();
        CPPUNIT_ASSERT_EQUAL(std::string{"x"}, both.open(Use::Password, old_text, "P1").value());
        CPPUNIT_ASSERT_EQUAL(std::string{"k2:"}, both.seal(Use::Password, "x", "P1").substr(0, 3));
    }

    void text_of_an_older_key_is_told_from_todays() {
        const auto sealed = keyring_.seal(Use::Password, "plain", "P001");
        CPPUNIT_ASSERT(keyring_.is_sealed_with_current(sealed));
        CPPUNIT_ASSERT(!rotated().is_sealed_with_current(sealed));
        CPPUNIT_ASSERT(rotated().is_sealed_with_current(rotated().seal(Use::Password, "", "P001")));
        CPPUNIT_ASSERT(!keyring_.is_sealed_with_current(""));
    }

    void text_of_a_missing_key_is_a_fault_that_names_the_key() {
        const auto sealed = rotated().seal(Use::Password, "x", "P1");
        const auto fault = fault_of(
            [&] { static_cast<void>(keyring_.open(Use::Password, sealed, "P1")); });
        CPPUNIT_ASSERT_EQUAL(StoreFault::Kind::Keys, fault.kind());
        CPPUNIT_ASSERT(std::string{fault.what()}.find("key k2") != std::string::npos);
    }

    void a_key_is_wiped_when_it_goes() {
        alignas(RootKey) std::array<unsigned char, sizeof(RootKey)> place{};
        auto* key = new (place.data()) RootKey{"k1", {}};
        key->bytes.fill(7);
        // Only these: an address that the id keeps may have any byte in it.
        const auto from = place.begin() + (key->bytes.data() - place.data());
        const auto until = from + static_cast<std::ptrdiff_t>(key->bytes.size());
        CPPUNIT_ASSERT(std::all_of(from, until, [](unsigned char byte) { return byte == 7; }));
        key->~RootKey();
        CPPUNIT_ASSERT(std::find(from, until, 7) == until);
    }

    void ids_of_keys_are_short_and_plain() {
        CPPUNIT_ASSERT(is_key_id("k-1") && is_key_id(std::string(32, 'a')));
        for (const auto& text : {std::string{}, std::string{"K1"}, std::string{"a b"},
                                 std::string{"a:b"}, std::string(33, 'a')})
            CPPUNIT_ASSERT(!is_key_id(text));
    }

    static Keyring of_practice(std::string_view practice_id) {
        auto keyring = test_keyring();
        keyring.serve(practice_id);
        return keyring;
    }

    void what_one_practice_made_is_worth_nothing_in_another() {
        const auto a = of_practice("a");
        const auto b = of_practice("b");
        for (const auto use : {Use::Link, Use::LinkDigest, Use::Audit, Use::Check, Use::Identifier})
            CPPUNIT_ASSERT(a.mac(use, "k1", "x") != b.mac(use, "k1", "x"));
        CPPUNIT_ASSERT(a.token(Use::Link, "k1", "x") != b.token(Use::Link, "k1", "x"));
        const auto sealed = a.seal(Use::Password, "a hash", "P001");
        CPPUNIT_ASSERT(!b.open(Use::Password, sealed, "P001"));
        CPPUNIT_ASSERT(of_practice("a").open(Use::Password, sealed, "P001") == "a hash");
    }

    void the_practice_without_a_name_keeps_the_keys_of_old_stores() {
        CPPUNIT_ASSERT_EQUAL(test_keyring().mac(Use::Audit, "k1", "x"),
                             of_practice("").mac(Use::Audit, "k1", "x"));
        CPPUNIT_ASSERT(of_practice("a").mac(Use::Audit, "k1", "x") !=
                       of_practice("").mac(Use::Audit, "k1", "x"));
    }

    void mac_with_a_missing_key_is_a_fault() {
        const auto fault = fault_of(
            [&] { static_cast<void>(keyring_.mac(Use::Audit, "k9", "x")); });
        CPPUNIT_ASSERT_EQUAL(StoreFault::Kind::Keys, fault.kind());
    }

    void macs_in_a_row_are_the_same_as_one_by_one() {
        const auto macs = keyring_.macs(Use::Audit, "k1");
        for (const auto& text : {std::string{}, std::string{"a text"}, std::string(1'000, 'x')})
            CPPUNIT_ASSERT_EQUAL(keyring_.mac(Use::Audit, "k1", text), macs.mac(text));
        CPPUNIT_ASSERT_EQUAL(
            StoreFault::Kind::Keys,
            fault_of([&] { static_cast<void>(keyring_.macs(Use::Audit, "k9")); }).kind());
    }

    void random_ids_are_32_hex_digits_and_differ() {
        std::set<std::string> ids;
        for (int i = 0; i < 1000; ++i) {
            const auto id = random_id();
            CPPUNIT_ASSERT_EQUAL(std::size_t{32}, id.size());
            CPPUNIT_ASSERT(id.find_first_not_of("0123456789abcdef") == std::string::npos);
            CPPUNIT_ASSERT(ids.insert(id).second);
        }
    }

    void secrets_are_the_same_only_when_they_are() {
        CPPUNIT_ASSERT(same_secret("abc", "abc"));
        CPPUNIT_ASSERT(same_secret("", ""));
        CPPUNIT_ASSERT(!same_secret("abc", "abd"));
        CPPUNIT_ASSERT(!same_secret("abc", "ab"));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(KeyringTest);
