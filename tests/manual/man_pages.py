# SPDX-License-Identifier: Apache-2.0
"""Writes the man pages of the contract from the headers: man_pages.py FOLDER makes ppo_plugin.3 and ppo_host.3.

What the headers say is said once; a test holds the committed pages and the headers together.
"""
import pathlib
import re
import sys

TOP = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(TOP / "tests" / "abi"))
import contract  # noqa: E402
import results  # noqa: E402

DATE = "November 26, 2026"
PLUGIN_TABLES = ("plugin.h", "ui.h", "onboarding.h", "report.h", "selfservice.h", "mail.h", "audit.h", "security.h",
                 "store.h")
PLUGIN_HEAD = r""".\" SPDX-License-Identifier: Apache-2.0
.\" Made from abi/include/ppo by tests/manual/man_pages.py.
.Dd {date}
.Dt PPO_PLUGIN 3
.Os
.Sh NAME
.Nm ppo_plugin
.Nd what a plugin for patient portal onboarding offers to a host EMR
.Sh SYNOPSIS
.In ppo/ppo.h
.Ft const ppo_plugin *
.Fn ppo_plugin_entry "uint32_t abi_major"
.Sh DESCRIPTION
The plugin is a shared library with one exported function.
Load it with
.Xr dlopen 3 ,
.Dv RTLD_NOW | RTLD_LOCAL ,
call the function with
.Dv PPO_ABI_MAJOR ,
and it answers the core table, or
.Dv NULL
if it does not speak this major.
Everything else is asked for by id, with
.Fa query .
.Pp
Results that are positive are good; 0 is never success; negative ones are a refusal
.Pq \-1000 to \-1999 ,
a misuse
.Pq \-2000 to \-2999
or a fault
.Pq \-3000 to \-3999 ,
and the
.Vt ppo_error
of the caller says more.
Text is UTF-8 by pointer and length; what is shown is borrowed for the call; nobody frees what the other side allocated.
The slots of the core table are told in full, those of the other tables in one sentence, with their words on threads
and memory and the refusals that they may answer beside misuses and faults; each slot's comment in the headers says the
rest.
.Pp
The words are
.Li [free] ,
any thread at any time;
.Li [instance] ,
alone in its instance;
.Li [handle] ,
one call at a time a view;
.Li [borrows] ,
what is passed is looked at during the call only;
.Li [opens]
and
.Li [ends] ,
a handle begins or ends;
.Li [static] ,
what is returned stays.
"""
HOST_HEAD = r""".\" SPDX-License-Identifier: Apache-2.0
.\" Made from abi/include/ppo by tests/manual/man_pages.py.
.Dd {date}
.Dt PPO_HOST 3
.Os
.Sh NAME
.Nm ppo_host
.Nd what a host EMR gives to the plugin for patient portal onboarding
.Sh SYNOPSIS
.In ppo/host.h
.Sh DESCRIPTION
A host passes a
.Vt ppo_host
to
.Fa create .
Its core is required; what
.Fa query
answers beyond that is up to the host, and the plugin does without what is not there.
The table, and every table that
.Fa query
returned, must outlive
.Fa destroy .
.Pp
No exception,
.Xr longjmp 3
or cancelled thread may leave a host function.
A function that failed answers a negative result; an answer of 0 counts as a failure.
The plugin holds no lock and no transaction while it calls.
.Pp
A function that is
.Li [inline]
comes only on a thread that is inside a call of the host's; one that is
.Li [anywhere]
comes also from the plugin's own thread, if it has one.
"""
PLUGIN_TAIL = r""".Sh SEE ALSO
.Xr ppo-sim 1 ,
.Xr ppo-validate 1 ,
.Xr ppo_host 3
.Pp
docs/abi.md, docs/tutorial.md and docs/results.md of the package
.Sy ppo-dev .
"""
HOST_TAIL = PLUGIN_TAIL.replace("ppo_host 3", "ppo_plugin 3")


def plain(comment):
    """The comment's paragraphs, without stars."""
    text = re.sub(r"^\s*(?:/\*+|\*/|\*) ?", "", comment.strip(), flags=re.M).replace("*/", "")
    return [" ".join(part.split()) for part in text.strip().split("\n\n") if part.strip()]


