// SPDX-License-Identifier: Apache-2.0
#include "support/postgres_admin.hpp"

#include "store/connect.hpp"
#include "store/migrate.hpp"
#include "support/temp_store.hpp"
#include "support/test_end.hpp"

#include <libpq-fe.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <utility>
#include <vector>

namespace ppo {
namespace {
constexpr auto template_name = "ppo_template";

struct Finish {
    void operator()(PGconn* connection) const { PQfinish(connection); }
};

/// A session of the server's administrator.
class Admin {
public:
    explicit Admin(const std::string& address) : connection_{PQconnectdb(address.c_str())} {
        if (PQstatus(connection_.get()) != CONNECTION_OK)
            throw std::runtime_error{"the tests' database server does not answer"};
        PQsetNoticeProcessor(
            connection_.get(), [](void*, const char*) {}, nullptr);
    }

    /// Whether the answer has a row.
    bool run(const std::string& sql) { return !first_column(sql).empty(); }

    std::vector<std::string> first_column(const std::string& sql) {
        const std::unique_ptr<PGresult, decltype(&PQclear)> result{
            PQexec(connection_.get(), sql.c_str()), &PQclear};
        const auto status = PQresultStatus(result.get());
        if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
            throw std::runtime_error{"the tests' database server refused: " +
                                     std::string{PQerrorMessage(connection_.get())}};
        std::vector<std::string> values;
        for (int row = 0; row < PQntuples(result.get()); ++row)
            values.emplace_back(PQgetvalue(result.get(), row, 0));
        return values;
    }

private:
    std::unique_ptr<PGconn, Finish> connection_;
};

/// What an administrator does with the file of grants, and the passwords that it leaves to him.
void grant(const std::string& address) {
    const auto begins = address.find(':', address.find("://") + 3) + 1;
    const auto password = address.substr(begins, address.find('@') - begins);
    Admin admin{address};
    admin.run(bytes_of_file(PPO_ROLES));
    for (const char* role : {"ppo_owner", "ppo_staff", "ppo_portal"})
        admin.run(std::string{"ALTER ROLE "} + role + " PASSWORD '" + password + "'");
}

/// Whoever needs it first makes it; the others wait.
void make_template(Admin& admin, const std::string& server) {
    const std::string exists = std::string{"SELECT 1 FROM pg_database WHERE datname = '"} +
                               template_name + "'";
    if (admin.run(exists)) return;
    admin.run("SELECT pg_advisory_lock(1)");
    if (!admin.run(exists)) {
        admin.run("DROP DATABASE IF EXISTS ppo_template_begun WITH (FORCE)");
        admin.run("CREATE DATABASE ppo_template_begun");
        const auto begun = with_database(server, "ppo_template_begun");
        migrate(*connect_to(begun, Connection::Role::Writer));
        grant(begun);
        // The server ends the session a moment after it was left.
        admin.run(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = "
            "'ppo_template_begun'");
        admin.run(std::string{"ALTER DATABASE ppo_template_begun RENAME TO "} + template_name);
    }
    admin.run("SELECT pg_advisory_unlock(1)");
}

/// What gives a database the rows again that it has now.
std::string rows_of_the_first_day(Admin& admin) {
    std::string taken;
    std::string given;
    for (const auto& table :
         admin.first_column("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")) {
        taken += "DELETE FROM " + table + ";";
        for (const auto& row :
             admin.first_column("SELECT quote_literal(first::text) FROM " + table + " AS first"))
            given.append("INSERT INTO ")
                .append(table)
                .append(" SELECT (")
                .append(row)
                .append("::")
                .append(table)
                .append(").*;");
    }
    // References and guards sleep meanwhile.
    return "BEGIN; SET LOCAL session_replication_role = replica;" + taken + given + "COMMIT";
}

/// Databases that tests of this process have left, clean.
class LeftBehind {
public:
    static LeftBehind& of_this_process() {
        static LeftBehind left;
        return left;
    }

    static void drop(const std::string& server, const std::string& name) {
        try {
            Admin{server}.run("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
        } catch (const std::exception&) {  // The whole server goes at the end of the run.
        }
    }

    /// The name of one whose rows are those of the first day; empty if there is none.
    std::string take(const std::string& server) {
        const std::lock_guard lock{mutex_};
        if (left_.empty()) return {};
        const auto name = left_.back().second;
        left_.pop_back();
        Admin admin{with_database(server, name)};
        admin.run(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = "
            "current_database() AND pid <> pg_backend_pid()");
        admin.run(first_day_);
        return name;
    }

    /// One that was just made.
    void look_at(const std::string& address) {
        const std::lock_guard lock{mutex_};
        if (!first_day_.empty()) return;
        Admin admin{address};
        first_day_ = rows_of_the_first_day(admin);
    }

    void leave(const std::string& server, const std::string& name) {
        const std::lock_guard lock{mutex_};
        at_the_end_of_all_tests[this] = [this] {
            for (const auto& [address, one] : left_) drop(address, one);
        };
        left_.emplace_back(server, name);
    }

private:
    std::mutex mutex_{};
    std::string first_day_{};
    std::vector<std::pair<std::string, std::string>> left_{};  // Server and name.
};
}  // namespace

std::optional<std::string> test_server() {
    const char* path = std::getenv("PPO_TEST_STORE_AT");
    if (path == nullptr || *path == '\0') return std::nullopt;
    std::ifstream file{path};
    std::string address;
    if (!std::getline(file, address) || address.empty())
        throw std::runtime_error{"there is no address in the file that PPO_TEST_STORE_AT names"};
    return address;
}

std::string with_role(const std::string& address, const std::string& role) {
    const auto begins = address.find("://") + 3;
    return address.substr(0, begins) + role + address.substr(address.find(':', begins));
}

std::string with_database(const std::string& server, const std::string& name) {
    const auto after_host = server.find('/', server.find("://") + 3);
    const auto options = server.find('?');
    return server.substr(0, std::min(after_host, options)) + "/" + name +
           (options == std::string::npos ? "" : server.substr(options));
}

std::string bytes_of_store(const StoreAddress& address) {
    if (!address.is_server()) return bytes_of_file(address.text());
    Admin admin{address.text()};
    std::string bytes;
    for (const auto& table : admin.first_column(
             "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> "
             "'writer' ORDER BY tablename"))
        for (const auto& row : admin.first_column("SELECT concat_ws(' ', xmin, written) FROM " +
                                                  table + " AS written ORDER BY 1"))
            bytes += table + " " + row + "\n";
    return bytes;
}

TestDatabase::TestDatabase(const std::string& server) : server_{with_database(server, "postgres")} {
    auto& left = LeftBehind::of_this_process();
    name_ = left.take(server_);
    const bool is_new = name_.empty();
    if (is_new) {
        static std::atomic<int> made{0};
        name_ = "ppo_test_" + std::to_string(::getpid()) + "_" + std::to_string(++made);
        Admin admin{server_};
        make_template(admin, server_);
        admin.run("DROP DATABASE IF EXISTS " + name_ + " WITH (FORCE)");  // Of a process of old.
        admin.run("CREATE DATABASE " + name_ + " TEMPLATE " + template_name);
    }
    administrators_ = with_database(server_, name_);
    address_ = with_role(administrators_, "ppo_staff");
    if (is_new) left.look_at(administrators_);
}

TestDatabase::~TestDatabase() {
    if (is_spoilt_)
        LeftBehind::drop(server_, name_);
    else
        LeftBehind::of_this_process().leave(server_, name_);
}
}  // namespace ppo
