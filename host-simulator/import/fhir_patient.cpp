// SPDX-License-Identifier: Apache-2.0
// One FHIR R4 Patient: which member becomes which fact of the chart.
#include "host/dates.hpp"
#include "import/facts.hpp"
#include "import/import.hpp"

#include <Poco/Exception.h>
#include <Poco/JSON/Array.h>
#include <Poco/String.h>

#include <algorithm>
#include <limits>
#include <optional>
#include <tuple>

namespace ppo_sim {
namespace {
using Object = Poco::JSON::Object::Ptr;
using Notes = std::map<std::string, std::size_t>;

std::string text(const Object& object, const std::string& member) {
    const auto value = object->get(member);
    return value.isString() ? Poco::trim(value.extract<std::string>()) : std::string{};
}

std::vector<Object> objects(const Object& object, const std::string& member) {
    std::vector<Object> found;
    const auto array = object->getArray(member);
    if (!array) return found;
    for (unsigned i = 0; i < array->size(); ++i)
        if (const auto item = array->getObject(i)) found.push_back(item);
    return found;
}

/// The place of a word in a list, or behind all of them.
int place_of(const std::string& word, const std::vector<std::string>& order) {
    return static_cast<int>(std::find(order.begin(), order.end(), word) - order.begin());
}

/// True for a code of a CodeableConcept, whatever the system.
bool is_coded(const Object& type, const std::string& code) {
    if (!type) return false;
    const auto codings = objects(type, "coding");
    return std::any_of(codings.begin(), codings.end(),
                       [&](const Object& coding) { return text(coding, "code") == code; });
}

/// One resource on its way onto a chart.
class Taking {
public:
    Taking(const Object& resource, const std::string& today, Notes& notes)
        : resource_{resource}, today_{today}, notes_{notes} {}

    /// `id`, or the medical record number of a resource that has none yet.
    [[nodiscard]] std::string id() const {
        const std::string own = text(resource_, "id");
        if (!own.empty()) return own;
        for (const auto& identifier : objects(resource_, "identifier"))
            if (!is_history(identifier) && is_coded(identifier->getObject("type"), "MR"))
                return text(identifier, "value");
        return {};
    }

    void take_name(Patient& patient) const {
        Object best;
        int best_place = std::numeric_limits<int>::max();
        for (const auto& name : objects(resource_, "name")) {
            const std::string use = text(name, "use");
            if (is_history(name) || use == "maiden") {
                ++notes_["previous name (old, maiden or ended) was left out"];
                continue;
            }
            const int place = place_of(use, {"official", "usual", ""});
            if (place >= best_place) continue;
            best = name;
            best_place = place;
        }
        if (!best) return;
        std::vector<std::string> given;
        if (const auto parts = best->getArray("given"))
            for (unsigned i = 0; i < parts->size(); ++i)
                if (!parts->isNull(i)) given.push_back(parts->getElement<std::string>(i));
        patient.last = text(best, "family");
        patient.first = joined_given(given);
        if (patient.last.empty() && patient.first.empty()) split(text(best, "text"), patient);
    }

    void take_contacts(Patient& patient) const {
        const auto email = telecom("email");
        if (!email.empty())
            patient.email = email_text(email);
        else if (has_ended(patient.email))
            patient.email.clear();  // A link must not go where the source says nobody reads.
        keep(patient.phone, telecom("phone"));
    }

    void take_postal_code(Patient& patient) const {
        const Object* best = nullptr;
        int best_place = std::numeric_limits<int>::max();
        const auto addresses = objects(resource_, "address");
        for (const auto& address : addresses) {
            if (is_history(address) || text(address, "postalCode").empty()) continue;
            const int place = place_of(text(address, "use"), {"home", "", "temp", "work"});
            if (place >= best_place) continue;
            best = &address;
            best_place = place;
        }
        if (best != nullptr) patient.postal_code = text(*best, "postalCode");
    }

    void take_language(Patient& patient) const {
        std::string best;
        for (const auto& entry : objects(resource_, "communication")) {
            const auto spoken = entry->getObject("language");
            if (!spoken) continue;
            const std::string written = code_or_text(spoken);
            if (entry->optValue<bool>("preferred", false)) {
                best = written;
                break;
            }
            if (best.empty()) best = written;
        }
        const std::string tag = language_tag(best);
        if (!best.empty() && tag.empty()) ++notes_["language was not understood and left out"];
        keep(patient.language, tag);
    }

    void take_chart_status(Patient& patient) const {
        auto& status = patient.chart_status;
        if (resource_->has("active")) {
            const bool active = resource_->getValue<bool>("active");
            if (!active && status != PPO_CHART_DECEASED) status = PPO_CHART_INACTIVE;
            if (active && status == PPO_CHART_INACTIVE) status = PPO_CHART_ACTIVE;
        }
        if (resource_->optValue<bool>("deceasedBoolean", false) ||
            resource_->has("deceasedDateTime"))
            status = PPO_CHART_DECEASED;
        else if (resource_->has("deceasedBoolean") && status == PPO_CHART_DECEASED)
            status = PPO_CHART_ACTIVE;
    }

