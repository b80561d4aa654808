// SPDX-License-Identifier: Apache-2.0
#include "store/store_file.hpp"

#include "store/database.hpp"
#include "support/prints.hpp"
#include "support/temp_store.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>

using namespace ppo;

namespace {
constexpr std::size_t page = 4096;

/// The fault of opening a store with these bytes; they must be the same afterwards.
StoreFault fault_of_store(const std::string& path, const std::string& bytes) {
    write_file(path, bytes);
    const auto fault = fault_of([&] { const Database database{path, test_keyring()}; });
    CPPUNIT_ASSERT_MESSAGE("the file was changed", bytes == bytes_of_file(path));
    CPPUNIT_ASSERT(std::string{fault.what()}.find(path) != std::string::npos);
    return fault;
}
}  // namespace

class StoreFileTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(StoreFileTest);
    CPPUNIT_TEST(absent_file_is_made_for_its_owner_only_whatever_the_mask);
    CPPUNIT_TEST(path_becomes_absolute);
    CPPUNIT_TEST(existing_file_is_left_as_it_is);
    CPPUNIT_TEST(folder_in_its_place_is_refused);
    CPPUNIT_TEST(missing_folder_is_refused_with_its_mend);
    CPPUNIT_TEST(dangling_link_is_refused_and_not_followed);
    CPPUNIT_TEST(file_that_is_no_store_is_refused_and_unchanged);
    CPPUNIT_TEST(store_cut_off_in_the_middle_is_refused_and_unchanged);
    CPPUNIT_TEST(store_cut_off_by_one_page_is_refused_and_unchanged);
    CPPUNIT_TEST(store_with_a_damaged_page_is_refused_and_unchanged);
    CPPUNIT_TEST(store_with_a_damaged_header_is_refused_and_unchanged);
    CPPUNIT_TEST_SUITE_END();

    TempFolder folder_{};
    std::string path_ = folder_.file("store.db");

    static std::string good_store() {
        TempStore store;
        for (int i = 0; i < 40; ++i) store.add(anna("P" + std::to_string(i)));
        return store.bytes();
    }

    void absent_file_is_made_for_its_owner_only_whatever_the_mask() {
        const auto mask = ::umask(0);
        static_cast<void>(prepare_store_file(path_));
        ::umask(mask);
        struct stat status {};
        CPPUNIT_ASSERT_EQUAL(0, ::stat(path_.c_str(), &status));
        CPPUNIT_ASSERT_EQUAL(mode_t{0600}, status.st_mode & mode_t{07777});
    }

    void path_becomes_absolute() {
        const auto relative = std::filesystem::relative(path_).string();
        CPPUNIT_ASSERT_EQUAL('/', prepare_store_file(relative).front());
        CPPUNIT_ASSERT(std::filesystem::exists(path_));
    }

    void existing_file_is_left_as_it_is() {
        write_file(path_, "anything");
        CPPUNIT_ASSERT_EQUAL(path_, prepare_store_file(path_));
        CPPUNIT_ASSERT_EQUAL(std::string{"anything"}, bytes_of_file(path_));
    }

    void folder_in_its_place_is_refused() {
        std::filesystem::create_directory(path_);
        const auto fault = fault_of([&] { static_cast<void>(prepare_store_file(path_)); });
        CPPUNIT_ASSERT_EQUAL(StoreFault::Kind::Unreadable, fault.kind());
    }

    void missing_folder_is_refused_with_its_mend() {
        const auto fault = fault_of(
            [&] { static_cast<void>(prepare_store_file(folder_.file("none/a.db"))); });
        CPPUNIT_ASSERT(std::string{fault.what()}.find("choose a folder") != std::string::npos);
    }

    void dangling_link_is_refused_and_not_followed() {
        std::filesystem::create_symlink(folder_.file("elsewhere"), path_);
        static_cast<void>(fault_of([&] { static_cast<void>(prepare_store_file(path_)); }));
        CPPUNIT_ASSERT(!std::filesystem::exists(folder_.file("elsewhere")));
    }

    void file_that_is_no_store_is_refused_and_unchanged() {
        const auto fault = fault_of_store(path_, std::string(5000, 'x'));
        CPPUNIT_ASSERT_EQUAL(StoreFault::Kind::Damaged, fault.kind());
    }

    void store_cut_off_in_the_middle_is_refused_and_unchanged() {
        const auto good = good_store();
        const auto fault = fault_of_store(path_, good.substr(0, good.size() / 2 + 100));
        CPPUNIT_ASSERT_EQUAL(StoreFault::Kind::Damaged, fault.kind());
    }

    void store_cut_off_by_one_page_is_refused_and_unchanged() {
        const auto good = good_store();
        const auto fault = fault_of_store(path_, good.substr(0, good.size() - page));
        CPPUNIT_ASSERT_EQUAL(StoreFault::Kind::Damaged, fault.kind());
    }

    void store_with_a_damaged_page_is_refused_and_unchanged() {
        auto damaged = good_store();
        for (std::size_t i = page; i < page + 200; ++i) damaged[i] = '\x55';
        CPPUNIT_ASSERT_EQUAL(StoreFault::Kind::Damaged, fault_of_store(path_, damaged).kind());
    }

    void store_with_a_damaged_header_is_refused_and_unchanged() {
        auto damaged = good_store();
        damaged[3] = '!';
        CPPUNIT_ASSERT_EQUAL(StoreFault::Kind::Damaged, fault_of_store(path_, damaged).kind());
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(StoreFileTest);
