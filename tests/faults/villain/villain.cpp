// SPDX-License-Identifier: Apache-2.0
#include "faults/villain/villain.hpp"

#include <Poco/Net/SocketAddress.h>
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <stdexcept>

namespace ppo_test {
namespace {
const std::string nonsense = "HTTP/1.1 400 Bad Request\r\n\r\n";
const std::string with_nul{"250 a\0b\r\n", 9};
const std::string too_long = "250 " + std::string(70'000, 'x') + "\r\n";
const std::string half_a_record = "\x16\x03\x03";

/// A yes to another question than the one that was asked.
std::string wrong_yes(Step step) {
    switch (step) {
    case Step::Greeting:
    case Step::StartTls:
    case Step::Auth:
    case Step::Data:
    case Step::Body:
    case Step::Quit: return "250 2.0.0 fine\r\n";
    case Step::Ehlo:
    case Step::SecondEhlo: return "220 mx.test\r\n";
    case Step::Mail:
    case Step::Recipient:
    case Step::Dot: return "354 go on\r\n";
    case Step::Connect:
    case Step::Handshake: break;
    }
    return {};
}

std::string message_id_in(const std::string& mail) {
    const std::string name = "Message-ID: <";
    const auto start = mail.find(name);
    if (start == std::string::npos) return {};
    return mail.substr(start + name.size(), mail.find('>', start) - start - name.size());
}
}  // namespace

/// A port of ours that nobody answers: refused, or, with a queue that is full, never heard.
class Villain::BusyPort {
public:
    explicit BusyPort(bool is_refused) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        auto* generic = reinterpret_cast<sockaddr*>(&address);
        if (::bind(listener_, generic, size) != 0 || ::getsockname(listener_, generic, &size) != 0)
            throw std::runtime_error{"no port for a villain"};
        port_ = ntohs(address.sin_port);
        if (is_refused) return;
        ::listen(listener_, 0);
        for (const int filler : fillers_)
            if (::connect(filler, generic, size) != 0 && errno != EINPROGRESS)
                throw std::runtime_error{"a villain's queue cannot be filled"};
    }
    BusyPort(const BusyPort&) = delete;
    BusyPort& operator=(const BusyPort&) = delete;
    ~BusyPort() {
        for (const int filler : fillers_) ::close(filler);
        ::close(listener_);
    }
    [[nodiscard]] std::uint16_t port() const { return port_; }

private:
    static int open(int flags) { return ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | flags, 0); }
    int listener_ = open(0);
    int fillers_[3] = {open(SOCK_NONBLOCK), open(SOCK_NONBLOCK), open(SOCK_NONBLOCK)};
    std::uint16_t port_ = 0;
};

Villain::Villain(const Cell& cell, bool has_pipelining, const VillainPapers& papers)
    : cell_{cell}, has_pipelining_{has_pipelining}, papers_{papers} {
    if (cell.step == Step::Connect && cell.trick != Trick::Reset) {
        busy_port_ = std::make_unique<BusyPort>(cell.trick == Trick::Close);
        port_ = busy_port_->port();
        note_trick();
    } else {
        open();
    }
}

Villain::~Villain() = default;

void Villain::open() {
    server_ = std::make_unique<ScriptedServer>([this](ServerSide& client, int) { serve(client); },
                                               port_);
    if (cell_.step == Step::Body) server_->keep_unread(16 * 1024);
    port_ = server_->port();
}

void Villain::reform() {
    is_bad_ = false;
    if (!busy_port_) return;
    busy_port_.reset();
    open();
}

bool Villain::await_trick() {
    std::unique_lock lock{mutex_};
    return began_.wait_for(lock, std::chrono::seconds{10}, [this] { return has_begun_; });
}

void Villain::note_trick() {
    const std::lock_guard lock{mutex_};
    has_begun_ = true;
    began_.notify_all();
}

int Villain::arrived(const std::string& message_id) const {
    const std::lock_guard lock{mutex_};
    return static_cast<int>(arrived_.count(message_id));
}

void Villain::serve(ServerSide& client) {
    if (is_bad_at(Step::Connect)) {
        note_trick();
        return client.reset();
    }
    if (!answer(client, Step::Greeting, "220 mx.test ESMTP\r\n")) return;
    while (converse(client)) {
    }
}

