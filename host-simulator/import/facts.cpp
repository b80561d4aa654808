// SPDX-License-Identifier: Apache-2.0
#include "import/facts.hpp"

#include <Poco/String.h>

#include <map>
#include <regex>

namespace ppo_sim {
namespace {
bool is_initial(const std::string& name) {
    return name.size() == 1 || (name.size() == 2 && name[1] == '.');
}

std::string after_prefix(const std::string& text, const std::string& prefix) {
    const bool has = Poco::icompare(text, 0, prefix.size(), prefix) == 0;
    return has ? text.substr(prefix.size()) : text;
}
}  // namespace

std::string joined_given(const std::vector<std::string>& given) {
    std::string joined;
    for (const auto& part : given) {
        const std::string name = Poco::trim(part);
        if (name.empty() || (!joined.empty() && is_initial(name))) continue;
        joined += (joined.empty() ? "" : " ") + name;
    }
    return joined;
}

std::string email_text(const std::string& written) {
    const std::string text = Poco::trim(written);
    return text.size() < 7 ? text : Poco::trim(after_prefix(text, "mailto:"));
}

std::string language_tag(const std::string& written) {
    static const std::map<std::string, std::string> words{
        {"eng", "en"}, {"english", "en"}, {"spa", "es"},      {"spanish", "es"},
        {"fra", "fr"}, {"fre", "fr"},     {"deu", "de"},      {"ger", "de"},
        {"por", "pt"}, {"zho", "zh"},     {"chi", "zh"},      {"rus", "ru"},
        {"ara", "ar"}, {"ita", "it"},     {"français", "fr"}, {"español", "es"}};
    static const std::regex tag{R"([A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8}){0,3})"};
    std::string text = Poco::trim(written);
    const auto known = words.find(Poco::toLower(text));
    if (known != words.end()) return known->second;
    if (!std::regex_match(text, tag)) return {};
    Poco::replaceInPlace(text, "_", "-");
    return text;
}

std::string better_birth_date(const std::string& on_file, const std::string& said) {
    return !said.empty() && on_file.starts_with(said) ? on_file : said;
}
}  // namespace ppo_sim
