// SPDX-License-Identifier: Apache-2.0
#include "boundary/convert.hpp"

#include "support/fake_host.hpp"
#include "support/live_plugin.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <functional>

using namespace ppo;

class ConvertTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ConvertTest);
    CPPUNIT_TEST(takes_a_text_of_the_longest_size);
    CPPUNIT_TEST(takes_absent_as_empty);
    CPPUNIT_TEST(refuses_a_size_without_data);
    CPPUNIT_TEST(refuses_a_text_that_is_too_long);
    CPPUNIT_TEST(refuses_a_text_with_nul);
    CPPUNIT_TEST(refuses_a_text_that_is_not_utf8);
    CPPUNIT_TEST(refuses_an_empty_text_where_one_is_required);
    CPPUNIT_TEST(names_the_field_of_a_bad_text);
    CPPUNIT_TEST(takes_patient_ids_of_1_to_64_bytes);
    CPPUNIT_TEST(refuses_a_struct_that_is_null);
    CPPUNIT_TEST(refuses_a_short_struct);
    CPPUNIT_TEST(takes_a_larger_struct_whose_tail_is_zero);
    CPPUNIT_TEST(refuses_a_larger_struct_whose_tail_is_not_zero);
    CPPUNIT_TEST(refuses_a_struct_of_absurd_size);
    CPPUNIT_TEST(writes_as_much_as_a_result_holds);
    CPPUNIT_TEST(zeroes_what_a_newer_result_has_beyond);
    CPPUNIT_TEST(refuses_a_result_that_cannot_hold_anything);
    CPPUNIT_TEST(refuses_a_result_of_absurd_size);
    CPPUNIT_TEST(refuses_flags_and_reserved_members_that_it_does_not_know);
    CPPUNIT_TEST(goes_on_after_ok_and_stops_after_stopped);
    CPPUNIT_TEST(takes_any_other_answer_of_a_sink_for_a_fault);
    CPPUNIT_TEST(takes_a_patient_over_as_it_is);
    CPPUNIT_TEST(puts_names_on_one_line);
    CPPUNIT_TEST(refuses_a_chart_status_that_is_none_of_the_four);
    CPPUNIT_TEST(refuses_a_birth_date_that_is_no_day);
    CPPUNIT_TEST(takes_a_patient_without_birth_date);
    CPPUNIT_TEST(refuses_too_many_tags);
    CPPUNIT_TEST(refuses_tags_that_are_null);
    CPPUNIT_TEST(refuses_an_appointment_out_of_range);
    CPPUNIT_TEST(refuses_each_fact_that_is_too_long);
    CPPUNIT_TEST(takes_the_caller_over);
    CPPUNIT_TEST(refuses_a_caller_without_staff_id);
    CPPUNIT_TEST(asks_for_every_permission_that_is_named);
    CPPUNIT_TEST(takes_the_visitor_over);
    CPPUNIT_TEST(refuses_a_visitor_from_nowhere);
    CPPUNIT_TEST_SUITE_END();

