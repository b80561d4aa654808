// SPDX-License-Identifier: Apache-2.0
#include "hl7/acknowledgement.hpp"
#include "hl7/batch.hpp"
#include "hl7/message.hpp"
#include "hl7/moment.hpp"

#include <cppunit/extensions/HelperMacros.h>

namespace {
using ppo_sim::Hl7Code;
using ppo_sim::Hl7Message;

std::string header(const std::string& charset = "", const std::string& control_id = "C1") {
    return "MSH|^~\\&|EHR^1.2.3^ISO|CLINIC|PPO|PRACTICE|20260302090000||ADT^A08^ADT_A01|" +
           control_id + "|P|2.5.1||||||" + charset + "\r";
}

/// What is read of a PID-5 with this text.
std::string last_name(const std::string& raw, const std::string& charset = "UNICODE UTF-8") {
    const Hl7Message message{header(charset) + "PID|||P1||" + raw + "\r"};
    CPPUNIT_ASSERT(!message.problem());
    return message.text(message.first("PID"), 5);
}

Hl7Code code_of(const std::string& text) {
    const Hl7Message message{text};
    CPPUNIT_ASSERT_MESSAGE(text, message.problem());
    return message.problem()->code;
}
}  // namespace

class Hl7MessageTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(Hl7MessageTest);
    CPPUNIT_TEST(fields_components_and_repetitions_are_found_by_their_numbers);
    CPPUNIT_TEST(what_is_not_there_is_empty);
    CPPUNIT_TEST(a_message_brings_its_own_separators);
    CPPUNIT_TEST(separators_that_are_alike_or_missing_are_refused);
    CPPUNIT_TEST(segments_may_end_in_lf_or_crlf);
    CPPUNIT_TEST(a_line_that_is_no_segment_is_refused_and_the_header_is_read);
    CPPUNIT_TEST(escape_sequences_become_what_they_stand_for);
    CPPUNIT_TEST(other_sequences_leave_nothing_behind);
    CPPUNIT_TEST(latin_1_becomes_utf_8);
    CPPUNIT_TEST(other_character_sets_are_refused_by_name);
    CPPUNIT_TEST(bytes_that_are_no_characters_are_refused);
    CPPUNIT_TEST(two_quotation_marks_alone_delete);
    CPPUNIT_TEST(a_field_of_a_megabyte_of_separators_is_cut_short);
    CPPUNIT_TEST_SUITE_END();

    void fields_components_and_repetitions_are_found_by_their_numbers() {
        const Hl7Message message{header() + "PID|1||P1^^^C^MR~S1^^^S^SS||van der Berg&van^Jan\r"};
        CPPUNIT_ASSERT_EQUAL(std::string{"ADT"}, message.header(9));
        CPPUNIT_ASSERT_EQUAL(std::string{"A08"}, message.header(9, 2));
        CPPUNIT_ASSERT_EQUAL(std::string{"|"}, message.header(1));
        const auto ids = message.values(message.first("PID"), 3);
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, ids.size());
        CPPUNIT_ASSERT_EQUAL(std::string{"SS"}, ids[1].text(5));
        CPPUNIT_ASSERT_EQUAL(std::string{"van"},
                             message.values(message.first("PID"), 5)[0].text(1, 2));
    }

    void what_is_not_there_is_empty() {
        const Hl7Message message{header() + "PID|1\r"};
        CPPUNIT_ASSERT_EQUAL(std::string{}, message.text(message.first("PID"), 30));
        CPPUNIT_ASSERT_EQUAL(std::string{}, message.text(message.first("PID"), 1, 9));
        CPPUNIT_ASSERT_EQUAL(std::string{}, message.text(message.first("ZZZ"), 1));
        CPPUNIT_ASSERT_EQUAL(std::string{}, Hl7Message{""}.header(10));
    }

    void a_message_brings_its_own_separators() {
        const Hl7Message message{
            "MSH!*%?:!EHR!CLINIC!!!2026!!ADT*A08!C1!P!2.5\r"
            "PID!!!P1***C*MR%P2!!We?S?ber*Anna\r"};
        CPPUNIT_ASSERT(!message.problem());
        CPPUNIT_ASSERT_EQUAL(std::string{"We*ber"}, message.text(message.first("PID"), 5));
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, message.values(message.first("PID"), 3).size());
        CPPUNIT_ASSERT(!Hl7Message{"MSH|^~\\&#|EHR\r"}.problem());
    }

    void separators_that_are_alike_or_missing_are_refused() {
        for (const auto* text :
             {"", "MSH", "MSH|^~", "MSH|^^\\&|x\r", "MSH|^~\\|EHR|\r", "MSHa^~\\&aEHR\r",
              "MSH\r^~\\&\rEHR", "PID|1\r", "MSH|^~\\&##|EHR\r", "MSH  ~\\& EHR\r"})
            CPPUNIT_ASSERT(Hl7Code::SegmentSequence == code_of(text));
    }

    void segments_may_end_in_lf_or_crlf() {
        for (const auto* end : {"\r", "\n", "\r\n", "\r\r\n\n"}) {
            std::string text = header() + "PID|||P1\rPV1||O\r";
            std::string other;
            for (const char c : text) other += c == '\r' ? std::string{end} : std::string{c};
            CPPUNIT_ASSERT_EQUAL(std::size_t{3}, Hl7Message{other}.segments().size());
        }
    }

    void a_line_that_is_no_segment_is_refused_and_the_header_is_read() {
        for (const auto* line : {"pid|1", "P|1", "PID1|", "just words", "1PI|x"}) {
            const Hl7Message message{header() + line + "\r"};
            CPPUNIT_ASSERT_EQUAL(std::string{"line 2 is no segment"}, message.problem()->sentence);
            CPPUNIT_ASSERT_EQUAL(std::string{"C1"}, message.header(10));
        }
    }

    void escape_sequences_become_what_they_stand_for() {
        CPPUNIT_ASSERT_EQUAL(std::string{"a|^&~\\z"}, last_name("a\\F\\\\S\\\\T\\\\R\\\\E\\z"));
        CPPUNIT_ASSERT_EQUAL(std::string{"Nú"}, last_name("N\\XC3BA\\"));
        CPPUNIT_ASSERT_EQUAL(std::string{"Nú"}, last_name("N\\XFA\\", "8859/1"));
        CPPUNIT_ASSERT_EQUAL(std::string{"a b"}, last_name("a\\.br\\b"));
    }

    void other_sequences_leave_nothing_behind() {
        CPPUNIT_ASSERT_EQUAL(std::string{"Weber"}, last_name("\\H\\We\\N\\ber\\Zab\\"));
        CPPUNIT_ASSERT_EQUAL(std::string{"Weber"}, last_name("We\\XG1\\ber\\X1\\\\\\"));
        CPPUNIT_ASSERT_EQUAL(std::string{"We\\ber"}, last_name("We\\ber"));
    }

    void latin_1_becomes_utf_8() {
        CPPUNIT_ASSERT_EQUAL(std::string{"Müller"}, last_name("M\xFCller", "8859/1"));
        CPPUNIT_ASSERT_EQUAL(std::string{"Müller"}, last_name("Müller", ""));
        CPPUNIT_ASSERT_EQUAL(std::string{"Muller"}, last_name("Muller", "ASCII"));
        CPPUNIT_ASSERT_EQUAL(std::string{"Müller"}, last_name("Müller", "unicode utf-8~"));
    }

    void other_character_sets_are_refused_by_name() {
        const Hl7Message message{header("8859/15") + "PID|||P1\r"};
        CPPUNIT_ASSERT_EQUAL(std::string{"the character set 8859/15 is not read: send UNICODE "
                                         "UTF-8, 8859/1 or ASCII"},
                             message.problem()->sentence);
        CPPUNIT_ASSERT(Hl7Code::TableValue == code_of(header("ASCII~ISO IR87")));
        CPPUNIT_ASSERT(Hl7Message{header("{secret}")}.problem()->sentence.starts_with(
            "the character set in MSH-18 is not read"));
    }

    void bytes_that_are_no_characters_are_refused() {
        CPPUNIT_ASSERT(Hl7Code::DataType == code_of(header() + "PID|||P1||M\xFCller\r"));
        CPPUNIT_ASSERT(Hl7Code::DataType == code_of(header("ASCII") + "PID|||P1||Müller\r"));
    }

    void two_quotation_marks_alone_delete() {
        const Hl7Message message{header() + "PID|||P1||\"\"|||||\"\"^x\r"};
        CPPUNIT_ASSERT(message.deletes(message.first("PID"), 5));
        CPPUNIT_ASSERT(!message.deletes(message.first("PID"), 10));
        CPPUNIT_ASSERT(!message.deletes(message.first("PID"), 99));
    }

    void a_field_of_a_megabyte_of_separators_is_cut_short() {
        const std::string many(1'000'000, '~');
        const Hl7Message message{header() + "PID|||P1||" + many + "\r"};
        CPPUNIT_ASSERT(message.values(message.first("PID"), 5).size() <= 101);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(Hl7MessageTest);

class Hl7BatchTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(Hl7BatchTest);
    CPPUNIT_TEST(messages_stand_behind_each_other_or_in_a_batch);
    CPPUNIT_TEST(framing_bytes_are_taken_off);
    CPPUNIT_TEST(what_does_not_end_with_a_segment_is_not_complete);
    CPPUNIT_TEST(a_batch_without_its_end_is_not_complete);
    CPPUNIT_TEST(what_is_no_message_is_unusable);
    CPPUNIT_TEST_SUITE_END();

    void messages_stand_behind_each_other_or_in_a_batch() {
        const std::string one = header() + "PID|||P1\r";
        CPPUNIT_ASSERT_EQUAL(std::size_t{3},
                             ppo_sim::split_hl7(one + one + "\r\r" + one).messages.size());
        const auto batch = ppo_sim::split_hl7(
            "\xEF\xBB\xBF"
            "FHS|^~\\&\r\nBHS|^~\\&\r\n" +
            one + one + "BTS|2\r\nFTS|1\r\n");
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, batch.messages.size());
        CPPUNIT_ASSERT(batch.complete && batch.unusable.empty());
        CPPUNIT_ASSERT_EQUAL(one, batch.messages[1]);
    }

    void framing_bytes_are_taken_off() {
        const auto batch = ppo_sim::split_hl7("\x0B" + header() + "PID|||P1\r\x1C\r\x0B" +
                                              header() + "PID|||P2\r\x1C");
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, batch.messages.size());
        CPPUNIT_ASSERT(batch.complete);
        CPPUNIT_ASSERT(!Hl7Message{batch.messages[1]}.problem());
    }

    void what_does_not_end_with_a_segment_is_not_complete() {
        const std::string one = header() + "PID|||P1\r";
        for (std::size_t length = 0; length < one.size(); ++length)
            CPPUNIT_ASSERT_EQUAL(length > 0 && one[length - 1] == '\r',
                                 ppo_sim::split_hl7(one.substr(0, length)).complete);
    }

    void a_batch_without_its_end_is_not_complete() {
        CPPUNIT_ASSERT(!ppo_sim::split_hl7("FHS|^~\\&\r" + header()).complete);
        CPPUNIT_ASSERT(!ppo_sim::split_hl7("BHS|^~\\&\r" + header() + "PID|||P1\r").complete);
    }

    void what_is_no_message_is_unusable() {
        for (const auto* text :
             {"id,first\r\n", "\r\n", "FHS|^~\\&\rFTS\r", "PID|||P1\rMSH|^~\\&|\r"})
            CPPUNIT_ASSERT(!ppo_sim::split_hl7(text).unusable.empty());
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(Hl7BatchTest);

class Hl7MomentTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(Hl7MomentTest);
    CPPUNIT_TEST(a_time_is_as_long_as_what_it_says);
    CPPUNIT_TEST(zones_are_reckoned_with);
    CPPUNIT_TEST(times_that_do_not_exist_are_none);
    CPPUNIT_TEST(dates_keep_what_is_known);
    CPPUNIT_TEST_SUITE_END();

    static std::int64_t seconds(const std::string& text) {
        const auto moment = ppo_sim::read_hl7_moment(text);
        CPPUNIT_ASSERT_MESSAGE(text, moment);
        return (moment->latest - moment->earliest + 1) / 1000;
    }

    void a_time_is_as_long_as_what_it_says() {
        CPPUNIT_ASSERT_EQUAL(std::int64_t{366} * 86400, seconds("2024"));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{29} * 86400, seconds("202402"));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{31} * 86400, seconds("202612"));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{86400}, seconds("20260302"));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{3600}, seconds("2026030209"));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{60}, seconds("202603020901"));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, seconds("20260302090159.1234"));
    }

    void zones_are_reckoned_with() {
        CPPUNIT_ASSERT_EQUAL(ppo_time{1'772'442'000'000},
                             ppo_sim::read_hl7_moment("20260302030000-0600")->earliest);
        CPPUNIT_ASSERT_EQUAL(ppo_time{1'772'442'000'000},
                             ppo_sim::read_hl7_moment("20260302143000+0530")->earliest);
        CPPUNIT_ASSERT_EQUAL(std::string{"20260302090000+0000"},
                             ppo_sim::write_hl7_moment(1'772'442'000'000));
    }

    void times_that_do_not_exist_are_none() {
        for (const auto* text :
             {"", "202", "20261", "20260230", "202613", "20260001", "2026030225", "202603020960",
              "20260302+25", "20260302+9900", "2026030209.5", "20260302 09", "-2026",
              "20260302090000.", "20260302090000.123456", "99999999999999999999"})
            CPPUNIT_ASSERT_MESSAGE(text, !ppo_sim::read_hl7_moment(text));
    }

    void dates_keep_what_is_known() {
        CPPUNIT_ASSERT(std::string{"1980"} == ppo_sim::read_hl7_date("1980"));
        CPPUNIT_ASSERT(std::string{"1980-02"} == ppo_sim::read_hl7_date("198002"));
        CPPUNIT_ASSERT(std::string{"1980-02-29"} == ppo_sim::read_hl7_date("198002291545-0600"));
        CPPUNIT_ASSERT(!ppo_sim::read_hl7_date("19810229"));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(Hl7MomentTest);

class Hl7AcknowledgementTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(Hl7AcknowledgementTest);
    CPPUNIT_TEST(an_accepted_message_is_answered_to_its_sender);
    CPPUNIT_TEST(a_problem_has_its_segment);
    CPPUNIT_TEST(what_cannot_be_read_is_answered_too);
    CPPUNIT_TEST(separators_in_a_control_id_are_escaped);
    CPPUNIT_TEST_SUITE_END();

    static Hl7Message answered(const Hl7Message& message, const ppo_sim::Hl7Answer& answer) {
        return Hl7Message{ppo_sim::acknowledge(message, answer, 1'772'442'000'000)};
    }

    void an_accepted_message_is_answered_to_its_sender() {
        const auto ack = answered(Hl7Message{header()}, {});
        CPPUNIT_ASSERT(!ack.problem());
        CPPUNIT_ASSERT_EQUAL(std::string{"PPO"}, ack.header(3));
        CPPUNIT_ASSERT_EQUAL(std::string{"EHR"}, ack.header(5));
        CPPUNIT_ASSERT_EQUAL(std::string{"1.2.3"}, ack.header(5, 2));
        CPPUNIT_ASSERT_EQUAL(std::string{"A08"}, ack.header(9, 2));
        CPPUNIT_ASSERT_EQUAL(std::string{"AA"}, ack.text(ack.first("MSA"), 1));
        CPPUNIT_ASSERT_EQUAL(std::string{"C1"}, ack.text(ack.first("MSA"), 2));
        CPPUNIT_ASSERT(ack.first("ERR") == nullptr);
        CPPUNIT_ASSERT(ack.header(10).size() <= 20);
    }

    void a_problem_has_its_segment() {
        const auto ack = answered(Hl7Message{header()},
                                  {ppo_sim::Hl7Problem{Hl7Code::DataType, "why", "PID^1^7"}});
        const auto* error = ack.first("ERR");
        CPPUNIT_ASSERT_EQUAL(std::string{"AE"}, ack.text(ack.first("MSA"), 1));
        CPPUNIT_ASSERT_EQUAL(std::string{"7"}, ack.text(error, 2, 3));
        CPPUNIT_ASSERT_EQUAL(std::string{"102"}, ack.text(error, 3));
        CPPUNIT_ASSERT_EQUAL(std::string{"E"}, ack.text(error, 4));
        CPPUNIT_ASSERT_EQUAL(std::string{"why"}, ack.text(error, 8));
    }

    void what_cannot_be_read_is_answered_too() {
        const Hl7Message message{"rubbish"};
        const auto ack = answered(message, {message.problem()});
        CPPUNIT_ASSERT(!ack.problem());
        CPPUNIT_ASSERT_EQUAL(std::string{"AE"}, ack.text(ack.first("MSA"), 1));
        CPPUNIT_ASSERT_EQUAL(std::string{}, ack.text(ack.first("MSA"), 2));
    }

    void separators_in_a_control_id_are_escaped() {
        const auto ack = answered(Hl7Message{header("", "a\\F\\b\\E\\c")}, {});
        CPPUNIT_ASSERT_EQUAL(std::string{"a|b\\c"}, ack.text(ack.first("MSA"), 2));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(Hl7AcknowledgementTest);
