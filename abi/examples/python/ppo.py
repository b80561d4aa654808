# SPDX-License-Identifier: Apache-2.0
"""The contract for ctypes: what onboard.py uses of abi/, in the order of the headers. Python's standard library only.

Lessons of this language: declare every argument (ctypes takes an undeclared -1 for 32 bits); a callback that raises
answers something undefined, so each is wrapped and answers PPO_FAULT_HOST; keep a reference to every callback for as
long as the plugin may call it; a callback cannot return a struct, and the contract has none that does.
"""
import ctypes as c
import sys
import traceback

ABI_MAJOR, ABI_MINOR = 1, 0
OK, STOPPED, MORE = 1, 2, 3  # 0 is never success.
REFUSED_UNKNOWN_PATIENT, FAULT_HOST = -1002, -3003
MAY_ONBOARD, MAY_READ_AUDIT = 1, 4
CHART_ACTIVE = 1
COLUMN_STATUS, COLUMN_NAME, COLUMN_EMAIL = 2, 3, 4
LOG_WARNING = 3
TIME_NONE = -(2**63)


class Text(c.Structure):
    """UTF-8 by pointer and length. What it shows lives as long as the Text, or the struct it is put into."""
    _fields_ = [("data", c.c_char_p), ("size", c.c_size_t)]  # c_char_p: ctypes keeps the bytes that it is given.

    @classmethod
    def of(cls, words):
        encoded = words.encode("utf-8")
        return cls(encoded, len(encoded))  # Bytes, not characters.

    def __str__(self):
        return bytes(self).decode("utf-8")

    def __bytes__(self):
        address = c.c_void_p.from_buffer(self).value  # `data` would end at the first NUL.
        return c.string_at(address, self.size) if address else b""


class Error(c.Structure):
    _fields_ = [("struct_size", c.c_uint32), ("result", c.c_int32), ("retry_after_ms", c.c_int64),
                ("code", c.c_char * 48),
                ("field", c.c_char * 48), ("message", c.c_char * 400)]


Error_p = c.POINTER(Error)
Instance = c.c_void_p  # A handle: nothing to look into.


class Sized(c.Structure):
    """A struct whose first member is its size, as this program knows it."""

    @classmethod
    def fresh(cls, **members):
        return cls(struct_size=c.sizeof(cls), **members)


class Patient(Sized):
    _fields_ = [("struct_size", c.c_uint32), ("chart_status", c.c_uint32), ("flags", c.c_uint32),
                ("reserved", c.c_uint32),
                ("id", Text), ("first_name", Text), ("last_name", Text), ("birth_date", Text), ("email", Text),
                ("postal_code", Text), ("language", Text), ("provider", Text), ("tags", c.POINTER(Text)),
                ("tag_count", c.c_uint64), ("next_appointment", c.c_int64), ("last_appointment", c.c_int64)]


class PatientSink(c.Structure):
    Put = c.CFUNCTYPE(c.c_int32, c.c_void_p, c.POINTER(Patient))
    _fields_ = [("context", c.c_void_p), ("put", Put)]


class HostDirectory(Sized):
    Get = c.CFUNCTYPE(c.c_int32, c.c_void_p, c.c_void_p, c.c_size_t, c.POINTER(PatientSink), Error_p)
    Each = c.CFUNCTYPE(c.c_int32, c.c_void_p, c.POINTER(PatientSink), Error_p)
    _fields_ = [("struct_size", c.c_uint32), ("reserved", c.c_uint32), ("get_patient", Get), ("each_patient", Each)]


class Mail(Sized):
    _fields_ = [("struct_size", c.c_uint32), ("flags", c.c_uint32), ("message_id", Text), ("sender", Text),
                ("recipient", Text), ("message", Text)]


class HostMail(Sized):
    Send = c.CFUNCTYPE(c.c_int32, c.c_void_p, c.POINTER(Mail), Error_p)
    _fields_ = [("struct_size", c.c_uint32), ("reserved", c.c_uint32), ("send_mail", Send)]


class Host(Sized):
    Log = c.CFUNCTYPE(None, c.c_void_p, c.c_int32, c.c_void_p, c.c_size_t)
    Now = c.CFUNCTYPE(c.c_int64, c.c_void_p)
    Query = c.CFUNCTYPE(c.c_void_p, c.c_void_p, c.c_void_p, c.c_size_t)
    _fields_ = [("struct_size", c.c_uint32), ("abi_major", c.c_uint32), ("abi_minor", c.c_uint32),
                ("flags", c.c_uint32),
                ("context", c.c_void_p), ("log", Log), ("now", Now), ("query", Query)]


class Settings(Sized):
    _NUMBERS = ("link_identity_check", "first_link_minutes", "reset_link_minutes", "requested_link_minutes",
                "cool_down_seconds", "staff_password_hours", "password_memory_kib", "password_passes")
    _TEXTS = ("store", "key_file", "practice_name", "practice_phone", "portal_url", "mail_transport", "mail_user",
              "mail_password", "mail_sender", "mail_reply_to", "language", "time_zone", "mail_authorities")
    _CAPS = ("mail_connections", "mails_per_minute", "mails_per_day", "patient_mails_per_day", "address_mails_per_day",
             "hold_back_seconds", "reminder_days", "last_reminder_hours", "reminder_most_mails", "profile",
             "source_failures_per_hour", "source_requests_per_hour", "source_requests_per_day", "reserved")
    _fields_ = [("struct_size", c.c_uint32), ("flags", c.c_uint32), *((name, c.c_uint32) for name in _NUMBERS),
                *((name, Text) for name in _TEXTS), *((name, c.c_uint32) for name in _CAPS), ("practice_id", Text),
                ("state_folder", Text), ("restore_generation", c.c_uint64)]


