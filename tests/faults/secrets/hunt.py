# SPDX-License-Identifier: Apache-2.0
"""Secrets to look for, in every form that they take on their way, and the program that looks."""
import base64
import email
import hashlib
import re
import secrets
import subprocess
import tempfile
import unicodedata

LETTERS = "abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789!#%+=?"
FOREIGN = "äöüßéñçøåłžабвгдежзиклмнαβγδεζη日本語東京"
USES = ("link", "digest", "password", "audit", "request", "check", "identifier")


def word(length, letters=LETTERS[:24]):
    return "".join(secrets.choice(letters) for _ in range(length))


def password(number):
    """8 to 64 characters; of every seventh a good part is not ASCII."""
    length = 8 + secrets.randbelow(57)
    if number % 7 != 0:
        return word(length, LETTERS)
    return word(max(12, length), LETTERS + FOREIGN * 2)


def derived_keys(root):
    """crypto_kdf of libsodium: BLAKE2b, keyed by the root, with the number of the use as salt."""
    for number, use in enumerate(USES, 1):
        salt = number.to_bytes(8, "little") + bytes(8)
        yield use, hashlib.blake2b(b"", digest_size=32, key=root, salt=salt, person=b"ppo-keys" + bytes(8)).digest()


def links_in(mail):
    """(patient's number, link, base64 lines that the link stands in) for each part of a mail."""
    message = email.message_from_bytes(mail)
    number = int(re.search(r"p(\d+)@", message["To"]).group(1))
    for part in message.walk():
        if part.is_multipart():
            continue
        text = part.get_payload(decode=True)
        for found in re.finditer(rb"/link/([A-Za-z0-9_-]{43})(?![A-Za-z0-9_-])", text):
            first, last = found.start(1) // 57, (found.end(1) - 1) // 57
            lines = [base64.b64encode(text[at * 57:at * 57 + 57]) for at in range(first, last + 1)]
            yield number, found.group(1).decode(), [line[i:i + 20] for line in lines
                                                    for i in secret_places(line, text, found)]


def secret_places(line, text, found):
    """Where in such a line are twenty characters that stand for the link alone."""
    for at in range(0, len(line) - 20, 4):
        piece = base64.b64decode(line[at:at + 20])
        if piece in found.group(1):
            yield at


class Hunt:
    def __init__(self, program):
        self.program = program
        self.needles = set()
        self.searched = 0

    def seek(self, label, secret, whole=False):
        """What is left of a longer one once its beginning is overwritten gives it away too."""
        pieces = [secret] if whole or len(secret) < 20 else [secret[:12], secret[-12:]]
        for piece in pieces:
            self.needles.add((label, piece))

    def seek_text(self, label, text):
        for form in {text, text.lower(), unicodedata.normalize("NFC", text), unicodedata.normalize("NFD", text)}:
            self.seek(label, form.encode())
            self.seek(label + " in UTF-16", form.encode("utf-16-le"))

    def search(self, places):
        """(label, place, offset) of every find."""
        finds = tempfile.TemporaryFile()  # A pipe that nobody reads yet would stop the hunter.
        hunter = subprocess.Popen([self.program], stdin=subprocess.PIPE, stdout=finds)
        hunter.stdin.write("".join(f"needle\t{label}\t{needle.hex()}\n" for label, needle in self.needles).encode())
        for name, content in places:
            hunter.stdin.write(f"search\t{name}\t{len(content)}\n".encode() + content)
        hunter.stdin.close()
        if hunter.wait() != 0:
            raise AssertionError("the hunter broke")
        finds.seek(0)
        answer = finds.read().decode().splitlines()
        finds.close()
        self.searched = int(answer.pop().split("\t")[1])
        return [(label, name, int(at)) for label, name, at in (line.split("\t") for line in answer)]
