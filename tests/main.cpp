// SPDX-License-Identifier: Apache-2.0
#include "support/test_end.hpp"

#include <cppunit/BriefTestProgressListener.h>
#include <cppunit/CompilerOutputter.h>
#include <cppunit/Test.h>
#include <cppunit/TestFailure.h>
#include <cppunit/TestListener.h>
#include <cppunit/TestResult.h>
#include <cppunit/TestResultCollector.h>
#include <cppunit/extensions/TestFactoryRegistry.h>

#include <iostream>
#include <string>

namespace {
CppUnit::Test* find(CppUnit::Test* all, const std::string& name) {
    if (all->getName() == name) return all;
    for (int i = 0; i < all->getChildTestCount(); ++i)
        if (auto* found = find(all->getChildTestAt(i), name)) return found;
    return nullptr;
}

struct EndOfTests : CppUnit::TestListener {
    void endTest(CppUnit::Test* /*test*/) override { ppo::give_up(ppo::at_the_end_of_the_test); }
};
}  // namespace

// Runs every test, or the suites (or single tests, "Suite::name") given as arguments.
int main(int argc, char** argv) {
    CppUnit::Test* all = CppUnit::TestFactoryRegistry::getRegistry().makeTest();
    CppUnit::TestResult controller;
    CppUnit::TestResultCollector collector;
    CppUnit::BriefTestProgressListener progress;
    EndOfTests end_of_tests;
    controller.addListener(&collector);
    controller.addListener(&end_of_tests);
    if (std::getenv("PPO_TEST_VERBOSE") != nullptr) controller.addListener(&progress);
    for (int i = 1; i < argc; ++i) {
        auto* test = find(all, argv[i]);
        if (test == nullptr) {
            std::cerr << "no test named " << argv[i] << '\n';
            return 2;
        }
        test->run(&controller);
    }
    if (argc == 1) all->run(&controller);
    CppUnit::CompilerOutputter{&collector, std::cerr}.write();
    const bool good = collector.wasSuccessful() && collector.runTests() > 0;
    delete all;
    ppo::give_up(ppo::at_the_end_of_all_tests);
    return good ? 0 : 1;
}
