// SPDX-License-Identifier: Apache-2.0
#include "hl7/batch.hpp"
#include "hl7/drop_folder.hpp"
#include "scenario/world.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <random>
#include <sstream>

namespace {
namespace fs = std::filesystem;
using ppo_sim::DirectoryEvent;
using ppo_sim::Hl7Pass;

constexpr ppo_time now = 1'772'899'200'000;  // After the sample messages.

std::string content_of(const fs::path& file) {
    std::ifstream in{file, std::ios::binary};
    return {std::istreambuf_iterator<char>{in}, {}};
}

std::string message(const std::string& control_id, const std::string& event = "A08") {
    return "MSH|^~\\&|EHR|C|||20260302080000||ADT^" + event + "|" + control_id +
           "|P|2.5.1\rPID|||P1||Weber^Anna\r";
}

/// A folder, the charts, and a plugin that agrees to everything.
struct Rig {
    ppo_sim::TemporaryFolder root{};
    fs::path folder = root.path() / "in";
    ppo_sim::PatientDirectory directory{};
    ppo_sim::Hl7Journal journal{};
    ppo_sim::Answer plugin_says{PPO_OK, "", "", "", 0};
    ppo_sim::Hl7Receiver receiver{directory, journal,
                                  [this](const DirectoryEvent&) { return plugin_says; }};

    void put(const std::string& name, const std::string& content) const {
        fs::create_directories(folder);
        std::ofstream{folder / name, std::ios::binary} << content;
    }

    Hl7Pass take(std::size_t most = 100) {
        return ppo_sim::Hl7Folder{folder}.take(
            receiver, [] { return now; }, most);
    }

    [[nodiscard]] std::vector<std::string> names_in(const std::string& part) const {
        std::vector<std::string> names;
        for (const auto& entry : fs::directory_iterator{folder / part})
            names.push_back(entry.path().filename().string());
        std::sort(names.begin(), names.end());
        return names;
    }
};

using Names = std::vector<std::string>;
}  // namespace

