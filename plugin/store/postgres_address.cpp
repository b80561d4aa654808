// SPDX-License-Identifier: Apache-2.0
#include "store/postgres_address.hpp"

#include "store/fault.hpp"

#include <libpq-fe.h>

#include <memory>
#include <vector>

namespace ppo {
namespace {
struct FreeOptions {
    void operator()(PQconninfoOption* options) const { PQconninfoFree(options); }
};

[[noreturn]] void refuse(const std::string& why) {
    throw StoreFault{StoreFault::Kind::Unreadable, why};
}

bool is_on_this_machine(const std::string& host) {
    return host.empty() || host.front() == '/' || host.front() == '@' || host == "localhost" ||
           host == "::1" || host.starts_with("127.");
}

std::vector<std::string> split(const std::string& hosts) {
    std::vector<std::string> all(1);
    for (const char c : hosts)
        if (c == ',')
            all.emplace_back();
        else
            all.back() += c;
    return all;
}

/// Fails closed, as mail does: neither patients' data nor the password cross a network in clear.
void demand_tls(PostgresParameters& parameters) {
    bool is_here = true;
    for (const auto& host : split(parameters["host"]))
        is_here = is_here && is_on_this_machine(host);
    if (is_here) return;
    const auto mode = parameters.try_emplace("sslmode", "verify-full").first->second;
    if (mode != "verify-full")
        refuse("the database is on another machine, so sslmode must be verify-full");
}
}  // namespace

PostgresParameters postgres_parameters(const std::string& address) {
    char* wrong = nullptr;
    const std::unique_ptr<PQconninfoOption, FreeOptions> options{
        PQconninfoParse(address.c_str(), &wrong)};
    PQfreemem(wrong);  // It may quote the address, and with it the password.
    if (!options) refuse("this is no address of a database: postgresql://USER@HOST:PORT/DATABASE");
    PostgresParameters parameters{{"application_name", "patient-portal-onboarding"},
                                  {"connect_timeout", "3"},
                                  {"gssencmode", "disable"},
                                  {"keepalives_idle", "10"},
                                  {"keepalives_interval", "5"},
                                  {"keepalives_count", "3"},
                                  {"tcp_user_timeout", "10000"}};
    for (const auto* option = options.get(); option->keyword != nullptr; ++option)
        if (option->val != nullptr) parameters[option->keyword] = option->val;
    if (parameters["host"].find(',') != std::string::npos)
        parameters.try_emplace("target_session_attrs", "read-write");
    if (parameters["host"].empty()) parameters.erase("host");
    demand_tls(parameters);
    for (const auto& [name, value] : parameters)
        if (value.find_first_of(" \t\r\n") != std::string::npos)
            refuse("the parameter " + name +
                   " of the store's address holds a blank; keep a password with one in a passfile");
    return parameters;
}

bool postgres_answers(const PostgresParameters& parameters) {
    std::vector<const char*> names;
    std::vector<const char*> values;
    for (const auto& [name, value] : parameters) {
        names.push_back(name.c_str());
        values.push_back(value.c_str());
    }
    names.push_back(nullptr);
    values.push_back(nullptr);
    return PQpingParams(names.data(), values.data(), 0) == PQPING_OK;
}

std::string poco_connection_string(const PostgresParameters& parameters) {
    std::string text;
    for (const auto& [name, value] : parameters) {
        if (value.empty()) continue;
        text += text.empty() ? "" : " ";
        text += name + "=";
        for (const char c : value) {
            if (c == '\\' || c == '\'') text += '\\';
            text += c;
        }
    }
    return text;
}
}  // namespace ppo
