// SPDX-License-Identifier: Apache-2.0
#include "host/bounce_report.hpp"

#include <cppunit/extensions/HelperMacros.h>

namespace {
constexpr auto invitation =
    "From: Practice <portal@p.example>\r\n"
    "To: Anna <anna@b.example>\r\n"
    "Subject: Your portal\r\n"
    "Message-ID: <one@p.example>\r\n"
    "\r\n"
    "The words of the mail\r\n";

std::string report_with(const std::string& status, const std::string& diagnostic) {
    return ppo_sim::write_bounce_report(invitation, status, diagnostic);
}

void expect(const std::string& part, const std::string& report) {
    CPPUNIT_ASSERT_MESSAGE(part + " in " + report, report.find(part) != std::string::npos);
}
}  // namespace

class BounceReportTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(BounceReportTest);
    CPPUNIT_TEST(is_a_delivery_report);
    CPPUNIT_TEST(goes_to_the_sender_of_the_mail);
    CPPUNIT_TEST(names_the_recipient_as_a_bare_address);
    CPPUNIT_TEST(a_status_of_class_5_reports_a_failure);
    CPPUNIT_TEST(a_status_of_class_4_reports_a_delay);
    CPPUNIT_TEST(carries_the_headers_of_the_mail_but_not_its_words);
    CPPUNIT_TEST(a_diagnostic_of_two_lines_adds_no_field);
    CPPUNIT_TEST_SUITE_END();

    void is_a_delivery_report() {
        expect("multipart/report; report-type=delivery-status", report_with("5.1.1", "550 No"));
        expect("\r\nContent-Type: message/delivery-status\r\n", report_with("5.1.1", "550 No"));
    }

    void goes_to_the_sender_of_the_mail() {
        expect("\r\nTo: portal@p.example\r\n", report_with("5.1.1", "550 No"));
    }

    void names_the_recipient_as_a_bare_address() {
        expect("\r\nFinal-Recipient: rfc822; anna@b.example\r\n", report_with("5.1.1", "550 No"));
    }

    void a_status_of_class_5_reports_a_failure() {
        expect("\r\nAction: failed\r\nStatus: 5.1.1\r\nDiagnostic-Code: smtp; 550 No\r\n",
               report_with("5.1.1", "550 No"));
    }

    void a_status_of_class_4_reports_a_delay() {
        expect("\r\nAction: delayed\r\nStatus: 4.4.1\r\n", report_with("4.4.1", "421 Later"));
    }

    void carries_the_headers_of_the_mail_but_not_its_words() {
        const std::string report = report_with("5.1.1", "550 No");
        expect("\r\nMessage-ID: <one@p.example>\r\n", report);
        CPPUNIT_ASSERT(report.find("The words of the mail") == std::string::npos);
    }

    void a_diagnostic_of_two_lines_adds_no_field() {
        const std::string report = report_with("5.1.1", "550 No\r\nAction: delivered");
        expect("Diagnostic-Code: smtp; 550 No  Action: delivered\r\n", report);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(BounceReportTest);
