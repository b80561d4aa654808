// SPDX-License-Identifier: Apache-2.0
#include "import/import.hpp"
#include "scenario/world.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <fstream>
#include <random>

namespace {
using ppo_sim::Patient;

std::string damaged(std::string text, std::mt19937& dice) {
    const std::vector<std::string> pieces{"\\ud800", "\\u0000", "\xFF",    "null",  "[[",
                                          "}",       "\"",      "{\"a\":", "1e999", "\x01",
                                          "[]",      "\n",      "9999",    "true"};
    for (auto left = 1 + dice() % 3; left > 0; --left) {
        const std::size_t at = dice() % text.size();
        switch (dice() % 4) {
        case 0: text[at] = static_cast<char>(dice() % 256); break;
        case 1: text.insert(at, pieces[dice() % pieces.size()]); break;
        case 2: text.erase(at, 1 + dice() % 10); break;
        case 3: text.replace(at, 1, pieces[dice() % pieces.size()]); break;
        default: break;
        }
    }
    return text;
}
}  // namespace

class FhirDamageTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(FhirDamageTest);
    CPPUNIT_TEST(damaged_resources_are_refused_or_become_charts_that_can_be_read);
    CPPUNIT_TEST_SUITE_END();

    /// The same every time, and short: what is found by more of it belongs here as a test.
    void damaged_resources_are_refused_or_become_charts_that_can_be_read() {
        std::ifstream sample{PPO_SAMPLE_DATA "/Patient.ndjson", std::ios::binary};
        std::mt19937 dice{20260302};
        std::vector<std::string> lines;
        for (std::string line; std::getline(sample, line);) lines.push_back(line);
        std::string content;
        for (int round = 0; round < 1500; ++round)
            content += damaged(lines[dice() % lines.size()], dice) + "\n";
        auto import = ppo_sim::read_fhir_patients(
            content, [](const std::string&) { return Patient{}; }, "2026-03-02");
        const ppo_sim::TemporaryFolder folder;
        ppo_sim::PatientDirectory directory{folder.path() / "patients.jsonl"};
        static_cast<void>(ppo_sim::settle_replaced(import, directory));
        CPPUNIT_ASSERT_EQUAL(
            import.read, import.patients.size() + import.replaced.size() + import.refused.size());
        CPPUNIT_ASSERT(import.patients.size() > 50 && import.refused.size() > 500);
        directory.add_all(import.patients);
        const ppo_sim::PatientDirectory again{folder.path() / "patients.jsonl"};
        CPPUNIT_ASSERT(directory.all() == again.all());
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(FhirDamageTest);
