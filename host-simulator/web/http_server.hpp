// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "web/http.hpp"

#include <Poco/Net/HTTPServer.h>
#include <Poco/Net/ServerSocket.h>
#include <Poco/ThreadPool.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace ppo_sim {
/// Serves pages over plain HTTP: reads requests, adds the usual headers to answers.
class PageServer {
public:
    using Handler = std::function<Response(const Request&)>;

    /// Takes the address, so that the port is known; throws Poco::Exception if it is not free.
    PageServer(const std::string& bind, std::uint16_t port);
    ~PageServer();
    PageServer(const PageServer&) = delete;
    PageServer& operator=(const PageServer&) = delete;

    [[nodiscard]] std::uint16_t port() const;
    void start(Handler handler);
    /// Lets the requests in hand finish.
    void stop();

private:
    Poco::Net::ServerSocket socket_{};
    Poco::ThreadPool threads_;  // Our own: the default pool is shared with whoever else uses Poco
                                // in the process.
    std::unique_ptr<Poco::Net::HTTPServer> server_{};
    bool loopback_ = true;
};
}  // namespace ppo_sim
