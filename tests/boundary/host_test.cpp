// SPDX-License-Identifier: Apache-2.0
#include "boundary/host.hpp"

#include "boundary/misuse.hpp"
#include "domain/text_fold.hpp"
#include "mail/sample_mail.hpp"
#include "support/live_plugin.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <algorithm>
#include <functional>
#include <stdexcept>

using namespace ppo;

class HostTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(HostTest);
    CPPUNIT_TEST(refuses_a_host_that_is_null_or_short);
    CPPUNIT_TEST(takes_a_host_of_a_later_minor);
    CPPUNIT_TEST(refuses_another_major);
    CPPUNIT_TEST(refuses_a_host_without_a_function_it_must_have);
    CPPUNIT_TEST(asks_for_each_interface_once);
    CPPUNIT_TEST(works_with_a_host_that_has_no_interface);
    CPPUNIT_TEST(refuses_a_short_interface);
    CPPUNIT_TEST(refuses_an_interface_without_its_functions);
    CPPUNIT_TEST(tells_the_time);
    CPPUNIT_TEST(takes_an_impossible_time_for_a_fault);
    CPPUNIT_TEST(cuts_log_lines_at_512_bytes);
    CPPUNIT_TEST(finds_a_patient);
    CPPUNIT_TEST(finds_nobody);
    CPPUNIT_TEST(takes_a_directory_that_answers_0_for_a_fault);
    CPPUNIT_TEST(takes_ok_without_a_patient_for_a_fault);
    CPPUNIT_TEST(takes_another_patient_for_a_fault);
    CPPUNIT_TEST(takes_a_patient_that_cannot_be_used_for_a_fault);
    CPPUNIT_TEST(tells_the_host_why_a_patient_cannot_be_used);
    CPPUNIT_TEST(reads_everyone);
    CPPUNIT_TEST(leaves_out_who_cannot_be_used_and_counts_them);
    CPPUNIT_TEST(takes_a_directory_that_breaks_off_for_a_fault);
    CPPUNIT_TEST(carries_an_exception_past_the_hosts_function);
    CPPUNIT_TEST(reads_the_keys);
    CPPUNIT_TEST(has_no_keys_without_the_interface);
    CPPUNIT_TEST(refuses_secrets_that_give_nothing);
    CPPUNIT_TEST(refuses_secrets_that_answer_0);
    CPPUNIT_TEST(refuses_two_keys_of_one_name);
    CPPUNIT_TEST(refuses_keys_that_are_none);
    CPPUNIT_TEST(hands_a_whole_mail_to_the_host);
    CPPUNIT_TEST(takes_the_hosts_word_on_a_mail);
    CPPUNIT_TEST(mail_leaves_right_before_the_host_gets_it);
    CPPUNIT_TEST(mail_that_cannot_be_written_does_not_reach_the_host);
    CPPUNIT_TEST(walk_hands_over_only_what_it_is_given);
    CPPUNIT_TEST(walk_tells_the_hosts_reason);
    CPPUNIT_TEST(takes_any_other_word_for_a_broken_relay);
    CPPUNIT_TEST(cleans_the_hosts_reason);
    CPPUNIT_TEST(tells_screens_and_sessions_only_if_there_are_any);
    CPPUNIT_TEST_SUITE_END();

