// SPDX-License-Identifier: Apache-2.0
#include "boundary/keys.hpp"

#include "boundary/tables.hpp"
#include "support/live_plugin.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <sys/stat.h>

#include <utility>

using namespace ppo;

namespace {
using Keys = std::vector<std::pair<std::string, std::string>>;
const std::string good = "maple kettle orbit";
const std::string better = "violet anchor pepper";

Keys keys_named(std::initializer_list<const char*> ids) {
    Keys keys;
    for (const std::string id : ids) keys.emplace_back(id, std::string(32, id.back()));
    return keys;
}

std::string as_file(const Keys& keys) {
    std::string text;
    for (const auto& [id, bytes] : keys) {
        text += id + " ";
        for (int i = 0; i < 32; ++i) text += "3" + bytes.substr(0, 1);  // '1' is 0x31.
        text += "\n";
    }
    return text;
}
}  // namespace

/// Every claim is made twice: with keys of the host, and with those of a key file.
class KeysTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(KeysTest);
    CPPUNIT_TEST(links_of_an_older_key_are_used_and_new_ones_carry_the_new_key);
    CPPUNIT_TEST(passwords_of_an_older_key_sign_in_and_new_ones_carry_the_new_key);
    CPPUNIT_TEST(requests_sealed_with_an_older_key_are_answered);
    CPPUNIT_TEST(mails_queued_under_an_older_key_leave_with_their_link);
    CPPUNIT_TEST(the_record_goes_on_over_a_change_of_keys);
    CPPUNIT_TEST(a_lost_key_is_named_at_create_and_nothing_changes);
    CPPUNIT_TEST(another_key_under_a_known_id_is_named_at_create_and_nothing_changes);
    CPPUNIT_TEST(a_process_with_yesterdays_keys_says_so_at_sign_in);
    CPPUNIT_TEST_SUITE_END();

    std::unique_ptr<LivePlugin> live_{};
    bool from_file_ = false;

    void put_keys(FakeHost& host, TestSettings& settings, std::initializer_list<const char*> ids) {
        host.root_keys = keys_named(ids);
        if (!from_file_) return;
        host.absent = {PPO_HOST_SECRETS_1};
        const auto path = settings.key_file();
        write_file(path, as_file(host.root_keys));
        ::chmod(path.c_str(), 0600);
    }

    void restart_with(std::initializer_list<const char*> ids) {
        put_keys(live_->host, live_->settings, ids);
        live_->restart();
    }

    /// Runs the claim for both places of keys, on a store written with k1.
    template <class Claim>
    void for_each_place(Claim claim) {
        for (const bool from_file : {false, true}) {
            from_file_ = from_file;
            live_ = std::make_unique<LivePlugin>([this](FakeHost& host, TestSettings& settings) {
                put_keys(host, settings, {"k1"});
            });
            claim();
            live_.reset();
        }
    }

    [[nodiscard]] std::int64_t rows(const std::string& sql) const {
        const auto connection = live_->settings.connect();
        auto found = connection->query(sql);
        return found.next() ? found.integer(0) : -1;
    }

    ppo_result complete(std::string_view link, std::string_view birth_date, const char* username) {
        const auto given = live_->answers(link, birth_date);
        return LivePlugin::selfservice().complete_setup(live_->self, &live_->visitor, &given,
                                                        to_text(username), to_text(good), nullptr);
    }

    void links_of_an_older_key_are_used_and_new_ones_carry_the_new_key() {
        for_each_place([this] {
            const auto old_link = live_->invited("P001");
            restart_with({"k2", "k1"});
            static_cast<void>(live_->invited("P002"));
            CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, complete(old_link, "1980-02-29", "anna.w"));
            CPPUNIT_ASSERT_EQUAL(
                std::int64_t{1},
                rows(
                    "SELECT COUNT(*) FROM invitation WHERE patient_id = 'P002' AND key_id = 'k2'"));
        });
    }

    void passwords_of_an_older_key_sign_in_and_new_ones_carry_the_new_key() {
        for_each_place([this] {
            live_->set_up("P001", "anna.w", good);
            restart_with({"k2", "k1"});
            CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, live_->sign_in("anna.w", good));
            CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK},
                                 LivePlugin::selfservice().change_password(
                                     live_->self, &live_->visitor, to_text("P001"), to_text(good),
                                     to_text(better), nullptr, nullptr));
            CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, live_->sign_in("anna.w", better));
            CPPUNIT_ASSERT_EQUAL(
                std::int64_t{1},
                rows("SELECT COUNT(*) FROM credential WHERE sealed_password LIKE 'k2:%'"));
        });
    }

    void requests_sealed_with_an_older_key_are_answered() {
        for_each_place([this] {
            live_->enable("P001");
            auto identity = fresh<ppo_identity>();
            identity.email = to_text("anna@example.org");
            identity.birth_date = to_text("1980-02-29");
            identity.last_name = to_text("Winter");
            identity.postal_code = to_text("02139");
            CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, LivePlugin::selfservice().request(
                                                         live_->self, &live_->visitor,
                                                         PPO_REQUEST_ACCOUNT, &identity, nullptr));
            restart_with({"k2", "k1"});
            live_->work();
            CPPUNIT_ASSERT_EQUAL(std::size_t{1}, live_->host.mails().size());
        });
    }

    void mails_queued_under_an_older_key_leave_with_their_link() {
        for_each_place([this] {
            live_->enable("P001");
            CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, LivePlugin::onboarding().send_invitation(
                                                         live_->self, &live_->caller,
                                                         to_text("P001"), nullptr, nullptr));
            restart_with({"k2", "k1"});
            live_->work();
            const auto link = links_in(live_->host.mails().at(0)).at(0);
            CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, complete(link, "1980-02-29", "anna.w"));
        });
    }

    void the_record_goes_on_over_a_change_of_keys() {
        for_each_place([this] {
            live_->enable("P001");
            restart_with({"k2", "k1"});
            live_->enable("P002");
            auto verdict = fresh<ppo_audit_verdict>();
            CPPUNIT_ASSERT_EQUAL(
                ppo_result{PPO_OK},
                LivePlugin::audit().verify(live_->self, &live_->caller, &verdict, nullptr));
            CPPUNIT_ASSERT_EQUAL(std::uint64_t{0}, verdict.first_bad_sequence);
            for (const char* id : {"k1", "k2"})
                CPPUNIT_ASSERT(rows("SELECT COUNT(*) FROM audit WHERE mac LIKE '" +
                                    std::string{id} + ":%'") > 0);
        });
    }

    /// `create` says no with these words, and store and key file are as they were.
    void refused_with(std::initializer_list<const char*> ids, const std::string& words) {
        plugin_table.destroy(live_->self);
        live_->self = nullptr;
        put_keys(live_->host, live_->settings, ids);
        refused(words);
    }

    void refused(const std::string& words) {
        const auto before = live_->store_bytes();
        auto error = fresh_error();
        CPPUNIT_ASSERT_EQUAL(
            ppo_result{PPO_FAULT_KEYS},
            plugin_table.create(&live_->host.table, &live_->settings.given, &live_->self, &error));
        CPPUNIT_ASSERT(std::string{error.message}.find(words) != std::string::npos);
        CPPUNIT_ASSERT(before == live_->store_bytes());
    }

    void a_lost_key_is_named_at_create_and_nothing_changes() {
        for_each_place([this] {
            restart_with({"k2", "k1"});
            refused_with({"k2"}, "missing (k1); restore");
            refused_with({"k1"}, "missing (k2); restore");
            refused_with({"k3"}, "missing (k1, k2); restore");
        });
    }

    void another_key_under_a_known_id_is_named_at_create_and_nothing_changes() {
        for_each_place([this] {
            restart_with({"k2", "k1"});
            plugin_table.destroy(live_->self);
            live_->self = nullptr;
            put_keys(live_->host, live_->settings, {"k2", "k1"});
            live_->host.root_keys.at(1).second = std::string(32, '9');
            if (from_file_) write_file(live_->settings.key_file(), as_file(live_->host.root_keys));
            refused("another store's (k1); restore");
        });
    }

    void a_process_with_yesterdays_keys_says_so_at_sign_in() {
        for_each_place([this] {
            LivePlugin& old_one = *live_;
            ppo_instance* other = old_one.self;
            put_keys(old_one.host, old_one.settings, {"k2", "k1"});
            CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK},
                                 plugin_table.create(&old_one.host.table, &old_one.settings.given,
                                                     &old_one.self, nullptr));
            old_one.set_up("P001", "anna.w", good);
            std::swap(other, old_one.self);
            CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_FAULT_KEYS}, old_one.sign_in("anna.w", good));
            plugin_table.destroy(other);
        });
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(KeysTest);
