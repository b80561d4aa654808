// SPDX-License-Identifier: Apache-2.0
// A mail server that takes its time with each mail, so that a batch runs while somebody looks at it.
import { createServer } from 'node:net';

class Conversation {
    constructor(socket, pace, recipients) {
        Object.assign(this, { socket, pace, recipients, said: '', in_mail: false, recipient: '' });
        socket.on('error', () => {});
        socket.on('data', (piece) => this.read(piece));
        this.answer('220 Hello');
    }

    answer(line) {
        if (!this.socket.destroyed) this.socket.write(line + '\r\n');
    }

    read(piece) {
        this.said += piece;
        for (;;) {
            const mark = this.in_mail ? '\r\n.\r\n' : '\r\n';
            const end = this.said.indexOf(mark);
            if (end < 0) return;
            const part = this.said.slice(0, end);
            this.said = this.said.slice(end + mark.length);
            if (this.in_mail) this.take();
            else this.obey(part);
        }
    }

    obey(line) {
        const word = line.slice(0, 4).toUpperCase();
        if (word === 'RCPT') this.recipient = /<(.*)>/.exec(line)[1];
        this.in_mail = word === 'DATA';
        this.answer(this.in_mail ? '354 Go on' : word === 'QUIT' ? '221 Bye' : '250 Fine');
        if (word === 'QUIT') this.socket.end();
    }

    take() {
        this.in_mail = false;
        const recipient = this.recipient;
        setTimeout(() => {
            if (this.socket.destroyed) return;
            this.recipients.push(recipient);
            this.answer('250 Taken');
        }, this.pace);
    }
}

/** `pace`: milliseconds for each mail. */
export async function open_mail_server(pace) {
    const recipients = [];
    const sockets = new Set();
    const server = createServer((socket) => {
        sockets.add(socket);
        socket.on('close', () => sockets.delete(socket));
        new Conversation(socket, pace, recipients);
    });
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    return {
        transport: `smtp://127.0.0.1:${server.address().port}`,
        recipients,
        close() {
            for (const socket of sockets) socket.destroy();
            return new Promise((resolve) => server.close(resolve));
        },
    };
}
