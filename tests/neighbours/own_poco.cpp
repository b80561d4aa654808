// SPDX-License-Identifier: Apache-2.0
//
// A host that uses Debian's Poco itself, shown to whatever it loads: its logger, its TLS context,
// its sessions and its threads are as before while the plugin lives in it, and after.
// Usage: own_poco MODULE ok
#include "life.h"

#include <Poco/AutoPtr.h>
#include <Poco/Channel.h>
#include <Poco/Data/SQLite/Connector.h>
#include <Poco/Data/Session.h>
#include <Poco/Logger.h>
#include <Poco/Message.h>
#include <Poco/Net/Context.h>
#include <Poco/Net/SSLManager.h>
#include <Poco/ThreadPool.h>

#include <atomic>
#include <string>

namespace {
class Lines final : public Poco::Channel {
public:
    void log(const Poco::Message& message) override {
        ++count;
        if (message.getText().find("the host's own") == std::string::npos) ++foreign;
    }
    std::atomic<int> count{0};
    std::atomic<int> foreign{0};
};

class Host {
public:
    Host() {
        Poco::Logger::root().setChannel(lines_);
        Poco::Net::SSLManager::instance().initializeClient(nullptr, nullptr, context_);
        Poco::Data::SQLite::Connector::registerConnector();
        session_ = std::make_unique<Poco::Data::Session>("SQLite", ":memory:");
        *session_ << "CREATE TABLE chart (id INTEGER)", Poco::Data::Keywords::now;
    }

    void works() {
        Poco::Logger::get("host").information("a line that is the host's own");
        CLAIM(lines_->count == ++logged_ && lines_->foreign == 0);
        CLAIM(Poco::Logger::root().getChannel().get() == lines_.get());
        CLAIM(Poco::Net::SSLManager::instance().defaultClientContext().get() == context_.get());
        CLAIM(Poco::ThreadPool::defaultPool().allocated() <= 2);
        CLAIM(Poco::ThreadPool::defaultPool().used() == 0);
        int charts = 0;
        *session_ << "INSERT INTO chart VALUES (1)", Poco::Data::Keywords::now;
        *session_ << "SELECT COUNT(*) FROM chart", Poco::Data::Keywords::into(charts),
            Poco::Data::Keywords::now;
        CLAIM(charts == logged_);
        Poco::Data::Session another{"SQLite", ":memory:"};
        CLAIM(another.isConnected());
    }

private:
    Poco::AutoPtr<Lines> lines_{new Lines};
    Poco::Net::Context::Ptr context_{
        new Poco::Net::Context{Poco::Net::Context::TLS_CLIENT_USE, ""}};
    std::unique_ptr<Poco::Data::Session> session_{};
    int logged_ = 0;
};
}  // namespace

int main(int count, char** arguments) {
    if (count != 3) return 2;
    Host host;
    host.works();
    ppo_error error;
    ppo_result created = PPO_OK;
    for (int life = 0; life < 3 && created == PPO_OK; ++life) {
        created = whole_life(arguments[1], &error);
        host.works();
    }
    return end_of_host(arguments[2], created, &error);
}
