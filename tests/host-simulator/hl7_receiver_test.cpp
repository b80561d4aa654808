// SPDX-License-Identifier: Apache-2.0
#include "hl7/apply.hpp"
#include "scenario/world.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <fstream>
#include <string>
#include <vector>

namespace {
using ppo_sim::DirectoryEvent;
using ppo_sim::Hl7Answer;
using ppo_sim::Hl7Code;
using ppo_sim::Hl7Message;
using ppo_sim::Patient;
using ppo_sim::PatientDirectory;

constexpr ppo_time now = 1'772'442'000'000;  // 2026-03-02, 09:00 UTC.

/// A message, and what a test wants it to differ in.
struct Said {
    std::string event = "A08";
    std::string control_id = "1";
    std::string segments = "PID|||P1||Weber^Anna\r";
    std::string at = "20260302080000";
    std::string processing = "P";
    std::string version = "2.5.1";
    std::string type = "ADT";
    std::string sender = "EHR";
    std::string sent_at = "20260302080000";

    [[nodiscard]] std::string text() const {
        return "MSH|^~\\&|" + sender + "|C|||" + sent_at + "||" + type + "^" + event + "|" +
               control_id + "|" + processing + "|" + version + "\rEVN||" + at + "\r" + segments;
    }
};

std::string pid(const std::string& id, const std::string& email) {
    return "PID|||" + id + "||Weber^Anna||||||||^NET^Internet^" + email + "\r";
}

std::string merge(const std::string& losing, const std::string& surviving) {
    return "PID|||" + surviving + "\rMRG|" + losing + "\r";
}
}  // namespace

