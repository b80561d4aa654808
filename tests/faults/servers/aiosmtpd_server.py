# SPDX-License-Identifier: Apache-2.0
"""Debian's aiosmtpd with certificate, STARTTLS required or implicit TLS, and AUTH; says each mail, one JSON a line.

    aiosmtpd_server.py starttls|tls KEY CERTIFICATE USER PASSWORD
"""
import asyncio
import base64
import json
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

MODE, KEY, CERTIFICATE, USER, PASSWORD = sys.argv[1:6]


def say(words):
    print(json.dumps(words), flush=True)


def authenticate(_server, _session, _envelope, _mechanism, given):
    is_known = isinstance(given, LoginPassword) and (given.login, given.password) == (USER.encode(), PASSWORD.encode())
    return AuthResult(success=is_known, auth_data=USER)


class Handler:
    async def handle_DATA(self, _server, session, envelope):
        say({"sender": envelope.mail_from, "recipients": envelope.rcpt_tos, "user": session.auth_data,
             "secure": MODE == "tls" or session.ssl is not None, "smtputf8": envelope.smtp_utf8,
             "raw": base64.b64encode(envelope.original_content).decode()})
        return "250 2.0.0 taken"


async def serve():
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE, KEY)
    starttls = MODE == "starttls"

    def conversation():
        return SMTP(Handler(), enable_SMTPUTF8=True, tls_context=context if starttls else None,
                    require_starttls=starttls, authenticator=authenticate, auth_required=True,
                    auth_require_tls=starttls, loop=asyncio.get_running_loop())

    server = await asyncio.get_running_loop().create_server(conversation, "127.0.0.1", 0,
                                                            ssl=None if starttls else context)
    say({"port": server.sockets[0].getsockname()[1]})
    await server.serve_forever()


asyncio.run(serve())
