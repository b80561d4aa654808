# SPDX-License-Identifier: Apache-2.0
# The last step of installing a component: what can be written only when its files are in place. Variables: component,
# source (this folder), binary (of the build), version, poco (the folder of what is contained, or nothing), pages (of the
# manual, below share/man).
set(root "$ENV{DESTDIR}${CMAKE_INSTALL_PREFIX}")
set(doc "${root}/share/doc/ppo-${component}")

# The date is SOURCE_DATE_EPOCH, if that is set: the same source makes the same package at any hour.
string(TIMESTAMP date "%a, %d %b %Y %H:%M:%S +0000" UTC)
set(changelog "${doc}/changelog.Debian")
file(READ "${changelog}" text)
string(REPLACE "DATE_OF_PACKAGE" "${date}" text "${text}")
file(WRITE "${changelog}" "${text}")

foreach(file IN ITEMS "${doc}/changelog" "${changelog}" LISTS pages)
    if(NOT IS_ABSOLUTE "${file}")
        set(file "${root}/share/man/${file}")
    endif()
    execute_process(COMMAND gzip -9nf "${file}" COMMAND_ERROR_IS_FATAL ANY)
endforeach()

set(contained)
if(poco)
    set(contained --poco "${poco}")
endif()
execute_process(COMMAND python3 -B "${source}/sbom.py" --component ${component} --version ${version} ${contained}
    --build "${binary}" "${root}" COMMAND_ERROR_IS_FATAL ANY)