class Caller(Sized):
    _fields_ = [("struct_size", c.c_uint32), ("permissions", c.c_uint32), ("staff_id", Text), ("name", Text),
                ("from_", Text)]


class ReportQuery(Sized):
    _fields_ = [("struct_size", c.c_uint32), ("sort", c.c_uint32), ("descending", c.c_uint32), ("statuses", c.c_uint32),
                ("marks", c.c_uint64), ("access_enabled", c.c_uint32), ("has_username", c.c_uint32), ("search", Text),
                ("tag", Text), ("provider", Text), ("appointment_after", c.c_int64), ("appointment_before", c.c_int64),
                ("cursor", Text), ("limit", c.c_uint64), ("columns", c.POINTER(c.c_uint32)),
                ("column_count", c.c_uint64)]


class Cell(c.Structure):
    _fields_ = [("text", Text), ("number", c.c_int64)]


class Rows(Sized):
    _fields_ = [("struct_size", c.c_uint32), ("column_count", c.c_uint32), ("row_count", c.c_uint64),
                ("cells", c.POINTER(Cell)), ("next_cursor", Text), ("previous_cursor", Text)]


class RowsSink(c.Structure):
    Put = c.CFUNCTYPE(c.c_int32, c.c_void_p, c.POINTER(Rows))
    _fields_ = [("context", c.c_void_p), ("put", Put)]


class Verdict(Sized):
    _fields_ = [("struct_size", c.c_uint32), ("intact", c.c_uint32), ("entries", c.c_uint64),
                ("first_bad_sequence", c.c_uint64), ("flaw", c.c_uint32), ("reserved", c.c_uint32)]


def slot(*arguments, result=c.c_int32):
    return c.CFUNCTYPE(result, *arguments)


Caller_p = c.POINTER(Caller)


class Onboarding(Sized):
    """The first slots of the table; those behind are not called here. struct_size tells how many there are."""
    _fields_ = [("struct_size", c.c_uint32), ("reserved", c.c_uint32), ("get_account", c.c_void_p),
                ("set_access", slot(Instance, Caller_p, Text, c.c_int32, c.c_void_p, Error_p)),
                ("check_username", c.c_void_p), ("set_credentials", c.c_void_p),
                ("send_invitation", slot(Instance, Caller_p, Text, c.c_void_p, Error_p))]


class Report(Sized):
    _fields_ = [("struct_size", c.c_uint32), ("reserved", c.c_uint32),
                ("read", slot(Instance, Caller_p, c.POINTER(ReportQuery), c.POINTER(RowsSink), Error_p))]


class Audit(Sized):
    _fields_ = [("struct_size", c.c_uint32), ("reserved", c.c_uint32), ("read", c.c_void_p),
                ("verify", slot(Instance, Caller_p, c.POINTER(Verdict), Error_p))]


class Plugin(Sized):
    _fields_ = [("struct_size", c.c_uint32), ("abi_major", c.c_uint32), ("abi_minor", c.c_uint32),
                ("flags", c.c_uint32),
                ("name", Text), ("vendor", Text), ("version", Text),
                ("create", slot(c.POINTER(Host), c.POINTER(Settings), c.POINTER(Instance), Error_p)),
                ("work", slot(Instance, c.c_uint32, Error_p)), ("shutdown", slot(Instance, c.c_uint32, Error_p)),
                ("destroy", slot(Instance, result=None)), ("query", slot(Text, result=c.c_void_p))]


def load(path):
    """The core table, or a plain sentence."""
    entry = c.CDLL(path).ppo_plugin_entry  # RTLD_NOW; Python adds RTLD_LOCAL.
    entry.argtypes, entry.restype = [c.c_uint32], c.POINTER(Plugin)
    plugin = entry(ABI_MAJOR)
    if not plugin:
        sys.exit(f"This library does not speak contract {ABI_MAJOR}.")
    return plugin.contents


def table(plugin, kind, name):
    address = plugin.query(Text.of(name))
    if not address:
        sys.exit(f"The plugin has no {name}.")
    return c.cast(address, c.POINTER(kind)).contents


def answering(kind, failed=FAULT_HOST):
    """A callback that never lets an exception out: ctypes would print it and answer something undefined."""
    def wrap(function):
        def guarded(*arguments):
            try:
                return function(*arguments)
            except Exception:  # Whatever it is, the plugin must hear of it.
                traceback.print_exc(limit=1)
                return failed
        return kind(guarded)
    return wrap


def print_layout():
    """The layout as this file has it, for the test that compares it with the headers."""
    for name, kind in {
            "ppo_text": Text, "ppo_error": Error, "ppo_patient": Patient, "ppo_patient_sink": PatientSink,
            "ppo_host_directory_1": HostDirectory, "ppo_mail": Mail, "ppo_host_mail_1": HostMail, "ppo_host": Host,
            "ppo_settings": Settings, "ppo_caller": Caller, "ppo_report_query": ReportQuery, "ppo_cell": Cell,
            "ppo_rows": Rows, "ppo_rows_sink": RowsSink, "ppo_audit_verdict": Verdict, "ppo_onboarding_1": Onboarding,
            "ppo_report_1": Report, "ppo_audit_1": Audit, "ppo_plugin": Plugin}.items():
        for member, *_ in kind._fields_:
            print(f"{name}.{member.rstrip('_')} {getattr(kind, member).offset}")
    for name in ("OK", "STOPPED", "MORE", "REFUSED_UNKNOWN_PATIENT", "FAULT_HOST", "MAY_ONBOARD", "MAY_READ_AUDIT",
                 "CHART_ACTIVE", "COLUMN_STATUS", "COLUMN_NAME", "COLUMN_EMAIL", "LOG_WARNING", "ABI_MAJOR"):
        print(f"PPO_{name} {globals()[name]}")