public:
    void refuses_a_host_that_is_null_or_short() {
        misuse(PPO_MISUSE_NULL, "host", [] { Host{nullptr}; });
        fake_.table.struct_size = 16;
        misuse(PPO_MISUSE_STRUCT_SIZE, "host", [this] { Host{&fake_.table}; });
    }

    void takes_a_host_of_a_later_minor() {
        struct {
            ppo_host known{};
            void* later = nullptr;
        } newer;
        newer.known = fake_.table;
        newer.known.struct_size = sizeof newer;
        newer.known.abi_minor = 7;
        CPPUNIT_ASSERT(Host{&newer.known}.has_directory());
        newer.later = &newer;  // It offers a function more, and a flag: nobody has to take them.
        newer.known.flags = 1;
        CPPUNIT_ASSERT(Host{&newer.known}.has_directory());
    }

    void refuses_another_major() {
        fake_.table.abi_major = 2;
        misuse(PPO_MISUSE_VALUE, "abi_major", [this] { Host{&fake_.table}; });
    }

    void refuses_a_host_without_a_function_it_must_have() {
        const auto good = fake_.table;
        fake_.table.log = nullptr;
        misuse(PPO_MISUSE_NULL, "log", [this] { Host{&fake_.table}; });
        fake_.table = good;
        fake_.table.now = nullptr;
        misuse(PPO_MISUSE_NULL, "now", [this] { Host{&fake_.table}; });
        fake_.table = good;
        fake_.table.query = nullptr;
        misuse(PPO_MISUSE_NULL, "query", [this] { Host{&fake_.table}; });
    }

    void asks_for_each_interface_once() {
        static_cast<void>(host());
        auto asked = fake_.asked_for();
        std::sort(asked.begin(), asked.end());
        const std::vector<std::string> expected{PPO_HOST_AUDIT_1,    PPO_HOST_DIRECTORY_1,
                                                PPO_HOST_MAIL_1,     PPO_HOST_SECRETS_1,
                                                PPO_HOST_SESSIONS_1, PPO_HOST_UI_1};
        CPPUNIT_ASSERT(expected == asked);
    }

    void works_with_a_host_that_has_no_interface() {
        fake_.absent = all_;
        CPPUNIT_ASSERT(!host().has_directory());
        CPPUNIT_ASSERT(!host().has_mail());
    }

    void refuses_a_short_interface() {
        fake_.directory.struct_size = 8;
        misuse(PPO_MISUSE_STRUCT_SIZE, "host interface", [this] { static_cast<void>(host()); });
    }

    void refuses_an_interface_without_its_functions() {
        const auto broken = [this](const char* name,
                                   const std::function<void(FakeHost&)>& break_it) {
            FakeHost fake;
            break_it(fake);
            misuse(PPO_MISUSE_NULL, name, [&] { Host{&fake.table}; });
        };
        broken("get_patient", [](FakeHost& fake) { fake.directory.get_patient = nullptr; });
        broken("each_patient", [](FakeHost& fake) { fake.directory.each_patient = nullptr; });
        broken("each_key", [](FakeHost& fake) { fake.secrets.each_key = nullptr; });
        broken("send_mail", [](FakeHost& fake) { fake.mail.send_mail = nullptr; });
        broken("refresh", [](FakeHost& fake) { fake.ui.refresh = nullptr; });
        broken("end_sessions", [](FakeHost& fake) { fake.sessions.end_sessions = nullptr; });
    }

    void tells_the_time() { CPPUNIT_ASSERT(host().now() == noon); }

    void takes_an_impossible_time_for_a_fault() {
        const auto clock = host();
        for (const ppo_time time : {ppo_time{0}, ppo_time{1'577'836'799'999},
                                    ppo_time{4'102'444'800'001}, ppo_time{INT64_MIN}}) {
            fake_.time = time;
            fault(PPO_FAULT_CLOCK, [&] { static_cast<void>(clock.now()); });
        }
        fake_.time = 1'577'836'800'000;
        CPPUNIT_ASSERT(to_milliseconds(clock.now()) == 1'577'836'800'000);
    }

    void cuts_log_lines_at_512_bytes() {
        host().log(PPO_LOG_INFO, std::string(600, 'x'));
        CPPUNIT_ASSERT_EQUAL(std::size_t{512}, fake_.log_lines().at(0).second.size());
    }

    void finds_a_patient() {
        CPPUNIT_ASSERT_EQUAL(std::string{"Winter"}, host().find_patient("P001")->last_name);
    }

    void finds_nobody() { CPPUNIT_ASSERT(!host().find_patient("P404")); }

    void takes_a_directory_that_answers_0_for_a_fault() {
        fake_.directory_answers = 0;
        fault(PPO_FAULT_HOST, [this] { static_cast<void>(host().find_patient("P001")); });
        fault(PPO_FAULT_HOST, [this] { static_cast<void>(read_all()); });
    }

    void takes_ok_without_a_patient_for_a_fault() {
        fake_.directory_answers = PPO_OK;
        fault(PPO_FAULT_HOST, [this] { static_cast<void>(host().find_patient("P001")); });
    }

    void takes_another_patient_for_a_fault() {
        fake_.gives_instead = bruno();
        fault(PPO_FAULT_HOST, [this] { static_cast<void>(host().find_patient("P001")); });
    }

    void takes_a_patient_that_cannot_be_used_for_a_fault() {
        fake_.spoils = [](ppo_patient& given) { given.chart_status = 99; };
        fault(PPO_FAULT_HOST, [this] { static_cast<void>(host().find_patient("P001")); });
    }

    void tells_the_host_why_a_patient_cannot_be_used() {
        fake_.spoils = [](ppo_patient& given) { given.email = {"\xFF", 1}; };
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{2}, read_all().left_out);
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_MISUSE_TEXT_NOT_UTF8}, fake_.put_answers().at(0));
    }

    void reads_everyone() {
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{2}, read_all().taken);
        CPPUNIT_ASSERT_EQUAL(std::string{"P001 P002 "}, seen_);
    }

    void leaves_out_who_cannot_be_used_and_counts_them() {
        fake_.spoils = [](ppo_patient& given) {
            if (copy_of(given.id) == "P001") given.birth_date = {"1980-02-30", 10};
        };
        const auto read = read_all();
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{1}, read.taken);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{1}, read.left_out);
        CPPUNIT_ASSERT_EQUAL(std::string{"P002 "}, seen_);
        CPPUNIT_ASSERT_EQUAL(std::string{"P001 "}, left_);
    }

    void takes_a_directory_that_breaks_off_for_a_fault() {
        fake_.directory_answers = PPO_STOPPED;  // After the last patient: so it was not the last.
        fault(PPO_FAULT_HOST, [this] { static_cast<void>(read_all()); });
    }

    void carries_an_exception_past_the_hosts_function() {
        CPPUNIT_ASSERT_THROW(
            host().each_patient([](const Patient&) { throw std::domain_error{"store"}; },
                                [](const std::string&) {}),
            std::domain_error);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, fake_.put_answers().size());
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_STOPPED}, fake_.put_answers().at(0));
    }

    void reads_the_keys() {
        fake_.root_keys.emplace_back("old-1", std::string(32, '\x01'));
        const auto keys = host().keys();
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, keys.size());
        CPPUNIT_ASSERT_EQUAL(std::string{"fake-1"}, keys.at(0).id);
        CPPUNIT_ASSERT_EQUAL(0x2a, static_cast<int>(keys.at(0).bytes.at(31)));
    }

    void has_no_keys_without_the_interface() {
        fake_.absent = {PPO_HOST_SECRETS_1};
        CPPUNIT_ASSERT(host().keys().empty());
    }

    void refuses_secrets_that_give_nothing() {
        fake_.root_keys.clear();
        fault(PPO_FAULT_KEYS, [this] { static_cast<void>(host().keys()); });
    }

    void refuses_secrets_that_answer_0() {
        fake_.secrets_answer = 0;
        fault(PPO_FAULT_KEYS, [this] { static_cast<void>(host().keys()); });
    }

    void refuses_two_keys_of_one_name() {
        fake_.root_keys = {{"k1", std::string(32, 'k')}, {"k1", std::string(32, 'l')}};
        fault(PPO_FAULT_KEYS, [this] { static_cast<void>(host().keys()); });
    }

    void refuses_keys_that_are_none() {
        const std::string good(32, 'k');
        for (const auto& [id, bytes] :
             std::vector<std::pair<std::string, std::string>>{{"", good},
                                                              {std::string(33, 'a'), good},
                                                              {"Key", good},
                                                              {"a b", good},
                                                              {"short", std::string(31, 'k')},
                                                              {"long", std::string(33, 'k')}}) {
            fake_.root_keys = {{id, bytes}};
            fault(PPO_FAULT_KEYS, [this] { static_cast<void>(host().keys()); });
        }
    }

    void hands_a_whole_mail_to_the_host() {
        const auto mail = ppo_test::sample_mail();
        CPPUNIT_ASSERT(host().mail_transport()->send(mail, [] {}).state == DeliveryState::Sent);
        const auto handed = fake_.mails().at(0);
        CPPUNIT_ASSERT_EQUAL(mail.message_id, handed.message_id);
        CPPUNIT_ASSERT_EQUAL(mail.sender_address, handed.sender);
        CPPUNIT_ASSERT_EQUAL(mail.recipient, handed.recipient);
        CPPUNIT_ASSERT_EQUAL(std::string{"Hello Anna,"}, text_of_mail(handed).substr(0, 11));
    }

    void takes_the_hosts_word_on_a_mail() {
        fake_.mail_reason = "because";
        for (const auto& [word, state] : std::vector<std::pair<ppo_result, DeliveryState>>{
                 {PPO_REFUSED_MAIL_DEFERRED, DeliveryState::Deferred},
                 {PPO_REFUSED_MAIL_REJECTED, DeliveryState::Failed},
                 {PPO_REFUSED_MAIL_UNKNOWN, DeliveryState::Unknown}}) {
            fake_.mail_answers = word;
            const auto delivery = send();
            CPPUNIT_ASSERT(delivery.state == state && !delivery.relay_broken);
            CPPUNIT_ASSERT_EQUAL(std::string{"because"}, delivery.reason);
        }
    }

    void mail_leaves_right_before_the_host_gets_it() {
        std::size_t handed_before = 1;
        const auto transport = host().mail_transport();
        (void)transport->send(ppo_test::sample_mail(),
                              [&] { handed_before = fake_.mails().size(); });
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, handed_before);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, fake_.mails().size());
        CPPUNIT_ASSERT_EQUAL(1, transport->connections());
    }

    void mail_that_cannot_be_written_does_not_reach_the_host() {
        auto mail = ppo_test::sample_mail();
        mail.recipient = "a@b.example\r\nBcc: c@d.example";
        bool left = false;
        const auto delivery = host().mail_transport()->send(mail, [&left] { left = true; });
        CPPUNIT_ASSERT(delivery.state == DeliveryState::Failed);
        CPPUNIT_ASSERT(!left && fake_.mails().empty());
    }

    [[nodiscard]] MailStep walked(const OutgoingMail* mail) const {
        std::vector<MailStep> told;
        host().mail_transport()->walk(mail, [&](const MailStep& step) { told.push_back(step); });
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, told.size());
        CPPUNIT_ASSERT_EQUAL(std::string{"host"}, told[0].step);
        return told[0];
    }

    void walk_hands_over_only_what_it_is_given() {
        CPPUNIT_ASSERT(walked(nullptr).passed);
        CPPUNIT_ASSERT(fake_.mails().empty());
        const auto mail = ppo_test::sample_mail();
        CPPUNIT_ASSERT(walked(&mail).passed);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, fake_.mails().size());
    }

    void walk_tells_the_hosts_reason() {
        fake_.mail_answers = PPO_REFUSED_MAIL_REJECTED;
        fake_.mail_reason = "no such mailbox";
        const auto mail = ppo_test::sample_mail();
        const auto step = walked(&mail);
        CPPUNIT_ASSERT(!step.passed);
        CPPUNIT_ASSERT(step.sentence.find("no such mailbox") != std::string::npos);
    }

    void takes_any_other_word_for_a_broken_relay() {
        fake_.mail_reason = "relay is down";
        for (const ppo_result word : {0, -1, 2, -3003}) {
            fake_.mail_answers = word;
            const auto delivery = send();
            CPPUNIT_ASSERT(delivery.state == DeliveryState::Deferred && delivery.relay_broken);
            CPPUNIT_ASSERT_EQUAL(std::string{"The host's mail transport failed: relay is down"},
                                 delivery.reason);
        }
    }

    void cleans_the_hosts_reason() {
        fake_.mail_answers = PPO_REFUSED_MAIL_REJECTED;
        fake_.mail_reason = "550 no\x01 mailbox\r\n<anna@home.example> here\xFF" +
                            std::string(300, 'x');
        const auto reason = send().reason;
        CPPUNIT_ASSERT(is_valid_utf8(reason));
        CPPUNIT_ASSERT(reason.find('@') == std::string::npos);
        CPPUNIT_ASSERT(
            std::none_of(reason.begin(), reason.end(), [](char c) { return c > 0 && c < 0x20; }));
        CPPUNIT_ASSERT(reason.size() <= 200);
        CPPUNIT_ASSERT(reason.find("550 no") == 0);
    }

    void tells_screens_and_sessions_only_if_there_are_any() {
        host().refresh("P001");
        host().end_sessions("P002");
        CPPUNIT_ASSERT_EQUAL(std::string{"P001"}, fake_.refreshed().at(0));
        CPPUNIT_ASSERT_EQUAL(std::string{"P002"}, fake_.ended_sessions().at(0));
        fake_.absent = all_;
        host().refresh("P001");
        host().end_sessions("P002");
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, fake_.refreshed().size());
    }

    void setUp() override { fake_.patients = {anna(), bruno()}; }

