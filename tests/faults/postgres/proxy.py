# SPDX-License-Identifier: Apache-2.0
"""Stands between a client and a PostgreSQL server, understands where each message of protocol version 3 ends, and at
the message that it was told goes wrong the way it was told. Without TLS, which would hide the messages from it."""
import socket
import struct
import threading

FROM_CLIENT, FROM_SERVER = ">", "<"
SSL_REQUEST, GSS_REQUEST, CANCEL = 80877103, 80877104, 80877102
CLOSE, RESET, STALL = "closed", "reset", "stalled"


def text_in(kind, body):
    """What a message is about, as far as a person wants to know: SQL text, a command's tag, an error's code."""
    if kind == "P":
        return body.split(b"\0")[1].decode("utf-8", "replace")
    if kind == "C":
        return body.rstrip(b"\0").decode("ascii", "replace")
    return ""


class Wire:
    """One connection through the proxy: two threads, one a direction."""

    def __init__(self, proxy, client):
        self.proxy, self.client = proxy, client
        self.lock, self.has_ended = threading.Lock(), False
        self.server = socket.create_connection(("127.0.0.1", proxy.server_port))
        for end in (self.client, self.server):
            end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.is_framed = {FROM_CLIENT: False, FROM_SERVER: True}  # A client's first message has no letter.
        self.single_bytes = 0  # Answers to a wish for encryption are one byte each.
        for way in (FROM_CLIENT, FROM_SERVER):
            threading.Thread(target=self.carry, args=(way,), daemon=True).start()

    def ends(self, way):
        return (self.client, self.server) if way == FROM_CLIENT else (self.server, self.client)

    def carry(self, way):
        source, sink = self.ends(way)
        rest = b""
        try:
            while data := source.recv(65536):
                rest = self.pass_on(way, rest + data, sink)
        except OSError:
            pass
        self.end(CLOSE)

    def pass_on(self, way, data, sink):
        """Forwards every whole message, one at a time; gives back what is not whole yet."""
        while (message := self.take(way, data)) is not None:
            size, kind, body = message
            if not self.proxy.may_pass(self, way, kind, text_in(kind, body)):
                raise OSError
            sink.sendall(data[:size])
            data = data[size:]
        return data

    def take(self, way, data):
        if way == FROM_SERVER and self.single_bytes and data:
            self.single_bytes -= 1
            return 1, "", b""
        begin = 1 if self.is_framed[way] else 0
        if len(data) < begin + 4:
            return None
        size = begin + struct.unpack_from("!I", data, begin)[0]
        if len(data) < size:
            return None
        kind, body = data[:begin].decode("latin-1"), data[begin + 4:size]
        if not begin:
            if struct.unpack_from("!I", body)[0] in (SSL_REQUEST, GSS_REQUEST):
                self.single_bytes += 1
            else:
                self.is_framed[way] = True
        return size, kind, body

    def end(self, how):
        """Both ends learn it at once: politely, or by the reset of a connection that nobody knows. What waits for data
        here is woken first, for until then a socket is not closed."""
        with self.lock:
            if self.has_ended:
                return
            self.has_ended = True
        for end in (self.client, self.server):
            try:
                if how == RESET:
                    end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                    end.shutdown(socket.SHUT_RD)
                else:
                    end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
            end.close()


class Proxy:
    """Listens until the with-statement ends. Nothing goes wrong until `arm`."""

    def __init__(self, server_port):
        self.server_port = server_port
        self.lock = threading.Lock()
        self.go_on = threading.Event()
        self.wires = []
        self.disarm()

    def __enter__(self):
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=200)
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.disarm()
        self.listener.close()
        for wire in self.wires:
            wire.end(CLOSE)

    def accept(self):
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            try:
                self.wires.append(Wire(self, client))
            except OSError:  # The server is not there: then nobody is.
                client.close()

    def arm(self, at, how, seconds=0):
        """The `at`-th message from now on, in either direction on whatever connection, does not arrive: its connection
        is closed or reset instead. A stalled one arrives, and everything behind it, once the seconds are over, or at
        `disarm` if there are none."""
        with self.lock:
            self.messages, self.at, self.how, self.seconds = [], at, how, seconds
            self.go_on.clear()

    def disarm(self):
        with self.lock:
            self.messages, self.at, self.how, self.seconds = [], 0, CLOSE, 0
            self.go_on.set()

    def was_reached(self):
        with self.lock:
            return 0 < self.at <= len(self.messages)

    def may_pass(self, wire, way, kind, text):
        with self.lock:
            self.messages.append(f"{way}{kind} {text}".strip())
            if len(self.messages) != self.at:
                return True
            how, seconds = self.how, self.seconds
        if how != STALL:
            wire.end(how)
            return False
        self.go_on.wait(seconds or None)
        return True

    def counted(self):
        with self.lock:
            return list(self.messages)
