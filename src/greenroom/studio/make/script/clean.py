"""Makes what people paste safe to speak and show: markup, control and direction characters, emoji, links go.

`clean_text` keeps every character at its place (what goes becomes spaces), so that offsets hold in the given text.
"""

import html
import re
import unicodedata
from dataclasses import dataclass

from greenroom.studio.errors import Invalid, Unwritable

LONGEST_TOPIC = 160
LONGEST_TEXT = 2_000_000

_BLOCKS = tuple(
    (re.compile(rf"<{name}\b", re.IGNORECASE), re.compile(rf"</{name}\s*>", re.IGNORECASE))
    for name in ("script", "style", "head", "svg", "noscript")
)
_COMMENT = (re.compile(r"<!--"), re.compile(r"-->"))
_TAG = re.compile(r"</?[A-Za-z!][^<>]{0,2000}>")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_FENCE = (re.compile(r"^```", re.MULTILINE), re.compile(r"^```[^\n]*$", re.MULTILINE))
_LINK = re.compile(r"!?\[([^\[\]\n]{0,300})\]\([^()\s]{0,2000}(?:\s+\"[^\"\n]{0,300}\")?\)")
_ADDRESS = re.compile(r"\b(?:https?://|www\.)\S+|\b[\w.+-]{1,64}@[\w-]{1,63}\.[\w.-]{2,63}\b", re.IGNORECASE)
_LEADING = re.compile(r"^[ \t]*(?:#{1,6}(?=\s)|>+|\|)", re.MULTILINE)
_EMPHASIS = re.compile(r"(?<!\w)(?:\*{1,3}|_{1,3}|~~|`{1,2})(?=\S)|(?<=\S)(?:\*{1,3}|_{1,3}|~~|`{1,2})(?!\w)")
_CITATION = re.compile(r"\[(?:\d{1,3}|citation needed|note \d{1,2})\]")
_GONE = {"Cc", "Cf", "Cs", "Co", "Cn", "So", "Sk"}
_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn"}
_KEPT = frozenset("\n\t°%")
_LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Cleaned:
    """`text` is as long as what was given; `notes` tell a person what was taken out."""

    text: str
    notes: tuple[str, ...]


def clean_topic(topic: str) -> str:
    """One line of plain words; raises Unwritable or Invalid with what to change."""
    seen = "".join(c for c in html.unescape(topic) if c.isspace() or unicodedata.category(c) not in _UNSEEN)
    bare = " ".join(unicodedata.normalize("NFC", clean_text(seen).text).split())
    if bare.isupper() and len(bare.split()) > 2:
        bare = bare.lower()
    bare = bare.strip(" .,;:!?-–—|/\\\"'“”‘’*_#")
    if not _LETTER.search(bare):
        what = "is empty" if not topic.strip() else "has no words in it, only signs or numbers"
        raise Unwritable(
            f"The topic {what}. Write in a few words what the video is about.", fields={"topic": "No words"}
        )
    if len(bare) > LONGEST_TOPIC:
        raise Invalid(
            f"The topic has {len(bare):,} characters; keep it under {LONGEST_TOPIC} and put the rest in the text.",
            fields={"topic": "Too long"},
        )
    _speakable(bare, "topic")
    return bare + ("?" if topic.rstrip(" \"'”’").endswith("?") else "")


def clean_text(text: str) -> Cleaned:
    """The text with everything that is not prose blanked out, character for character."""
    if len(text) > LONGEST_TEXT:
        raise Invalid(
            f"The text has {len(text):,} characters; the most is {LONGEST_TEXT:,}. Give the part that matters.",
            fields={"text": "Too long"},
        )
    kept, notes = text, []
    for pairs, what in ((_BLOCKS, "scripts and styles"), ((_COMMENT,), "comments"), ((_FENCE,), "code")):
        less = kept
        for opens, closes in pairs:
            less = _without(less, opens, closes)
        if less != kept:
            notes.append(what)
        kept = less
    kept, count = _TAG.subn(lambda m: _blank(m.group()), kept)
    if count:
        notes.append("markup")
    kept = _ENTITY.sub(_entity, kept)
    kept = _LINK.sub(lambda m: _around(m.group(), m.group(1)), kept)
    kept, count = _ADDRESS.subn(lambda m: _blank(m.group()), kept)
    if count:
        notes.append("addresses")
    for pattern in (_LEADING, _EMPHASIS, _CITATION):
        kept = pattern.sub(lambda m: _blank(m.group()), kept)
    odd = {c for c in set(kept) if unicodedata.category(c) in _GONE and c not in _KEPT}
    if odd:
        kept = kept.translate({ord(c): " " for c in odd})
        if odd - {"\r"}:
            notes.append("control characters and symbols")
    return Cleaned(kept, tuple(notes))


def has_words(text: str) -> bool:
    return bool(_LETTER.search(text))


def _speakable(text: str, field: str) -> None:
    """The built-in voice and writer are English: mostly other scripts cannot be read aloud."""
    found = _LETTER.findall(text)
    latin = sum("LATIN" in unicodedata.name(c, "") for c in found)
    if latin < 0.5 * len(found):
        raise Invalid(
            f"The built-in writer and voice speak English, and this {field} is mostly in another script. "
            "Write it in English.",
            fields={field: "Not readable by this voice"},
        )


def check_text(text: str) -> None:
    """Raise Invalid when a given text is in letters that this voice cannot read aloud."""
    if has_words(text):
        _speakable(text[:20_000], "text")


def _without(text: str, opens: re.Pattern[str], closes: re.Pattern[str]) -> str:
    """Blank every stretch from an opening to the next closing; one that is never closed stays. Linear in the text."""
    pieces, at = [], 0
    while (begin := opens.search(text, at)) and (end := closes.search(text, begin.end())):
        pieces += [text[at : begin.start()], _blank(text[begin.start() : end.end()])]
        at = end.end()
    return "".join([*pieces, text[at:]])


def _blank(gone: str) -> str:
    return re.sub(r"[^\n]", " ", gone)


def _around(whole: str, kept: str) -> str:
    at = whole.index(kept) if kept else 0
    return " " * at + kept + " " * (len(whole) - at - len(kept))


def _entity(found: re.Match[str]) -> str:
    meant = html.unescape(found.group())
    return meant.ljust(len(found.group())) if len(meant) == 1 and meant != found.group() else found.group()
