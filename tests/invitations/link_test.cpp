// SPDX-License-Identifier: Apache-2.0
#include "invitations/link.hpp"

#include "support/prints.hpp"
#include "support/temp_store.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <set>

using namespace ppo;

class LinkTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(LinkTest);
    CPPUNIT_TEST(secret_is_43_characters_that_a_url_can_hold);
    CPPUNIT_TEST(url_is_the_portals_address_with_the_secret_behind_it);
    CPPUNIT_TEST(same_row_gives_the_same_link_at_every_try);
    CPPUNIT_TEST(no_two_invitations_share_a_link);
    CPPUNIT_TEST(each_origin_has_its_lifetime);
    CPPUNIT_TEST(practice_may_set_the_lifetimes);
    CPPUNIT_TEST(link_is_found_by_its_secret);
    CPPUNIT_TEST(altered_link_is_not_found);
    CPPUNIT_TEST(anything_not_shaped_like_a_link_is_not_found);
    CPPUNIT_TEST(link_made_with_an_older_key_is_still_found);
    CPPUNIT_TEST(row_moved_to_another_patient_has_no_link);
    CPPUNIT_TEST(store_holds_neither_the_link_nor_its_plain_digest);
    CPPUNIT_TEST_SUITE_END();

    TempStore store_{};
    Practice practice_ = elm_practice();

    Invitation make(LinkOrigin origin = LinkOrigin::FirstSetUp) {
        return make_invitation(store_.database().keyring(), store_.account("P001"), origin,
                               practice_, noon);
    }
    std::string secret(const Invitation& of) {
        return link_secret(store_.database().keyring(), of);
    }
    Invitation stored() {
        const auto invitation = make();
        store_.change("P001", [&](Transaction& t) { add_invitation(t, invitation); });
        return invitation;
    }
    std::optional<Invitation> find(std::string_view link) {
        return store_.ask([&](Connection& connection) {
            return find_link(connection, store_.database().keyring(), link);
        });
    }

public:
    void setUp() override {
        store_.add(anna("P001"));
        store_.add(bruno("P002"));
    }

    void secret_is_43_characters_that_a_url_can_hold() {
        const auto link = secret(make());
        CPPUNIT_ASSERT_EQUAL(std::size_t{43}, link.size());
        CPPUNIT_ASSERT(link.find_first_of("+/=&?#% ") == std::string::npos);
    }

    void url_is_the_portals_address_with_the_secret_behind_it() {
        const auto invitation = make();
        CPPUNIT_ASSERT_EQUAL("https://portal.example.org/link/" + secret(invitation),
                             link_url(practice_, store_.database().keyring(), invitation));
    }

    void same_row_gives_the_same_link_at_every_try() {
        const auto invitation = stored();
        store_.reopen();
        const auto again = store_.ask(
            [&](Connection& c) { return find_invitation(c, invitation.id).value(); });
        CPPUNIT_ASSERT_EQUAL(secret(invitation), secret(again));
    }

    void no_two_invitations_share_a_link() {
        std::set<std::string> links;
        for (int i = 0; i < 200; ++i) CPPUNIT_ASSERT(links.insert(secret(make())).second);
    }

    void each_origin_has_its_lifetime() {
        using std::chrono::hours;
        CPPUNIT_ASSERT(make(LinkOrigin::FirstSetUp).expires_at == noon + hours{24 * 7});
        CPPUNIT_ASSERT(make(LinkOrigin::ResetByStaff).expires_at == noon + hours{24});
        CPPUNIT_ASSERT(make(LinkOrigin::AskedByPatient).expires_at == noon + hours{1});
    }

    void practice_may_set_the_lifetimes() {
        practice_.reset_link = std::chrono::minutes{15};
        CPPUNIT_ASSERT(make(LinkOrigin::ResetByStaff).expires_at ==
                       noon + std::chrono::minutes{15});
    }

    void link_is_found_by_its_secret() {
        const auto invitation = stored();
        CPPUNIT_ASSERT_EQUAL(invitation.id, find(secret(invitation)).value().id);
    }

    void altered_link_is_not_found() {
        const auto link = secret(stored());
        for (std::size_t i = 0; i < link.size(); ++i) {
            auto altered = link;
            altered[i] = altered[i] == 'A' ? 'B' : 'A';
            CPPUNIT_ASSERT(!find(altered));
        }
    }

    void anything_not_shaped_like_a_link_is_not_found() {
        const auto link = secret(stored());
        for (const auto& text : {std::string{}, link.substr(1), link + "A", link + "\n", " " + link,
                                 std::string(43, '\0'), std::string(100'000, 'A')})
            CPPUNIT_ASSERT(!find(text));
    }

    void link_made_with_an_older_key_is_still_found() {
        const auto invitation = stored();
        const auto link = secret(invitation);
        RootKey old_key{"k1", {}};
        RootKey new_key{"k2", {}};
        old_key.bytes.fill(7);
        new_key.bytes.fill(8);
        Database rotated{store_.path(), Keyring{{new_key, old_key}}};
        Reading reading{rotated};
        CPPUNIT_ASSERT_EQUAL(invitation.id, find_link(reading, rotated.keyring(), link).value().id);
    }

    void row_moved_to_another_patient_has_no_link() {
        const auto link = secret(stored());
        store_.tamper("UPDATE invitation SET patient_id = 'P002'");
        CPPUNIT_ASSERT(!find(link));
    }

    void store_holds_neither_the_link_nor_its_plain_digest() {
        const auto invitation = stored();
        const auto bytes = store_.bytes();
        CPPUNIT_ASSERT(bytes.find(secret(invitation)) == std::string::npos);
        CPPUNIT_ASSERT(bytes.find(invitation.link_digest) != std::string::npos);
        CPPUNIT_ASSERT_EQUAL(
            store_.database().keyring().mac(Keyring::Use::LinkDigest, "k1", secret(invitation)),
            invitation.link_digest);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(LinkTest);
