// SPDX-License-Identifier: Apache-2.0
#include "mail/sample_reports.hpp"

namespace ppo {
namespace {
constexpr std::string_view postfix = R"(Return-Path: <>
From: MAILER-DAEMON@mx.practice.example (Mail Delivery System)
To: portal@practice.example
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status;
	boundary="5D2A61F.1795176000/mx.practice.example"

This is a MIME-encapsulated message.

--5D2A61F.1795176000/mx.practice.example
Content-Description: Notification
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you that your message could not
be delivered to one or more recipients.

--5D2A61F.1795176000/mx.practice.example
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.practice.example
X-Postfix-Queue-ID: 5D2A61F
X-Postfix-Sender: rfc822; portal@practice.example
Arrival-Date: Fri, 20 Nov 2026 12:00:00 +0000 (UTC)

Final-Recipient: rfc822; anna.winter@home.example
Original-Recipient: rfc822;anna.winter@home.example
Action: failed
Status: 5.1.1
Remote-MTA: dns; mx.home.example
Diagnostic-Code: smtp; 550 5.1.1 <anna.winter@home.example>: Recipient address
    rejected: User unknown in virtual mailbox table

--5D2A61F.1795176000/mx.practice.example
Content-Description: Undelivered Message
Content-Type: message/rfc822

Return-Path: <portal@practice.example>
From: Elm Practice <portal@practice.example>
To: anna.winter@home.example
Message-ID: <0123456789abcdef0123456789abcdef@practice.example>
Subject: Your patient portal

Hello Anna
--5D2A61F.1795176000/mx.practice.example--
)";

constexpr std::string_view exim = R"(From: Mail Delivery System <Mailer-Daemon@relay.example>
To: portal@practice.example
X-Failed-Recipients: anna.winter@home.example
Auto-Submitted: auto-replied
Content-Type: multipart/report; report-type=delivery-status; boundary=1795176000-eximdsn-12345
MIME-Version: 1.0
Subject: Mail delivery failed: returning message to sender

--1795176000-eximdsn-12345
Content-type: text/plain; charset=us-ascii

This message was created automatically by mail delivery software.

  anna.winter@home.example
    host mx.home.example [192.0.2.7]
    SMTP error from remote mail server after RCPT TO:<anna.winter@home.example>:
    550 Unrouteable address

--1795176000-eximdsn-12345
Content-type: message/delivery-status

Reporting-MTA: dns; relay.example

Action: failed
Final-Recipient: rfc822;anna.winter@home.example
Status: 5.0.0
Remote-MTA: dns; mx.home.example
Diagnostic-Code: smtp; 550 Unrouteable address

--1795176000-eximdsn-12345
Content-type: message/rfc822

Return-path: <portal@practice.example>
Received: from plugin by relay.example with esmtps
	id 1abcde-000001-0X; Fri, 20 Nov 2026 12:00:00 +0000
From: Elm Practice <portal@practice.example>
Message-ID: <0123456789abcdef0123456789abcdef@practice.example>


--1795176000-eximdsn-12345--
)";

constexpr std::string_view exchange = R"(From: <postmaster@clinic.example>
To: <portal@practice.example>
Date: Fri, 20 Nov 2026 12:00:07 +0000
Content-Type: multipart/report; report-type=delivery-status;
	boundary="_000_b1c2_"
X-MS-Exchange-Message-Is-Ndr:
Content-Language: en-US
Subject: Undeliverable: Your patient portal
Auto-Submitted: auto-replied
MIME-Version: 1.0

--_000_b1c2_
Content-Type: multipart/alternative; differences=Content-Type;
	boundary="_001_b1c2_"

--_001_b1c2_
Content-Type: text/plain; charset="us-ascii"
Content-Transfer-Encoding: quoted-printable

anna.winter@clinic.example wasn't found at clinic.example.=20

--_001_b1c2_
Content-Type: text/html; charset="us-ascii"

<html><body>Your message couldn't be delivered.</body></html>

--_001_b1c2_--

--_000_b1c2_
Content-Type: message/delivery-status

Reporting-MTA: dns;MAIL7.clinic.example
Received-From-MTA: dns;relay.example
Arrival-Date: Fri, 20 Nov 2026 12:00:05 +0000

Final-Recipient: rfc822;anna.winter@clinic.example
Action: failed
Status: 5.1.10
Diagnostic-Code: smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient anna.winter@clinic.example not found by SMTP address lookup

--_000_b1c2_
Content-Type: text/rfc822-headers

Received: from MAIL9.clinic.example (2001:db8::9) by MAIL7.clinic.example
 (2001:db8::7) with Microsoft SMTP Server (version=TLS1_2) id 15.20; Fri, 20
 Nov 2026 12:00:05 +0000
From: Elm Practice <portal@practice.example>
To: <anna.winter@clinic.example>
Subject: Your patient portal
Message-ID:
	<0123456789abcdef0123456789abcdef@practice.example>