class Hl7FolderTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(Hl7FolderTest);
    CPPUNIT_TEST(the_sample_messages_do_what_they_say);
    CPPUNIT_TEST(each_message_of_a_file_is_answered_in_its_order);
    CPPUNIT_TEST(files_are_taken_in_the_order_of_their_names);
    CPPUNIT_TEST(a_file_that_is_not_complete_waits);
    CPPUNIT_TEST(a_file_that_somebody_writes_waits_whatever_it_ends_with);
    CPPUNIT_TEST(links_folders_and_hidden_files_are_left_alone);
    CPPUNIT_TEST(a_file_without_messages_is_refused_and_answered);
    CPPUNIT_TEST(a_message_or_file_that_is_too_long_is_refused);
    CPPUNIT_TEST(a_name_that_was_there_before_keeps_its_file);
    CPPUNIT_TEST(a_fault_leaves_the_file_and_those_behind_it);
    CPPUNIT_TEST(two_processes_do_not_take_one_folder_at_once);
    CPPUNIT_TEST(no_answer_and_no_log_holds_a_value_of_a_patient);
    CPPUNIT_TEST_SUITE_END();

    void the_sample_messages_do_what_they_say() {
        Rig rig;
        for (const auto& entry : fs::directory_iterator{PPO_SAMPLE_DATA "/hl7"})
            rig.put(entry.path().filename().string(), content_of(entry.path()));
        const auto pass = rig.take();
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{9}, pass.accepted);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{1}, pass.not_accepted);
        CPPUNIT_ASSERT_EQUAL(std::size_t{4}, rig.directory.size());
        CPPUNIT_ASSERT_EQUAL(std::string{"ana@new.example"}, rig.directory.find("H-1001")->email);
        CPPUNIT_ASSERT_EQUAL(std::string{"van der Meulen"}, rig.directory.find("H-1002")->last);
        CPPUNIT_ASSERT_EQUAL(std::string{}, rig.directory.find("H-1002")->email);
        CPPUNIT_ASSERT(PPO_CHART_DECEASED == rig.directory.find("H-1002")->chart_status);
        CPPUNIT_ASSERT_EQUAL(std::string{"H-1004"}, rig.directory.survivor_of("H-1003"));
        CPPUNIT_ASSERT_EQUAL(std::string{"Jörg Müller"}, rig.directory.find("H-1005")->name());
        CPPUNIT_ASSERT((Names{"8-not-handled.hl7"}) == rig.names_in("refused"));
    }

    void each_message_of_a_file_is_answered_in_its_order() {
        Rig rig;
        rig.put("a.hl7", message("1") + message("2", "A03") + message("3"));
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{1}, rig.take().refused);
        const std::string ack = content_of(rig.folder / "ack" / "a.hl7.ack");
        const auto one = ack.find("MSA|AA|1\r");
        const auto two = ack.find("MSA|AR|2|the event A03 is not handled\r");
        const auto three = ack.find("MSA|AA|3\r");
        CPPUNIT_ASSERT(one < two && two < three && three != std::string::npos);
        CPPUNIT_ASSERT((Names{"a.hl7"}) == rig.names_in("refused"));
    }

    void files_are_taken_in_the_order_of_their_names() {
        Rig rig;
        rig.put("2.hl7", "MSH|^~\\&|E|C|||||ADT^A08|2|P|2.5\rPID|||P1||Second\r");
        rig.put("1.hl7", "MSH|^~\\&|E|C|||||ADT^A08|1|P|2.5\rPID|||P1||First\r");
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{1}, rig.take(1).done);
        CPPUNIT_ASSERT_EQUAL(std::string{"First"}, rig.directory.find("P1")->last);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{1}, rig.take(1).done);
        CPPUNIT_ASSERT_EQUAL(std::string{"Second"}, rig.directory.find("P1")->last);
    }

    void a_file_that_is_not_complete_waits() {
        Rig rig;
        const std::string whole = message("1");
        rig.put("a.hl7", whole.substr(0, whole.size() - 1));
        rig.put("b.hl7", "BHS|^~\\&\r" + whole);
        rig.put("c.hl7", "");
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{3}, rig.take().incomplete);
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, rig.directory.size());
        rig.put("a.hl7", whole);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{1}, rig.take().accepted);
    }

    void a_file_that_somebody_writes_waits_whatever_it_ends_with() {
        Rig rig;
        rig.put("a.hl7", message("1"));
        const int writer = ::open((rig.folder / "a.hl7").c_str(), O_WRONLY | O_APPEND);
        CPPUNIT_ASSERT(writer >= 0);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{1}, rig.take().incomplete);
        ::close(writer);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{1}, rig.take().done);
    }

    void links_folders_and_hidden_files_are_left_alone() {
        Rig rig;
        rig.put("elsewhere", message("1"));
        rig.put(".hidden.hl7", message("1"));
        rig.put("a.hl7.part", message("1"));
        fs::create_directories(rig.folder / "folder.hl7");
        fs::create_symlink(rig.folder / "elsewhere", rig.folder / "link.hl7");
        CPPUNIT_ASSERT(Hl7Pass{} == rig.take());
    }

    void a_file_without_messages_is_refused_and_answered() {
        Rig rig;
        rig.put("a.hl7", "id,first,last\nP1,Anna,Weber\n");
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{1}, rig.take().refused);
        CPPUNIT_ASSERT(content_of(rig.folder / "ack" / "a.hl7.ack").find("\rMSA|AE||") !=
                       std::string::npos);
    }

    void a_message_or_file_that_is_too_long_is_refused() {
        Rig rig;
        const std::string megabyte(1024 * 1024, 'x');
        rig.put("a.hl7", message("1") + "NTE|1||" + megabyte + "\r" + message("2"));
        std::string huge = message("3");
        for (int i = 0; i < 16; ++i) huge += "NTE|1||" + megabyte + "\r";
        rig.put("b.hl7", huge);
        const auto pass = rig.take();
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{1}, pass.accepted);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{2}, pass.refused);
        CPPUNIT_ASSERT(content_of(rig.folder / "ack" / "a.hl7.ack")
                           .find("MSA|AE|1|the message is longer than 1 MB\r") !=
                       std::string::npos);
        CPPUNIT_ASSERT(content_of(rig.folder / "ack" / "b.hl7.ack").find("16 MB") !=
                       std::string::npos);
    }

    void a_name_that_was_there_before_keeps_its_file() {
        Rig rig;
        for (const auto* control_id : {"1", "2", "3"}) {
            rig.put("a.hl7", message(control_id));
            CPPUNIT_ASSERT_EQUAL(std::uint64_t{1}, rig.take().done);
        }
        CPPUNIT_ASSERT((Names{"a.hl7", "a.hl7.2", "a.hl7.3"}) == rig.names_in("done"));
        CPPUNIT_ASSERT_EQUAL(message("1"), content_of(rig.folder / "done" / "a.hl7"));
    }

    void a_fault_leaves_the_file_and_those_behind_it() {
        Rig rig;
        rig.put("a.hl7", message("1"));
        rig.put("b.hl7", message("2"));
        rig.plugin_says = {PPO_FAULT_STORE_BUSY, "fault_store_busy", "", "busy", 0};
        CPPUNIT_ASSERT_EQUAL(std::string{"fault_store_busy"}, rig.take().left_because);
        CPPUNIT_ASSERT(rig.names_in("ack").empty());
        rig.plugin_says = {PPO_OK, "", "", "", 0};
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{2}, rig.take().accepted);
    }

    void two_processes_do_not_take_one_folder_at_once() {
        Rig rig;
        rig.put("a.hl7", message("1"));
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{0}, rig.take(0).done);  // Makes the lock's file.
        const int other = ::open((rig.folder / ".lock").c_str(), O_RDWR);
        CPPUNIT_ASSERT(other >= 0 && ::flock(other, LOCK_EX) == 0);
        CPPUNIT_ASSERT(rig.take().busy);
        ::close(other);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{1}, rig.take().done);
    }

    void no_answer_and_no_log_holds_a_value_of_a_patient() {
        Rig rig;
        const std::string head = "MSH|^~\\&|EHR|C|||20260302||ADT^A08|";
        const std::string tail = "|P|2.5\rPID|||SECRET^^^C^MR||SECRET^SECRET";
        std::string file = head + "1" + tail + "||SECRET\r" + head + "2" + tail + "\\X07\\\r" +
                           head + "3" + tail + "\rSECRET\r" + head + "4" + tail +
                           std::string(25, '|') + "SECRET\r";
        rig.put("SECRET.hl7", file);
        const auto pass = rig.take();
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{4}, pass.not_accepted);
        CPPUNIT_ASSERT(content_of(rig.folder / "ack" / "SECRET.hl7.ack").find("SECRET") ==
                       std::string::npos);
        std::ostringstream log;
        ppo_sim::tell(pass, log);
        CPPUNIT_ASSERT_EQUAL(std::string{"HL7: 1 files refused; their answers say why\n"},
                             log.str());
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(Hl7FolderTest);

