# SPDX-License-Identifier: Apache-2.0
"""C and C++ source as the checks see it: code without comments, its string literals, its functions."""
import re

TOKEN = re.compile(r'//[^\n]*|/\*.*?\*/|R"(\w*)\((.*?)\)\1"|"((?:[^"\\\n]|\\.)*)"|(?<!\d)\'(?:[^\'\\\n]|\\.)+\'', re.S)


def blank(text):
    return re.sub(r"[^\n]", " ", text)


def without_comments(text):
    """Comments become blanks, so that lines and columns stay."""
    return TOKEN.sub(lambda match: blank(match[0]) if match[0].startswith(("//", "/*")) else match[0], text)


def without_raw_strings(text):
    """Of raw strings only their line ends stay."""
    return TOKEN.sub(lambda match: re.sub(r"[^\n]", "", match[0]) if match[0].startswith("R") else match[0], text)


def bare(text):
    """Comments and the insides of literals become blanks."""
    return TOKEN.sub(lambda match: blank(match[0]), text)


def line_of(text, position):
    return text.count("\n", 0, position) + 1


def literals(text):
    """(line, text) of every string literal; neighbours that the compiler joins come as one."""
    joined, last_end = [], None
    for match in TOKEN.finditer(text):
        if match[0].startswith(("//", "/*", "'")):
            continue
        content = match[2] if match[2] is not None else match[3]
        if last_end is not None and not without_comments(text[last_end:match.start()]).strip():
            joined[-1] = (joined[-1][0], joined[-1][1] + content)
        else:
            joined.append((line_of(text, match.start()), content))
        last_end = match.end()
    return joined


CONTAINER = re.compile(r'\b(?:namespace|class|struct|union|enum)\b|\bextern\s*$')


def functions(text):
    """(first line, number of lines) of every function body at namespace or class level."""
    code = re.sub(r"^[ \t]*#(?:[^\n]*\\\n)*[^\n]*", lambda match: blank(match[0]), bare(text), flags=re.M)
    code = re.sub(r"\b(?:public|protected|private)\s*:(?!:)", lambda match: blank(match[0]), code)
    found, stack, head, start = [], [], 0, 0
    for match in re.finditer(r"[{};]", code):
        here = match.start()
        outside = all(kind == "container" for kind, _ in stack)
        if match[0] == "{":
            words = code[head:here]
            stripped = words.strip()
            if outside and stripped and not stripped.startswith((",", ")")):
                start = here - len(words.lstrip())
            continues = outside and (not stripped or stripped.startswith((",", ")")))
            if CONTAINER.search(words) and "(" not in re.sub(r"alignas\([^)]*\)|\[\[.*?\]\]", "", words):
                stack.append(("container", here))
            else:
                stack.append(("function" if outside and (")" in words or continues) else "other", start))
        elif match[0] == "}" and stack:
            kind, begun = stack.pop()
            if kind == "function":
                first = line_of(code, begun)
                found.append((first, line_of(code, here) - first + 1))
        head = here + 1
    return found
