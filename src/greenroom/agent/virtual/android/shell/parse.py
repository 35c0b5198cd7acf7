"""A shell line as data: lists of pipelines of commands, with their words still to be expanded.

What clients of ADB write is covered: quotes, `;`, `&&`, `||`, `|`, `&`, redirections, assignments, comments.
Compound commands (if, for, functions) are refused as a syntax error.
"""

import re
from dataclasses import dataclass, field
from typing import Literal

Joint = Literal[";", "&&", "||", "&"]
OPERATORS = ("&&", "||", ";", "|", "&", "\n")
REDIRECTION = re.compile(r"([012]?)(>>|>&|>|<)|(&>)")
COMPOUND = frozenset({"if", "for", "while", "until", "case", "function", "{", "(", "do", "then"})
ASSIGNMENT = re.compile(r"[A-Za-z_]\w*=")


class BadSyntax(ValueError):
    """The line is not understood; the text is what the shell says."""


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a word: `live` pieces are expanded, `bare` ones may hold patterns too."""

    text: str
    live: bool
    bare: bool


Word = tuple[Part, ...]


@dataclass(slots=True)
class Redirection:
    number: int
    kind: str  # ">", ">>", "<" or ">&"
    target: Word


@dataclass(slots=True)
class Simple:
    """One command: assignments before it, its words, its redirections."""

    words: list[Word] = field(default_factory=list)
    redirections: list[Redirection] = field(default_factory=list)


@dataclass(slots=True)
class Pipeline:
    joint: Joint  # how it hangs on the one before; the first one has ";"
    commands: list[Simple] = field(default_factory=list)
    background: bool = False


def parse(text: str) -> list[Pipeline]:
    """The pipelines of a script in order; BadSyntax where it is not understood."""
    found: list[Pipeline] = []
    pipeline, command = Pipeline(";"), Simple()
    at = 0
    while at < len(text):
        if text[at] in " \t\r":
            at += 1
        elif text[at] == "#":
            at = text.find("\n", at) if "\n" in text[at:] else len(text)
        elif operator := next((one for one in OPERATORS if text.startswith(one, at)), None):
            if operator == "&" and text.startswith("&>", at):
                at = _redirect(text, at, command)
                continue
            at += len(operator)
            if not command.words and not command.redirections:
                if operator in (";", "\n") and not pipeline.commands:
                    continue
                raise BadSyntax(f"syntax error: unexpected '{operator}'")
            pipeline.commands.append(command)
            command = Simple()
            if operator != "|":
                pipeline.background = operator == "&"
                found.append(pipeline)
                pipeline = Pipeline(";" if operator in (";", "\n", "&") else "&&" if operator == "&&" else "||")
        elif REDIRECTION.match(text, at):
            at = _redirect(text, at, command)
        else:
            word, at = _word(text, at)
            if not command.words and len(word) == 1 and word[0].bare and word[0].text in COMPOUND:
                raise BadSyntax(f"syntax error: '{word[0].text}' is not supported by this shell")
            command.words.append(word)
    if command.words or command.redirections:
        pipeline.commands.append(command)
    elif pipeline.commands or pipeline.joint != ";":
        raise BadSyntax("syntax error: unexpected EOF")
    if pipeline.commands:
        found.append(pipeline)
    return found


def _redirect(text: str, at: int, command: Simple) -> int:
    match = REDIRECTION.match(text, at)
    if match is None:
        raise BadSyntax("syntax error: redirection")
    at = match.end()
    while text[at : at + 1] in (" ", "\t"):
        at += 1
    target, at = _word(text, at)
    if not target:
        raise BadSyntax("syntax error: unexpected newline")
    if match[3]:
        command.redirections.append(Redirection(1, ">", target))
        command.redirections.append(Redirection(2, ">&", (Part("1", False, True),)))
        return at
    number = int(match[1]) if match[1] else 0 if match[2] == "<" else 1
    command.redirections.append(Redirection(number, match[2], target))
    return at


def _word(text: str, at: int) -> tuple[Word, int]:
    """The word that begins at `at`, and where it ends."""
    parts: list[Part] = []
    plain: list[str] = []

    def flush() -> None:
        if plain:
            parts.append(Part("".join(plain), live=True, bare=True))
            plain.clear()

    while at < len(text) and text[at] not in " \t\r\n;|&<>":
        mark = text[at]
        if mark in "'\"":
            flush()
            quoted, at = _quoted(text, at)
            parts.append(quoted)
        elif mark == "\\" and at + 1 < len(text):
            flush()
            parts.append(Part(text[at + 1], live=False, bare=False))
            at += 2
        elif mark in "()`":
            raise BadSyntax(f"syntax error: unexpected '{mark}'")
        else:
            plain.append(mark)
            at += 1
    flush()
    return tuple(parts), at


def _quoted(text: str, at: int) -> tuple[Part, int]:
    mark, at = text[at], at + 1
    found: list[str] = []
    while at < len(text) and text[at] != mark:
        if mark == '"' and text[at] == "\\" and text[at + 1 : at + 2] in tuple('"\\$`'):
            if text[at + 1] == "$":
                found.append("\0")  # stays a dollar; see run.expand
            found.append(text[at + 1])
            at += 2
        else:
            found.append(text[at])
            at += 1
    if at >= len(text):
        raise BadSyntax("syntax error: unterminated quoted string")
    return Part("".join(found), live=mark == '"', bare=False), at + 1
