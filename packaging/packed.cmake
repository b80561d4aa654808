# SPDX-License-Identifier: Apache-2.0
# After packing: what CPack took from the machine is taken out again.
foreach(package IN LISTS CPACK_PACKAGE_FILES)
    execute_process(COMMAND ${CMAKE_CURRENT_LIST_DIR}/same-bytes ${package} COMMAND_ERROR_IS_FATAL ANY)
endforeach()
