# SPDX-License-Identifier: Apache-2.0
"""The rules of this house that no compiler knows. Every check takes a Tree and yields findings as text."""
import os
import pathlib
import re

import cpp_text

SOURCE = (".cpp", ".hpp", ".c", ".h")
SCRIPT = (".py", ".mjs", ".js", ".css", ".sh", ".cmake")
LEFT_OUT = {"build", "node_modules", ".git", "sample-data", "third_party", "__pycache__", "demo-data"}
SIMULATOR_ROOMS = {"host", "import", "hl7", "scenario", "generate", "web", "bench"}
MOST_FILE_LINES = 400
MOST_FUNCTION_LINES = 60


class Tree:
    """The files of a source tree, read once."""

    def __init__(self, root):
        self.root = pathlib.Path(root)
        self.texts = {}
        for folder, folders, names in os.walk(self.root):
            folders[:] = sorted(name for name in folders if name not in LEFT_OUT)
            for name in sorted(names):
                path = pathlib.Path(folder, name).relative_to(self.root).as_posix()
                if name.endswith(SOURCE + SCRIPT + (".md", ".txt", ".sql", ".html")) or path.startswith("packaging/"):
                    self.texts[path] = pathlib.Path(folder, name).read_text(encoding="utf-8")

    def files(self, under=("",), endings=SOURCE):
        for path, text in self.texts.items():
            if path.startswith(tuple(under)) and path.endswith(tuple(endings)):
                yield path, text


def matrix(tree):
    """Who may include whom, read from the table in docs/architecture.md: {room: set of rooms}."""
    rooms = {}
    for line in tree.texts.get("docs/architecture.md", "").splitlines():
        row = re.fullmatch(r"\| `([\w-]+)/` \| ([^|]*) \|.*", line)
        if row:
            rooms[row[1]] = set(re.findall(r"`([\w-]+)/`", row[2]))
    return rooms


def includes(text):
    directive = r'^[ \t]*#[ \t]*include[ \t]+["<]([^">]+)[">]'
    for match in re.finditer(directive, cpp_text.without_comments(text), flags=re.M):
        yield cpp_text.line_of(text, match.start()), match[1]


def include_matrix(tree):
    """Rooms include only whom the table lets them; the simulator knows abi/ alone, the plugin knows no simulator."""
    allowed = matrix(tree)
    if not allowed:
        yield "docs/architecture.md: the table of who may include whom is missing"
    plugin_rooms = {path.split("/")[1] for path in tree.texts if re.match(r"plugin/[\w-]+/", path)}
    for room in sorted(plugin_rooms - set(allowed)):
        yield f"plugin/{room}: has no row in the table of docs/architecture.md"
    for path, text in tree.files(("plugin/", "host-simulator/", "abi/")):
        house = path.split("/")[0]
        room = path.split("/")[1] if house == "plugin" else house
        own_folders = SIMULATOR_ROOMS if house == "host-simulator" else {room}
        for line, name in includes(text):
            folder = "abi" if name.startswith("ppo/") else name.split("/")[0]
            known = plugin_rooms | SIMULATOR_ROOMS | {"abi", "plugin", "host-simulator"}
            if "/" in name and folder in known - own_folders and folder not in allowed.get(room, set()):
                yield f"{path}:{line}: {room} may not include {name}"


def include_paths(tree):
    """Includes start at the house's folder, and name no header that the tools here cannot read."""
    for path, text in tree.files():
        for line, name in includes(text):
            if ".." in name.split("/"):
                yield f"{path}:{line}: an include goes up with ../"
            if name in ("format", "ranges", "expected"):
                yield f"{path}:{line}: <{name}> is not there on every compiler we build with"


def lengths(tree):
    """Files, functions and lines fit."""
    for path, text in tree.files(endings=SOURCE + (".py", ".mjs", ".js")):
        # Data in raw strings cannot be cut, so it does not count.
        lines = cpp_text.without_raw_strings(text).splitlines() if path.endswith(SOURCE) else text.splitlines()
        columns = 100 if path.endswith((".cpp", ".hpp")) else 120
        if len(lines) > MOST_FILE_LINES:
            yield f"{path}: {len(lines)} lines; split it by noun at {MOST_FILE_LINES}"
        for number, line in enumerate(lines, 1):
            if len(line.rstrip()) > columns:
                yield f"{path}:{number}: {len(line.rstrip())} columns of {columns}"
    for path, text in tree.files(endings=(".cpp", ".hpp", ".c")):
        for first, length in cpp_text.functions(text):
            if length > MOST_FUNCTION_LINES:
                yield f"{path}:{first}: a function of {length} lines; a screen holds {MOST_FUNCTION_LINES}"


