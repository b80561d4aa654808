// SPDX-License-Identifier: Apache-2.0
#include "store/mail_cap_table.hpp"

#include "store/outbox_table.hpp"
#include "store/patient_table.hpp"
#include "support/temp_store.hpp"

#include <cppunit/extensions/HelperMacros.h>

using namespace ppo;

namespace {
constexpr auto tick = std::chrono::milliseconds{1};
constexpr auto yesterday = noon - std::chrono::hours{24};
}  // namespace

class MailCapTableTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(MailCapTableTest);
    CPPUNIT_TEST(invitations_of_the_patient_count);
    CPPUNIT_TEST(mails_of_other_kinds_do_not_count_for_the_patient);
    CPPUNIT_TEST(every_kind_counts_for_the_address);
    CPPUNIT_TEST(mail_about_several_counts_once_for_the_address);
    CPPUNIT_TEST(cancelled_mails_do_not_count);
    CPPUNIT_TEST(window_is_open_at_its_begin);
    CPPUNIT_TEST(newest_are_counted_and_no_more_than_asked);
    CPPUNIT_TEST(nobody_has_no_mails);
    CPPUNIT_TEST(sharers_are_counted_whatever_the_letter_case);
    CPPUNIT_TEST(sharers_are_counted_no_further_than_asked);
    CPPUNIT_TEST_SUITE_END();

    TempStore store_{};

    void mail(UnixTime at, MailKind kind = MailKind::Invitation,
              const std::vector<MailPerson>& people = {{"P001", {}}}) {
        Transaction transaction{store_};
        queue_mail(transaction, {.id = random_id(),
                                 .kind = kind,
                                 .recipient = "anna@example.org",
                                 .created_at = at,
                                 .people = people});
        transaction.commit();
    }
    MailCount to_patient(int most = 10, UnixTime since = yesterday) {
        Reading reading{store_};
        return count_invitations_to(reading, "P001", since, most);
    }
    MailCount to_address(int most = 10, UnixTime since = yesterday) {
        Reading reading{store_};
        return count_mails_to(reading, "anna@example.org", since, most);
    }
    int sharers(const std::string& address, int most = 10) {
        Reading reading{store_};
        return count_sharers(reading, address, most);
    }

public:
    void setUp() override {
        store_.add(anna());
        store_.add(anna("P009"));
        store_.add(bruno());
    }

    void invitations_of_the_patient_count() {
        mail(noon);
        mail(noon, MailKind::Invitation, {{"P009", {}}});
        CPPUNIT_ASSERT_EQUAL(1, to_patient().mails);
    }

    void mails_of_other_kinds_do_not_count_for_the_patient() {
        mail(noon, MailKind::PasswordChanged);
        mail(noon, MailKind::UsernameReminder);
        CPPUNIT_ASSERT_EQUAL(0, to_patient().mails);
        CPPUNIT_ASSERT(!to_patient().oldest);
    }

    void every_kind_counts_for_the_address() {
        mail(noon);
        mail(noon, MailKind::PasswordChanged);
        mail(noon, MailKind::UsernameReminder, {{"P009", {}}});
        CPPUNIT_ASSERT_EQUAL(3, to_address().mails);
    }

    void mail_about_several_counts_once_for_the_address() {
        mail(noon, MailKind::Invitation, {{"P001", {}}, {"P009", {}}});
        CPPUNIT_ASSERT_EQUAL(1, to_address().mails);
        CPPUNIT_ASSERT_EQUAL(1, to_patient().mails);
    }

    void cancelled_mails_do_not_count() {
        mail(noon);
        store_.tamper("UPDATE outbox SET state = 6, next_try_at = NULL");
        CPPUNIT_ASSERT_EQUAL(0, to_patient().mails);
        CPPUNIT_ASSERT_EQUAL(0, to_address().mails);
    }

    void window_is_open_at_its_begin() {
        mail(noon);
        CPPUNIT_ASSERT_EQUAL(1, to_patient(10, noon - tick).mails);
        CPPUNIT_ASSERT_EQUAL(0, to_patient(10, noon).mails);
        CPPUNIT_ASSERT_EQUAL(1, to_address(10, noon - tick).mails);
        CPPUNIT_ASSERT_EQUAL(0, to_address(10, noon).mails);
    }

    void newest_are_counted_and_no_more_than_asked() {
        for (int i = 0; i < 4; ++i) mail(noon + i * tick);
        for (const auto& count : {to_patient(2), to_address(2)}) {
            CPPUNIT_ASSERT_EQUAL(2, count.mails);
            CPPUNIT_ASSERT(count.oldest == noon + 2 * tick);
        }
    }

    void nobody_has_no_mails() {
        Reading reading{store_};
        CPPUNIT_ASSERT_EQUAL(0, count_invitations_to(reading, "P404", yesterday, 5).mails);
        CPPUNIT_ASSERT_EQUAL(0, count_mails_to(reading, "x@example.org", yesterday, 5).mails);
    }

    void sharers_are_counted_whatever_the_letter_case() {
        CPPUNIT_ASSERT_EQUAL(2, sharers(" Anna@Example.ORG"));
        CPPUNIT_ASSERT_EQUAL(1, sharers("bruno@example.net"));
        CPPUNIT_ASSERT_EQUAL(0, sharers("x@example.org"));
    }

    void sharers_are_counted_no_further_than_asked() {
        CPPUNIT_ASSERT_EQUAL(1, sharers("anna@example.org", 1));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(MailCapTableTest);
