# SPDX-License-Identifier: Apache-2.0
# Read by CPack once for each kind of package.
if(CPACK_GENERATOR STREQUAL "DEB")
    set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
else()
    set(CPACK_MONOLITHIC_INSTALL ON)  # Everything under one folder.
    set(CPACK_INCLUDE_TOPLEVEL_DIRECTORY ON)
endif()