class Hl7ReceiverTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(Hl7ReceiverTest);
    CPPUNIT_TEST(each_event_of_a_chart_adds_or_changes_it);
    CPPUNIT_TEST(a_deleted_chart_is_removed_and_may_come_back);
    CPPUNIT_TEST(a_merge_takes_the_losing_chart_away_and_no_facts_over);
    CPPUNIT_TEST(merges_that_cannot_be_are_refused_whole);
    CPPUNIT_TEST(several_merges_of_a_message_are_done_in_their_order);
    CPPUNIT_TEST(a_message_that_comes_again_is_accepted_and_not_done_again);
    CPPUNIT_TEST(another_message_with_a_used_control_id_is_refused);
    CPPUNIT_TEST(control_ids_of_two_senders_have_nothing_to_do_with_each_other);
    CPPUNIT_TEST(older_news_than_the_last_is_refused);
    CPPUNIT_TEST(a_day_is_not_older_than_an_hour_of_it);
    CPPUNIT_TEST(times_to_come_and_times_that_are_none_are_refused);
    CPPUNIT_TEST(what_is_not_for_us_is_rejected);
    CPPUNIT_TEST(a_chart_without_name_is_refused_and_not_added);
    CPPUNIT_TEST(a_message_of_which_the_plugin_was_not_told_is_done_again);
    CPPUNIT_TEST(the_journal_survives_in_its_file);
    CPPUNIT_TEST_SUITE_END();

    PatientDirectory directory_{};
    ppo_sim::Hl7Journal journal_{};
    std::vector<DirectoryEvent> told_{};
    ppo_sim::Answer plugin_says_{PPO_OK, "", "", "", 0};

    Hl7Answer receive(const Said& said) {
        ppo_sim::Hl7Receiver receiver{directory_, journal_, [this](const DirectoryEvent& event) {
                                          told_.push_back(event);
                                          return plugin_says_;
                                      }};
        return receiver.receive(Hl7Message{said.text()}, now);
    }

    void accept(const Said& said) {
        const auto answer = receive(said);
        CPPUNIT_ASSERT_MESSAGE(answer.problem ? answer.problem->sentence : "", answer.accepted());
    }

    void refuse(const Said& said, Hl7Code code) {
        const auto answer = receive(said);
        CPPUNIT_ASSERT_MESSAGE(said.text(), answer.problem);
        CPPUNIT_ASSERT_EQUAL(static_cast<int>(code), static_cast<int>(answer.problem->code));
    }

    void add(const std::string& id) {
        Patient patient{};
        patient.id = id;
        patient.last = "Weber";
        CPPUNIT_ASSERT(directory_.add(patient));
    }

    std::string email_of(const std::string& id) { return directory_.find(id)->email; }

    void each_event_of_a_chart_adds_or_changes_it() {
        int number = 0;
        for (const std::string event : {"A04", "A08", "A28", "A31"}) {
            const std::string id = "P" + event;
            accept({.event = event,
                    .control_id = std::to_string(++number),
                    .segments = pid(id, "a@b.example")});
            accept({.event = event,
                    .control_id = std::to_string(++number),
                    .segments = pid(id, "c@b.example")});
            CPPUNIT_ASSERT_EQUAL(std::string{"c@b.example"}, email_of(id));
        }
        CPPUNIT_ASSERT_EQUAL(std::size_t{8}, told_.size());
        CPPUNIT_ASSERT(told_.front().kind == DirectoryEvent::Kind::Changed);
    }

    void a_deleted_chart_is_removed_and_may_come_back() {
        add("P1");
        accept({.event = "A23", .at = "20260302081000"});
        CPPUNIT_ASSERT(!directory_.find("P1"));
        CPPUNIT_ASSERT(told_.back().kind == DirectoryEvent::Kind::Removed);
        accept({.event = "A29", .control_id = "2", .at = "20260302081000"});
        refuse({.control_id = "3", .at = "20260302080000"}, Hl7Code::Internal);
        accept({.event = "A28", .control_id = "4", .at = "20260302082000"});
        CPPUNIT_ASSERT(directory_.find("P1"));
        refuse({.event = "A29", .control_id = "5", .segments = "PID|||P9\r"}, Hl7Code::UnknownKey);
    }

    void a_merge_takes_the_losing_chart_away_and_no_facts_over() {
        add("P1");
        add("P2");
        accept({.event = "A40",
                .segments = "PID|||P2||Other^Name||||||||^NET^Internet^x@b.example\rMRG|P1\r"});
        CPPUNIT_ASSERT(!directory_.find("P1"));
        CPPUNIT_ASSERT_EQUAL(std::string{"Weber"}, directory_.find("P2")->last);
        CPPUNIT_ASSERT_EQUAL(std::string{"P2"}, told_.back().surviving_id);
        accept({.event = "A40", .control_id = "2", .segments = merge("P1", "P2")});
        refuse({.control_id = "3", .segments = pid("P1", "a@b.example")}, Hl7Code::UnknownKey);
        refuse({.event = "A29", .control_id = "4"}, Hl7Code::UnknownKey);
    }

    void merges_that_cannot_be_are_refused_whole() {
        for (const auto* id : {"P1", "P2", "P3"}) add(id);
        const auto refuse_merge = [this](const std::string& segments, Hl7Code code) {
            refuse({.event = "A40", .segments = segments}, code);
        };
        refuse_merge(merge("P1", "P1"), Hl7Code::DataType);
        refuse_merge(merge("P1", "P9"), Hl7Code::UnknownKey);
        refuse_merge(merge("P9", "P1"), Hl7Code::UnknownKey);
        refuse_merge("PID|||P1\r", Hl7Code::SegmentSequence);
        refuse_merge("MRG|P1\rPID|||P2\r", Hl7Code::RequiredField);
        refuse_merge(merge("", "P2"), Hl7Code::RequiredField);
        refuse_merge(merge("P1", "P2") + merge("P9", "P3"), Hl7Code::UnknownKey);
        refuse_merge(merge("P1", "P2") + merge("P1", "P3"), Hl7Code::UnknownKey);
        refuse_merge(merge("P1", "P2") + merge("P3", "P1"), Hl7Code::UnknownKey);
        CPPUNIT_ASSERT_EQUAL(std::size_t{3}, directory_.size());
        accept({.event = "A40", .control_id = "2", .segments = merge("P1", "P2")});
        refuse_merge(merge("P1", "P3"), Hl7Code::UnknownKey);
    }

    void several_merges_of_a_message_are_done_in_their_order() {
        for (const auto* id : {"P1", "P2", "P3"}) add(id);
        accept({.event = "A40", .segments = merge("P1", "P2") + merge("P2", "P3")});
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, directory_.size());
        CPPUNIT_ASSERT_EQUAL(std::string{"P3"}, directory_.survivor_of("P1"));
    }

    void a_message_that_comes_again_is_accepted_and_not_done_again() {
        accept({.segments = pid("P1", "a@b.example")});
        accept({.control_id = "2", .segments = pid("P1", "c@b.example")});
        // A repetition may be sent later and in another way.
        const auto answer = receive(
            {.segments = pid("P1", "a@b.example"), .version = "2.3", .sent_at = "20260302083000"});
        CPPUNIT_ASSERT(answer.accepted() && answer.repeated);
        CPPUNIT_ASSERT_EQUAL(std::string{"c@b.example"}, email_of("P1"));
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, told_.size());
    }

    void another_message_with_a_used_control_id_is_refused() {
        accept({.segments = pid("P1", "a@b.example")});
        refuse({.segments = pid("P1", "c@b.example")}, Hl7Code::DuplicateKey);
        refuse({.event = "A31", .segments = pid("P1", "a@b.example")}, Hl7Code::DuplicateKey);
        CPPUNIT_ASSERT_EQUAL(std::string{"a@b.example"}, email_of("P1"));
    }

    void control_ids_of_two_senders_have_nothing_to_do_with_each_other() {
        accept({.segments = pid("P1", "a@b.example")});
        accept({.segments = pid("P1", "c@b.example"), .sender = "LAB"});
        CPPUNIT_ASSERT_EQUAL(std::string{"c@b.example"}, email_of("P1"));
    }

    void older_news_than_the_last_is_refused() {
        accept({.segments = pid("P1", "a@b.example"), .at = "20260302080500"});
        refuse({.control_id = "2", .segments = pid("P1", "c@b.example"), .at = "20260302080459"},
               Hl7Code::Internal);
        accept({.control_id = "3", .segments = pid("P2", "c@b.example"), .at = "20260302080459"});
        // Without EVN-2 the time in the header stands in.
        refuse({.control_id = "4", .segments = pid("P1", "c@b.example"), .at = ""},
               Hl7Code::Internal);
        CPPUNIT_ASSERT_EQUAL(std::string{"a@b.example"}, email_of("P1"));
        accept({.control_id = "5", .segments = pid("P1", "d@b.example"), .at = "", .sent_at = ""});
    }

    void a_day_is_not_older_than_an_hour_of_it() {
        accept({.segments = pid("P1", "a@b.example"), .at = "20260302080500"});
        accept({.control_id = "2", .segments = pid("P1", "c@b.example"), .at = "20260302"});
        refuse({.control_id = "3", .segments = pid("P1", "d@b.example"), .at = "20260301"},
               Hl7Code::Internal);
        CPPUNIT_ASSERT_EQUAL(std::string{"c@b.example"}, email_of("P1"));
    }

    void times_to_come_and_times_that_are_none_are_refused() {
        for (const auto* at : {"20270101", "20260303090001", "20260231", "yesterday"})
            refuse({.at = at}, Hl7Code::DataType);
        accept({.at = "20260302203000"});
    }

    void what_is_not_for_us_is_rejected() {
        refuse({.type = "ORU"}, Hl7Code::MessageType);
        refuse({.type = "ACK"}, Hl7Code::MessageType);
        for (const auto* event : {"A01", "A03", "A11", "A18", "A24", "A37", "A39", "", "a08"})
            refuse({.event = event}, Hl7Code::EventCode);
        refuse({.processing = "T"}, Hl7Code::ProcessingId);
        refuse({.version = "3.0"}, Hl7Code::VersionId);
        refuse({.control_id = ""}, Hl7Code::RequiredField);
        refuse({.segments = ""}, Hl7Code::RequiredField);
        refuse({.control_id = "\\XFF\\"}, Hl7Code::DataType);
        refuse({.sender = std::string(300, 'x')}, Hl7Code::DataType);
        CPPUNIT_ASSERT_EQUAL(std::string{"AR"},
                             std::string{receive({.event = "A03"}).problem->acknowledgement()});
        CPPUNIT_ASSERT_EQUAL(std::string{"AE"},
                             std::string{receive({.segments = ""}).problem->acknowledgement()});
        CPPUNIT_ASSERT(told_.empty());
    }

    void a_chart_without_name_is_refused_and_not_added() {
        refuse({.segments = "PID|||P1\r"}, Hl7Code::RequiredField);
        CPPUNIT_ASSERT(!directory_.find("P1"));
    }

    void a_message_of_which_the_plugin_was_not_told_is_done_again() {
        add("P2");
        plugin_says_ = {PPO_FAULT_STORE_BUSY, "fault_store_busy", "", "busy", 0};
        CPPUNIT_ASSERT_THROW(receive({}), ppo_sim::Hl7NotTold);
        CPPUNIT_ASSERT_THROW(
            receive({.event = "A40", .control_id = "2", .segments = merge("P1", "P2")}),
            ppo_sim::Hl7NotTold);
        plugin_says_ = {PPO_OK, "", "", "", 0};
        const auto answer = receive(
            {.event = "A40", .control_id = "2", .segments = merge("P1", "P2")});
        CPPUNIT_ASSERT(answer.accepted() && !answer.repeated);
        CPPUNIT_ASSERT(told_.back().kind == DirectoryEvent::Kind::Merged);
    }

    void the_journal_survives_in_its_file() {
        const ppo_sim::TemporaryFolder folder;
        const auto file = folder.path() / "hl7-done.jsonl";
        journal_ = ppo_sim::Hl7Journal{file};
        accept({.segments = pid("P1", "a@b.example"), .at = "20260302080500"});
        // What a crash leaves behind tells of nothing.
        std::ofstream{file, std::ios::app} << R"({"sender":"EHR\nC","control_id":"2","dig)";
        journal_ = ppo_sim::Hl7Journal{file};
        CPPUNIT_ASSERT(
            receive({.segments = pid("P1", "a@b.example"), .at = "20260302080500"}).repeated);
        refuse({.control_id = "2", .segments = pid("P1", "c@b.example")}, Hl7Code::Internal);
        // Another process writes too.
        ppo_sim::Hl7Journal other{file};
        other.note({"EHR\nC", "3", "digest", "P1", now});
        refuse({.control_id = "3"}, Hl7Code::DuplicateKey);
        std::ofstream{file, std::ios::app} << "damage\n";
        CPPUNIT_ASSERT_THROW(ppo_sim::Hl7Journal{file}, std::runtime_error);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(Hl7ReceiverTest);
