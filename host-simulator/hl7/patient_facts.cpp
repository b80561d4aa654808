// SPDX-License-Identifier: Apache-2.0
#include "hl7/patient_facts.hpp"

#include "hl7/moment.hpp"
#include "import/facts.hpp"
#include "import/import.hpp"

#include <Poco/String.h>

#include <algorithm>
#include <limits>

namespace ppo_sim {
namespace {
using Fact = std::optional<std::string>;

/// Nothing said, `""` said, or a text.
Fact fact_of(const std::string& text) {
    if (text.empty()) return std::nullopt;
    return text == hl7_delete ? std::string{} : text;
}

/// Of several repetitions the one whose type comes first in the order; an order's "*" stands for
/// every type that it does not name. Nothing if none may be used.
const Hl7Value* best_of(const std::vector<Hl7Value>& values, std::size_t type_component,
                        const std::vector<std::string>& order,
                        const std::vector<std::string>& never) {
    const Hl7Value* best = nullptr;
    std::ptrdiff_t best_place = std::numeric_limits<std::ptrdiff_t>::max();
    for (const auto& value : values) {
        const std::string type = Poco::toUpper(value.text(type_component));
        if (value.empty() || std::find(never.begin(), never.end(), type) != never.end()) continue;
        auto found = std::find(order.begin(), order.end(), type);
        if (found == order.end()) found = std::find(order.begin(), order.end(), "*");
        const auto place = found - order.begin();
        if (place >= best_place) continue;
        best = &value;
        best_place = place;
    }
    return best;
}

/// "van der Meulen", whether the prefix is a part of the surname already or stands beside it.
std::string family_of(const Hl7Value& name, std::size_t component) {
    const std::string surname = name.text(component, 1);
    const std::string prefix = name.text(component, 2);
    const std::string whole = surname.empty() ? name.text(component, 3) : surname;
    const bool has_prefix = Poco::icompare(whole, 0, prefix.size() + 1, prefix + " ") == 0;
    return prefix.empty() || prefix == hl7_delete || has_prefix ? whole : prefix + " " + whole;
}

class Facts {
public:
    explicit Facts(const Hl7Message& message) : message_{message}, pid_{message.first("PID")} {}

    Hl7Facts read() {
        facts_.id = hl7_patient_id(message_, pid_, 3);
        if (facts_.id.empty())
            refuse(Hl7Code::RequiredField, "PID-3 has no patient identifier", "PID^1^3");
        read_name();
        read_birth_date();
        read_postal_code();
        read_contacts();
        read_language();
        read_death();
        facts_.provider = person_in(message_.first("PD1"), 4);
        facts_.attending = person_in(message_.first("PV1"), 7);
        return std::move(facts_);
    }

private:
    void refuse(Hl7Code code, const std::string& sentence, const std::string& location) {
        if (!facts_.problem) facts_.problem = {code, sentence, location};
    }

    void read_name() {
        if (message_.deletes(pid_, 5))
            return refuse(Hl7Code::RequiredField, "PID-5 deletes the name", "PID^1^5");
        const auto names = message_.values(pid_, 5);
        // Aliases, nicknames, birth, maiden, partner's and made-up names are nobody's name here.
        const auto* name = best_of(names, 7, {"L", "", "D", "*"},
                                   {"A", "N", "B", "M", "P", "S", "BAD"});
        if (name == nullptr) return;
        facts_.last = fact_of(family_of(*name, 1));
        facts_.first = fact_of(name->text(2));
        const std::string further = name->text(3);
        if (facts_.first && further != hl7_delete)
            facts_.first = joined_given({*facts_.first, further});
    }

    void read_birth_date() {
        const auto said = fact_of(message_.text(pid_, 7));
        facts_.birth_date = said;
        if (!said || said->empty()) return;
        facts_.birth_date = read_hl7_date(*said);
        if (!facts_.birth_date)
            refuse(Hl7Code::DataType, "the birth date is not a date that exists", "PID^1^7");
    }

    void read_postal_code() {
        if (message_.deletes(pid_, 11)) facts_.postal_code = "";
        const auto addresses = message_.values(pid_, 11);
        const auto* address = best_of(addresses, 7, {"H", "P", "C", "", "*"}, {"BA", "N", "BDL"});
        if (address != nullptr && !facts_.postal_code)
            facts_.postal_code = fact_of(address->text(5));
    }

    /// PID-13 has the patient's telephone numbers and, under NET, the e-mail; PID-40 the same since
    /// version 2.7.
    void read_contacts() {
        for (const std::size_t field : {std::size_t{13}, std::size_t{40}}) {
            if (message_.deletes(pid_, field)) {
                keep_first(facts_.email, std::string{});
                keep_first(facts_.phone, std::string{});
                continue;
            }
            for (const auto& contact : message_.values(pid_, field)) read_contact(contact);
        }
    }

