// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/connection.hpp"
#include "support/temp_store.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <string>
#include <vector>

namespace ppo {
/// How SQLite goes about every statement on patients that the work prepares, one line a step.
template <class Work>
std::string plan_of(TempStore& store, Work work) {
    return store.ask([&](Connection& connection) {
        work(connection);
        std::vector<std::string> statements;
        {
            auto prepared = connection.query(
                "SELECT sql FROM sqlite_stmt WHERE sql LIKE '%FROM patient%'");
            while (prepared.next())
                if (prepared.view(0).find("sqlite_stmt") == std::string_view::npos)
                    statements.push_back(prepared.text(0));
        }
        CPPUNIT_ASSERT(!statements.empty());
        std::string plan;
        for (const auto& sql : statements) {
            auto steps = connection.query("EXPLAIN QUERY PLAN " + sql);
            while (steps.next()) plan += steps.text(3) + "\n";
        }
        return plan;
    });
}
}  // namespace ppo