/// One command and its answer; false at the end of the conversation.
bool Villain::converse(ServerSide& client) {
    const std::string line = client.line();
    const std::string verb = line.substr(0, line.find(' '));
    const bool is_encrypted = client.is_encrypted();
    if (verb == "EHLO")
        return answer(client, is_encrypted ? Step::SecondEhlo : Step::Ehlo, offers(is_encrypted));
    if (verb == "STARTTLS") {
        if (!answer(client, Step::StartTls, "220 2.0.0 go\r\n")) return false;
        encrypt(client);
        return true;
    }
    if (verb == "AUTH") return answer(client, Step::Auth, "235 2.7.0 welcome\r\n");
    if (verb == "MAIL") return answer(client, Step::Mail, "250 2.1.0 ok\r\n");
    if (verb == "RCPT") return answer(client, Step::Recipient, "250 2.1.5 ok\r\n");
    if (verb == "DATA") {
        if (!answer(client, Step::Data, "354 go on\r\n")) return false;
        const bool was_refused = is_bad_at(Step::Data);
        return was_refused || take_mail(client);
    }
    if (verb == "QUIT") return answer(client, Step::Quit, "221 2.0.0 bye\r\n") && false;
    client.say("250 2.0.0 ok\r\n");  // RSET, HELO.
    return true;
}

bool Villain::take_mail(ServerSide& client) {
    if (is_bad_at(Step::Body)) {
        client.skip(16 * 1024);
        return play(client, {});
    }
    const std::string mail = client.data();
    {
        const std::lock_guard lock{mutex_};
        arrived_.insert(message_id_in(mail));
    }
    return answer(client, Step::Dot, "250 2.0.0 queued\r\n");
}

bool Villain::answer(ServerSide& client, Step step, const std::string& good) {
    if (is_bad_at(step)) return play(client, good);
    client.say(good);
    return true;
}

/// False if the conversation is over with it.
bool Villain::play(ServerSide& client, const std::string& good) {
    note_trick();
    // Who answers in the middle of a text does not read on; who answers a handshake is not heard.
    const bool is_odd_place = cell_.step == Step::Body || cell_.step == Step::Handshake;
    const auto say_and_wait = [&](const std::string& words) {
        client.say(words);
        cell_.step == Step::Body ? client.freeze() : client.stall();
        return false;
    };
    const auto say_and_go_on = [&](const std::string& words) {
        if (is_odd_place) return say_and_wait(words);
        client.say(words);
        return true;
    };
    switch (cell_.trick) {
    case Trick::Says421:
        if (is_odd_place) return say_and_wait("421 4.3.2 closing\r\n");
        client.say("421 4.3.2 closing\r\n");
        return false;
    case Trick::Says4xx: return say_and_go_on("451 4.3.0 not now\r\n");
    case Trick::Says5xx: return say_and_go_on("550 5.1.1 no\r\n");
    case Trick::Garbage: return say_and_wait(nonsense);
    case Trick::Nul: return say_and_wait(with_nul);
    case Trick::LongLine: return say_and_wait(too_long);
    case Trick::Truncated:
        client.say(cell_.step == Step::Handshake ? half_a_record : "250-more\r\n");
        return false;
    case Trick::Endless: client.go_on_and_on("250-on and on\r\n"); return false;
    case Trick::WrongCode: return say_and_go_on(wrong_yes(cell_.step));
    case Trick::ExtraReply: return say_and_go_on(good + "250 2.0.0 and another\r\n");
    case Trick::Close: return false;
    case Trick::Reset: client.reset(); return false;
    case Trick::Stall: return say_and_wait({});
    case Trick::Drip:
        cell_.step == Step::Body
            ? client.sip()
            : client.drip(cell_.step == Step::Handshake ? half_a_record : good);
        return false;
    case Trick::NoStartTls: return say_and_go_on("250-mx.test\r\n250 PIPELINING\r\n");
    case Trick::SelfSigned:
    case Trick::WrongName:
    case Trick::Expired: break;
    }
    throw std::logic_error{"a certificate is not played but shown"};
}

void Villain::encrypt(ServerSide& client) {
    auto papers = papers_.good;
    if (is_bad_at(Step::Handshake)) {
        if (cell_.trick == Trick::SelfSigned)
            papers = papers_.self_signed;
        else if (cell_.trick == Trick::WrongName)
            papers = papers_.wrong_name;
        else if (cell_.trick == Trick::Expired)
            papers = papers_.expired;
        else
            return play(client, {}) ? void() : client.close();
        note_trick();
    }
    client.start_tls(papers);
}

std::string Villain::offers(bool is_encrypted) const {
    std::string lines = "250-mx.test\r\n250-8BITMIME\r\n250-DSN\r\n";
    if (has_pipelining_) lines += "250-PIPELINING\r\n";
    return lines + (is_encrypted ? "250 AUTH PLAIN\r\n" : "250 STARTTLS\r\n");
}
}  // namespace ppo_test
