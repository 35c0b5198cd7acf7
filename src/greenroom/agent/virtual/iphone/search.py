"""How clients of WebDriverAgent look for elements: by name, type, predicate, class chain and simple XPath.

Predicates: comparisons (==, !=, CONTAINS, BEGINSWITH, ENDSWITH, LIKE, MATCHES, with [c]) joined by AND and OR.
XPath is what the standard library knows, with `and` inside brackets.
"""

import re
from collections.abc import Callable
from typing import Any

from greenroom.agent.virtual.iphone.elements import PREFIX, Element, tree_of

TOKEN = re.compile(
    r"\s*(?:(?P<text>'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\")|(?P<op>==|!=|>=|<=|=|>|<|&&|\|\||\(|\))"
    r"|(?P<word>[\w.]+(?:\[c?d?\])?))"
)
STEP = re.compile(r"(/?\*\*/|/)(\*|[A-Za-z]+)((?:\[(?:`[^`]*`|\$[^$]*\$|-?\d+)\])*)")
BRACKET = re.compile(r"\[(?:`([^`]*)`|\$([^$]*)\$|(-?\d+))\]")

Holds = Callable[[Element], bool]


class BadSearch(ValueError):
    """The expression is not understood."""


def search(root: Element, using: str, value: str) -> list[Element]:
    """The elements that fit, in the order of the source; BadSearch for an expression that is not understood."""
    match using:
        case "id" | "name" | "accessibility id":
            return [one for one in root.walk() if one.name == value]
        case "class name":
            return [one for one in root.walk() if one.type == value]
        case "link text" | "partial link text":
            name, _, wanted = value.partition("=")
            whole = using == "link text"
            return [one for one in root.walk() if _linked(str(one.attribute(name) or ""), wanted, whole=whole)]
        case "predicate string":
            holds = predicate(value)
            return [one for one in root.walk() if holds(one)]
        case "class chain":
            return _chain(root, value)
        case "xpath":
            return _xpath(root, value)
    raise BadSearch(f"there is no strategy {using!r}")


def _linked(found: str, wanted: str, *, whole: bool) -> bool:
    return found == wanted if whole else wanted in found


def _chain(root: Element, text: str) -> list[Element]:
    here, at = [root], 0
    if not text.startswith(("**/", "/")):
        text = "/" + text
    while at < len(text):
        step = STEP.match(text, at)
        if step is None:
            raise BadSearch(f"Invalid class chain query: {text}")
        at = step.end()
        deep, kind = "**" in step[1], step[2]
        found: list[Element] = []
        for one in here:
            pool = list(one.walk())[1:] if deep else one.children
            fits = [child for child in pool if kind in ("*", PREFIX + "Any") or child.type == kind]
            found += _bracketed(fits, step[3])
        here = found
    return here


def _bracketed(found: list[Element], text: str) -> list[Element]:
    for bracket in BRACKET.finditer(text):
        if bracket[3]:
            number = int(bracket[3])
            at = number - 1 if number > 0 else len(found) + number
            found = found[at : at + 1] if at >= 0 else []
        else:
            holds = predicate(bracket[1] or bracket[2] or "")
            inside = bracket[2] is not None
            found = [one for one in found if (any(map(holds, list(one.walk())[1:])) if inside else holds(one))]
    return found


def _xpath(root: Element, text: str) -> list[Element]:
    tree = tree_of(root)
    by_node = dict(zip(tree.iter(), root.walk(), strict=True))
    path = re.sub(r"\s+and\s+(?=@)", "][", text)
    path = "." + path if path.startswith("//") else path.removeprefix("/" + tree.tag + "/")
    try:
        return [by_node[one] for one in tree.iterfind(path)]
    except (SyntaxError, KeyError, TypeError) as error:
        raise BadSearch(f"this XPath is not understood: {text}") from error


# -- predicates -------------------------------------------------------------------------------------------------------


def predicate(text: str) -> Holds:
    """A test of an element; BadSearch where it is not understood."""
    parser = _Parser(text)
    holds = parser.either()
    if parser.left():
        raise BadSearch(f"this predicate is not understood: {text}")
    return holds


