# SPDX-License-Identifier: Apache-2.0
# Between installing into CPack's own folder and packing it. CMake 3.25 makes folders as the umask of whoever packs has it.
execute_process(COMMAND find "${CPACK_TEMPORARY_DIRECTORY}" -type d -exec chmod 755 {} + COMMAND_ERROR_IS_FATAL ANY)
