# SPDX-License-Identifier: Apache-2.0
# find_package(ppo 1.0) gives the target ppo::abi, the headers of the contract. There is nothing to link: a host loads the
# plugin. ppo_EXPORTS_MAP is for who writes a plugin, ppo_SCHEMA_FOLDER holds the schemas of what views say.
get_filename_component(ppo_prefix "${CMAKE_CURRENT_LIST_DIR}/../../.." ABSOLUTE)
if(NOT TARGET ppo::abi)
    add_library(ppo::abi INTERFACE IMPORTED)
    set_target_properties(ppo::abi PROPERTIES INTERFACE_INCLUDE_DIRECTORIES "${ppo_prefix}/include/ppo-1")
endif()
set(ppo_EXPORTS_MAP "${ppo_prefix}/share/ppo/exports.map")
set(ppo_SCHEMA_FOLDER "${ppo_prefix}/share/ppo/schema")
unset(ppo_prefix)
