// SPDX-License-Identifier: Apache-2.0
// npm's smtp-server with certificate and AUTH; says each mail as mailparser reads it, one JSON a line.
//   parsing_server.mjs starttls|tls KEY CERTIFICATE USER PASSWORD
import { readFileSync } from "node:fs";
import { simpleParser } from "mailparser";
import { SMTPServer } from "smtp-server";

const [mode, key, certificate, user, password] = process.argv.slice(2);
const say = (words) => process.stdout.write(JSON.stringify(words) + "\n");

async function takeMail(stream, session, done) {
    const pieces = [];
    for await (const piece of stream) pieces.push(piece);
    const raw = Buffer.concat(pieces);
    const mail = await simpleParser(raw, { skipTextToHtml: true, skipHtmlToText: true, skipImageLinks: true });
    say({
        sender: session.envelope.mailFrom.address,
        recipients: session.envelope.rcptTo.map((recipient) => recipient.address),
        secure: session.secure,
        user: session.user,
        raw: raw.toString("base64"),
        parsed: {
            subject: mail.subject,
            from: mail.from.value.map(({ name, address }) => [name, address]),
            reply_to: mail.replyTo.value.map(({ address }) => address),
            to: mail.to.value.map(({ address }) => address),
            message_id: mail.messageId,
            auto_submitted: mail.headers.get("auto-submitted"),
            date: mail.date.getTime(),
            text: mail.text,
            html: mail.html,
            attachments: mail.attachments.length,
        },
    });
    done(null, "taken");
}

const server = new SMTPServer({
    secure: mode === "tls",
    key: readFileSync(key),
    cert: readFileSync(certificate),
    hideSMTPUTF8: false,
    disabledCommands: [],
    authOptional: false,
    onAuth(auth, session, done) {
        const known = session.secure && auth.username === user && auth.password === password;
        done(known ? null : new Error("Authentication failed"), { user });
    },
    onData(stream, session, done) {
        takeMail(stream, session, done).catch(done);
    },
});
server.on("error", (error) => process.stderr.write(`${error.message}\n`));
server.listen(0, "127.0.0.1", () => say({ port: server.server.address().port }));