class Hl7DamageTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(Hl7DamageTest);
    CPPUNIT_TEST(damaged_messages_are_answered_and_leave_charts_that_can_be_read);
    CPPUNIT_TEST_SUITE_END();

    static std::string damaged(std::string text, std::mt19937& dice) {
        const std::string bytes = "|^~\\&\r\n\"\x0B\x1C\x00\xFF\xC3MX0";
        const auto at = [&] { return dice() % text.size(); };
        for (unsigned left = dice() % 8; left > 0 && !text.empty(); --left) {
            switch (dice() % 5) {
            case 0: text[at()] = static_cast<char>(dice() % 256); break;
            case 1: text[at()] = bytes[dice() % bytes.size()]; break;
            case 2: text.erase(at(), dice() % 20); break;
            case 3: text.insert(at(), text.substr(at(), dice() % 40)); break;
            case 4: text.resize(at()); break;
            default: break;
            }
        }
        return text + "\r";
    }

    /// The same every time, and short: what is found by more of it belongs here as a test.
    void damaged_messages_are_answered_and_leave_charts_that_can_be_read() {
        std::vector<std::string> samples;
        for (const auto& entry : fs::directory_iterator{PPO_SAMPLE_DATA "/hl7"})
            samples.push_back(content_of(entry.path()));
        std::sort(samples.begin(), samples.end());
        Rig rig;
        const fs::path charts = rig.root.path() / "patients.jsonl";
        const fs::path done = rig.root.path() / "hl7-done.jsonl";
        ppo_sim::PatientDirectory directory{charts};
        ppo_sim::Hl7Journal journal{done};
        ppo_sim::Hl7Receiver receiver{directory, journal,
                                      [&](const DirectoryEvent&) { return rig.plugin_says; }};
        std::mt19937 dice{20260302};
        std::size_t accepted = 0;
        for (int round = 0; round < 4000; ++round) {
            const auto batch = ppo_sim::split_hl7(damaged(samples[dice() % samples.size()], dice));
            for (const auto& text : batch.messages) {
                const ppo_sim::Hl7Message read{text};
                const auto answer = receiver.receive(read, now);
                if (answer.accepted()) ++accepted;
                const ppo_sim::Hl7Message ack{ppo_sim::acknowledge(read, answer, now)};
                CPPUNIT_ASSERT(!ack.problem());
            }
        }
        CPPUNIT_ASSERT(accepted > 50);
        const ppo_sim::Hl7Journal journal_again{done};
        const ppo_sim::PatientDirectory again{charts};
        CPPUNIT_ASSERT(directory.all() == again.all());
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(Hl7DamageTest);
