// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "credentials/password_hash.hpp"
#include "invitations/link.hpp"
#include "invitations/send_invitation.hpp"
#include "selfservice/complete_setup.hpp"
#include "support/temp_store.hpp"

#include <string>

namespace ppo {
/// Anna and Bruno with access, and a link for whoever is invited: what the self-service tests begin
/// with.
struct LinkFixture {
    LinkFixture() {
        store.add(anna());
        store.add(bruno());
    }

    /// The cheapest hash that a practice may choose, one for the whole program.
    static PasswordHasher& hasher() {
        static PasswordHasher one{{19'456, 2}};
        return one;
    }

    /// Invites, and returns the link's secret.
    std::string invite(std::string_view patient_id = "P001", UnixTime at = noon) {
        if (!send_invitation(store, practice, patient_id, nurse, at))
            throw std::logic_error{"the test's invitation is refused"};
        return link_of(patient_id);
    }

    /// The secret of the open link.
    std::string link_of(std::string_view patient_id) {
        return store.ask([&](Connection& connection) {
            const auto open = open_invitation(connection, patient_id);
            return link_secret(store.database().keyring(), open.value());
        });
    }

    Result<SetUp> complete(std::string_view link, const ChosenCredentials& chosen,
                           UnixTime at = noon, std::string_view birth_date = "1980-02-29") {
        return complete_setup(store, hasher(), practice, {link, birth_date, {}}, chosen, visitor,
                              at);
    }

    /// The patient has a real password.
    void set_up(std::string_view username, std::string_view password,
                std::string_view patient_id = "P001", std::string_view birth_date = "1980-02-29") {
        const auto link = invite(patient_id);
        if (!complete(link, {username, password}, noon, birth_date))
            throw std::logic_error{"the test's set-up is refused"};
    }

    std::string good = "maple kettle orbit";
    std::string other = "violet hammer cloud";
    Visitor visitor{"203.0.113.7", {}};
    Practice practice = elm_practice();
    TempStore store{};
};
}  // namespace ppo
