// SPDX-License-Identifier: Apache-2.0
// FHIR as it comes: lines, a single resource, a Bundle.
#include "import/import.hpp"

#include <Poco/Exception.h>
#include <Poco/JSON/Array.h>
#include <Poco/JSON/Parser.h>
#include <Poco/String.h>

#include <algorithm>
#include <set>
#include <sstream>

namespace ppo_sim {
namespace {
using Object = Poco::JSON::Object::Ptr;

constexpr std::size_t longest_resource = 1024 * 1024;       // A patient's usual size is 3 KB.
constexpr std::size_t longest_bundle = 64UL * 1024 * 1024;  // It is held in memory, parsed.
constexpr std::size_t deepest = 64;                         // A patient's usual depth is 8.

std::string text(const Object& object, const std::string& member) {
    const auto value = object->get(member);
    return value.isString() ? Poco::trim(value.extract<std::string>()) : std::string{};
}

/// One JSON object, or none with the reason.
Object parsed(const std::string& json, std::string& reason) {
    if (!is_utf8(json)) {
        reason = "is not UTF-8";
        return {};
    }
    try {
        Poco::JSON::Parser parser;
        parser.setDepth(deepest);
        return parser.parse(json).extract<Object>();
    } catch (const std::exception&) {
        reason = "is not one JSON object, or is nested too deeply";
        return {};
    }
}

/// The id in "Patient/P1", "https://ehr.example/fhir/Patient/P1/_history/2"; empty in any other.
std::string id_in(const std::string& reference) {
    const std::string type = "Patient/";
    const auto at = reference.rfind(type);
    const bool whole = at == 0 || (at != std::string::npos && reference[at - 1] == '/');
    if (!whole) return {};
    const auto from = at + type.size();
    return reference.substr(from, reference.find_first_of("/?#", from) - from);
}

class Reading {
public:
    Reading(const ChartOnFile& on_file, const std::string& today)
        : on_file_{on_file}, today_{today} {
        import_.format = "fhir";
    }

    void read_lines(const std::string& content) {
        std::istringstream lines{content};
        std::string line;
        for (std::size_t number = 1; std::getline(lines, line); ++number) {
            line = Poco::trim(line);
            if (!line.empty()) read_resource(line, number);
        }
    }

    /// A single resource, or a Bundle.
    void read_document(const Object& document, const std::string& json) {
        if (text(document, "resourceType") == "Bundle") return read_bundle(document, json.size());
        ++import_.read;
        take(json.size() > longest_resource ? too_long : "", document, 1);
    }

    void refuse(std::size_t number, const std::string& reason) {
        ++import_.read;
        import_.refused.push_back({number, reason});
    }

    /// References within the Bundle lead to ids now.
    Import finish() {
        for (auto& replaced : import_.replaced) {
            const auto known = ids_of_urls_.find(replaced.into);
            replaced.into = known == ids_of_urls_.end() ? id_in(replaced.into) : known->second;
        }
        return std::move(import_);
    }

private:
    static constexpr auto too_long = "is longer than 1 MB";

    void read_resource(const std::string& json, std::size_t number) {
        ++import_.read;
        std::string reason = json.size() > longest_resource ? too_long : "";
        const Object resource = reason.empty() ? parsed(json, reason) : Object{};
        if (resource && text(resource, "resourceType") != "Patient")
            reason = "is not a Patient resource";
        take(reason, resource, number);
    }

    void read_bundle(const Object& bundle, std::size_t size) {
        static const std::set<std::string> taken{"collection", "searchset", "transaction", "batch"};
        import_.unit = "entry";
        if (size > longest_bundle) {
            import_.unusable = "the Bundle is longer than 64 MB: export lines instead";
        } else if (!taken.contains(text(bundle, "type"))) {
            import_.unusable = "the Bundle is no collection, searchset, transaction or batch";
        } else {
            try {
                read_entries(bundle, size > longest_resource);
            } catch (const Poco::Exception&) {
                import_.unusable = "the Bundle has a member of a type that FHIR does not give it";
            }
        }
    }

