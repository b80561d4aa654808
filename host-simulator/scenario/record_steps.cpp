// SPDX-License-Identifier: Apache-2.0
// Records from elsewhere: messages and resources that say in their own way what the words say here.
#include "hl7/apply.hpp"
#include "hl7/moment.hpp"
#include "host/dates.hpp"
#include "import/import.hpp"
#include "scenario/step_failed.hpp"
#include "scenario/steps.hpp"

#include <Poco/JSON/Array.h>
#include <Poco/String.h>

#include <map>
#include <sstream>

namespace ppo_sim {
namespace {
/// A value as a message has it: what is not said is empty, what is said to be empty is deleted.
std::string field(const Arguments& said, const std::string& name) {
    if (!said.has(name)) return {};
    const std::string value = said.get(name);
    return value.empty() ? std::string{hl7_delete} : hl7_escaped(value);
}

std::string yes_or_no(const Arguments& said, const std::string& name, const char* yes,
                      const char* no) {
    if (!said.has(name)) return {};
    const std::string word = said.get(name);
    require(word == "yes" || word == "no", "write " + name + "=yes or " + name + "=no");
    return word == "yes" ? yes : no;
}

std::string digits_of(const std::string& date) { return Poco::remove(date, '-'); }

std::string segment(const std::map<int, std::string>& fields, const std::string& name) {
    std::string text = name;
    int last = 0;
    for (const auto& [number, value] : fields) {
        text += std::string(static_cast<std::size_t>(number - last), '|') + value;
        last = number;
    }
    return text + "\r";
}

std::string pid(const std::string& id, const Arguments& said) {
    const std::string name = field(said, "last") + "^" + field(said, "first") + "^^^^^L";
    const std::string zip = said.has("zip") ? "^^^^" + field(said, "zip") + "^^H" : "";
    const std::string email = said.has("email") ? "^NET^Internet^" + field(said, "email") : "";
    return segment({{3, hl7_escaped(id) + "^^^PRACTICE^MR"},
                    {5, said.has("last") || said.has("first") ? name : ""},
                    {7, digits_of(field(said, "born"))},
                    {11, zip},
                    {13, email},
                    {15, field(said, "language")},
                    {30, yes_or_no(said, "died", "Y", "N")}},
                   "PID");
}

std::string message_of(World& world, const Arguments& said) {
    const std::string event = said.at(0, "which event: A08");
    const std::string at = said.has("at")
                               ? write_hl7_moment(read_moment(said.get("at")).value_or(0))
                               : write_hl7_moment(world.clock.now());
    const std::string control_id = said.has("control") ? said.get("control")
                                                       : std::to_string(++world.hl7_messages);
    std::string text = "MSH|^~\\&|REGISTRATION|HOSPITAL|PORTAL|PRACTICE|" + at + "||ADT^" + event +
                       "|M" + control_id + "|P|2.5.1||||||UNICODE UTF-8\rEVN||" + at + "\r";
    const std::string id = said.at(1, "the patient's id");
    if (said.plain().size() == 2) return text + pid(id, said);
    require(said.at(2, "into") == "into", "write: adt A40 P001 into P002");
    return text + pid(said.at(3, "the surviving id"), said) +
           segment({{1, hl7_escaped(id) + "^^^PRACTICE^MR"}}, "MRG");
}

/// adt EVENT ID [first= last= born= email= zip= language= died=] [at=] [control=]
void send_message(World& world, const Arguments& said, Outcome& outcome) {
    said.allow({"first", "last", "born", "email", "zip", "language", "died", "at", "control"}, 4);
    const Hl7Message message{message_of(world, said)};
    Hl7Receiver receiver{world.directory, world.hl7_journal,
                         [&](const DirectoryEvent& event) { return world.tell(event); }};
    const Hl7Answer answer = receiver.receive(message, world.clock.now());
    outcome.details.set("ack", answer.accepted() ? "AA" : answer.problem->acknowledgement());
    if (answer.repeated) outcome.details.set("repeated", true);
    if (answer.accepted()) return;
    const std::string code = std::string{"hl7_"} +
                             Poco::toLower(std::string{answer.problem->acknowledgement()});
    outcome.answer = {PPO_REFUSED_NOT_PERMITTED, code, answer.problem->location,
                      answer.problem->sentence, 0};
}

Poco::JSON::Object named(const std::string& name, const Poco::Dynamic::Var& value) {
    Poco::JSON::Object object;
    object.set(name, value);
    return object;
}

Poco::JSON::Array list_of(const Poco::JSON::Object& item) {
    Poco::JSON::Array list;
    list.add(item);
    return list;
}

std::string resource_of(const std::string& id, const Arguments& said) {
    Poco::JSON::Object resource;
    resource.set("resourceType", "Patient");
    resource.set("id", id);
    Poco::JSON::Object name = named("family", said.get("last"));
    Poco::JSON::Array given;
    given.add(said.get("first"));
    name.set("given", given);
    if (said.has("last") || said.has("first")) resource.set("name", list_of(name));
    Poco::JSON::Object email = named("system", "email");
    email.set("value", said.get("email"));
    if (said.has("email")) resource.set("telecom", list_of(email));
    if (said.has("zip")) resource.set("address", list_of(named("postalCode", said.get("zip"))));
    if (said.has("born")) resource.set("birthDate", said.get("born"));
    if (said.has("died"))
        resource.set("deceasedBoolean", !yes_or_no(said, "died", "Y", "").empty());
    if (said.has("active")) resource.set("active", !yes_or_no(said, "active", "Y", "").empty());
    Poco::JSON::Object link = named("type", "replaced-by");
    link.set("other", named("reference", "Patient/" + said.get("replaced_by")));
    if (said.has("replaced_by")) resource.set("link", list_of(link));
    std::ostringstream json;
    resource.stringify(json);
    return json.str();
}

/// fhir ID [first= last= born= email= zip= active= died=] [replaced_by=]
void take_resource(World& world, const Arguments& said, Outcome& outcome) {
    said.allow({"first", "last", "born", "email", "zip", "active", "died", "replaced_by"}, 1);
    const std::string json = resource_of(said.at(0, "the patient's id"), said);
    Import import = read_fhir_patients(
        json, [&](const std::string& id) { return world.directory.find(id).value_or(Patient{}); },
        write_moment(world.clock.now()).substr(0, 10));
    const Settled settled = settle_replaced(import, world.directory);
    for (const auto& refused : import.refused)
        outcome.answer = {PPO_REFUSED_NOT_PERMITTED, "fhir", "", refused.reason, 0};
    world.event_answer = {PPO_OK, "", "", "", 0};
    for (const auto& patient : import.patients)
        if (!world.directory.replace(patient)) require(world.directory.add(patient), "no id");
    for (const auto& [losing_id, surviving_id] : settled.merges)
        require(world.directory.merge(losing_id, surviving_id), "both charts must be there");
    outcome.details.set("merged", settled.merges.size());
    if (outcome.answer.good()) outcome.answer = world.event_answer;
}
}  // namespace

std::vector<Step> record_steps() { return {{{"adt"}, send_message}, {{"fhir"}, take_resource}}; }
}  // namespace ppo_sim
