// SPDX-License-Identifier: Apache-2.0
#include "generate/generate.hpp"
#include "generate/people.hpp"
#include "generate/write_patients.hpp"
#include "host/dates.hpp"
#include "import/import.hpp"

#include <Poco/DigestEngine.h>
#include <Poco/SHA1Engine.h>
#include <cppunit/extensions/HelperMacros.h>

#include <map>
#include <set>
#include <sstream>
#include <tuple>

using namespace ppo_sim;

namespace {
constexpr std::uint64_t many = 20'000;

std::string generated(std::uint64_t count, std::uint64_t seed, const std::string& today,
                      bool lines = false) {
    std::ostringstream out;
    std::ostringstream trouble;
    CPPUNIT_ASSERT_EQUAL(0, generate({count, seed, today, 25, lines, {}}, out, trouble));
    return out.str();
}

std::string digest(const std::string& text) {
    Poco::SHA1Engine engine;
    engine.update(text);
    return Poco::DigestEngine::digestToHex(engine.digest());
}

People practice() { return People{{many, 7, std::chrono::year{2026} / 3 / 2, 25}}; }

/// How many in a thousand of a practice are such.
template <class Is>
std::uint64_t in_thousand(const Is& is) {
    const auto people = practice();
    std::uint64_t number = 0;
    for (std::uint64_t i = 0; i < many; ++i)
        if (is(people.at(i))) ++number;
    return number * 1000 / many;
}

/// Written as an address, whether or not somebody could have it.
bool looks_valid(const std::string& email) {
    const auto at = email.find('@');
    return at != std::string::npos && at > 0 && email.find('@', at + 1) == std::string::npos &&
           email.find('.', at) != std::string::npos && email.find(' ') == std::string::npos;
}

void is_between(std::uint64_t least, std::uint64_t figure, std::uint64_t most) {
    CPPUNIT_ASSERT_MESSAGE(std::to_string(figure) + " in a thousand",
                           least <= figure && figure <= most);
}
}  // namespace

class GenerateTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(GenerateTest);
    CPPUNIT_TEST(a_seed_gives_these_bytes_on_every_machine);
    CPPUNIT_TEST(lines_of_a_data_folder_are_the_same_everywhere_too);
    CPPUNIT_TEST(another_seed_gives_other_patients);
    CPPUNIT_TEST(another_day_moves_the_appointments);
    CPPUNIT_TEST(a_larger_practice_begins_with_the_smaller_one);
    CPPUNIT_TEST(a_day_that_is_none_is_refused);
    CPPUNIT_TEST(an_output_that_cannot_be_written_is_told);
    CPPUNIT_TEST(import_takes_every_patient_as_it_is);
    CPPUNIT_TEST(a_data_folder_takes_every_line_as_it_is);
    CPPUNIT_TEST(every_patient_can_be_used_by_a_plugin);
    CPPUNIT_TEST(an_id_leads_back_to_its_place);
    CPPUNIT_TEST(no_address_and_no_phone_is_anybodys);
    CPPUNIT_TEST(holes_are_as_frequent_as_in_life);
    CPPUNIT_TEST(charts_are_mostly_active);
    CPPUNIT_TEST(families_share_an_address);
    CPPUNIT_TEST(some_are_twins);
    CPPUNIT_TEST(names_come_from_everywhere);
    CPPUNIT_TEST(there_are_tags_many_have_and_tags_few_have);
    CPPUNIT_TEST(a_provider_has_thousands_of_patients);
    CPPUNIT_TEST(appointments_lie_on_their_side_of_the_day);
    CPPUNIT_TEST(ages_reach_from_newborn_to_very_old);
    CPPUNIT_TEST(some_read_other_languages);
    CPPUNIT_TEST(access_is_granted_to_the_share_that_was_asked_for);
    CPPUNIT_TEST_SUITE_END();

    void a_seed_gives_these_bytes_on_every_machine() {
        CPPUNIT_ASSERT_EQUAL(std::string{"5f7955b3d2cfd9d3c227c290d5e28ebff096b2c7"},
                             digest(generated(1000, 1, "2026-03-02")));
    }

    void lines_of_a_data_folder_are_the_same_everywhere_too() {
        CPPUNIT_ASSERT_EQUAL(std::string{"bff28e800ace42af2524101127c72fba9e4ce5ae"},
                             digest(generated(1000, 1, "2026-03-02", true)));
    }

    void another_seed_gives_other_patients() {
        const People one{{100, 1, {}, 0}};
        const People other{{100, 2, {}, 0}};
        int alike = 0;
        for (std::uint64_t i = 0; i < 100; ++i)
            if (one.at(i).name() == other.at(i).name()) ++alike;
        CPPUNIT_ASSERT(alike < 5);
    }

    void another_day_moves_the_appointments() {
        CPPUNIT_ASSERT(generated(50, 1, "2026-03-02") != generated(50, 1, "2026-03-03"));
    }

    void a_larger_practice_begins_with_the_smaller_one() {
        const auto small = generated(300, 1, "2026-03-02");
        CPPUNIT_ASSERT(generated(9000, 1, "2026-03-02").starts_with(small));
    }

    void a_day_that_is_none_is_refused() {
        std::ostringstream out;
        std::ostringstream trouble;
        CPPUNIT_ASSERT_EQUAL(2, generate({1, 1, "2026-02-30", 0, false, {}}, out, trouble));
        CPPUNIT_ASSERT_EQUAL(std::string{}, out.str());
    }

    void an_output_that_cannot_be_written_is_told() {
        std::ostringstream out;
        std::ostringstream trouble;
        CPPUNIT_ASSERT_EQUAL(2, generate({1, 1, {}, 0, false, "/none/people.csv"}, out, trouble));
        CPPUNIT_ASSERT(!trouble.str().empty());
    }

    void import_takes_every_patient_as_it_is() {
        const auto import = read_patients(generated(2000, 7, "2026-03-02"),
                                          [](const std::string&) { return Patient{}; });
        CPPUNIT_ASSERT_EQUAL(std::size_t{2000}, import.patients.size());
        CPPUNIT_ASSERT(import.unknown_columns.empty());
        const auto people = practice();
        for (std::uint64_t i = 0; i < 2000; ++i)
            CPPUNIT_ASSERT(people.at(i) == import.patients[static_cast<std::size_t>(i)]);
    }

    void a_data_folder_takes_every_line_as_it_is() {
        const auto file = std::filesystem::temp_directory_path() / "ppo-generate-test.jsonl";
        std::ostringstream out;
        CPPUNIT_ASSERT_EQUAL(0, generate({500, 7, "2026-03-02", 25, true, file}, out, out));
        const PatientDirectory directory{file};
        std::filesystem::remove(file);
        const auto people = practice();
        CPPUNIT_ASSERT_EQUAL(std::size_t{500}, directory.size());
        for (std::uint64_t i = 0; i < 500; ++i)
            CPPUNIT_ASSERT(people.at(i) == directory.find(People::id_at(i)));
    }

    void every_patient_can_be_used_by_a_plugin() {
        const auto people = practice();
        for (std::uint64_t i = 0; i < many; ++i)
            CPPUNIT_ASSERT_EQUAL(std::string{}, why_unusable(people.at(i)));
    }

    void an_id_leads_back_to_its_place() {
        for (const std::uint64_t place : {0ULL, 99ULL, 99'999'999ULL, 1'000'000'000ULL})
            CPPUNIT_ASSERT_EQUAL(place, People::place_of(People::id_at(place)));
    }

    void no_address_and_no_phone_is_anybodys() {
        static const std::set<std::string> reserved{"example.org", "example.com", "example.net",
                                                    "mail.test",   "post.test",   "inbox.test"};
        is_between(1000, in_thousand([](const Patient& patient) {
                       const auto& email = patient.email;
                       const bool mailable = looks_valid(email);
                       return (!mailable || reserved.contains(email.substr(email.find('@') + 1))) &&
                              (patient.phone.empty() ||
                               patient.phone.find(") 555-01") != std::string::npos);
                   }),
                   1000);
    }

    void holes_are_as_frequent_as_in_life() {
        is_between(60, in_thousand([](const Patient& one) { return one.email.empty(); }), 200);
        is_between(5, in_thousand([](const Patient& one) {
                       return !one.email.empty() && !looks_valid(one.email);
                   }),
                   30);
        is_between(8, in_thousand([](const Patient& one) { return one.postal_code.empty(); }), 40);
        is_between(5, in_thousand([](const Patient& one) { return one.birth_date.empty(); }), 25);
        is_between(5, in_thousand([](const Patient& one) { return one.opted_out; }), 30);
    }

    void charts_are_mostly_active() {
        const auto with = [](std::uint32_t status) {
            return in_thousand([status](const Patient& one) { return one.chart_status == status; });
        };
        is_between(800, with(PPO_CHART_ACTIVE), 920);
        is_between(30, with(PPO_CHART_PROSPECTIVE), 80);
        is_between(40, with(PPO_CHART_INACTIVE), 90);
        is_between(5, with(PPO_CHART_DECEASED), 40);
    }

    void families_share_an_address() {
        const auto people = practice();
        std::map<std::string, int> behind;
        for (std::uint64_t i = 0; i < many; ++i)
            if (const auto email = people.at(i).email; looks_valid(email)) ++behind[email];
        int shared = 0;
        int most = 0;
        for (const auto& [email, number] : behind) {
            if (number > 1) shared += number;
            most = std::max(most, number);
        }
        is_between(350, static_cast<std::uint64_t>(shared) * 1000 / many, 650);
        CPPUNIT_ASSERT(most >= 5 && most <= 8);
    }

    void some_are_twins() {
        const auto people = practice();
        std::set<std::tuple<std::string, std::string, std::string>> seen;
        std::uint64_t twins = 0;
        for (std::uint64_t i = 0; i < many; ++i) {
            const auto one = people.at(i);
            if (one.email.empty() || one.birth_date.empty()) continue;
            if (!seen.emplace(one.email, one.birth_date, one.last).second) ++twins;
        }
        is_between(1, twins * 1000 / many, 15);
    }

    void names_come_from_everywhere() {
        const auto people = practice();
        std::set<std::string> last;
        for (std::uint64_t i = 0; i < many; ++i) last.insert(people.at(i).last);
        CPPUNIT_ASSERT(last.size() > 3000);
        for (const char* name : {"Martin", "O'Brien", "García", "Nguyễn", "Müller"})
            CPPUNIT_ASSERT_MESSAGE(name, last.contains(name));
        const auto has = [&last](const char* part) {
            return std::any_of(last.begin(), last.end(), [part](const std::string& name) {
                return name.find(part) != std::string::npos;
            });
        };
        CPPUNIT_ASSERT(has("van de") && has("-") && has("de la ") && has("ź"));
        is_between(1, in_thousand([](const Patient& one) { return one.first.empty(); }), 12);
        is_between(1, in_thousand([](const Patient& one) {
                       return one.first.size() > 30 || one.last.size() > 30;
                   }),
                   12);
        is_between(5, in_thousand([](const Patient& one) {
                       return one.last.size() > 3 &&
                              std::all_of(one.last.begin(), one.last.end(),
                                          [](char c) { return c >= 'A' && c <= 'Z'; });
                   }),
                   20);
    }

    void there_are_tags_many_have_and_tags_few_have() {
        const auto people = practice();
        std::map<std::string, std::uint64_t> having;
        for (std::uint64_t i = 0; i < many; ++i)
            for (const auto& tag : people.at(i).tags) ++having[tag];
        CPPUNIT_ASSERT(having.size() >= 30 && having.size() <= 60);
        is_between(40, having["hypertension"] * 1000 / many, 150);
        CPPUNIT_ASSERT(having["hospice"] > 0 && having["hospice"] * 1000 / many < 5);
    }

    void a_provider_has_thousands_of_patients() {
        const auto people = practice();
        std::set<std::string> providers;
        for (std::uint64_t i = 0; i < many; ++i) providers.insert(people.at(i).provider);
        CPPUNIT_ASSERT(providers.size() >= 8 && providers.size() <= 14);
    }

    void appointments_lie_on_their_side_of_the_day() {
        const auto today = *read_moment("2026-03-02");
        is_between(
            1000, in_thousand([today](const Patient& one) {
                return (one.next_appointment == PPO_TIME_NONE || one.next_appointment > today) &&
                       (one.last_appointment == PPO_TIME_NONE || one.last_appointment < today);
            }),
            1000);
        is_between(250, in_thousand([](const Patient& one) {
                       return one.next_appointment != PPO_TIME_NONE;
                   }),
                   450);
    }

    void ages_reach_from_newborn_to_very_old() {
        is_between(20, in_thousand([](const Patient& one) { return one.birth_date > "2022"; }),
                   150);
        is_between(10, in_thousand([](const Patient& one) {
                       return !one.birth_date.empty() && one.birth_date < "1940";
                   }),
                   120);
        is_between(1000, in_thousand([](const Patient& one) {
                       return one.birth_date < "2026-03-02" &&
                              (one.birth_date.empty() || read_date(one.birth_date));
                   }),
                   1000);
    }

    void some_read_other_languages() {
        const auto in = [](const char* language) {
            return in_thousand([language](const Patient& one) { return one.language == language; });
        };
        is_between(700, in("en"), 850);
        is_between(70, in("es"), 160);
        CPPUNIT_ASSERT(in("vi") > 2);
    }

    void access_is_granted_to_the_share_that_was_asked_for() {
        is_between(230, in_thousand([](const Patient& one) { return one.access_granted; }), 270);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(GenerateTest);