public:
    void takes_a_text_of_the_longest_size() {
        const std::string text(64, 'x');
        CPPUNIT_ASSERT(optional_text(to_text(text), "field", 64) == text);
    }

    void takes_absent_as_empty() {
        CPPUNIT_ASSERT(optional_text({nullptr, 0}, "field", 64).empty());
        CPPUNIT_ASSERT(optional_text({"", 0}, "field", 64).empty());
    }

    void refuses_a_size_without_data() {
        misuse(PPO_MISUSE_NULL, "field", [] {
            static_cast<void>(optional_text({nullptr, 3}, "field", 64));
        });
    }

    void refuses_a_text_that_is_too_long() {
        misuse(PPO_MISUSE_TEXT_TOO_LONG, "field",
               [] { static_cast<void>(optional_text(to_text("12345"), "field", 4)); });
    }

    void refuses_a_text_with_nul() {
        misuse(PPO_MISUSE_TEXT_HAS_NUL, "field", [] {
            static_cast<void>(optional_text({"a\0b", 3}, "field", 64));
        });
    }

    void refuses_a_text_that_is_not_utf8() {
        for (const char* bad : {"\xFF", "\xC3", "\xC0\xAF", "\xED\xA0\x80", "\xF4\x90\x80\x80"})
            misuse(PPO_MISUSE_TEXT_NOT_UTF8, "field",
                   [&] { static_cast<void>(optional_text(to_text(bad), "field", 64)); });
    }

    void refuses_an_empty_text_where_one_is_required() {
        misuse(PPO_MISUSE_TEXT_EMPTY, "field", [] {
            static_cast<void>(required_text({nullptr, 0}, "field", 64));
        });
    }

    void names_the_field_of_a_bad_text() {
        misuse(PPO_MISUSE_TEXT_TOO_LONG, "another",
               [] { static_cast<void>(optional_text(to_text("12345"), "another", 4)); });
    }

    void takes_patient_ids_of_1_to_64_bytes() {
        CPPUNIT_ASSERT(patient_id_of(to_text("P")) == "P");
        misuse(PPO_MISUSE_TEXT_EMPTY, "patient_id",
               [] { static_cast<void>(patient_id_of(to_text(""))); });
        misuse(PPO_MISUSE_TEXT_TOO_LONG, "patient_id",
               [] { static_cast<void>(patient_id_of(to_text(std::string(65, 'P')))); });
    }

    void refuses_a_struct_that_is_null() {
        misuse(PPO_MISUSE_NULL, "caller",
               [] { static_cast<void>(filled<ppo_caller>(nullptr, "caller")); });
    }

    void refuses_a_short_struct() {
        auto caller = fresh<ppo_caller>();
        for (const std::uint32_t size : {0U, 4U, static_cast<std::uint32_t>(sizeof caller - 1)}) {
            caller.struct_size = size;
            misuse(PPO_MISUSE_STRUCT_SIZE, "caller",
                   [&] { static_cast<void>(filled(&caller, "caller")); });
        }
    }

    void takes_a_larger_struct_whose_tail_is_zero() {
        Newer newer;
        CPPUNIT_ASSERT(&filled(&newer.known, "caller") == &newer.known);
    }

    void refuses_a_larger_struct_whose_tail_is_not_zero() {
        Newer newer;
        newer.tail[15] = 1;
        misuse(PPO_MISUSE_STRUCT_SIZE, "caller",
               [&] { static_cast<void>(filled(&newer.known, "caller")); });
    }

    void refuses_a_struct_of_absurd_size() {
        auto caller = fresh<ppo_caller>();
        caller.struct_size = 0xFFFFFFFF;
        misuse(PPO_MISUSE_STRUCT_SIZE, "caller",
               [&] { static_cast<void>(filled(&caller, "caller")); });
    }

    void writes_as_much_as_a_result_holds() {
        ppo_account_state out{8, 0, 77};
        write_out(&out, ppo_account_state{0, PPO_STATUS_INVITED, 5});
        CPPUNIT_ASSERT_EQUAL(std::uint32_t{8}, out.struct_size);
        CPPUNIT_ASSERT_EQUAL(std::uint32_t{PPO_STATUS_INVITED}, out.status);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{77}, out.marks);
    }

    void zeroes_what_a_newer_result_has_beyond() {
        struct {
            ppo_account_state known{};
            std::uint64_t later = 77;
            std::uint64_t beyond = 78;
        } out;
        out.known.struct_size = sizeof out - sizeof out.beyond;
        write_out(&out.known, ppo_account_state{0, PPO_STATUS_INVITED, 5});
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{5}, out.known.marks);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{0}, out.later);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{78}, out.beyond);
    }

    void refuses_a_result_that_cannot_hold_anything() {
        const ppo_account_state out{4, 0, 0};
        misuse(PPO_MISUSE_STRUCT_SIZE, "state", [&] { check_out(&out, "state"); });
        check_out<ppo_account_state>(nullptr, "state");  // Not wanted: allowed.
    }

    void refuses_a_result_of_absurd_size() {
        const ppo_account_state out{0xFFFFFFFF, 0, 0};
        misuse(PPO_MISUSE_STRUCT_SIZE, "state", [&] { check_out(&out, "state"); });
    }

    void refuses_flags_and_reserved_members_that_it_does_not_know() {
        auto visitor = fresh<ppo_visitor>();
        visitor.flags = 1;
        misuse(PPO_MISUSE_VALUE, "flags", [&] { static_cast<void>(filled(&visitor, "visitor")); });
        auto patient = fresh<ppo_patient>();
        patient.flags = PPO_PATIENT_ACCESS_GRANTED | PPO_PATIENT_OPTED_OUT;
        CPPUNIT_ASSERT(&filled(&patient, "patient") == &patient);
        patient.reserved = 1;
        misuse(PPO_MISUSE_VALUE, "reserved",
               [&] { static_cast<void>(filled(&patient, "patient")); });
        auto settings = fresh<ppo_settings>();
        settings.reserved = 1;
        misuse(PPO_MISUSE_SETTING, "reserved",
               [&] { static_cast<void>(filled(&settings, "settings")); });
    }

    void goes_on_after_ok_and_stops_after_stopped() {
        CPPUNIT_ASSERT(goes_on(PPO_OK));
        CPPUNIT_ASSERT(!goes_on(PPO_STOPPED));
    }

    void takes_any_other_answer_of_a_sink_for_a_fault() {
        for (const ppo_result answer : {0, 3, -1, -1006})
            CPPUNIT_ASSERT_THROW(static_cast<void>(goes_on(answer)), HostFault);
    }

    void takes_a_patient_over_as_it_is() {
        std::vector<ppo_text> tags;
        auto patient = bruno();
        patient.opted_out = true;
        patient.access_granted = true;
        const auto given = as_given(patient, tags);
        const auto taken = to_patient(&given);
        CPPUNIT_ASSERT_EQUAL(patient.id, taken.id);
        CPPUNIT_ASSERT_EQUAL(patient.last_name, taken.last_name);
        CPPUNIT_ASSERT_EQUAL(patient.birth_date, taken.birth_date);
        CPPUNIT_ASSERT_EQUAL(patient.email, taken.email);
        CPPUNIT_ASSERT(patient.tags == taken.tags);
        CPPUNIT_ASSERT(patient.chart_status == taken.chart_status);
        CPPUNIT_ASSERT(patient.next_appointment == taken.next_appointment);
        CPPUNIT_ASSERT(taken.opted_out && taken.access_granted);
    }

    void puts_names_on_one_line() {
        auto patient = anna();
        patient.first_name = "An\r\nna\x1B\x7F";
        CPPUNIT_ASSERT_EQUAL(std::string{"An  na  "}, taken(patient).first_name);
    }

    void refuses_a_chart_status_that_is_none_of_the_four() {
        for (const std::uint32_t status : {0U, 5U}) {
            std::vector<ppo_text> tags;
            const auto patient = anna();
            auto given = as_given(patient, tags);
            given.chart_status = status;
            misuse(PPO_MISUSE_VALUE, "chart_status",
                   [&] { static_cast<void>(to_patient(&given)); });
        }
    }

    void refuses_a_birth_date_that_is_no_day() {
        for (const char* date : {"1981-02-29", "2/29/1980", "1980-2-29", "19800229"}) {
            auto patient = anna();
            patient.birth_date = date;
            misuse(PPO_MISUSE_VALUE, "birth_date", [&] { static_cast<void>(taken(patient)); });
        }
    }

    void takes_a_patient_without_birth_date() {
        auto patient = anna();
        patient.birth_date.clear();
        CPPUNIT_ASSERT_EQUAL(std::string{}, taken(patient).birth_date);
    }

    void refuses_too_many_tags() {
        auto patient = anna();
        patient.tags = std::vector<std::string>(32, "tag");
        CPPUNIT_ASSERT_EQUAL(std::size_t{32}, taken(patient).tags.size());
        patient.tags.push_back("one more");
        misuse(PPO_MISUSE_VALUE, "tags", [&] { static_cast<void>(taken(patient)); });
    }

    void refuses_tags_that_are_null() {
        std::vector<ppo_text> tags;
        const auto patient = anna();
        auto given = as_given(patient, tags);
        given.tags = nullptr;
        misuse(PPO_MISUSE_NULL, "tags", [&] { static_cast<void>(to_patient(&given)); });
    }

    void refuses_an_appointment_out_of_range() {
        std::vector<ppo_text> tags;
        const auto patient = anna();
        auto given = as_given(patient, tags);
        given.next_appointment = INT64_MAX;
        misuse(PPO_MISUSE_VALUE, "next_appointment",
               [&] { static_cast<void>(to_patient(&given)); });
    }

    void refuses_each_fact_that_is_too_long() {
        const std::string long_text(321, 'x');
        const std::vector<std::pair<std::string, std::string Patient::*>> facts{
            {"first_name", &Patient::first_name}, {"last_name", &Patient::last_name},
            {"email", &Patient::email},           {"postal_code", &Patient::postal_code},
            {"language", &Patient::language},     {"provider", &Patient::provider},
            {"birth_date", &Patient::birth_date}, {"id", &Patient::id}};
        for (const auto& [field, member] : facts) {
            auto patient = anna();
            patient.*member = long_text;
            misuse(PPO_MISUSE_TEXT_TOO_LONG, field, [&] { static_cast<void>(taken(patient)); });
        }
    }

    void takes_the_caller_over() {
        const ppo_caller given{sizeof given, PPO_MAY_ONBOARD, to_text("nurse-1"), to_text("Nora"),
                               to_text("desk\n2")};
        const auto caller = to_caller(&given);
        CPPUNIT_ASSERT(caller.actor.kind == Actor::Kind::Staff);
        CPPUNIT_ASSERT_EQUAL(std::string{"nurse-1"}, caller.actor.id);
        CPPUNIT_ASSERT_EQUAL(std::string{"desk 2"}, caller.actor.from);
    }

    void refuses_a_caller_without_staff_id() {
        const ppo_caller given{sizeof given, 1, {}, {}, {}};
        misuse(PPO_MISUSE_TEXT_EMPTY, "staff_id", [&] { static_cast<void>(to_caller(&given)); });
    }

    void asks_for_every_permission_that_is_named() {
        const Caller caller{{}, PPO_MAY_ONBOARD};
        CPPUNIT_ASSERT(caller.may(PPO_MAY_ONBOARD));
        CPPUNIT_ASSERT(!caller.may(PPO_MAY_ONBOARD | PPO_MAY_SET_PASSWORD));
    }

    void takes_the_visitor_over() {
        const ppo_visitor given{sizeof given, 0, to_text("203.0.113.7"), {}, to_text("es-MX")};
        CPPUNIT_ASSERT_EQUAL(std::string{"203.0.113.7"}, to_visitor(&given).from);
        CPPUNIT_ASSERT_EQUAL(std::string{"es-MX"}, to_visitor(&given).language);
    }

    void refuses_a_visitor_from_nowhere() {
        const ppo_visitor given{sizeof given, 0, {}, {}, {}};
        misuse(PPO_MISUSE_TEXT_EMPTY, "from", [&] { static_cast<void>(to_visitor(&given)); });
    }

private:
    /// A struct of a later minor, with 16 bytes that this version does not know.
    struct Newer {
        ppo_caller known{sizeof(Newer), 0, {}, {}, {}};
        unsigned char tail[16]{};
    };

    static Patient taken(const Patient& patient) {
        std::vector<ppo_text> tags;
        const auto given = as_given(patient, tags);
        return to_patient(&given);
    }
    static void misuse(ppo_result result, const std::string& field,
                       const std::function<void()>& call) {
        try {
            call();
        } catch (const Misuse& caught) {
            CPPUNIT_ASSERT_EQUAL(result, caught.result());
            CPPUNIT_ASSERT_EQUAL(field, caught.field());
            return;
        }
        CPPUNIT_FAIL("no misuse of " + field);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(ConvertTest);