class _Parser:
    def __init__(self, text: str) -> None:
        self._text, self._at = text, 0
        self._tokens: list[tuple[str, str]] = []
        at = 0
        while text[at:].strip():
            token = TOKEN.match(text, at)
            if token is None or token.lastgroup is None:
                raise BadSearch(f"this predicate is not understood: {text}")
            self._tokens.append((token.lastgroup, token[token.lastgroup]))
            at = token.end()

    def left(self) -> bool:
        return self._at < len(self._tokens)

    def either(self) -> Holds:
        parts = [self._both()]
        while self._word("OR", "||"):
            parts.append(self._both())
        return lambda one: any(part(one) for part in parts)

    def _both(self) -> Holds:
        parts = [self._single()]
        while self._word("AND", "&&"):
            parts.append(self._single())
        return lambda one: all(part(one) for part in parts)

    def _single(self) -> Holds:
        if self._word("NOT", "!"):
            inner = self._single()
            return lambda one: not inner(one)
        if self._word("("):
            inner = self.either()
            if not self._word(")"):
                raise BadSearch("a bracket is not closed")
            return inner
        name = self._next()[1]
        operator = self._next()[1].upper()
        kind, raw = self._next()
        wanted = re.sub(r"\\(.)", r"\1", raw[1:-1]) if kind == "text" else _plain(raw)
        compare = _comparison(operator)
        return lambda one: compare(one.attribute(name), wanted)

    def _word(self, *words: str) -> bool:
        if self.left() and self._tokens[self._at][1].upper() in words and self._tokens[self._at][0] != "text":
            self._at += 1
            return True
        return False

    def _next(self) -> tuple[str, str]:
        if not self.left():
            raise BadSearch(f"this predicate is not understood: {self._text}")
        self._at += 1
        return self._tokens[self._at - 1]


def _plain(word: str) -> Any:
    known = {"true": True, "yes": True, "false": False, "no": False, "nil": None, "null": None}
    if word.lower() in known:
        return known[word.lower()]
    return float(word) if re.fullmatch(r"\d+(\.\d+)?", word) else word


def _comparison(operator: str) -> Callable[[Any, Any], bool]:
    name, _, options = operator.partition("[")
    fold = "C" in options

    def words(compare: Callable[[str, str], bool]) -> Callable[[Any, Any], bool]:
        def holds(found: Any, wanted: Any) -> bool:
            if found is None or wanted is None:
                return False
            pair = str(found), str(wanted)
            return compare(*(one.lower() for one in pair)) if fold else compare(*pair)

        return holds

    match name:
        case "==" | "=":
            return words(str.__eq__) if fold else _equal
        case "!=":
            return lambda found, wanted: not _equal(found, wanted)
        case "CONTAINS":
            return words(lambda found, wanted: wanted in found)
        case "BEGINSWITH":
            return words(str.startswith)
        case "ENDSWITH":
            return words(str.endswith)
        case "LIKE":
            return words(lambda found, wanted: bool(re.fullmatch(_like(wanted), found, re.DOTALL)))
        case "MATCHES":
            return words(lambda found, wanted: bool(re.fullmatch(wanted, found, re.DOTALL)))
        case ">" | "<" | ">=" | "<=":
            return lambda found, wanted: _ordered(name, found, wanted)
    raise BadSearch(f"there is no comparison {operator}")


def _equal(found: Any, wanted: Any) -> bool:
    return bool(found == wanted) or (isinstance(found, bool) and isinstance(wanted, float) and found == bool(wanted))


def _ordered(name: str, found: Any, wanted: Any) -> bool:
    if not isinstance(found, int) or not isinstance(wanted, float):
        return False
    return {">": found > wanted, "<": found < wanted, ">=": found >= wanted, "<=": found <= wanted}[name]


def _like(text: str) -> str:
    return re.escape(text).replace(r"\*", ".*").replace(r"\?", ".")
