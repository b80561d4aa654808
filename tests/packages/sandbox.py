# SPDX-License-Identifier: Apache-2.0
"""Puts a process under the limits of a unit without systemd: its user, its file mask, no new rights, its system calls.

The filter is made of systemd's own lists, so it allows what systemd would.
"""
import ctypes
import ctypes.util
import errno
import os
import subprocess

ALLOW = 0x7FFF0000
ERRNO = 0x00050000
CMP_NE, CMP_LT, CMP_MASKED_EQ = 1, 2, 7  # enum scmp_compare
PROT_WRITE, PROT_EXEC = 2, 4
NOBODY = 65534


class Comparison(ctypes.Structure):
    _fields_ = [("arg", ctypes.c_uint), ("op", ctypes.c_int), ("a", ctypes.c_uint64), ("b", ctypes.c_uint64)]


def calls_of(group):
    """The names of a set such as @system-service, sets in it included."""
    text = subprocess.run(["systemd-analyze", "syscall-filter", group], check=True, capture_output=True, text=True,
                          env={**os.environ, "SYSTEMD_COLORS": "0", "SYSTEMD_PAGER": "cat"}).stdout
    words = [line.strip() for line in text.splitlines()[1:]]
    calls = {word for word in words if word and not word.startswith(("#", "@"))}
    return calls.union(*(calls_of(word) for word in words if word.startswith("@")))


def allowed_calls(filters):
    """What SystemCallFilter= allows, given its values from top to bottom."""
    allowed = set()
    for value in filters:
        taken_away = value.startswith("~")
        named = set().union(*(calls_of(word) if word.startswith("@") else {word} for word in value.lstrip("~").split()))
        allowed = allowed - named if taken_away else allowed | named
    return allowed


class Limits:
    """Made before the fork; `enter` is for between fork and exec."""

    def __init__(self, calls, families, writable_code):
        self.library = ctypes.CDLL("libseccomp.so.2", use_errno=True)
        self.library.seccomp_init.restype = ctypes.c_void_p
        context = ctypes.c_void_p(self.library.seccomp_init(ERRNO | errno.EPERM))
        number = self.library.seccomp_syscall_resolve_name
        numbers = {name: number(name.encode()) for name in calls | {"execve"}}
        restricted = {"socket", *(() if writable_code else ("mmap", "mprotect", "pkey_mprotect"))}
        for name, each in numbers.items():
            if each >= 0 and name not in restricted:
                self.add(context, each)
        for family in families:
            self.add(context, numbers["socket"], Comparison(0, 4, family, 0))  # SCMP_CMP_EQ
        if not writable_code:
            for one in (0, PROT_WRITE, PROT_EXEC):  # Never both.
                both = PROT_WRITE | PROT_EXEC
                self.add(context, numbers["mmap"], Comparison(2, CMP_MASKED_EQ, both, one))
            for name in ("mprotect", "pkey_mprotect"):
                self.add(context, number(name.encode()), Comparison(2, CMP_MASKED_EQ, PROT_EXEC, 0))
        self.context = context

    def add(self, context, number, *comparisons):
        array = (Comparison * len(comparisons))(*comparisons)
        done = self.library.seccomp_rule_add_array(context, ctypes.c_uint32(ALLOW), number, len(comparisons), array)
        if done != 0:
            raise OSError(-done, f"system call {number}")

    def enter(self):
        os.umask(0o077)
        if os.geteuid() == 0:
            os.setgroups([])
            os.setgid(NOBODY)
            os.setuid(NOBODY)
        done = self.library.seccomp_load(self.context)  # Sets no_new_privs too.
        if done != 0:
            raise OSError(-done, "seccomp_load")
