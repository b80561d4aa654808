# SPDX-License-Identifier: Apache-2.0
"""A mail server that takes every mail and remembers who got which: it outlives those that talk to it."""
import asyncio
import re
import threading

MESSAGE_ID = re.compile(rb"^Message-ID:\s*<([^>]+)>", re.IGNORECASE | re.MULTILINE)


class Mail:
    def __init__(self, recipient, content, keep):
        found = MESSAGE_ID.search(content)
        self.recipient = recipient
        self.message_id = found.group(1).decode() if found else ""
        self.content = content if keep else b""


class Conversation(asyncio.Protocol):
    def __init__(self, sink):
        self.sink, self.rest, self.recipient, self.in_data = sink, b"", "", False

    def connection_made(self, transport):
        self.transport = transport
        transport.write(b"220 sink.example ESMTP\r\n")

    def data_received(self, data):
        self.rest += data
        while self.take_one():
            pass

    def take_one(self):
        if self.in_data:
            end = self.rest.find(b"\r\n.\r\n")
            if end < 0:
                return False
            content, self.rest = self.rest[:end + 2], self.rest[end + 5:]
            self.in_data = False
            # Remembered before it is answered, as a mail server does.
            self.sink.take(Mail(self.recipient, content.replace(b"\n..", b"\n."), self.sink.keep))
            self.transport.write(b"250 2.0.0 taken\r\n")
            return True
        end = self.rest.find(b"\r\n")
        if end < 0:
            return False
        line, self.rest = self.rest[:end].decode("utf-8", "replace"), self.rest[end + 2:]
        self.answer(line, line[:4].upper())
        return True

    def answer(self, line, command):
        if command == "EHLO":
            self.transport.write(b"250-sink.example\r\n250-8BITMIME\r\n250-ENHANCEDSTATUSCODES\r\n250 SMTPUTF8\r\n")
        elif command == "DATA":
            self.in_data = True
            self.transport.write(b"354 go on\r\n")
        elif command == "QUIT":
            self.transport.write(b"221 2.0.0 bye\r\n")
            self.transport.close()
        else:
            if command == "RCPT":
                self.recipient = line[line.find("<") + 1:line.rfind(">")]
            self.transport.write(b"250 2.0.0 ok\r\n")


class Sink:
    """Serves on a thread of its own until the with-statement ends."""

    def __init__(self, keep=True):
        self.mails, self.keep, self.port = [], keep, 0
        self.changed = threading.Condition()

    def take(self, mail):
        with self.changed:
            self.mails.append(mail)
            self.changed.notify_all()

    def wait_for_more_than(self, count, seconds):
        """How many mails there are, as soon as there are more or the time is over."""
        with self.changed:
            self.changed.wait_for(lambda: len(self.mails) > count, seconds)
            return len(self.mails)

    def __enter__(self):
        started = threading.Event()
        self.loop = asyncio.new_event_loop()

        async def serve():
            self.server = await self.loop.create_server(lambda: Conversation(self), "127.0.0.1", 0, backlog=1000)
            self.port = self.server.sockets[0].getsockname()[1]
            started.set()

        def run():
            self.loop.run_until_complete(serve())
            self.loop.run_forever()

        self.thread = threading.Thread(target=run, daemon=True)
        self.thread.start()
        started.wait()
        return self

    def __exit__(self, *_):
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join()
        self.server.close()
        self.loop.close()
