// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "invitations/compose_mail.hpp"
#include "invitations/link.hpp"
#include "invitations/send_invitation.hpp"
#include "mail/outbox_worker.hpp"
#include "mail/scripted_transport.hpp"
#include "store/audit_table.hpp"
#include "store/invitation_table.hpp"
#include "support/temp_store.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace ppo_test {
inline const ppo::Delivery later{ppo::DeliveryState::Deferred, "450 try later", false};
inline const ppo::Delivery relay_down{ppo::DeliveryState::Deferred, "connection refused", true};
inline const ppo::Delivery lost{ppo::DeliveryState::Unknown, "connection lost", false};

inline std::chrono::steady_clock::time_point soon() {
    return std::chrono::steady_clock::now() + std::chrono::seconds{30};
}

/// A store with Anna on file, a transport that answers as told, and a worker between them.
class DeliveryFixture : public CppUnit::TestFixture {
public:
    void setUp() override {
        store_.emplace();
        store_->add(ppo::anna());
        make_worker();
    }

    void tearDown() override {
        worker_.reset();
        store_.reset();
    }

protected:
    /// As after a restart of the program.
    void make_worker() {
        worker_.reset();
        worker_.emplace(*store_, transport_, compose(*store_), practice_, journal(),
                        [this](std::string_view sentence) { told_.emplace_back(sentence); });
    }

    [[nodiscard]] std::string journal() { return store_->local_prefix(); }

    ppo::OutboxWorker::Compose compose(ppo::Database& database) {
        return [this, &database](const ppo::QueuedMail& queued, ppo::UnixTime now) {
            return ppo::compose_mail(database, practice_, queued, now);
        };
    }

    bool send(ppo::UnixTime now = ppo::noon) { return worker_->send_group(now, soon()); }

    void invite(const std::string& patient_id = "P001", ppo::UnixTime now = ppo::noon) {
        CPPUNIT_ASSERT(ppo::send_invitation(*store_, practice_, patient_id, ppo::nurse, now));
    }

    /// Patients of these numbers with an address each, all of them invited.
    void invite_crowd(int first, int count) {
        for (int i = first; i < first + count; ++i) {
            auto patient = ppo::anna("W" + std::to_string(i));
            patient.email = "patient" + std::to_string(i) + "@example.org";
            store_->add(patient);
            invite(patient.id);
        }
    }

    ppo::Account account(const std::string& patient_id = "P001") {
        return store_->account(patient_id);
    }

    ppo::QueuedMail mail(const std::string& patient_id = "P001") {
        return store_
            ->ask([&](ppo::Connection& connection) {
                return ppo::last_mail_to(connection, patient_id);
            })
            .value();
    }

    std::string link() {
        return store_->ask([this](ppo::Connection& connection) {
            return ppo::link_secret(store_->database().keyring(),
                                    ppo::open_invitation(connection, "P001").value());
        });
    }

    ppo::AuditEntry last_entry() {
        return store_->ask([](ppo::Connection& connection) {
            return ppo::latest_audit(connection, "P001", 1).front();
        });
    }

    std::int64_t entries_of(const std::string& action) {
        return store_->number("SELECT COUNT(*) FROM audit WHERE action = '" + action + "'");
    }

    int count_journals() {
        const std::filesystem::path store{journal()};
        int journals = 0;
        for (const auto& entry : std::filesystem::directory_iterator{store.parent_path()})
            if (entry.path().filename().string().find("-sending-") != std::string::npos) ++journals;
        return journals;
    }

    ppo::Practice practice_ = ppo::elm_practice();
    std::optional<ppo::TempStore> store_{};
    ScriptedTransport transport_{};
    std::vector<std::string> told_{};
    std::optional<ppo::OutboxWorker> worker_{};
};
}  // namespace ppo_test