def licence(tree):
    """The first line (after #!) names the licence."""
    for path, text in tree.files(endings=SOURCE + (".py", ".mjs", ".js", ".css", ".sh")):
        lines = [line for line in text.splitlines()[:2] if not line.startswith("#!")]
        if not lines or "SPDX-License-Identifier: Apache-2.0" not in lines[0]:
            yield f"{path}:1: the first line should be the SPDX line"
    for path, text in tree.files(endings=(".hpp",)):
        if "\n#pragma once\n" not in text:
            yield f"{path}:1: #pragma once is missing"


SQL = re.compile(r"\bSELECT\b.+\bFROM\b|\bINSERT INTO\b|\bUPDATE \w+ SET\b|\bDELETE FROM\b|\bCREATE (?:TABLE|INDEX)\b"
                 r"|\bBEGIN IMMEDIATE\b|\bORDER BY\b|\bPRAGMA \w", re.S)


def sql_in_store(tree):
    """SQL stands in plugin/store only."""
    for path, text in tree.files(("plugin/",)):
        if not path.startswith("plugin/store/"):
            for line, literal in cpp_text.literals(text):
                if SQL.search(literal):
                    yield f"{path}:{line}: SQL outside plugin/store"


def placeholders(tree):
    """$1, $2 and so on are first used in ascending order: SQLite binds by order of appearance."""
    for path, text in tree.files(("plugin/store/",)):
        for line, literal in cpp_text.literals(text):
            numbers = list(dict.fromkeys(int(number) for number in re.findall(r"\$(\d+)", literal)))
            if numbers != sorted(numbers):
                yield f"{path}:{line}: placeholders are first used in the order {numbers}"


# Statements of a store that has no practices yet, or about practices themselves.
OF_NO_PRACTICE = ("SELECT name, value FROM store_fact ORDER BY name", "INTO practice (", "FROM practice",
                  "sqlite_master", "CREATE INDEX IF NOT EXISTS ", "INTO schema_migration", "FROM schema_migration",
                  "pragma_")
OF_PRACTICE = re.compile(r"\b(?:FROM|JOIN|INTO|UPDATE|ON) (%s)\b" % "|".join((
    "store_fact", "patient", "credential", "invitation", "outbox", "outbox_person", "portal_request", "audit",
    "audit_head", "batch", "batch_person", "delivery_minute", "relay", "mail_template", "try_count", "patient_count",
    "link_expiry_count", "choice_count", "saved_view")))
# Put together with its WHERE, which is looked at there; or made once for the rows of every practice.
IN_PARTS = re.compile(r"\bFROM \w+ ?$|^ ON (?:audit BEGIN SELECT RAISE|audit FOR EACH STATEMENT|patient $)"
                      r"|^ ON patient USING|\bp_practice\b| ON patient FOR EACH ROW ")


def practice_named(tree):
    """Every statement on a practice's table names the practice; what is only put together there is looked at there."""
    for path, text in tree.files(("plugin/store/",), (".cpp", ".hpp")):
        if path.endswith("/move_store.cpp"):  # It takes every practice along.
            continue
        for line, literal in cpp_text.literals(text):
            is_part = re.match(r"\s*WHERE ", literal)
            excused = any(part in literal for part in OF_NO_PRACTICE)
            if excused or not (is_part or OF_PRACTICE.search(literal)):
                continue
            if not IN_PARTS.search(literal) and not re.search(r":practice|(?:NEW|OLD)\.practice", literal):
                yield f"{path}:{line}: a statement that does not name the practice"


def mirror(tree):
    """Every plugin/<room>/<x>.cpp has tests/<room>/<x>_test.cpp, or a line with its reason; and the other way round."""
    excused = {}
    for line in tree.texts.get("tests/tidy/tested-elsewhere.txt", "").splitlines():
        if line and not line.startswith("#"):
            path, _, reason = line.partition(": ")
            excused[path] = reason
    for path, _ in tree.files(("plugin/",), (".cpp",)):
        test = "tests/" + path[len("plugin/"):-len(".cpp")] + "_test.cpp"
        if test not in tree.texts and not excused.get(path):
            yield f"{path}: has neither {test} nor a reason in tests/tidy/tested-elsewhere.txt"
        if test in tree.texts and path in excused:
            yield f"tests/tidy/tested-elsewhere.txt: {path} has its own test now"
    for path in sorted(excused):
        if path not in tree.texts:
            yield f"tests/tidy/tested-elsewhere.txt: there is no {path}"
    rooms = {path.split("/")[1] for path, _ in tree.files(("plugin/",)) if path.count("/") == 2}
    for path, _ in tree.files(tuple(f"tests/{room}/" for room in rooms) or ("none",), ("_test.cpp",)):
        source = "plugin/" + path[len("tests/"):-len("_test.cpp")]
        if not any(source + ending in tree.texts for ending in (".cpp", ".hpp")):
            yield f"{path}: there is no {source}.cpp or .hpp that it could test"


