// SPDX-License-Identifier: Apache-2.0
#include "mail_tools.hpp"

#include "invitations/compose_mail.hpp"
#include "invitations/send_invitation.hpp"
#include "mail/mail_message.hpp"
#include "mail/outbox_worker.hpp"
#include "mail/smtp_transport.hpp"
#include "store/database.hpp"
#include "store/patient_table.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

// How many invitations a second leave the outbox: row, link, words, MIME, SMTP and stored outcome,
// into Postfix's smtp-sink on this machine. Beside it Postfix's smtp-source, which sends ready-made
// bytes of the same size to the same sink and stores nothing.
namespace {
using namespace ppo;
using ppo_bench::MailTools;

constexpr UnixTime start_time = from_milliseconds(1'795'176'000'000);
constexpr int rounds = 5;

double median(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

template <class Work>
double seconds_of(const Work& work) {
    const auto start = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

Practice bench_practice() {
    Practice practice;
    practice.name = "Bench";
    practice.phone = "(555) 010-0199";
    practice.portal_url = "https://portal.example/r";
    practice.mail_sender = "portal@bench.example";
    practice.mails_per_minute = 10'000'000;
    practice.mails_per_day = 100'000'000;
    return practice;
}

/// A practice whose staff invite more and more people.
class Outbox {
public:
    explicit Outbox(const std::string& path)
        : path_{path}, database_{path, Keyring{std::vector{RootKey{"bench", {7}}}}} {}

    void invite(int count) {
        Transaction transaction{database_};
        for (int i = 0; i < count; ++i) {
            Patient patient;
            patient.id = "P" + std::to_string(10'000'000 + ++people_);
            patient.first_name = "Anna";
            patient.last_name = "Weber" + std::to_string(people_ % 997);
            patient.birth_date = "1980-02-28";
            patient.email = "person" + std::to_string(people_) + "@example.test";
            patient.postal_code = "02139";
            patient.access_granted = true;
            put_patient(transaction, patient);
            const std::vector<Account> one{find_account(transaction, patient.id).value()};
            queue_links(transaction, practice_, one, LinkOrigin::FirstSetUp,
                        Actor{Actor::Kind::Staff, "bench", {}}, start_time);
        }
        transaction.commit();
    }

    /// Sends all that was invited, and makes sure that it was.
    double send_all(std::uint16_t port, int connections) {
        SmtpSettings settings;
        settings.server = {SmtpSecurity::Plain, "127.0.0.1", port};
        settings.connections = connections;
        SmtpTransport transport{settings};
        OutboxWorker worker{database_,
                            transport,
                            [this](const QueuedMail& mail, UnixTime now) {
                                return compose_mail(database_, practice_, mail, now);
                            },
                            practice_,
                            path_,
                            [](std::string_view) {}};
        const auto until = std::chrono::steady_clock::now() + std::chrono::hours{1};
        const double took = seconds_of([&] {
            while (worker.send_group(start_time, until)) continue;
        });
        Reading reading{database_};
        if (read_outbox_state(reading).waiting != 0)
            throw std::runtime_error{"some mails did not leave"};
        return took;
    }

    /// Bytes of the mail to who was invited last.
    std::size_t size_of_mail() {
        const auto id = "P" + std::to_string(10'000'000 + people_);
        QueuedMail mail;
        {
            Reading reading{database_};
            mail = last_mail_to(reading, id).value();
            mail.people = {{id, open_invitation(reading, id).value().id}};
        }
        return write_message(compose_mail(database_, practice_, mail, start_time).value()).size();
    }

private:
    std::string path_;
    Database database_;
    Practice practice_ = bench_practice();
    int people_ = 0;
};

void run(const MailTools& tools, const std::string& folder, int mails) {
    const ppo_bench::MailSink sink{tools};
    Outbox outbox{folder + "/delivery.sqlite"};
    outbox.invite(1);
    const auto bytes = outbox.size_of_mail();
    std::printf("%d invitations of %zu bytes a round, %d rounds, medians of mails a second\n",
                mails, bytes, rounds);
    std::map<int, std::vector<double>> ours;
    std::map<int, std::vector<double>> theirs;
    for (int round = 0; round < rounds; ++round)
        for (const int connections : {1, 2, 4}) {
            outbox.invite(mails);
            ours[connections].push_back(mails / outbox.send_all(sink.port(), connections));
            theirs[connections].push_back(
                mails / seconds_of([&] { tools.send(sink.port(), connections, mails, bytes); }));
        }
    for (const int connections : {1, 2, 4}) {
        const double plugin = median(ours[connections]);
        const double source = median(theirs[connections]);
        std::printf("  %d connection%s  plugin %8.0f   smtp-source %8.0f   ratio %5.2f\n",
                    connections, connections == 1 ? " " : "s", plugin, source, plugin / source);
    }
}
}  // namespace

int main(int argc, char** argv) {
    const char* where = std::getenv("PPO_POSTFIX_TOOLS");
    if (where == nullptr) {
        std::printf(
            "Delivery is not measured: PPO_POSTFIX_TOOLS does not name a folder with Postfix's "
            "usr/sbin/smtp-sink and usr/sbin/smtp-source.\n");
        return 0;
    }
    std::string folder = (std::filesystem::temp_directory_path() / "ppo-bench-XXXXXX").string();
    if (::mkdtemp(folder.data()) == nullptr) return 1;
    int status = 0;
    try {
        run(MailTools{where}, folder, argc > 1 ? std::atoi(argv[1]) : 2000);
    } catch (const std::exception& failure) {
        std::fprintf(stderr, "ppo-delivery-bench: %s\n", failure.what());
        status = 1;
    }
    std::filesystem::remove_all(folder);
    return status;
}
