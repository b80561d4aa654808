# Writes the files of the pages into one header: name and content of each.
string(CONCAT out "// Generated from web/assets.\n#pragma once\n\n#include <array>\n#include <string_view>\n\n"
    "namespace ppo_sim {\nstruct EmbeddedAsset {\n    std::string_view name{};\n    std::string_view content{};\n};\n\n")
list(SORT FILES)
list(LENGTH FILES count)
string(APPEND out "inline constexpr std::array<EmbeddedAsset, ${count}> embedded_assets{{\n")
foreach(file ${FILES})
    get_filename_component(name ${file} NAME)
    file(READ ${file} content)
    string(APPEND out "    {\"${name}\", R\"asset(${content})asset\"},\n")
endforeach()
string(APPEND out "}};\n}  // namespace ppo_sim\n")
file(WRITE ${OUT} "${out}")