    void take_provider(Patient& patient) const {
        for (const auto& practitioner : objects(resource_, "generalPractitioner"))
            if (const std::string name = text(practitioner, "display"); !name.empty())
                return keep(patient.provider, name);
    }

    /// FHIR allows a year or a month alone; neither can answer "when were you born".
    [[nodiscard]] std::string take_birth_date(Patient& patient) const {
        const std::string written = text(resource_, "birthDate");
        if (written.empty()) {
            ++notes_["no birth date"];
            return {};
        }
        const bool fhir = written.size() == 4 || (written.size() > 6 && written[4] == '-');
        const auto date = fhir ? read_birth_date(written) : std::nullopt;
        if (!date) return "the birth date is not a date that exists";
        if (!has_day(*date)) ++notes_["birth date has no day: it is shown and answers no question"];
        patient.birth_date = better_birth_date(patient.birth_date, *date);
        return {};
    }

    /// The reference to the record that replaces this one.
    [[nodiscard]] std::string replaced_by() const {
        std::string into;
        for (const auto& link : objects(resource_, "link")) {
            if (text(link, "type") != "replaced-by") {
                ++notes_["link of another kind than replaced-by was left out"];
                continue;
            }
            if (const auto other = link->getObject("other")) into = text(other, "reference");
            if (into.empty()) into = "?";
        }
        return into;
    }

    static void keep(std::string& field, const std::string& value) {
        if (!value.empty()) field = value;
    }

private:
    /// Old names, addresses and numbers, and those whose time has ended, are history. An end is a
    /// year, a month, a day or a moment; it belongs to the time that it ends.
    [[nodiscard]] bool is_history(const Object& item) const {
        if (text(item, "use") == "old") return true;
        const auto period = item->getObject("period");
        if (!period) return false;
        const std::string end = text(period, "end").substr(0, today_.size());
        return !end.empty() && end < today_.substr(0, end.size());
    }

    /// The value of a system's telecom: the best rank, of one rank the one at home.
    [[nodiscard]] std::string telecom(const std::string& system) const {
        std::string best;
        std::tuple<unsigned, int> best_place{std::numeric_limits<unsigned>::max(), 0};
        for (const auto& item : objects(resource_, "telecom")) {
            const std::string value = text(item, "value");
            if (text(item, "system") != system || is_history(item) || value.empty()) continue;
            const std::tuple place{item->optValue<unsigned>("rank", 1'000'000),
                                   place_of(text(item, "use"), {"home", "work"})};
            if (place >= best_place) continue;
            best = value;
            best_place = place;
        }
        return best;
    }

    [[nodiscard]] bool has_ended(const std::string& email) const {
        const auto items = objects(resource_, "telecom");
        return !email.empty() && std::any_of(items.begin(), items.end(), [&](const Object& item) {
            return text(item, "system") == "email" && is_history(item) &&
                   Poco::icompare(email_text(text(item, "value")), email) == 0;
        });
    }

    static std::string code_or_text(const Object& spoken) {
        for (const auto& coding : objects(spoken, "coding"))
            if (const std::string code = text(coding, "code"); !code.empty()) return code;
        return text(spoken, "text");
    }

    /// "Weber, Anna" or "Anna Weber".
    static void split(const std::string& whole, Patient& patient) {
        const auto comma = whole.find(',');
        const auto space = whole.rfind(' ');
        if (comma != std::string::npos) {
            patient.last = Poco::trim(whole.substr(0, comma));
            patient.first = Poco::trim(whole.substr(comma + 1));
        } else if (space != std::string::npos) {
            patient.last = whole.substr(space + 1);
            patient.first = Poco::trim(whole.substr(0, space));
        } else {
            patient.last = whole;
        }
    }

    const Object& resource_;
    const std::string& today_;
    Notes& notes_;
};
}  // namespace

std::string take_fhir_patient(const Poco::JSON::Object::Ptr& resource, const ChartOnFile& on_file,
                              const std::string& today, Patient& patient, std::string& into,
                              std::map<std::string, std::size_t>& notes) {
    try {
        const Taking taking{resource, today, notes};
        const std::string id = taking.id();
        if (id.empty()) return "has no id, and no identifier of the type MR";
        patient = on_file(id);
        patient.id = id;
        taking.take_name(patient);
        taking.take_contacts(patient);
        taking.take_postal_code(patient);
        taking.take_language(patient);
        taking.take_provider(patient);
        taking.take_chart_status(patient);
        Taking::keep(patient.sex, text(resource, "gender"));
        into = taking.replaced_by();
        const std::string reason = taking.take_birth_date(patient);
        return reason.empty() ? why_unusable(patient) : reason;
    } catch (const Poco::Exception&) {
        return "a member has a type that FHIR does not give it";
    }
}
}  // namespace ppo_sim
