# SPDX-License-Identifier: Apache-2.0
"""Writes docs/results.md from results.h: results.py > docs/results.md. A test holds the two together."""
import pathlib
import re
import sys

TOP = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(TOP / "tests" / "abi"))
import contract  # noqa: E402

HEAD = """# Results

Every answer of the contract. The number is what a call returns; `ppo_error.code` is the name without `PPO_`, in lower
case. What a host does about each kind is in [the contract in words](abi.md#errors). `ppo_error.message` has the
sentence for people.

*Said by* are the slots whose comments name the result, as `header.slot`; where they are many, their headers alone.

Made from `abi/include/ppo/results.h` by `tests/manual/results.py`.
"""
MOST_SLOTS = 6
# Where no slot's comment names it.
ELSEWHERE = {
    "PPO_OK": "every slot",
    "PPO_STOPPED": "slots with a sink that is called more than once",
    "PPO_MORE": "`plugin.work`",
    "PPO_REFUSED_TOO_MANY_MAILS": "`onboarding.send_invitation`, and batches as the reason of a skip",
    "PPO_REFUSED_ALREADY_SIGNED_IN": "batches, as the reason of a skip",
    "PPO_REFUSED_CHART_UNREADABLE": "`onboarding.send_invitation`, and batches as the reason of a skip",
    "PPO_MISUSE_SETTING": "`plugin.create`",
    "PPO_MISUSE_UNKNOWN_ID": "slots that take a view, field, action, column or format",
    "PPO_FAULT_LIBRARY": "`plugin.create`",
    "PPO_FAULT_STORE_NEWER": "`plugin.create`",
    "PPO_FAULT_KEYS": "`plugin.create`; later, where a secret's key is not there"}
KINDS = (("Good", lambda value, name: value > 0),
         ("Refused: a rule says no, show the sentence", lambda value, name: -2000 < value < 0 and "_MAIL_" not in name),
         ("Answers of a host's own mail transport", lambda value, name: "REFUSED_MAIL_" in name),
         ("Misuse: the caller erred, mend it", lambda value, name: -3000 < value <= -2000),
         ("Fault: a machine broke", lambda value, name: value <= -3000))
def meanings():
    """{constant: what its comment says}."""
    text = (contract.INCLUDE / "ppo" / "results.h").read_text(encoding="utf-8")
    found = {}
    for name, comment in re.findall(r"^ +(PPO_\w+) = -?\d+,?[ ]*(?:/\*((?:[^*]|\*(?!/))*)\*/)?", text, flags=re.M):
        found[name] = " ".join(comment.split())
    return found


def named_by(comment):
    """Results that a slot's comment names: in full, short, or as a family (`_USERNAME_*`)."""
    yield from contract.results_in(comment)
    families = re.findall(r"_([A-Z]+)_\*", comment)
    for name in meanings():
        if any(name.startswith(f"PPO_REFUSED_{family}_") for family in families):
            yield name


def said_by():
    """{constant: where it comes from, as text}."""
    slots = {}
    for header, slot, comment in contract.slots():
        for name in named_by(comment):
            slots.setdefault(name, {})[f"`{header.removesuffix('.h')}.{slot}`"] = f"`{header}`"
    return {name: ", ".join(found if len(found) <= MOST_SLOTS else sorted(set(found.values())))
            for name, found in slots.items()}


def document():
    lines, figures, sources = [HEAD], contract.figures(), said_by()
    for title, belongs in KINDS:
        of_all = title.startswith(("Misuse", "Fault"))  # A comment that names one tells of a reason more.
        lines.append(f"## {title}\n\n| Constant | Number | Means | Said by |\n| --- | --- | --- | --- |")
        for name, said in meanings().items():
            if belongs(figures[name], name):
                source = ELSEWHERE.get(name) or ("every slot" if of_all else sources.get(name, ""))
                lines.append(f"| `{name}` | {figures[name]} | {said} | {source} |")
        lines.append("")
    return "\n".join(lines).rstrip("\n") + "\n"


if __name__ == "__main__":
    sys.stdout.write(document())