private:
    [[nodiscard]] Host host() const { return Host{&fake_.table}; }
    Host::DirectoryRead read_all() {
        return host().each_patient([this](const Patient& patient) { seen_ += patient.id + " "; },
                                   [this](const std::string& id) { left_ += id + " "; });
    }
    [[nodiscard]] Delivery send() const {
        return host().mail_transport()->send(ppo_test::sample_mail(), [] {});
    }
    static void misuse(ppo_result result, const std::string& field,
                       const std::function<void()>& call) {
        try {
            call();
        } catch (const Misuse& caught) {
            CPPUNIT_ASSERT_EQUAL(result, caught.result());
            CPPUNIT_ASSERT_EQUAL(field, caught.field());
            return;
        }
        CPPUNIT_FAIL("no misuse of " + field);
    }
    static void fault(ppo_result result, const std::function<void()>& call) {
        try {
            call();
        } catch (const HostFault& caught) {
            CPPUNIT_ASSERT_EQUAL(result, caught.result());
            return;
        }
        CPPUNIT_FAIL("no fault");
    }

    const std::vector<std::string> all_{PPO_HOST_DIRECTORY_1, PPO_HOST_SECRETS_1, PPO_HOST_MAIL_1,
                                        PPO_HOST_UI_1, PPO_HOST_SESSIONS_1};
    FakeHost fake_{};
    std::string seen_{};
    std::string left_{};
};
CPPUNIT_TEST_SUITE_REGISTRATION(HostTest);
