# Whatever stands above the store is tested on both engines: as ever on SQLite, and once more, as postgresql.NAME, on a
# PostgreSQL of this run's own. ctest starts it before the first of these tests and ends it after the last.
find_package(Python3 REQUIRED COMPONENTS Interpreter)
find_program(PPO_INITDB initdb HINTS /usr/lib/postgresql/15/bin NO_CACHE)
if(PPO_INITDB)
    set(found ON)
else()
    set(found OFF)
    message(STATUS "The tests do not run on PostgreSQL: there is no initdb (package postgresql-15)")
endif()
option(PPO_TEST_POSTGRESQL "Tests above the store run on PostgreSQL too" ${found})

set(PPO_CLUSTER ${CMAKE_CURRENT_SOURCE_DIR}/support/postgres_cluster.py)
set(PPO_CLUSTER_FOLDER ${PROJECT_BINARY_DIR}/postgres-cluster)
if(PPO_TEST_POSTGRESQL)
    add_test(NAME postgresql.start COMMAND Python3::Interpreter -B ${PPO_CLUSTER} start ${PPO_CLUSTER_FOLDER}
        --in-memory)
    add_test(NAME postgresql.stop COMMAND Python3::Interpreter -B ${PPO_CLUSTER} stop ${PPO_CLUSTER_FOLDER})
    set_tests_properties(postgresql.start PROPERTIES FIXTURES_SETUP postgresql)
    set_tests_properties(postgresql.stop PROPERTIES FIXTURES_CLEANUP postgresql)
    set_tests_properties(postgresql.start postgresql.stop PROPERTIES TIMEOUT 120 LABELS postgresql)
endif()

# ppo_add_test_on_postgresql(NAME name COMMAND program argument... TIMEOUT seconds [ENVIRONMENT name=value...])
function(ppo_add_test_on_postgresql)
    cmake_parse_arguments(PARSE_ARGV 0 test "" "NAME;TIMEOUT" "COMMAND;ENVIRONMENT")
    if(NOT PPO_TEST_POSTGRESQL)
        return()
    endif()
    add_test(NAME postgresql.${test_NAME} COMMAND ${test_COMMAND})
    set(environment PPO_TEST_STORE_AT=${PPO_CLUSTER_FOLDER}/address ${test_ENVIRONMENT})
    set_tests_properties(postgresql.${test_NAME} PROPERTIES TIMEOUT ${test_TIMEOUT} LABELS postgresql
        FIXTURES_REQUIRED postgresql ENVIRONMENT "${environment}")
endfunction()

# ppo_add_store_test(NAME name COMMAND program argument... TIMEOUT seconds LABELS label...): on both engines.
function(ppo_add_store_test)
    cmake_parse_arguments(PARSE_ARGV 0 test "" "NAME;TIMEOUT" "COMMAND;LABELS")
    add_test(NAME ${test_NAME} COMMAND ${test_COMMAND})
    set_tests_properties(${test_NAME} PROPERTIES TIMEOUT ${test_TIMEOUT} LABELS "${test_LABELS}")
    math(EXPR longer "3 * ${test_TIMEOUT}")
    ppo_add_test_on_postgresql(NAME ${test_NAME} COMMAND ${test_COMMAND} TIMEOUT ${longer})
endfunction()
