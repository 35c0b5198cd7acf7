"""Typed text made safe to keep and show: what cannot be seen goes, what was meant stays."""

import re
import unicodedata

# Reordering marks (Unicode 5.2, UAX 9) make a text read differently from what it is; the others are invisible.
# Joiners (U+200C, U+200D) stay: emoji and several scripts are written with them.
_HIDDEN = re.compile(
    "[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_MARKS_IN_A_ROW = 4


def clean_line(text: str) -> str:
    """One line without control characters, reordering marks or doubled spaces."""
    return " ".join(clean_text(text).split())


def clean_text(text: str) -> str:
    """Lines kept, everything invisible or unassigned gone, stacked accents cut to four, NFC."""
    if (
        text.isascii() and text.replace("\n", " ").isprintable()
    ):  # most of all that is typed, and there is nothing to do
        return text.strip()
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    kept: list[str] = []
    marks = 0
    for char in _HIDDEN.sub("", text):
        category = unicodedata.category(char)
        if category in ("Cc", "Cs", "Co", "Cn") and char not in "\n\t":
            continue
        marks = marks + 1 if category in ("Mn", "Me") else 0
        if marks <= _MARKS_IN_A_ROW:
            kept.append(char)
    return "".join(kept).strip()


def slug(text: str, *, longest: int = 40, otherwise: str = "untitled") -> str:
    """Small ASCII letters, digits and hyphens, for addresses; `otherwise` when nothing of the text is left."""
    folded = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    made = re.sub(r"[^a-z0-9]+", "-", folded).strip("-")[:longest].strip("-")
    return made or otherwise
