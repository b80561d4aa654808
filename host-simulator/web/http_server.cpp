// SPDX-License-Identifier: Apache-2.0
#include "web/http_server.hpp"

#include "web/headers.hpp"

#include <Poco/Exception.h>
#include <Poco/Net/HTTPRequestHandler.h>
#include <Poco/Net/HTTPRequestHandlerFactory.h>
#include <Poco/Net/HTTPServerParams.h>
#include <Poco/Net/HTTPServerRequest.h>
#include <Poco/Net/HTTPServerResponse.h>
#include <Poco/Net/NameValueCollection.h>
#include <Poco/StreamCopier.h>
#include <Poco/URI.h>

#include <algorithm>
#include <istream>
#include <optional>
#include <ostream>

namespace ppo_sim {
namespace {
constexpr std::size_t body_limit = 256 * 1024;

/// A page elsewhere must not reach a server on this computer through a name of its own.
bool is_loopback_name(std::string host) {
    const auto colon = host.rfind(':');
    if (colon != std::string::npos && host.find(']', colon) == std::string::npos) host.erase(colon);
    return host == "127.0.0.1" || host == "localhost" || host == "[::1]";
}

bool read_body(Poco::Net::HTTPServerRequest& from, std::string& body) {
    // Without either there is no body; waiting for one would hold the thread until the time-out.
    if (!from.hasContentLength() && !from.getChunkedTransferEncoding()) return true;
    auto& stream = from.stream();
    std::string piece(8192, '\0');
    while (stream.read(piece.data(), static_cast<std::streamsize>(piece.size())) ||
           stream.gcount() > 0) {
        body.append(piece, 0, static_cast<std::size_t>(stream.gcount()));
        if (body.size() > body_limit) return false;
    }
    return true;
}

/// Nothing = the address is no address.
std::optional<Request> to_request(const Poco::Net::HTTPServerRequest& from,
                                  const std::string& body) {
    Request request;
    request.method = from.getMethod();
    const std::string& uri = from.getURI();
    const auto question = std::min(uri.find('?'), uri.size());
    try {
        Poco::URI::decode(uri.substr(0, question), request.path);
    } catch (const Poco::URISyntaxException&) {
        return std::nullopt;
    }
    request.query = Form::parse(std::string_view{uri}.substr(std::min(question + 1, uri.size())));
    request.form = Form::parse(body);
    Poco::Net::NameValueCollection cookies;
    from.getCookies(cookies);
    for (const auto& [name, value] : cookies) request.cookies.emplace(name, value);
    request.peer = from.clientAddress().host().toString();
    request.user_agent = from.get("User-Agent", "");
    request.fragment = from.get("X-Fragment", "");
    request.from_own_page = is_own_page(from.get("Sec-Fetch-Site", ""), from.get("Origin", ""),
                                        from.getHost());
    request.at = std::chrono::steady_clock::now();
    return request;
}

void send(const Request& request, const Response& response, Poco::Net::HTTPServerResponse& to) {
    to.setStatusAndReason(static_cast<Poco::Net::HTTPResponse::HTTPStatus>(response.status));
    to.setContentType(response.type);
    for (const auto& [name, value] : usual_headers(response)) to.set(name, value);
    bool elsewhere = false;
    for (const auto& [name, value] : response.headers) {
        // Our script must see where to go; a redirect that fetch follows would be hidden from it.
        elsewhere = elsewhere || (name == "Location" && !request.fragment.empty());
        if (name == "Set-Cookie") {
            to.add(name, value);
        } else {
            to.set(name == "Location" && elsewhere ? "X-Go" : name, value);
        }
    }
    // A refusal is an answer to our script, not a failed request.
    if (elsewhere || (!request.fragment.empty() && response.status == 422)) {
        to.setStatusAndReason(Poco::Net::HTTPResponse::HTTP_OK);
    }
    const auto& document = response.document;
    to.setContentLength64(
        static_cast<Poco::Int64>(document ? document->content.size() : response.body.size()));
    auto& stream = to.send();
    if (request.method == "HEAD") return;
    stream << response.body;
    if (document) document->content.read([&stream](std::string_view piece) { stream << piece; });
}

class Page : public Poco::Net::HTTPRequestHandler {
public:
    Page(const PageServer::Handler& handler, bool loopback)
        : handler_{handler}, loopback_{loopback} {}

    void handleRequest(Poco::Net::HTTPServerRequest& from,
                       Poco::Net::HTTPServerResponse& to) override {
        try {
            std::string body;
            if (loopback_ && !is_loopback_name(from.getHost())) {
                return send({}, Response::html("Only for this computer.", 421), to);
            }
            if (!read_body(from, body)) {
                to.setKeepAlive(false);
                return send({}, Response::html("That is too much for one form.", 413), to);
            }
            const auto request = to_request(from, body);
            if (!request) return send({}, Response::html("This address is damaged.", 400), to);
            send(*request, handler_(*request), to);
        } catch (const Poco::Exception&) {
            // The visitor left, or sent something that is not HTTP: nobody is there to be told.
            to.setKeepAlive(false);
        }
    }

private:
    const PageServer::Handler& handler_;
    bool loopback_;
};

class Pages : public Poco::Net::HTTPRequestHandlerFactory {
public:
    Pages(PageServer::Handler handler, bool loopback)
        : handler_{std::move(handler)}, loopback_{loopback} {}

    Poco::Net::HTTPRequestHandler* createRequestHandler(
        const Poco::Net::HTTPServerRequest&) override {
        return new Page{handler_, loopback_};  // Poco's server deletes it.
    }

private:
    PageServer::Handler handler_;
    bool loopback_;
};
}  // namespace

PageServer::PageServer(const std::string& bind, std::uint16_t port) : threads_{"pages", 4, 32} {
    // An address that was left a moment ago is taken again. One in use is not: with Poco's usual
    // SO_REUSEPORT two processes would share the requests, and each would know half of who is in.
    constexpr bool reuse_address = true;
    constexpr bool reuse_port = false;
    socket_.bind(Poco::Net::SocketAddress{bind, port}, reuse_address, reuse_port);
    socket_.listen(128);
    loopback_ = socket_.address().host().isLoopback();
}

PageServer::~PageServer() { stop(); }

std::uint16_t PageServer::port() const { return socket_.address().port(); }

void PageServer::start(Handler handler) {
    Poco::Net::HTTPServerParams::Ptr params{new Poco::Net::HTTPServerParams};
    // Each open connection holds a thread, so an idle browser gives its one back soon.
    params->setKeepAlive(true);
    params->setKeepAliveTimeout(Poco::Timespan{1, 0});
    params->setMaxKeepAliveRequests(50);
    params->setTimeout(Poco::Timespan{10, 0});
    params->setMaxQueued(200);
    params->setMaxThreads(32);
    server_ = std::make_unique<Poco::Net::HTTPServer>(
        Poco::Net::HTTPRequestHandlerFactory::Ptr{new Pages{std::move(handler), loopback_}},
        threads_, socket_, params);
    server_->start();
}

void PageServer::stop() {
    if (!server_) return;
    server_->stopAll(false);
    server_.reset();
    threads_.joinAll();
}
}  // namespace ppo_sim
