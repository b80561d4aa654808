// SPDX-License-Identifier: Apache-2.0
#include "mail/delivery_report_reader.hpp"

#include "mail/base64.hpp"
#include "mail/sample_reports.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <random>

using namespace ppo;
using Action = DeliveryReport::Action;

namespace {
const std::string known_id{reported_mail};

struct Pieces {
    std::string top = "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n";
    std::string status_header = "Content-Type: message/delivery-status\n";
    std::string status =
        "Reporting-MTA: dns; mx.example\n\n"
        "Final-Recipient: rfc822; a@b.example\nAction: failed\nStatus: 5.1.1\n";
    std::string returned_header = "Content-Type: text/rfc822-headers\n";
    std::string returned = "Message-ID: <" + known_id + "@practice.example>\n";

    [[nodiscard]] std::string whole() const {
        return top + "\n--b\n" + status_header + "\n" + status + "\n--b\n" + returned_header +
               "\n" + returned + "\n--b--\n";
    }
};

std::optional<DeliveryReport> read(const Pieces& pieces) {
    return read_delivery_report(pieces.whole());
}

std::string recipient(const std::string& action, const std::string& diagnostic) {
    return "\nFinal-Recipient: rfc822; a@b.example\nAction: " + action +
           "\nStatus: 4.0.0\nDiagnostic-Code: smtp; " + diagnostic + "\n";
}

/// Whatever was read is about the mail or about nothing, and fit for staff.
void check_is_sane(const std::optional<DeliveryReport>& report) {
    if (!report) return;
    CPPUNIT_ASSERT_EQUAL(std::size_t{32}, report->mail_id.size());
    CPPUNIT_ASSERT(report->reason.size() <= 200);
    for (const char c : report->reason) CPPUNIT_ASSERT(c >= 0x20 && c < 0x7F);
    CPPUNIT_ASSERT(report->reason.find('@') == std::string::npos);
}
}  // namespace

class DeliveryReportReaderTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(DeliveryReportReaderTest);
    CPPUNIT_TEST(reads_what_five_kinds_of_servers_write);
    CPPUNIT_TEST(reads_them_with_lf_alone);
    CPPUNIT_TEST(a_missing_last_boundary_costs_nothing);
    CPPUNIT_TEST(reads_every_action);
    CPPUNIT_TEST(of_several_recipients_the_failed_one_counts);
    CPPUNIT_TEST(falls_back_on_the_envelope_id);
    CPPUNIT_TEST(reads_parts_in_base64);
    CPPUNIT_TEST(reads_parts_in_quoted_printable);
    CPPUNIT_TEST(finds_a_report_that_a_list_wrapped);
    CPPUNIT_TEST(looks_no_deeper_than_three);
    CPPUNIT_TEST(never_looks_into_the_returned_mail);
    CPPUNIT_TEST(tells_boundaries_apart_that_begin_alike);
    CPPUNIT_TEST(is_not_moved_by_an_ordinary_mail);
    CPPUNIT_TEST(is_not_moved_by_a_receipt);
    CPPUNIT_TEST(wants_a_mail_of_ours);
    CPPUNIT_TEST(wants_an_action);
    CPPUNIT_TEST(refuses_more_than_a_mebibyte);
    CPPUNIT_TEST(refuses_more_than_a_hundred_parts);
    CPPUNIT_TEST(refuses_a_header_without_end);
    CPPUNIT_TEST(hides_addresses_in_the_reason);
    CPPUNIT_TEST(stands_being_cut_off_anywhere);
    CPPUNIT_TEST(stands_what_chance_does_to_it);
    CPPUNIT_TEST_SUITE_END();

