// SPDX-License-Identifier: Apache-2.0
#include "host/restore_generation.hpp"

#include "host/settings.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <cstdlib>
#include <fstream>
#include <stdexcept>

using namespace ppo_sim;

class RestoreGenerationTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(RestoreGenerationTest);
    CPPUNIT_TEST(a_new_folder_was_never_restored);
    CPPUNIT_TEST(each_time_it_is_one_more_and_the_settings_say_so);
    CPPUNIT_TEST(it_can_be_brought_to_what_the_store_knows);
    CPPUNIT_TEST(anything_else_in_the_file_is_refused_and_stays);
    CPPUNIT_TEST_SUITE_END();

    std::filesystem::path folder_{};

    [[nodiscard]] std::filesystem::path file() const {
        return DataFolder{folder_}.restore_generation();
    }

public:
    void setUp() override {
        std::string pattern = std::filesystem::temp_directory_path() / "ppo-restore-XXXXXX";
        CPPUNIT_ASSERT(::mkdtemp(pattern.data()) != nullptr);
        folder_ = pattern;
    }
    void tearDown() override { std::filesystem::remove_all(folder_); }

private:
    void a_new_folder_was_never_restored() {
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{0}, DataFolder{folder_}.settings().restore_generation);
    }

    void each_time_it_is_one_more_and_the_settings_say_so() {
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{1}, raise_generation(file(), 0));
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{2}, raise_generation(file(), 0));
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{2},
                             DataFolder{folder_}.settings().to_abi().restore_generation);
    }

    void it_can_be_brought_to_what_the_store_knows() {
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{9}, raise_generation(file(), 9));
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{10}, raise_generation(file(), 4));
    }

    void anything_else_in_the_file_is_refused_and_stays() {
        for (const auto* text : {"", "many\n", "3", "3\n4\n", "-1\n"}) {
            std::ofstream{file()} << text;
            CPPUNIT_ASSERT_THROW(static_cast<void>(read_generation(file())), std::runtime_error);
            CPPUNIT_ASSERT_THROW(raise_generation(file(), 0), std::runtime_error);
        }
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(RestoreGenerationTest);
