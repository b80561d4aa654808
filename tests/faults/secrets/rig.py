# SPDX-License-Identifier: Apache-2.0
"""The host process: its workers' pipes, and its memory as its parent sees it."""
import os
import re
import subprocess


class Host:
    def __init__(self, program, module, folder):
        pairs = [(os.pipe(), os.pipe()) for _ in range(2)]  # (commands), (answers) of each worker.
        ends = [end for commands, answers in pairs for end in (commands[0], answers[1])]
        self.process = subprocess.Popen([program, module, str(folder), *map(str, ends)], pass_fds=ends,
                                        stdin=subprocess.DEVNULL)
        for end in ends:
            os.close(end)
        self.to = [os.fdopen(commands[1], "wb", buffering=0) for commands, _ in pairs]
        self.answers = [os.fdopen(answers[0], "rb") for _, answers in pairs]

    def ask(self, turn, *command, expect):
        """The result, then what the host was told to show."""
        self.to[turn].write("\t".join(command).encode() + b"\n")
        parts = self.answers[turn].readline().decode().rstrip("\n").split("\t")
        result, sentence = int(parts[-2]), parts[-1]
        if expect is not None and result != expect:
            raise AssertionError(f"{command[0]}: {result} instead of {expect}: {sentence}")
        return [result, *parts[:-2]]

    def mappings(self):
        """(name, begin, end) of everything that can be written."""
        with open(f"/proc/{self.process.pid}/maps", encoding="utf-8") as lines:
            for line in lines:
                parts = line.split(None, 5)
                if parts[1].startswith("rw"):
                    begin, end = (int(part, 16) for part in parts[0].split("-"))
                    yield f"{parts[0]} {parts[5].strip() if len(parts) > 5 else ''}".strip(), begin, end

    def memory(self):
        with open(f"/proc/{self.process.pid}/mem", "rb", buffering=0) as memory:
            for name, begin, end in self.mappings():
                memory.seek(begin)
                bytes_ = b""
                while len(bytes_) < end - begin:
                    more = memory.read(end - begin - len(bytes_))
                    if not more:
                        raise AssertionError(f"{name} cannot be read")
                    bytes_ += more
                yield name, bytes_

    def flags_of(self, name):
        with open(f"/proc/{self.process.pid}/smaps", encoding="utf-8") as file:
            text = file.read()
        return re.search(re.escape(name.split()[0]) + r".*?VmFlags: ([^\n]*)", text, re.DOTALL).group(1).split()

    def close(self):
        for end in self.to:
            end.close()
        if self.process.wait(60) != 0:
            raise AssertionError(f"the host ended with {self.process.returncode}")
        for end in self.answers:
            end.close()