public:
    void reads_what_five_kinds_of_servers_write() {
        for (const auto& sample : sample_reports()) {
            const std::string server{sample.server};
            const auto report = read_delivery_report(with_crlf(sample.bytes));
            CPPUNIT_ASSERT_MESSAGE(server, report);
            CPPUNIT_ASSERT_EQUAL_MESSAGE(server, known_id, report->mail_id);
            CPPUNIT_ASSERT_MESSAGE(server, report->action == Action::Failed);
            CPPUNIT_ASSERT_EQUAL_MESSAGE(server, std::string{sample.reason}, report->reason);
        }
    }

    void reads_them_with_lf_alone() {
        for (const auto& sample : sample_reports()) {
            const auto report = read_delivery_report(sample.bytes);
            CPPUNIT_ASSERT(report && report->mail_id == known_id);
            CPPUNIT_ASSERT_EQUAL(std::string{sample.reason}, report->reason);
        }
    }

    void a_missing_last_boundary_costs_nothing() {
        const auto whole = Pieces{}.whole();
        CPPUNIT_ASSERT(read_delivery_report(whole.substr(0, whole.rfind("\n--b--"))));
    }

    void reads_every_action() {
        const std::vector<std::pair<std::string, Action>> actions{
            {"FAILED (for good)", Action::Failed},
            {"delayed", Action::Delayed},
            {"delivered", Action::Delivered},
            {"relayed", Action::Relayed},
            {"Expanded", Action::Expanded}};
        for (const auto& [word, action] : actions) {
            Pieces pieces;
            pieces.status = recipient(word, "250 ok");
            CPPUNIT_ASSERT(read(pieces)->action == action);
        }
    }

    void of_several_recipients_the_failed_one_counts() {
        Pieces pieces;
        pieces.status = "Reporting-MTA: dns; mx.example\n" + recipient("delivered", "250 ok") +
                        recipient("failed", "550 gone") + recipient("delayed", "450 later");
        CPPUNIT_ASSERT(read(pieces)->action == Action::Failed);
        CPPUNIT_ASSERT_EQUAL(std::string{"4.0.0 550 gone"}, read(pieces)->reason);
    }

    void falls_back_on_the_envelope_id() {
        Pieces pieces;
        pieces.returned = "Subject: no id\n";
        pieces.status = "Original-Envelope-Id: " + known_id + "+40practice.example\n" +
                        recipient("failed", "550 gone");
        CPPUNIT_ASSERT_EQUAL(known_id, read(pieces)->mail_id);
    }

    void reads_parts_in_base64() {
        Pieces pieces;
        pieces.status_header += "Content-Transfer-Encoding: base64\n";
        pieces.status = write_base64_lines(pieces.status);
        pieces.returned_header += "Content-Transfer-Encoding: BASE64\n";
        pieces.returned = write_base64_lines(pieces.returned);
        CPPUNIT_ASSERT_EQUAL(known_id, read(pieces)->mail_id);
    }

    void reads_parts_in_quoted_printable() {
        Pieces pieces;
        pieces.returned_header += "Content-Transfer-Encoding: quoted-printable\n";
        pieces.returned = "Message-ID:=20<" + known_id.substr(0, 9) + "=\n" + known_id.substr(9) +
                          "=40practice.example>\n";
        CPPUNIT_ASSERT_EQUAL(known_id, read(pieces)->mail_id);
    }

    void finds_a_report_that_a_list_wrapped() {
        CPPUNIT_ASSERT_EQUAL(known_id, read_delivery_report(wrapped(2))->mail_id);
    }

    void looks_no_deeper_than_three() { CPPUNIT_ASSERT(!read_delivery_report(wrapped(3))); }

    void never_looks_into_the_returned_mail() {
        const auto outer =
            "Content-Type: multipart/mixed; boundary=o\n\n--o\nContent-Type: "
            "message/rfc822\n\n" +
            Pieces{}.whole() + "\n--o--\n";
        CPPUNIT_ASSERT(!read_delivery_report(outer));
    }

    void tells_boundaries_apart_that_begin_alike() {
        Pieces pieces;
        pieces.status = "Reporting-MTA: dns; mx.example\n--bb\n" + recipient("failed", "550 gone");
        CPPUNIT_ASSERT_EQUAL(std::string{"4.0.0 550 gone"}, read(pieces)->reason);
    }

    void is_not_moved_by_an_ordinary_mail() {
        CPPUNIT_ASSERT(!read_delivery_report(""));
        CPPUNIT_ASSERT(!read_delivery_report("Subject: hello\n\nAction: failed\n"));
        CPPUNIT_ASSERT(!read_delivery_report("Message-ID: <" + known_id + "@practice.example>\n"));
    }

    void is_not_moved_by_a_receipt() {
        Pieces pieces;
        pieces.top =
            "Content-Type: multipart/report; report-type=disposition-notification; "
            "boundary=b\n";
        CPPUNIT_ASSERT(!read(pieces));
    }

    void wants_a_mail_of_ours() {
        for (const auto& id : {known_id.substr(1), known_id + "0", "x" + known_id.substr(1)}) {
            Pieces pieces;
            pieces.returned = "Message-ID: <" + id + "@practice.example>\n";
            CPPUNIT_ASSERT(!read(pieces));
        }
    }

    void wants_an_action() {
        Pieces pieces;
        pieces.status = recipient("vanished", "550 gone");
        CPPUNIT_ASSERT(!read(pieces));
    }

    void refuses_more_than_a_mebibyte() {
        const auto whole = Pieces{}.whole();
        const std::size_t mebibyte = 1024 * 1024;
        CPPUNIT_ASSERT(read_delivery_report(whole + std::string(mebibyte - whole.size(), 'x')));
        CPPUNIT_ASSERT(
            !read_delivery_report(whole + std::string(mebibyte + 1 - whole.size(), 'x')));
    }

    void refuses_more_than_a_hundred_parts() {
        CPPUNIT_ASSERT(read_delivery_report(with_more_parts(98)));
        CPPUNIT_ASSERT(!read_delivery_report(with_more_parts(99)));
    }

    void refuses_a_header_without_end() {
        Pieces pieces;
        pieces.top += "X-Long: " + std::string(65 * 1024, 'x') + "\n";
        CPPUNIT_ASSERT(!read(pieces));
    }

    void hides_addresses_in_the_reason() {
        Pieces pieces;
        pieces.status =
            "\nFinal-Recipient: rfc822; <Zoe.W@b.example>\nAction: failed\n"
            "Diagnostic-Code: smtp; 550 zoe.w or zoe.w@b.example? no\n";
        CPPUNIT_ASSERT_EQUAL(std::string{"550 <address> or <address> no"}, read(pieces)->reason);
    }

    void stands_being_cut_off_anywhere() {
        for (const auto& sample : sample_reports()) {
            const auto bytes = with_crlf(sample.bytes);
            for (std::size_t size = 0; size < bytes.size(); ++size) {
                const std::string cut = bytes.substr(0, size);  // Its own end, for the sanitizer.
                check_is_sane(read_delivery_report(cut));
            }
        }
    }

    void stands_what_chance_does_to_it() {
        std::mt19937 chance{20261120};
        constexpr std::string_view signs =
            "\n\r\t -:;\"<>@=+(\\\0\xFF"
            "a0";
        for (int round = 0; round < 4000; ++round) {
            std::string bytes{sample_reports()[chance() % sample_reports().size()].bytes};
            for (auto i = chance() % 12 + 1; i > 0; --i) {
                const auto at = chance() % bytes.size();
                switch (chance() % 4) {
                case 0: bytes[at] = signs[chance() % signs.size()]; break;
                case 1: bytes.erase(at, chance() % 40); break;
                case 2:
                    bytes.insert(at, bytes.substr(chance() % bytes.size(), chance() % 400));
                    break;
                default: bytes[at] = static_cast<char>(chance() % 256); break;
                }
            }
            check_is_sane(read_delivery_report(bytes));
        }
    }

private:
    static std::string wrapped(int times) {
        auto mail = Pieces{}.whole();
        for (int i = 0; i < times; ++i) {
            const std::string name = "wrap" + std::to_string(i);
            mail.insert(0, "Content-Type: multipart/mixed; boundary=\"" + name + "\"\n\n--" + name +
                               "\nContent-Type: text/plain\n\nforwarded\n--" + name + "\n");
            mail += "\n--" + name + "--\n";
        }
        return mail;
    }

    static std::string with_more_parts(int count) {
        auto mail = Pieces{}.whole();
        mail.resize(mail.rfind("--b--"));
        for (int i = 0; i < count; ++i) mail += "--b\n\nx\n";
        return mail + "--b--\n";
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(DeliveryReportReaderTest);
