"""Text as the characters that a reader sees (extended grapheme clusters, UAX 29), for limits that are counted so.

Never fewer than the standard says: what the standard joins and this leaves apart (prepended marks, conjuncts of
Indic scripts) makes a count higher, so that a text which fits here fits everywhere.
"""

import re
import unicodedata
from collections.abc import Iterator

_ZWJ = "\u200d"


def clusters(text: str) -> Iterator[str]:
    """The text's characters as seen, in order; together they are the text."""
    if text.isascii() and "\r" not in text:
        yield from text
        return
    start = 0
    for end in range(1, len(text) + 1):
        if end == len(text) or _breaks(text, start, end):
            yield text[start:end]
            start = end


def count(text: str) -> int:
    return sum(1 for _ in clusters(text))


def _breaks(text: str, start: int, at: int) -> bool:
    """Whether a character ends before `at`; the one under way began at `start`."""
    before, after = text[at - 1], text[at]
    if before == "\r" and after == "\n":
        return False
    if _controls(before) or _controls(after):
        return True
    if _extends(after) or after == _ZWJ or _spaces(after):
        return False
    if before == _ZWJ:
        return not (_PICTURE.match(after) and _BEFORE_JOINER.search(text, start, at))
    if _FLAG.match(before) and _FLAG.match(after):
        return (at - start) % 2 == 0
    return not _hangul(before, after)


def _controls(char: str) -> bool:
    return (
        unicodedata.category(char) in ("Cc", "Zl", "Zp", "Cf") and char not in "\u200c\u200d" and not _TAG.match(char)
    )


def _extends(char: str) -> bool:
    return unicodedata.category(char) in ("Mn", "Me") or bool(_EXTENDING.match(char))


def _spaces(char: str) -> bool:
    return unicodedata.category(char) == "Mc" and not _SPACING_APART.match(char)


def _hangul(before: str, after: str) -> bool:
    """Whether the two are parts of one syllable."""
    if _LEAD.match(before):
        return bool(_LEAD.match(after) or _VOWEL.match(after) or _SYLLABLE.match(after))
    open_syllable = _SYLLABLE.match(before) and (ord(before) - 0xAC00) % 28 == 0
    if _VOWEL.match(before) or open_syllable:
        return bool(_VOWEL.match(after) or _TAIL.match(after))
    return bool((_TAIL.match(before) or _SYLLABLE.match(before)) and _TAIL.match(after))


_TAG = re.compile("[\U000e0020-\U000e007f]")
_EXTENDING = re.compile("[\u200c\uff9e\uff9f\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]")
_FLAG = re.compile("[\U0001f1e6-\U0001f1ff]")
_LEAD = re.compile("[\u1100-\u115f\ua960-\ua97c]")
_VOWEL = re.compile("[\u1160-\u11a7\ud7b0-\ud7c6]")
_TAIL = re.compile("[\u11a8-\u11ff\ud7cb-\ud7fb]")
_SYLLABLE = re.compile("[\uac00-\ud7a3]")
_SPACING_APART = re.compile(
    "[\u102b\u102c\u1038\u1062-\u1064\u1067-\u106d\u1083\u1087-\u108c\u108f\u109a-\u109c\u1a61\u1a63\u1a64"
    "\uaa7b\uaa7d\U00011720\U00011721]"
)
# Extended_Pictographic, as far as sequences with a joiner are made of it.
_PICTURES = (
    "\u2194-\u2199\u2600-\u2605\u2607-\u2612\u2614-\u2685\u2690-\u2705\u2708-\u2712\u2763-\u2767\u27a1\u2b1b\u2b1c"
    "\U0001f000-\U0001f0ff\U0001f249-\U0001f3fa\U0001f400-\U0001f53d\U0001f546-\U0001f64f\U0001f680-\U0001f6ff"
    "\U0001f7d5-\U0001f7ff\U0001f90c-\U0001f93a\U0001f93c-\U0001f945\U0001f947-\U0001faff"
)
_PICTURE = re.compile(f"[{_PICTURES}]")
_BEFORE_JOINER = re.compile(f"[{_PICTURES}][\ufe0f\U0001f3fb-\U0001f3ff\u0300-\u036f\u20e3]*\u200d$")
