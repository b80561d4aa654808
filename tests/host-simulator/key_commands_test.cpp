// SPDX-License-Identifier: Apache-2.0
#include "host/key_commands.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <sys/stat.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <sstream>

using namespace ppo_sim;

namespace {
const std::string first_line = "k1 " + std::string(64, 'a') + "\n";
}

class KeyCommandsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(KeyCommandsTest);
    CPPUNIT_TEST(an_added_key_stands_behind_the_writing_one);
    CPPUNIT_TEST(two_added_keys_differ);
    CPPUNIT_TEST(a_key_that_is_used_comes_first_and_nothing_is_lost);
    CPPUNIT_TEST(the_file_stays_its_owners_alone);
    CPPUNIT_TEST(the_list_names_no_key);
    CPPUNIT_TEST(an_unknown_id_changes_nothing);
    CPPUNIT_TEST(a_missing_file_is_not_made);
    CPPUNIT_TEST(a_file_that_others_read_is_left_alone);
    CPPUNIT_TEST(what_an_interrupted_run_left_is_no_hindrance);
    CPPUNIT_TEST_SUITE_END();

    std::filesystem::path folder_{};
    std::ostringstream out_{};
    std::ostringstream trouble_{};

public:
    void setUp() override {
        std::string pattern = std::filesystem::temp_directory_path() / "ppo-keys-XXXXXX";
        CPPUNIT_ASSERT(::mkdtemp(pattern.data()) != nullptr);
        folder_ = pattern;
        write(first_line);
    }
    void tearDown() override { std::filesystem::remove_all(folder_); }

private:
    [[nodiscard]] std::filesystem::path file() const { return folder_ / "onboarding.sqlite.key"; }
    void write(const std::string& text) const {
        std::ofstream{file()} << text;
        ::chmod(file().c_str(), 0600);
    }
    [[nodiscard]] std::string text() const {
        std::ifstream in{file()};
        return {std::istreambuf_iterator<char>{in}, {}};
    }
    int add() { return add_key({{.data = folder_}, {}}, out_, trouble_); }
    int use(const std::string& id) { return use_key({{.data = folder_}, id}, out_, trouble_); }

    void an_added_key_stands_behind_the_writing_one() {
        CPPUNIT_ASSERT_EQUAL(0, add());
        const auto now = text();
        CPPUNIT_ASSERT_EQUAL(first_line + "k2 ", now.substr(0, first_line.size() + 3));
        CPPUNIT_ASSERT_EQUAL(2 * first_line.size(), now.size());
    }

    void two_added_keys_differ() {
        CPPUNIT_ASSERT_EQUAL(0, add() + add());
        const auto now = text();
        CPPUNIT_ASSERT(now.find("\nk3 ") != std::string::npos);
        CPPUNIT_ASSERT(now.substr(first_line.size() + 3, 64) !=
                       now.substr(2 * first_line.size() + 3, 64));
    }

    void a_key_that_is_used_comes_first_and_nothing_is_lost() {
        CPPUNIT_ASSERT_EQUAL(0, add());
        const auto added = text().substr(first_line.size());
        CPPUNIT_ASSERT_EQUAL(0, use("k2"));
        CPPUNIT_ASSERT_EQUAL(added + first_line, text());
    }

    void the_file_stays_its_owners_alone() {
        const auto mask = ::umask(0);
        CPPUNIT_ASSERT_EQUAL(0, add());
        ::umask(mask);
        struct stat status {};
        CPPUNIT_ASSERT_EQUAL(0, ::stat(file().c_str(), &status));
        CPPUNIT_ASSERT_EQUAL(mode_t{0600}, status.st_mode & mode_t{07777});
    }

    void the_list_names_no_key() {
        CPPUNIT_ASSERT_EQUAL(0, add());
        std::ostringstream listed;
        CPPUNIT_ASSERT_EQUAL(0, list_keys({{.data = folder_}, {}}, listed, trouble_));
        CPPUNIT_ASSERT_EQUAL(std::string{"k1 writes\nk2 is read\n"}, listed.str());
    }

    void an_unknown_id_changes_nothing() {
        CPPUNIT_ASSERT_EQUAL(2, use("k9"));
        CPPUNIT_ASSERT_EQUAL(first_line, text());
        CPPUNIT_ASSERT(trouble_.str().find("keys list") != std::string::npos);
    }

    void a_missing_file_is_not_made() {
        std::filesystem::remove(file());
        CPPUNIT_ASSERT_EQUAL(2, add());
        CPPUNIT_ASSERT(!std::filesystem::exists(file()));
    }

    void a_file_that_others_read_is_left_alone() {
        ::chmod(file().c_str(), 0644);
        CPPUNIT_ASSERT_EQUAL(2, add());
        CPPUNIT_ASSERT_EQUAL(first_line, text());
    }

    void what_an_interrupted_run_left_is_no_hindrance() {
        std::ofstream{file().string() + ".new"} << "half";
        CPPUNIT_ASSERT_EQUAL(0, add());
        CPPUNIT_ASSERT(!std::filesystem::exists(file().string() + ".new"));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(KeyCommandsTest);
