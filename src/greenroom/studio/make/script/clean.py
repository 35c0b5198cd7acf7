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

_BLOCKS = re.compile(r"<(script|style|head|svg|noscript)\b[^>]*>.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_TAG = re.compile(r"</?[A-Za-z!][^<>]{0,2000}>")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_FENCE = re.compile(r"^```.*?^```[^\n]*$", re.DOTALL | re.MULTILINE)
_LINK = re.compile(r"!?\[([^\[\]\n]{0,300})\]\([^()\s]{0,2000}(?:\s+\"[^\"\n]{0,300}\")?\)")
_ADDRESS = re.compile(r"\b(?:https?://|www\.)\S+|\b[\w.+-]{1,64}@[\w-]{1,63}\.[\w.-]{2,63}\b", re.IGNORECASE)
_LEADING = re.compile(r"^[ \t]*(?:#{1,6}(?=\s)|>+|\|)", re.MULTILINE)
_EMPHASIS = re.compile(r"(?<!\w)(?:\*{1,3}|_{1,3}|~~|`{1,2})(?=\S)|(?<=\S)(?:\*{1,3}|_{1,3}|~~|`{1,2})(?!\w)")
_CITATION = re.compile(r"\[(?:\d{1,3}|citation needed|note \d{1,2})\]")
_GONE = {"Cc", "Cf", "Cs", "Co", "Cn", "So", "Sk"}
_KEPT = frozenset("\n\t°%")
_LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Cleaned:
    """`text` is as long as what was given; `notes` tell a person what was taken out."""

    text: str
    notes: tuple[str, ...]


def clean_topic(topic: str) -> str:
    """One line of plain words; raises Unwritable or Invalid with what to change."""
    bare = " ".join(unicodedata.normalize("NFC", clean_text(html.unescape(topic)).text).split())
    bare = bare.strip(" .,;:-–—|/\\\"'“”‘’*_#")
    if not _LETTER.search(bare):
        what = "is empty" if not topic.strip() else "has no words in it, only signs or numbers"
        raise Unwritable(f"The topic {what}. Write in a few words what the video is about.", fields={"topic": "No words"})
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
    for pattern, what in ((_BLOCKS, "scripts and styles"), (_COMMENT, "comments"), (_FENCE, "code"), (_TAG, "markup")):
        kept, count = pattern.subn(lambda m: _blank(m.group()), kept)
        if count:
            notes.append(what)
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
    """Raise Unwritable or Invalid when nothing in a given text can be read aloud."""
    if not has_words(text):
        raise Unwritable(
            "The text has no words that can be spoken. Give plain sentences, or leave the text out.",
            fields={"text": "No words"},
        )
    _speakable(text[:20_000], "text")


def _blank(gone: str) -> str:
    return re.sub(r"[^\n]", " ", gone)


def _around(whole: str, kept: str) -> str:
    at = whole.index(kept) if kept else 0
    return " " * at + kept + " " * (len(whole) - at - len(kept))


def _entity(found: re.Match[str]) -> str:
    meant = html.unescape(found.group())
    return meant.ljust(len(found.group())) if len(meant) == 1 and meant != found.group() else found.group()
