// SPDX-License-Identifier: Apache-2.0
#include "boundary/error.hpp"

#include "boundary/misuse.hpp"
#include "domain/refusal_sentence.hpp"
#include "domain/text_fold.hpp"
#include "store/fault.hpp"
#include "support/live_plugin.hpp"

#include <Poco/Exception.h>
#include <cppunit/extensions/HelperMacros.h>

#include <cstddef>
#include <cstring>
#include <new>
#include <set>
#include <stdexcept>

using namespace ppo;

class ErrorTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ErrorTest);
    CPPUNIT_TEST(gives_every_refusal_a_result_of_its_own_in_the_band);
    CPPUNIT_TEST(names_results_by_their_constant_in_lower_case);
    CPPUNIT_TEST(writes_what_it_is_told);
    CPPUNIT_TEST(takes_no_error_at_all);
    CPPUNIT_TEST(writes_nothing_beyond_the_size_of_the_struct);
    CPPUNIT_TEST(writes_every_member_that_fits);
    CPPUNIT_TEST(keeps_the_size_of_the_struct);
    CPPUNIT_TEST(cuts_a_long_message_and_ends_it_with_nul);
    CPPUNIT_TEST(cuts_between_characters);
    CPPUNIT_TEST(leaves_the_error_alone_when_all_is_good);
    CPPUNIT_TEST(says_how_long_to_wait);
    CPPUNIT_TEST(speaks_the_language_of_the_visitor);
    CPPUNIT_TEST(names_field_and_result_of_a_misuse);
    CPPUNIT_TEST(turns_every_store_fault_into_its_result);
    CPPUNIT_TEST(turns_exhausted_memory_into_its_result);
    CPPUNIT_TEST(says_nothing_of_an_exception_from_inside);
    CPPUNIT_TEST(says_nothing_of_a_poco_exception_but_its_name);
    CPPUNIT_TEST(ends_an_exception_that_is_none);
    CPPUNIT_TEST_SUITE_END();

