# SPDX-License-Identifier: Apache-2.0
# Unit tests, mirroring plugin/: one program, one ctest entry a suite.
file(GLOB unit_tests CONFIGURE_DEPENDS domain/*.cpp store/*.cpp onboarding/*.cpp invitations/*.cpp
    credentials/*.cpp selfservice/*.cpp mail/*.cpp boundary/*.cpp support/*.cpp)
add_executable(unit_tests main.cpp ${unit_tests})
target_include_directories(unit_tests PRIVATE ${CMAKE_CURRENT_SOURCE_DIR} ${PROJECT_BINARY_DIR}/plugin/generated)
target_link_libraries(unit_tests PRIVATE ppo_core ppo_postgresql_core PkgConfig::CPPUNIT)
ppo_with_postgresql(unit_tests)
set_source_files_properties(support/view_reader.cpp PROPERTIES
    COMPILE_DEFINITIONS "PPO_VIEW_SCHEMA=\"${PROJECT_SOURCE_DIR}/abi/schema/view-model-1.schema.json\"")
ppo_precompile(unit_tests <cppunit/extensions/HelperMacros.h>)

# A suite is above the store if it uses one of the tests' own; these few are about SQLite's file.
set(uses_a_store "(temp_store|live_plugin|crowd|batches|query_plan|link_fixture|delivery_fixture|open_view|report_slots)")
set(about_the_file MigrateTest SqliteConnectionTest StoreFileTest PlannerFactsTest ReportIndexesTest AuditVerifyTest
    StoreCheckTest BackupTest ConnectionTest ConnectTest)
foreach(file ${unit_tests})
    if(file MATCHES "_test\\.cpp$")
        file(STRINGS ${file} registered REGEX "CPPUNIT_TEST_SUITE_REGISTRATION\\(")
        file(STRINGS ${file} stores REGEX "^#include \"[a-z/]*/${uses_a_store}\\.hpp\"")
        foreach(line ${registered})
            string(REGEX REPLACE ".*REGISTRATION\\(([A-Za-z0-9_]+)\\).*" "\\1" suite "${line}")
            if(suite STREQUAL PostgresConnectionTest)
                ppo_add_test_on_postgresql(NAME unit.${suite} COMMAND unit_tests ${suite} TIMEOUT 360)
            elseif(stores AND NOT suite IN_LIST about_the_file)
                ppo_add_store_test(NAME unit.${suite} COMMAND unit_tests ${suite} TIMEOUT 120 LABELS unit)
            else()
                add_test(NAME unit.${suite} COMMAND unit_tests ${suite})
                set_tests_properties(unit.${suite} PROPERTIES TIMEOUT 120 LABELS unit)
            endif()
        endforeach()
    endif()
endforeach()

if(PPO_SANITIZE STREQUAL "thread")
    # The C library looks host names up in a thread that it makes itself, and this sanitizer falls over what it has not
    # seen begin.
    set_tests_properties(unit.HostLookupTest unit.SmtpWalkTest unit.SmtpTlsTest PROPERTIES DISABLED ON)
endif()
