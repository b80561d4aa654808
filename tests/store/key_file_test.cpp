// SPDX-License-Identifier: Apache-2.0
#include "store/key_file.hpp"

#include "support/prints.hpp"
#include "support/temp_store.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <sys/stat.h>

#include <filesystem>
#include <future>
#include <iterator>
#include <set>
#include <vector>

using namespace ppo;

namespace {
const std::string one_key = "k1 " + std::string(64, 'a') + "\n";
}

class KeyFileTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(KeyFileTest);
    CPPUNIT_TEST(absent_file_is_made_for_its_owner_only);
    CPPUNIT_TEST(made_key_is_read_again_the_same);
    CPPUNIT_TEST(two_made_keys_differ);
    CPPUNIT_TEST(all_who_start_at_once_get_the_same_key_and_nothing_else_is_left);
    CPPUNIT_TEST(missing_file_of_an_existing_store_is_refused_and_not_made);
    CPPUNIT_TEST(file_that_others_can_read_is_refused);
    CPPUNIT_TEST(first_key_is_the_writing_one_and_all_are_read);
    CPPUNIT_TEST(damaged_lines_are_refused);
    CPPUNIT_TEST(empty_file_is_refused);
    CPPUNIT_TEST(two_keys_of_one_name_are_refused);
    CPPUNIT_TEST(folder_in_its_place_is_refused);
    CPPUNIT_TEST(refusal_names_the_file_and_no_key);
    CPPUNIT_TEST(file_that_cannot_be_made_is_refused);
    CPPUNIT_TEST_SUITE_END();

    TempFolder folder_{};
    std::string path_ = folder_.file("store.db.key");

    void write(const std::string& text, mode_t mode = 0600) {
        write_file(path_, text);
        ::chmod(path_.c_str(), mode);
    }

    StoreFault fault(bool may_make = false) {
        const auto fault = fault_of([&] { static_cast<void>(read_key_file(path_, may_make)); });
        CPPUNIT_ASSERT_EQUAL(StoreFault::Kind::Keys, fault.kind());
        return fault;
    }

    void absent_file_is_made_for_its_owner_only() {
        const auto mask = ::umask(0);
        const auto keys = read_key_file(path_, true);
        ::umask(mask);
        struct stat status {};
        CPPUNIT_ASSERT_EQUAL(0, ::stat(path_.c_str(), &status));
        CPPUNIT_ASSERT_EQUAL(mode_t{0600}, status.st_mode & mode_t{07777});
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, keys.size());
    }

    void made_key_is_read_again_the_same() {
        const auto made = read_key_file(path_, true);
        const auto read = read_key_file(path_, false);
        CPPUNIT_ASSERT(made.front().bytes == read.front().bytes &&
                       made.front().id == read.front().id);
    }

    void two_made_keys_differ() {
        const auto one = read_key_file(path_, true);
        const auto other = read_key_file(folder_.file("other.key"), true);
        CPPUNIT_ASSERT(one.front().bytes != other.front().bytes);
    }

    void all_who_start_at_once_get_the_same_key_and_nothing_else_is_left() {
        for (int round = 0; round < 20; ++round) {
            std::filesystem::remove(path_);
            std::vector<std::future<std::vector<RootKey>>> starts;
            for (int i = 0; i < 4; ++i)
                starts.push_back(
                    std::async(std::launch::async, [this] { return read_key_file(path_, true); }));
            std::set<std::string> made;
            for (auto& start : starts) {
                const auto keys = start.get();
                const auto& bytes = keys.front().bytes;
                made.emplace(bytes.data(), bytes.data() + bytes.size());
            }
            CPPUNIT_ASSERT_EQUAL(std::size_t{1}, made.size());
        }
        const std::filesystem::directory_iterator files{std::filesystem::path{path_}.parent_path()};
        CPPUNIT_ASSERT_EQUAL(std::ptrdiff_t{1}, std::distance(begin(files), end(files)));
    }

    void missing_file_of_an_existing_store_is_refused_and_not_made() {
        CPPUNIT_ASSERT(std::string{fault().what()}.find("is missing") != std::string::npos);
        CPPUNIT_ASSERT(!std::filesystem::exists(path_));
    }

    void file_that_others_can_read_is_refused() {
        for (const mode_t mode : {mode_t{0644}, mode_t{0640}, mode_t{0604}, mode_t{0620}}) {
            write(one_key, mode);
            CPPUNIT_ASSERT(std::string{fault().what()}.find("0600") != std::string::npos);
        }
    }

    void first_key_is_the_writing_one_and_all_are_read() {
        write("k2 " + std::string(64, 'b') + "\n\n" + one_key);
        const Keyring keyring{read_key_file(path_, false)};
        CPPUNIT_ASSERT_EQUAL(std::string{"k2"}, keyring.current());
        CPPUNIT_ASSERT(keyring.has("k1"));
    }

    void damaged_lines_are_refused() {
        for (const auto& line :
             {"k1 " + std::string(63, 'a'), "k1 " + std::string(62, 'a'),
              "k1 " + std::string(66, 'a'), "k1 " + std::string(63, 'a') + "g",
              std::string(64, 'a'), " " + std::string(64, 'a'), "K1 " + std::string(64, 'a'),
              std::string(33, 'k') + " " + std::string(64, 'a'), std::string{"k1"},
              one_key + "half"}) {
            write(line);
            CPPUNIT_ASSERT(std::string{fault().what()}.find("damaged") != std::string::npos);
        }
    }

    void empty_file_is_refused() {
        for (const auto* text : {"", "\n\n"}) {
            write(text);
            CPPUNIT_ASSERT(std::string{fault(true).what()}.find("empty") != std::string::npos);
        }
    }

    void two_keys_of_one_name_are_refused() {
        write(one_key + "k1 " + std::string(64, 'b') + "\n");
        CPPUNIT_ASSERT(std::string{fault().what()}.find("two keys named k1;") != std::string::npos);
    }

    void folder_in_its_place_is_refused() {
        std::filesystem::create_directory(path_);
        CPPUNIT_ASSERT(std::string{fault(true).what()}.find("not a file") != std::string::npos);
    }

    void refusal_names_the_file_and_no_key() {
        write("k1 " + std::string(63, 'a') + "\n");
        const std::string what = fault().what();
        CPPUNIT_ASSERT(what.find(path_) != std::string::npos);
        CPPUNIT_ASSERT(what.find("aaaa") == std::string::npos);
    }

    void file_that_cannot_be_made_is_refused() {
        path_ = folder_.file("none/store.key");
        CPPUNIT_ASSERT(std::string{fault(true).what()}.find("choose a folder") !=
                       std::string::npos);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(KeyFileTest);