    void read_entries(const Object& bundle, bool may_be_long) {
        if (const auto links = bundle->getArray("link"))
            for (unsigned i = 0; i < links->size(); ++i)
                if (const auto link = links->getObject(i); link && text(link, "relation") == "next")
                    ++import_.notes["further page of the search is not in the file"];
        const auto entries = bundle->getArray("entry");
        for (unsigned i = 0; entries && i < entries->size(); ++i) {
            const auto entry = entries->getObject(i);
            if (!entry) {
                refuse(i + 1, "is not a JSON object");
                continue;
            }
            read_entry(entry, i + 1, may_be_long);
        }
    }

    void read_entry(const Object& entry, std::size_t number, bool may_be_long) {
        const auto request = entry->getObject("request");
        const auto resource = entry->getObject("resource");
        if (request && text(request, "method") == "DELETE")
            return refuse(number, "asks to delete, which a file may not");
        if (!resource || text(resource, "resourceType") != "Patient") {
            ++import_.notes["entry of another type than Patient was left out"];
            return;
        }
        ++import_.read;
        std::ostringstream json;
        if (may_be_long) resource->stringify(json);
        take(json.str().size() > longest_resource ? too_long : "", resource, number,
             text(entry, "fullUrl"));
    }

    void take(std::string reason, const Object& resource, std::size_t number,
              const std::string& url = {}) {
        Patient patient{};
        std::string into;
        std::map<std::string, std::size_t> notes;
        if (reason.empty() && text(resource, "resourceType") != "Patient")
            reason = "is not a Patient resource";
        if (reason.empty())
            reason = take_fhir_patient(resource, on_file_, today_, patient, into, notes);
        if (reason.empty() && !ids_.insert(patient.id).second)
            reason = "the id stands in the file already";
        if (!reason.empty()) {
            import_.refused.push_back({number, reason});
            return;
        }
        for (const auto& [note, times] : notes) import_.notes[note] += times;
        if (!url.empty()) ids_of_urls_[url] = patient.id;
        if (into.empty())
            import_.patients.push_back(std::move(patient));
        else
            import_.replaced.push_back({number, std::move(patient), into});
    }

    const ChartOnFile& on_file_;
    const std::string& today_;
    Import import_{};
    std::set<std::string> ids_{};
    std::map<std::string, std::string> ids_of_urls_{};
};

/// How many lines begin an object at the margin: one of a resource that is laid out for reading.
std::size_t objects_at_margin(const std::string& content) {
    std::size_t count = content.starts_with('{') ? 1 : 0;
    for (std::size_t at = content.find("\n{"); at != std::string::npos && count < 2;
         at = content.find("\n{", at + 1))
        ++count;
    return count;
}
}  // namespace

Import read_fhir_patients(const std::string& content, const ChartOnFile& on_file,
                          const std::string& today) {
    Reading reading{on_file, today};
    const std::string json = content.starts_with("\xEF\xBB\xBF") ? content.substr(3) : content;
    const auto begin = json.find_first_not_of(" \t\r\n");
    const auto end = json.find('\n', begin);
    const std::string first = json.substr(begin, end - begin);
    const bool has_more = end != std::string::npos &&
                          json.find_first_not_of(" \t\r\n", end) != std::string::npos;
    std::string reason;
    // A line that is an object makes a file of lines; a single one may be a Bundle.
    const Object line = parsed(first, reason);
    const Object document = line ? line : parsed(json, reason);
    if (document && !(line && has_more))
        reading.read_document(document, json);
    else if (!line && objects_at_margin(json.substr(begin)) < 2)
        reading.refuse(1, reason);
    else
        reading.read_lines(json);
    return reading.finish();
}
}  // namespace ppo_sim