--_000_b1c2_--
)";

constexpr std::string_view gmail = R"(Delivered-To: portal@practice.example
Return-Path: <>
Content-Type: multipart/report; boundary="000000000000a5e0"; report-type=delivery-status
To: portal@practice.example
From: Mail Delivery Subsystem <mailer-daemon@post.example>
Auto-Submitted: auto-replied
Subject: Delivery Status Notification (Failure)

--000000000000a5e0
Content-Type: multipart/related; boundary="000000000000a5e0b9"

--000000000000a5e0b9
Content-Type: multipart/alternative; boundary="000000000000a5e0bf"

--000000000000a5e0bf
Content-Type: text/plain; charset="UTF-8"

** Address not found **

--000000000000a5e0bf
Content-Type: text/html; charset="UTF-8"

<html><body><b>Address not found</b></body></html>
--000000000000a5e0bf--
--000000000000a5e0b9
Content-Type: image/png; name="icon.png"
Content-Disposition: attachment; filename="icon.png"
Content-Transfer-Encoding: base64
Content-ID: <icon.png>

iVBORw0KGgo=
--000000000000a5e0b9--
--000000000000a5e0
Content-Type: message/delivery-status

Reporting-MTA: dns; post.example
Arrival-Date: Fri, 20 Nov 2026 04:00:02 -0800 (PST)
X-Original-Message-ID: <0123456789abcdef0123456789abcdef@practice.example>

Final-Recipient: rfc822; anna.winter@post.example
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550-5.1.1 The email account that you tried to reach does not exist. Please try
 550-5.1.1 double-checking the recipient's email address for typos or
 550-5.1.1 unnecessary spaces. Learn more at
 550 5.1.1  https://help.example/?p=NoSuchUser - gsmtp
Last-Attempt-Date: Fri, 20 Nov 2026 04:00:03 -0800 (PST)

--000000000000a5e0
Content-Type: message/rfc822

From: Elm Practice <portal@practice.example>
To: anna.winter@post.example
Message-ID: <0123456789ABCDEF0123456789ABCDEF@practice.example>
Subject: Your patient portal
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary="inner"

--inner
Content-Type: text/plain

Hello Anna
--inner--

--000000000000a5e0--
)";

constexpr std::string_view sendmail = R"(From: Mail Delivery Subsystem <MAILER-DAEMON@old.example>
To: <portal@practice.example>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status;
	boundary="uAKC0.1795176000/old.example"
Subject: Returned mail: see transcript for details
Auto-Submitted: auto-generated (failure)

This is a MIME-encapsulated message

--uAKC0.1795176000/old.example

The original message was received at Fri, 20 Nov 2026 12:00:00 GMT

   ----- The following addresses had permanent fatal errors -----
<anna.winter@home.example>
    (reason: 550 5.1.1 User unknown)

--uAKC0.1795176000/old.example
Content-Type: message/delivery-status

Reporting-MTA: dns; old.example
Received-From-MTA: DNS; relay.example
Arrival-Date: Fri, 20 Nov 2026 12:00:00 GMT

Final-Recipient: RFC822; anna.winter@home.example
Action: failed (because the mailbox is gone)
Status: 5.1.1
Remote-MTA: DNS; mx.home.example
Diagnostic-Code: SMTP; 550 5.1.1 anna.winter... User unknown
Last-Attempt-Date: Fri, 20 Nov 2026 12:00:01 GMT

--uAKC0.1795176000/old.example
Content-Type: text/rfc822-headers

Return-Path: <portal@practice.example>
Received: from relay.example by old.example id uAKC0; Fri, 20 Nov 2026 12:00:00 GMT
Message-Id: <0123456789abcdef0123456789abcdef@practice.example>
From: "Elm Practice" <portal@practice.example>

--uAKC0.1795176000/old.example--

)";
}  // namespace

const std::vector<SampleReport>& sample_reports() {
    static const std::vector<SampleReport> samples{
        {"Postfix", postfix,
         "550 5.1.1 <address>: Recipient address rejected: User unknown in virtual mailbox table"},
        {"Exim", exim, "5.0.0 550 Unrouteable address"},
        {"Exchange", exchange,
         "550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient <address> not found by SMTP address "
         "lookup"},
        {"Gmail", gmail,
         "550-5.1.1 The email account that you tried to reach does not exist. Please try 550-5.1.1 "
         "double-checking the recipient's email address for typos or 550-5.1.1 unnecessary spaces. "
         "Learn more at 550 5..."},
        {"Sendmail", sendmail, "550 5.1.1 <address>... User unknown"},
    };
    return samples;
}

std::string with_crlf(std::string_view text) {
    std::string lines;
    for (const char c : text) {
        if (c == '\n') lines += '\r';
        lines += c;
    }
    return lines;
}
}  // namespace ppo
