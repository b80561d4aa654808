// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "faults/villain/rules.hpp"
#include "mail/scripted_server.hpp"
#include "mail/test_certificates.hpp"

#include <condition_variable>
#include <memory>
#include <mutex>
#include <set>
#include <string>

namespace ppo_test {
/// What villains show in the handshake; made once for all of them.
struct VillainPapers {
    TestAuthority authority{};
    Poco::Net::Context::Ptr good = authority.server("IP:127.0.0.1");
    Poco::Net::Context::Ptr self_signed = authority.self_signed_server("IP:127.0.0.1");
    Poco::Net::Context::Ptr wrong_name = authority.server("DNS:other.example");
    Poco::Net::Context::Ptr expired = authority.server("IP:127.0.0.1", true);
};

/// A mail server that plays one trick at one step, each time, until it reforms.
class Villain {
public:
    Villain(const Cell& cell, bool has_pipelining, const VillainPapers& papers);
    ~Villain();
    Villain(const Villain&) = delete;
    Villain& operator=(const Villain&) = delete;

    [[nodiscard]] std::uint16_t port() const { return port_; }
    /// Behaves from now on.
    void reform();
    /// Until the trick has begun; false if it does not within ten seconds.
    [[nodiscard]] bool await_trick();
    /// How many mails with this in their Message-ID it has seen whole.
    [[nodiscard]] int arrived(const std::string& message_id) const;

private:
    class BusyPort;
    void open();
    void serve(ServerSide& client);
    [[nodiscard]] bool converse(ServerSide& client);
    [[nodiscard]] bool answer(ServerSide& client, Step step, const std::string& good);
    [[nodiscard]] bool take_mail(ServerSide& client);
    [[nodiscard]] bool is_bad_at(Step step) const { return is_bad_ && cell_.step == step; }
    [[nodiscard]] bool play(ServerSide& client, const std::string& good);
    void encrypt(ServerSide& client);
    void note_trick();
    [[nodiscard]] std::string offers(bool is_encrypted) const;

    const Cell cell_;
    const bool has_pipelining_;
    const VillainPapers& papers_;
    std::atomic<bool> is_bad_{true};
    mutable std::mutex mutex_{};
    std::condition_variable began_{};
    bool has_begun_ = false;
    std::multiset<std::string> arrived_{};
    std::uint16_t port_ = 0;
    std::unique_ptr<BusyPort> busy_port_{};
    std::unique_ptr<ScriptedServer> server_{};
};
}  // namespace ppo_test