UNFINISHED = re.compile(r"\b(?:TO" r"DO|FIX" r"ME|XX" r"X|HA" r"CK)\b")
SLEEPS = re.compile(r"\b(?:sleep_for|sleep_until|usleep|nanosleep|waitForTimeout)\b"
                    r"|\bsleep\s*\(|\bsleep \d|Thread::sleep")
MACHINE = re.compile(r"(?<![\w.])/(?:home|root|w[o]rk|Users)/\w")


def words(tree):
    """Nothing unfinished, no test that sleeps, no plugin that prints, no path of one machine."""
    for path, text in tree.files(endings=("",)):
        if path.startswith("tests/tidy/"):
            continue  # Here stand the examples of what is forbidden.
        code = cpp_text.without_comments(text) if path.endswith(SOURCE) else text
        for number, (line, coded) in enumerate(zip(text.splitlines(), code.splitlines()), 1):
            if UNFINISHED.search(line):
                yield f"{path}:{number}: reads as unfinished"
            if path.startswith("tests/") and SLEEPS.search(coded):
                yield f"{path}:{number}: a test that sleeps; give it the time, or wait for the condition"
            if path.startswith("plugin/") and re.search(r"\bstd::(?:cout|cerr|clog)\b|\bprintf\s*\(", coded):
                yield f"{path}:{number}: the plugin prints; it has the host's log"
            if MACHINE.search(line):
                yield f"{path}:{number}: a path of one machine"


PRIVATE = re.compile(r"\b\w*(?:password|email|e_mail|recipient|birth_date|first_name|last_name|secret|link)\b\w*", re.I)


def privacy(tree):
    """No password, link, e-mail address or patient value is handed to a log or an exception."""
    call = re.compile(r"(?:\blog(?:_\w+)?|\bwarn|\bcomplain)\s*\(|\bthrow\s+[\w:]+\s*[({]")
    for path, text in tree.files(("plugin/",), (".cpp", ".hpp")):
        code = cpp_text.bare(text)
        for match in call.finditer(code):
            arguments = code[match.end(): code.find(";", match.end())]
            private = PRIVATE.search(arguments)
            if private:
                yield f"{path}:{cpp_text.line_of(text, match.start())}: {private[0]} in a log line or exception"


# What belongs to the process, and with that to the host; see docs/isolation.md.
OF_THE_HOST = re.compile(r"\bPoco/(?:Logger|ThreadPool|TaskManager|Timer|ErrorHandler|Data/SessionPool|Net/SSLManager"
                         r"|Util/\w+)\.h\b|\bLogger::|\bErrorHandler::set\b|\bThreadPool::defaultPool\b|\bSSLManager::"
                         r"|\b(?:un)?initialize(?:SSL|Crypto|Network)\b|\bunregisterConnector\b|\blocale::global\b"
                         r"|\b(?:setlocale|setenv|putenv|chdir|umask|sigaction|signal|atexit|pthread_key_create"
                         r"|sqlite3_config|sqlite3_auto_extension|u_cleanup|u_setDataDirectory|OPENSSL_cleanup)\s*\("
                         r"|\bRTLD_(?:GLOBAL|DEEPBIND)\b")
# Threads of the host outlive the plugin: what they keep of it must need no end. Nor must Poco be called by what ends
# last or begins first.
KEPT = re.compile(r"\bthread_local\s+(?!(?:const\s+)?(?:std::)?(?:u?int\d*(?:_t)?|bool|minstd_rand)\s)"
                  r"|\bstatic\s+(?:const\s+)?(?:inline\s+)?Poco::[\w:]+(?:<[^;()]*>)?\s+\w+\s*[;{=]")


def isolation(tree):
    """The plugin leaves alone what is the process's, and keeps nothing that must be taken down with a host's thread."""
    for path, text in tree.files(("plugin/",), (".cpp", ".hpp")):
        code = cpp_text.without_comments(text)
        for what, why in ((OF_THE_HOST, "is the whole process's"), (KEPT, "outlives the plugin")):
            for match in what.finditer(code):
                yield f"{path}:{cpp_text.line_of(text, match.start())}: {match[0].strip()} {why}"


def links(tree):
    """Links in documents lead to files that are there."""
    for path, text in tree.files(endings=(".md",)):
        for match in re.finditer(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)", text):
            if not (tree.root / path).parent.joinpath(match[1]).exists():
                yield f"{path}:{cpp_text.line_of(text, match.start())}: {match[1]} is not there"


ALL = (include_matrix, include_paths, lengths, licence, sql_in_store, placeholders, practice_named,
       mirror, words, privacy, isolation, links)
