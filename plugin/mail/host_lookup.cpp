// SPDX-License-Identifier: Apache-2.0
#include "mail/host_lookup.hpp"

#include "mail/smtp_connection.hpp"

#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <ctime>
#include <memory>
#include <mutex>
#include <utility>

namespace ppo {
namespace {
using Poco::Net::IPAddress;

/// One question to the resolver. It is asked on a thread of the C library, which may outlive our
/// patience: the question must then stay where it is until that thread is done with it.
struct Question {
    std::string host{};
    addrinfo hints{};
    gaicb request{};

    ~Question() {
        if (request.ar_result != nullptr) ::freeaddrinfo(request.ar_result);
    }
};

/// Questions nobody waits for any more. Never destroyed, because at the end of the program, or when
/// the plugin is unloaded, the library's thread may still be writing into one of them.
class AbandonedQuestions {
public:
    static AbandonedQuestions& instance() {
        static auto* const only = new AbandonedQuestions;
        return *only;
    }
    void keep(std::unique_ptr<Question> question) {
        const std::lock_guard lock{mutex_};
        questions_.push_back(std::move(question));
    }
    void forget_answered() {
        const std::lock_guard lock{mutex_};
        std::erase_if(questions_, [](const auto& question) {
            return ::gai_error(&question->request) != EAI_INPROGRESS;
        });
    }

private:
    std::mutex mutex_{};
    std::vector<std::unique_ptr<Question>> questions_{};
};

void wait_for_answer(std::unique_ptr<Question>& question,
                     std::chrono::steady_clock::time_point deadline,
                     const std::atomic<bool>& stopped) {
    const gaicb* waited[] = {&question->request};
    while (::gai_error(&question->request) == EAI_INPROGRESS) {
        if (stopped || std::chrono::steady_clock::now() >= deadline) {
            if (::gai_cancel(&question->request) == EAI_NOTCANCELED)
                AbandonedQuestions::instance().keep(std::move(question));
            throw ConnectionLost{
                stopped ? "Sending was stopped."
                        : "The name of the mail server could not be looked up in time."};
        }
        const timespec nap{0, 100'000'000};
        ::gai_suspend(waited, 1, &nap);
    }
}
}  // namespace

std::vector<IPAddress> look_up_host(const std::string& host,
                                    std::chrono::steady_clock::time_point deadline,
                                    const std::atomic<bool>& stopped) {
    IPAddress literal;
    if (IPAddress::tryParse(host, literal)) return {literal};

    AbandonedQuestions::instance().forget_answered();
    auto question = std::make_unique<Question>();
    question->host = host;
    question->hints.ai_socktype = SOCK_STREAM;
    question->request.ar_name = question->host.c_str();
    question->request.ar_request = &question->hints;
    gaicb* asked[] = {&question->request};
    if (::getaddrinfo_a(GAI_NOWAIT, asked, 1, nullptr) != 0)
        throw ConnectionLost{"The name of the mail server could not be looked up."};
    wait_for_answer(question, deadline, stopped);
    if (::gai_error(&question->request) != 0)
        throw ConnectionLost{"The name of the mail server is not known."};

    std::vector<IPAddress> addresses;
    for (const addrinfo* found = question->request.ar_result; found != nullptr;
         found = found->ai_next) {
        if (found->ai_family == AF_INET) {
            const auto* address = reinterpret_cast<const sockaddr_in*>(found->ai_addr);
            addresses.emplace_back(&address->sin_addr,
                                   static_cast<poco_socklen_t>(sizeof address->sin_addr));
        } else if (found->ai_family == AF_INET6) {
            const auto* address = reinterpret_cast<const sockaddr_in6*>(found->ai_addr);
            addresses.emplace_back(&address->sin6_addr,
                                   static_cast<poco_socklen_t>(sizeof address->sin6_addr),
                                   address->sin6_scope_id);
        }
    }
    if (addresses.empty()) throw ConnectionLost{"The name of the mail server is not known."};
    return addresses;
}
}  // namespace ppo