public:
    void gives_every_refusal_a_result_of_its_own_in_the_band() {
        std::set<ppo_result> seen;
        for (int i = 0; i <= static_cast<int>(Refusal::StaleCursor); ++i) {
            const auto result = to_result(static_cast<Refusal>(i));
            CPPUNIT_ASSERT(result <= -1000 && result > -2000);
            CPPUNIT_ASSERT(seen.insert(result).second);
        }
    }

    void names_results_by_their_constant_in_lower_case() {
        CPPUNIT_ASSERT_EQUAL(std::string{"misuse_null"}, std::string{result_code(PPO_MISUSE_NULL)});
        CPPUNIT_ASSERT_EQUAL(std::string{"fault_keys"}, std::string{result_code(PPO_FAULT_KEYS)});
        for (ppo_result result = PPO_MISUSE_SETTING; result <= PPO_MISUSE_NULL; ++result)
            CPPUNIT_ASSERT(result_code(result).substr(0, 7) == "misuse_");
        for (ppo_result result = PPO_FAULT_STORE_UNKNOWN; result <= PPO_FAULT_STORE; ++result)
            CPPUNIT_ASSERT(result_code(result).substr(0, 6) == "fault_");
    }

    void writes_what_it_is_told() {
        auto error = fresh_error();
        write_error(&error, PPO_REFUSED_NO_EMAIL, "refused_no_email", "email", "No e-mail.", 7);
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_NO_EMAIL}, error.result);
        CPPUNIT_ASSERT_EQUAL(std::string{"refused_no_email"}, std::string{error.code});
        CPPUNIT_ASSERT_EQUAL(std::string{"email"}, std::string{error.field});
        CPPUNIT_ASSERT_EQUAL(std::string{"No e-mail."}, std::string{error.message});
        CPPUNIT_ASSERT_EQUAL(std::int64_t{7}, error.retry_after_ms);
    }

    void takes_no_error_at_all() {
        write_error(nullptr, PPO_REFUSED_NO_EMAIL, "code", "field", "message", 0);
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_NO_EMAIL},
                             answer(Outcome{Refusal::NoEmail}, nullptr));
    }

    void writes_nothing_beyond_the_size_of_the_struct() {
        for (std::uint32_t size = 0; size <= sizeof(ppo_error); ++size) {
            ppo_error error;
            std::memset(&error, 0x5A, sizeof error);
            error.struct_size = size;
            write_error(&error, PPO_MISUSE_NULL, std::string(60, 'c'), std::string(60, 'f'),
                        std::string(500, 'm'), 1);
            const auto* bytes = reinterpret_cast<const unsigned char*>(&error);
            for (std::size_t at = std::max<std::size_t>(size, 4); at < sizeof error; ++at)
                CPPUNIT_ASSERT_EQUAL(0x5A, static_cast<int>(bytes[at]));
        }
    }

    void writes_every_member_that_fits() {
        auto error = fresh_error();
        error.struct_size = offsetof(ppo_error, message);
        write_error(&error, PPO_MISUSE_NULL, "misuse_null", "self", "left out", 0);
        CPPUNIT_ASSERT_EQUAL(std::string{"misuse_null"}, std::string{error.code});
        CPPUNIT_ASSERT_EQUAL(std::string{"self"}, std::string{error.field});
        CPPUNIT_ASSERT_EQUAL(std::string{}, std::string{error.message});
    }

    void keeps_the_size_of_the_struct() {
        auto error = fresh_error();
        error.struct_size = 8;
        write_error(&error, PPO_MISUSE_NULL, "misuse_null", "self", "message", 0);
        CPPUNIT_ASSERT_EQUAL(std::uint32_t{8}, error.struct_size);
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_MISUSE_NULL}, error.result);
    }

    void cuts_a_long_message_and_ends_it_with_nul() {
        auto error = fresh_error();
        write_error(&error, PPO_MISUSE_NULL, std::string(100, 'c'), std::string(100, 'f'),
                    std::string(1000, 'm'), 0);
        CPPUNIT_ASSERT_EQUAL(std::size_t{47}, std::strlen(error.code));
        CPPUNIT_ASSERT_EQUAL(std::size_t{47}, std::strlen(error.field));
        CPPUNIT_ASSERT_EQUAL(std::size_t{399}, std::strlen(error.message));
    }

    void cuts_between_characters() {
        std::string message;
        while (message.size() < 500) message += "\xE2\x82\xAC";  // Three bytes each.
        for (int shift = 0; shift < 3; ++shift) {
            auto error = fresh_error();
            write_error(&error, PPO_MISUSE_NULL, {}, {}, message, 0);
            CPPUNIT_ASSERT(is_valid_utf8(error.message));
            CPPUNIT_ASSERT(std::strlen(error.message) > 396);
            message.insert(0, "x");
        }
    }

    void leaves_the_error_alone_when_all_is_good() {
        auto error = fresh_error();
        error.result = 42;
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_MORE}, answer(Outcome{PPO_MORE}, &error));
        CPPUNIT_ASSERT_EQUAL(ppo_result{42}, error.result);
    }

    void says_how_long_to_wait() {
        auto error = fresh_error();
        const Refused wait{Refusal::CoolingDown, std::chrono::seconds{90}};
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_COOLING_DOWN}, answer(Outcome{wait}, &error));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{90'000}, error.retry_after_ms);
        CPPUNIT_ASSERT_EQUAL(refusal_sentence(wait, "en"), std::string{error.message});
    }

    void speaks_the_language_of_the_visitor() {
        auto error = fresh_error();
        static_cast<void>(answer(Outcome{Refusal::SignIn}.in("es-MX"), &error));
        CPPUNIT_ASSERT_EQUAL(refusal_sentence(Refusal::SignIn, "es"), std::string{error.message});
    }

    void names_field_and_result_of_a_misuse() {
        auto error = fresh_error();
        CPPUNIT_ASSERT_EQUAL(
            ppo_result{PPO_MISUSE_VALUE},
            thrown(Misuse{PPO_MISUSE_VALUE, "enabled", "Must be 0 or 1."}, &error));
        CPPUNIT_ASSERT_EQUAL(std::string{"misuse_value"}, std::string{error.code});
        CPPUNIT_ASSERT_EQUAL(std::string{"enabled"}, std::string{error.field});
    }

    void turns_every_store_fault_into_its_result() {
        using Kind = StoreFault::Kind;
        const std::vector<std::pair<Kind, ppo_result>> faults{
            {Kind::Failed, PPO_FAULT_STORE},
            {Kind::Unreadable, PPO_FAULT_STORE_UNREADABLE},
            {Kind::Damaged, PPO_FAULT_STORE_DAMAGED},
            {Kind::Newer, PPO_FAULT_STORE_NEWER},
            {Kind::ReadOnly, PPO_FAULT_STORE_READ_ONLY},
            {Kind::Busy, PPO_FAULT_STORE_BUSY},
            {Kind::Full, PPO_FAULT_STORE_FULL},
            {Kind::Keys, PPO_FAULT_KEYS},
            {Kind::Lost, PPO_FAULT_STORE_LOST},
            {Kind::Conflict, PPO_FAULT_STORE_BUSY},
            {Kind::Unknown, PPO_FAULT_STORE_UNKNOWN}};
        for (const auto& [kind, result] : faults) {
            auto error = fresh_error();
            CPPUNIT_ASSERT_EQUAL(result, thrown(StoreFault{kind, "The store says why."}, &error));
            CPPUNIT_ASSERT_EQUAL(std::string{"The store says why."}, std::string{error.message});
        }
    }

    void turns_exhausted_memory_into_its_result() {
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_FAULT_MEMORY}, thrown(std::bad_alloc{}, nullptr));
    }

    void says_nothing_of_an_exception_from_inside() {
        auto error = fresh_error();
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_FAULT_INTERNAL},
                             thrown(std::runtime_error{"anna@example.org"}, &error));
        CPPUNIT_ASSERT(std::string{error.message}.find("anna") == std::string::npos);
    }

    void says_nothing_of_a_poco_exception_but_its_name() {
        auto error = fresh_error();
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_FAULT_INTERNAL},
                             thrown(Poco::IOException{"anna@example.org"}, &error));
        CPPUNIT_ASSERT_EQUAL(std::string{"I/O error"}, std::string{error.message});
    }

    void ends_an_exception_that_is_none() {
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_FAULT_INTERNAL}, thrown(7, nullptr));
    }

private:
    template <class Exception>
    static ppo_result thrown(const Exception& exception, ppo_error* error) {
        try {
            throw exception;
        } catch (...) {
            return answer_exception(error, nullptr);
        }
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(ErrorTest);
