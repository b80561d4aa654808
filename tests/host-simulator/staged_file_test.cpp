// SPDX-License-Identifier: Apache-2.0
#include "host/staged_file.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <iterator>
#include <stdexcept>

using namespace ppo_sim;

namespace {
/// No file of this process may grow beyond so many bytes, as on a disk that is full.
class SmallDisk {
public:
    explicit SmallDisk(rlim_t bytes) : signal_{std::signal(SIGXFSZ, SIG_IGN)} {
        getrlimit(RLIMIT_FSIZE, &before_);
        const rlimit small{bytes, before_.rlim_max};
        setrlimit(RLIMIT_FSIZE, &small);
    }
    ~SmallDisk() {
        setrlimit(RLIMIT_FSIZE, &before_);
        std::signal(SIGXFSZ, signal_);
    }
    SmallDisk(const SmallDisk&) = delete;
    SmallDisk& operator=(const SmallDisk&) = delete;

private:
    rlimit before_{};
    void (*signal_)(int);
};

std::string complaint_of(const std::function<void()>& act) {
    try {
        act();
    } catch (const std::runtime_error& failure) {
        return failure.what();
    }
    return {};
}
}  // namespace

class StagedFileTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(StagedFileTest);
    CPPUNIT_TEST(is_not_there_before_it_is_kept);
    CPPUNIT_TEST(is_there_whole_once_it_is_kept);
    CPPUNIT_TEST(is_for_its_owner_alone);
    CPPUNIT_TEST(takes_the_place_of_an_older_one);
    CPPUNIT_TEST(leaves_the_older_one_when_it_is_not_kept);
    CPPUNIT_TEST(leaves_nothing_of_a_full_disk);
    CPPUNIT_TEST(says_where_it_cannot_be);
    CPPUNIT_TEST(replaces_a_link_and_not_what_it_leads_to);
    CPPUNIT_TEST(unnamed_file_is_read_again_from_the_begin);
    CPPUNIT_TEST_SUITE_END();

public:
    void setUp() override {
        std::string pattern = (std::filesystem::temp_directory_path() / "ppo-staged-XXXXXX")
                                  .string();
        CPPUNIT_ASSERT(mkdtemp(pattern.data()) != nullptr);
        folder_ = pattern;
        file_ = folder_ / "list.csv";
    }
    void tearDown() override { std::filesystem::remove_all(folder_); }

    void is_not_there_before_it_is_kept() {
        StagedFile staged{file_};
        staged.write("half");
        CPPUNIT_ASSERT_EQUAL(0, files());
    }

    void is_there_whole_once_it_is_kept() {
        keep("one ", "two");
        CPPUNIT_ASSERT_EQUAL(std::string{"one two"}, content());
        CPPUNIT_ASSERT_EQUAL(1, files());
    }

    void is_for_its_owner_alone() {
        keep("one", "");
        struct stat status {};
        CPPUNIT_ASSERT_EQUAL(0, stat(file_.c_str(), &status));
        CPPUNIT_ASSERT_EQUAL(mode_t{0600}, static_cast<mode_t>(status.st_mode & 07777));
    }

    void takes_the_place_of_an_older_one() {
        keep("a longer one from before", "");
        keep("new", "");
        CPPUNIT_ASSERT_EQUAL(std::string{"new"}, content());
        CPPUNIT_ASSERT_EQUAL(1, files());
    }

    void leaves_the_older_one_when_it_is_not_kept() {
        keep("old", "");
        {
            StagedFile staged{file_};
            staged.write("new");
        }
        CPPUNIT_ASSERT_EQUAL(std::string{"old"}, content());
        CPPUNIT_ASSERT_EQUAL(1, files());
    }

    void leaves_nothing_of_a_full_disk() {
        keep("old", "");
        {
            const SmallDisk small{10'000};
            const auto said = complaint_of([&] {
                StagedFile staged{file_};
                for (int i = 0; i < 100; ++i) staged.write(std::string(1'000, 'x'));
                staged.keep();
            });
            CPPUNIT_ASSERT(said.find("is there space?") != std::string::npos);
        }
        CPPUNIT_ASSERT_EQUAL(std::string{"old"}, content());
        CPPUNIT_ASSERT_EQUAL(1, files());
    }

    void says_where_it_cannot_be() {
        const auto missing = folder_ / "no such folder";
        CPPUNIT_ASSERT(complaint_of([&] {
                           const StagedFile staged{missing / "list.csv"};
                       }).find(missing) == 0);
        CPPUNIT_ASSERT(complaint_of([&] {
                           const StagedFile staged{folder_};
                       }).find("name a file") != std::string::npos);
    }

    void replaces_a_link_and_not_what_it_leads_to() {
        const auto elsewhere = folder_ / "elsewhere";
        std::ofstream{elsewhere} << "precious";
        std::filesystem::create_symlink(elsewhere, file_);
        keep("list", "");
        CPPUNIT_ASSERT(!std::filesystem::is_symlink(file_));
        CPPUNIT_ASSERT_EQUAL(std::string{"list"}, content());
        std::ifstream in{elsewhere};
        CPPUNIT_ASSERT_EQUAL(std::string{"precious"},
                             (std::string{std::istreambuf_iterator<char>{in}, {}}));
    }

    void unnamed_file_is_read_again_from_the_begin() {
        UnnamedFile unnamed{folder_};
        const std::string piece(100'000, 'y');
        for (int i = 0; i < 3; ++i) unnamed.write(piece);
        CPPUNIT_ASSERT_EQUAL(0, files());
        for (int twice = 0; twice < 2; ++twice) {
            std::string all;
            unnamed.read([&](std::string_view part) { all += part; });
            CPPUNIT_ASSERT(all == piece + piece + piece && all.size() == unnamed.size());
        }
    }

private:
    void keep(const char* one, const char* two) {
        StagedFile staged{file_};
        staged.write(one);
        staged.write(two);
        staged.keep();
    }
    std::string content() const {
        std::ifstream in{file_};
        return {std::istreambuf_iterator<char>{in}, {}};
    }
    int files() const {
        return static_cast<int>(std::distance(std::filesystem::directory_iterator{folder_}, {}));
    }

    std::filesystem::path folder_{};
    std::filesystem::path file_{};
};
CPPUNIT_TEST_SUITE_REGISTRATION(StagedFileTest);
