// SPDX-License-Identifier: Apache-2.0
#include "host/checkpoint_file.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <sys/stat.h>
#include <unistd.h>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <thread>

using namespace ppo_sim;

class CheckpointFileTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(CheckpointFileTest);
    CPPUNIT_TEST(what_was_appended_comes_back_in_its_order);
    CPPUNIT_TEST(no_file_is_no_checkpoint);
    CPPUNIT_TEST(only_the_owner_may_read_it);
    CPPUNIT_TEST(what_a_crash_left_is_passed_over_and_written_over);
    CPPUNIT_TEST(a_damaged_line_is_named);
    CPPUNIT_TEST(writers_side_by_side_lose_nothing);
    CPPUNIT_TEST_SUITE_END();

public:
    void setUp() override {
        folder_ = std::filesystem::temp_directory_path() /
                  ("ppo-checkpoints-" + std::to_string(::getpid()));
        std::filesystem::create_directory(folder_);
    }
    void tearDown() override { std::filesystem::remove_all(folder_); }

    void what_was_appended_comes_back_in_its_order() {
        file().append({1, 1000, "k1:aa"});
        file().append({UINT64_C(9007199254740991), 2000, "k1:bb"});
        const auto all = file().read();
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, all.size());
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{1}, all.at(0).sequence);
        CPPUNIT_ASSERT_EQUAL(UINT64_C(9007199254740991), all.at(1).sequence);
        CPPUNIT_ASSERT_EQUAL(ppo_time{2000}, all.at(1).at);
        CPPUNIT_ASSERT_EQUAL(std::string{"k1:bb"}, all.at(1).mac);
    }

    void no_file_is_no_checkpoint() { CPPUNIT_ASSERT(file().read().empty()); }

    void only_the_owner_may_read_it() {
        file().append({1, 1000, "k1:aa"});
        struct stat status {};
        CPPUNIT_ASSERT_EQUAL(0, ::stat(path().c_str(), &status));
        CPPUNIT_ASSERT_EQUAL(mode_t{0600}, status.st_mode & mode_t{07777});
    }

    void what_a_crash_left_is_passed_over_and_written_over() {
        file().append({1, 1000, "k1:aa"});
        std::ofstream{path(), std::ios::app} << R"({"sequence":2,"at":)";
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, file().read().size());
        file().append({3, 3000, "k1:cc"});
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, file().read().size());
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{3}, file().read().at(1).sequence);
    }

    void a_damaged_line_is_named() {
        file().append({1, 1000, "k1:aa"});
        std::ofstream{path(), std::ios::app} << "not a checkpoint\n";
        file().append({3, 3000, "k1:cc"});
        try {
            static_cast<void>(file().read());
            CPPUNIT_FAIL("a damaged line was taken");
        } catch (const std::runtime_error& damaged) {
            CPPUNIT_ASSERT(std::string{damaged.what()}.find("line 2") != std::string::npos);
        }
    }

    void writers_side_by_side_lose_nothing() {
        std::vector<std::thread> writers;
        for (std::uint64_t writer = 0; writer < 4; ++writer)
            writers.emplace_back([this, writer] {
                for (std::uint64_t i = 1; i <= 25; ++i)
                    file().append({writer * 100 + i, 1000, "k1:aa"});
            });
        for (auto& writer : writers) writer.join();
        CPPUNIT_ASSERT_EQUAL(std::size_t{100}, file().read().size());
    }

private:
    [[nodiscard]] std::filesystem::path path() const { return folder_ / "audit-checkpoints"; }
    [[nodiscard]] CheckpointFile file() const { return CheckpointFile{path()}; }

    std::filesystem::path folder_{};
};
CPPUNIT_TEST_SUITE_REGISTRATION(CheckpointFileTest);
