# SPDX-License-Identifier: Apache-2.0
# Three Debian packages and a tree to be unpacked anywhere, from what CMakeLists.txt beside this installs.
set(CPACK_GENERATOR DEB TGZ)
set(CPACK_PACKAGE_NAME patient-portal-onboarding)
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "")  # Each package has its own.
set(CPACK_PACKAGE_VENDOR "The patient portal onboarding project")
# The field must hold an address. This one is nobody's, and can never be.
set(CPACK_PACKAGE_CONTACT "The patient portal onboarding project <packages@patient-portal-onboarding.invalid>")
set(CPACK_SYSTEM_NAME linux-${CMAKE_SYSTEM_PROCESSOR})
set(CPACK_PACKAGE_DIRECTORY ${PROJECT_BINARY_DIR}/packages)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS ${CMAKE_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS})
set(CPACK_PRE_BUILD_SCRIPTS ${CMAKE_CURRENT_SOURCE_DIR}/staged.cmake)
set(CPACK_POST_BUILD_SCRIPTS ${CMAKE_CURRENT_SOURCE_DIR}/packed.cmake)
set(CPACK_STRIP_FILES ON)
set(CPACK_COMPONENTS_ALL dev plugin tools)
set(CPACK_PROJECT_CONFIG_FILE ${CMAKE_CURRENT_SOURCE_DIR}/each-generator.cmake)

set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_RELEASE 1)
set(CPACK_DEBIAN_PACKAGE_SOURCE patient-portal-onboarding)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_COMPRESSION_TYPE xz)
set(same_version "(= ${PROJECT_VERSION}-${CPACK_DEBIAN_PACKAGE_RELEASE})")

set(CPACK_DEBIAN_DEV_PACKAGE_NAME ppo-dev)
set(CPACK_DEBIAN_DEV_PACKAGE_ARCHITECTURE all)
set(CPACK_DEBIAN_DEV_PACKAGE_SECTION devel)
set(CPACK_COMPONENT_DEV_DESCRIPTION
"contract of patient portal onboarding plugins, for hosts
What an electronic medical record needs to load a plugin that brings a
practice's existing patients onto its patient portal, or to write such a
plugin: C headers, schemas of what views say, pkg-config and CMake files,
examples in several languages and the manual of the contract.")

set(CPACK_DEBIAN_PLUGIN_PACKAGE_NAME ppo-plugin)
set(CPACK_DEBIAN_PLUGIN_PACKAGE_SECTION misc)
set(CPACK_DEBIAN_PLUGIN_PACKAGE_SHLIBDEPS ON)
set(CPACK_COMPONENT_PLUGIN_DESCRIPTION
"brings a practice's existing patients onto its patient portal
A plugin for electronic medical records: who has access to the patient portal
and who signed in, invitations by e-mail one by one and for many, passwords
and usernames set by staff, the pages for patients, and a record of all of
it. A host loads it from a folder of its own.")

set(CPACK_DEBIAN_TOOLS_PACKAGE_NAME ppo-tools)
set(CPACK_DEBIAN_TOOLS_PACKAGE_SECTION utils)
set(CPACK_DEBIAN_TOOLS_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_TOOLS_PACKAGE_DEPENDS "ppo-plugin ${same_version}")
set(CPACK_COMPONENT_TOOLS_DESCRIPTION
"model host and checks for patient portal onboarding plugins
A model host with a web EMR, a patient portal and a mailbox, to try a plugin
in or to run the portal and the delivery of mails as services of their own,
and tools that check plugins and hosts against the contract.")

include(CPack)