    /// In one piece, as versions before 2.3 have it or since 2.7, or "913-5550101".
    static std::string number_of(const Hl7Value& contact) {
        for (const std::size_t component : {std::size_t{1}, std::size_t{12}})
            if (const auto whole = contact.text(component); !whole.empty()) return whole;
        const std::string area = contact.text(6);
        const std::string number = contact.text(7);
        return area.empty() || number.empty() ? number : area + "-" + number;
    }

    void read_contact(const Hl7Value& contact) {
        const std::string use = Poco::toUpper(contact.text(2));
        const std::string equipment = Poco::toUpper(contact.text(3));
        const std::string first = contact.text(1);
        const bool is_address = use == "NET" || equipment == "INTERNET" ||
                                !contact.text(4).empty() || first.find('@') != std::string::npos;
        if (!is_address) return keep_first(facts_.phone, fact_of(number_of(contact)));
        auto email = fact_of(contact.text(4));
        // As messages of versions before 2.3 have it.
        if (!email && first.find('@') != std::string::npos) email = first;
        if (!email && first == hl7_delete) email = "";
        if (email) email = email_text(*email);
        keep_first(facts_.email, email);
    }

    /// The first that says something counts; a deletion gives way to a text that follows.
    static void keep_first(Fact& kept, const Fact& said) {
        if (said && (!kept || (kept->empty() && !said->empty()))) kept = said;
    }

    void read_language() {
        const auto said = fact_of(message_.text(pid_, 15));
        if (!said) return;
        const std::string by_code = language_tag(*said);
        const std::string tag = by_code.empty() ? language_tag(message_.text(pid_, 15, 2))
                                                : by_code;
        if (said->empty() || !tag.empty()) facts_.language = said->empty() ? "" : tag;
    }

    void read_death() {
        const auto at = fact_of(message_.text(pid_, 29));
        const auto indicator = fact_of(message_.text(pid_, 30));
        const std::string word = Poco::toUpper(indicator.value_or(""));
        if (word == "Y" || (at && !at->empty()))
            facts_.deceased = true;
        else if (word == "N" || (indicator && indicator->empty()) || (at && at->empty()))
            facts_.deceased = false;
        if (indicator && word != "Y" && word != "N" && !word.empty())
            refuse(Hl7Code::TableValue, "PID-30 is neither Y nor N", "PID^1^30");
    }

    /// "Dr. Eva Katz", of the first repetition of an XCN field.
    [[nodiscard]] Fact person_in(const Hl7Segment* segment, std::size_t field) const {
        if (message_.deletes(segment, field)) return std::string{};
        const auto people = message_.values(segment, field);
        if (people.empty()) return std::nullopt;
        std::string name;
        for (const std::string& part :
             {people.front().text(6), people.front().text(3), family_of(people.front(), 2)})
            if (!part.empty() && part != hl7_delete) name += (name.empty() ? "" : " ") + part;
        return fact_of(name);
    }

    const Hl7Message& message_;
    const Hl7Segment* pid_;
    Hl7Facts facts_{};
};

void put(std::string& field, const Fact& fact) {
    if (fact) field = *fact;
}
}  // namespace

std::string hl7_patient_id(const Hl7Message& message, const Hl7Segment* segment,
                           std::size_t field) {
    std::string first;
    for (const auto& value : message.values(segment, field)) {
        const std::string id = value.text(1);
        if (id.empty() || id == hl7_delete) continue;
        if (value.text(5) == "MR") return id;
        if (first.empty()) first = id;
    }
    return first;
}

Hl7Facts read_hl7_facts(const Hl7Message& message) { return Facts{message}.read(); }

std::optional<Hl7Problem> put_on_chart(const Hl7Facts& facts, Patient& patient) {
    put(patient.first, facts.first);
    put(patient.last, facts.last);
    put(patient.email, facts.email);
    put(patient.phone, facts.phone);
    put(patient.postal_code, facts.postal_code);
    put(patient.language, facts.language);
    put(patient.provider, facts.provider);
    if (patient.provider.empty() && !facts.provider) put(patient.provider, facts.attending);
    if (facts.birth_date)
        patient.birth_date = better_birth_date(patient.birth_date, *facts.birth_date);
    if (facts.deceased == true) patient.chart_status = PPO_CHART_DECEASED;
    if (facts.deceased == false && patient.chart_status == PPO_CHART_DECEASED)
        patient.chart_status = PPO_CHART_ACTIVE;
    const std::string reason = why_unusable(patient);
    if (reason.empty()) return std::nullopt;
    const auto code = patient.first.empty() && patient.last.empty() ? Hl7Code::RequiredField
                                                                    : Hl7Code::DataType;
    return Hl7Problem{code, reason, "PID"};
}
}  // namespace ppo_sim
