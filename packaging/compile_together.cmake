# SPDX-License-Identifier: Apache-2.0
# Has the large targets' sources compiled in groups, each read as one: what they all include is read and made once a group.
find_package(Python3 REQUIRED COMPONENTS Interpreter)
set(most_in_a_group 16)

function(ppo_compile_together target)
    get_target_property(sources ${target} SOURCES)
    get_target_property(folder ${target} SOURCE_DIR)
    set(written)
    foreach(source ${sources})
        cmake_path(ABSOLUTE_PATH source BASE_DIRECTORY ${folder})
        if(source MATCHES "\\.cpp$" AND EXISTS ${source})
            list(APPEND written ${source})
        endif()
    endforeach()
    execute_process(COMMAND ${Python3_EXECUTABLE} -B ${PROJECT_SOURCE_DIR}/packaging/compile_together.py
        ${most_in_a_group} ${written} OUTPUT_VARIABLE groups COMMAND_ERROR_IS_FATAL ANY)
    string(REGEX MATCHALL "[^\n]+" groups "${groups}")
    foreach(line ${groups})
        string(REGEX MATCH "^([0-9]+) (.*)$" matched ${line})
        set_source_files_properties(${CMAKE_MATCH_2} TARGET_DIRECTORY ${target} PROPERTIES UNITY_GROUP ${CMAKE_MATCH_1})
    endforeach()
    set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_MODE GROUP)
    # Of a type that a source keeps to itself GCC says in a group that it stood in a header.
    target_compile_options(${target} PRIVATE $<$<COMPILE_LANG_AND_ID:CXX,GNU>:-Wno-subobject-linkage>)
endfunction()

foreach(target ppo_core ppo_sim_core ppo_sim_web ppo-validate unit_tests simulator_tests)
    if(TARGET ${target})
        ppo_compile_together(${target})
    endif()
endforeach()
