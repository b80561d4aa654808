// SPDX-License-Identifier: Apache-2.0
#include "credentials/secret.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <algorithm>
#include <cstddef>
#include <new>
#include <ostream>
#include <string>
#include <type_traits>
#include <utility>

using namespace ppo;

namespace {
template <class T>
concept Printable = requires(std::ostream& out, const T& value) {
    out << value;
};

const std::string short_text = "tovuki";
const std::string long_text = "correct horse battery staple, and a lamp";

// True if the bytes of the text stand anywhere in the place where a secret was.
bool is_left_in(const std::byte* place, std::size_t size, const std::string& text) {
    const auto* begin = reinterpret_cast<const char*>(place);
    return std::search(begin, begin + size, text.begin(), text.end()) != begin + size;
}
}  // namespace

class SecretTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(SecretTest);
    CPPUNIT_TEST(shows_its_text_when_asked);
    CPPUNIT_TEST(cannot_be_copied_or_printed);
    CPPUNIT_TEST(moves_and_leaves_nothing_behind);
    CPPUNIT_TEST(takes_a_text_over_and_wipes_it);
    CPPUNIT_TEST(replaces_its_text_by_the_one_moved_in);
    CPPUNIT_TEST(survives_a_move_onto_itself);
    CPPUNIT_TEST(wipes_its_memory_when_it_goes);
    CPPUNIT_TEST_SUITE_END();

    void shows_its_text_when_asked() {
        CPPUNIT_ASSERT(Secret{std::string_view{"tovuki"}}.view() == "tovuki");
        CPPUNIT_ASSERT(Secret{}.empty());
    }

    void cannot_be_copied_or_printed() {
        CPPUNIT_ASSERT(!std::is_copy_constructible_v<Secret>);
        CPPUNIT_ASSERT(!std::is_copy_assignable_v<Secret>);
        CPPUNIT_ASSERT(!Printable<Secret>);
        CPPUNIT_ASSERT((!std::is_convertible_v<Secret, std::string>));
    }

    void moves_and_leaves_nothing_behind() {
        for (const auto& text : {short_text, long_text}) {
            Secret first{std::string_view{text}};
            const Secret second{std::move(first)};
            CPPUNIT_ASSERT(second.view() == text);
            CPPUNIT_ASSERT(first.empty());  // NOLINT: to look is the test.
        }
    }

    void takes_a_text_over_and_wipes_it() {
        std::string text = short_text;
        const char* const place = text.data();
        const Secret secret{std::move(text)};
        CPPUNIT_ASSERT(secret.view() == short_text);
        CPPUNIT_ASSERT_EQUAL('\0', place[1]);
    }

    void replaces_its_text_by_the_one_moved_in() {
        Secret secret{std::string_view{long_text}};
        secret = Secret{std::string_view{short_text}};
        CPPUNIT_ASSERT(secret.view() == short_text);
    }

    void survives_a_move_onto_itself() {
        Secret secret{std::string_view{short_text}};
        auto& same = secret;
        secret = std::move(same);
        CPPUNIT_ASSERT(secret.view() == short_text);
    }

    void wipes_its_memory_when_it_goes() {
        alignas(Secret) std::byte place[sizeof(Secret)]{};
        auto* secret = new (place) Secret{std::string_view{short_text}};
        CPPUNIT_ASSERT(is_left_in(place, sizeof place, short_text));
        secret->~Secret();
        CPPUNIT_ASSERT(!is_left_in(place, sizeof place, short_text.substr(1)));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(SecretTest);