def first_sentence(paragraph):
    return re.match(r".*?\.(?= [A-Z]|$)|.*", paragraph)[0].rstrip(":")


def roff(text):
    text = text.replace("\\", r"\e").replace("-1", r"\-1").replace("`", "")
    return re.sub(r"^([.'])", r"\\&\1", text)


def sentences(text):
    """A line for each sentence, as manual pages are written."""
    return [roff(part) for part in re.split(r"(?<=[.;:]) (?=[A-Z])", text)]


def tags_of(paragraphs):
    """The word on threads and the one on memory, as they stand in the headers."""
    return re.match(r"(?:\[\w+\] ?)+", paragraphs[-1])[0].strip()


def tables(header):
    """(table, what it is, its slots as (name, returned, parameters, comment))."""
    text = (contract.INCLUDE / "ppo" / header).read_text(encoding="utf-8")
    comments = {slot: comment for _, slot, comment in contract.slots() if _ == header}
    for match in re.finditer(r"/\*((?:[^*]|\*(?!/))*)\*/\ntypedef struct (ppo_\w+) \{(.*?)\n\} \2;", text, flags=re.S):
        about, table, body = match.groups()
        if table.endswith("_sink") or "PPO_CALL" not in body:
            continue
        slots = [(name, *contract.signature_of(header, name), comments[name])
                 for name in re.findall(r"PPO_CALL \*(\w+)\)\(", body)]
        yield table, " ".join(about.split()), slots


def in_short(comment):
    """What a slot does, and which rules may say no to it."""
    paragraphs = plain(comment)
    refusals = [name.removeprefix("PPO_REFUSED_") for name in dict.fromkeys(results.named_by(comment))
                if name.startswith("PPO_REFUSED_")]
    lines = sentences(first_sentence(paragraphs[0])) + [roff(tags_of(paragraphs))]
    return lines + [".br", "Refuses: " + ", ".join(refusals) + "."] * bool(refusals)


def in_full(comment):
    """The whole of a comment, a paragraph each."""
    lines = []
    for paragraph in plain(comment):
        lines += [".Pp", *sentences(paragraph)]
    return lines[1:]


def of_table(table, about, slots):
    tell = in_full if table in ("ppo_plugin", "ppo_host") else in_short
    lines = [f".Ss {table}", roff(about), ".Bl -tag -width Ds"]
    for name, returned, parameters, comment in slots:
        arguments = " ".join(f'"{part.strip()}"' for part in parameters.split(","))
        lines += [f'.It Ft {returned} Fn "(*{name})" {arguments}', *tell(comment)]
    return lines + [".El"]


def settings():
    """What `create` is told, a member each, and the words for its flags and choices."""
    text = (contract.INCLUDE / "ppo" / "plugin.h").read_text(encoding="utf-8")
    body = contract.structs()["ppo_settings"][1]
    lines = [".Sh SETTINGS", "Members of", ".Vt ppo_settings .",
             "Zero or empty is the default, which stands in brackets.", "Limits of text are bytes.",
             ".Bl -tag -width Ds"]
    for name, comment in re.findall(r"^ +\w+ (\w+); +/\*((?:[^*]|\*(?!/))*)\*/", body, flags=re.M):
        lines += [f".It Va {name}", *sentences(" ".join(comment.split()))]
    constants = re.findall(r"^ +(PPO_\w+) = \d+,? +/\*((?:[^*]|\*(?!/))*)\*/", text, flags=re.M)
    lines += [".El", ".Pp", "Their words:", ".Bl -tag -width Ds"]
    for name, comment in constants:
        lines += [f".It Dv {name}", *sentences(" ".join(comment.split()))]
    return lines + [".El"]


def page(head, headers, tail):
    lines = [head.format(date=DATE).rstrip("\n")]
    for header in headers:
        for table, about, slots in tables(header):
            lines += of_table(table, about, slots)
    if "plugin.h" in headers:
        lines += settings()
    return "\n".join(lines) + "\n" + tail


def pages():
    return {"ppo_plugin.3": page(PLUGIN_HEAD, PLUGIN_TABLES, PLUGIN_TAIL),
            "ppo_host.3": page(HOST_HEAD, ("host.h",), HOST_TAIL)}


if __name__ == "__main__":
    for name, text in pages().items():
        pathlib.Path(sys.argv[1], name).write_text(text, encoding="utf-8")
