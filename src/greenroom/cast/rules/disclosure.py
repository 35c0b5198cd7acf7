"""Whether a character says openly that it is AI."""

import re

from greenroom.cast.contracts import Disclosure

REASON = "Say openly that this is AI, for example: {example}"
_EXAMPLES = {
    "profile": "I am a virtual character. My videos are made with AI.",
    "caption": "Made with AI.",
    "label": "AI-generated",
}
# The words for it in the languages that the interface may be used in; "AI" and its kin as whole words.
_SAYS_SO = re.compile(
    r"\b(?:ai|a\.i\.|ki|ia|ии|ші|yz)(?!\w)|artificial|artificiel|künstlich|kunstmatig|virtual|virtuel|virtuell|virtue[el]"
    r"|synthetic|computer[- ]generated|人工|智能|バーチャル|가상|인공|اصطناع|افتراض",
    re.IGNORECASE,
)
_DENIES = re.compile(
    r"\b(?:not|isn't|no|never|nicht|kein|keine|pas|non)\b[^.!?]{0,24}\b(?:ai|a\.i\.|ki|ia|artificial|virtual|synthetic)(?!\w)"
    r"|\b(?:i am|i'm) (?:a )?(?:real|human)\b",
    re.IGNORECASE,
)

_SHORTEST = 8
_NO_SPACES = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f]")
_SHORTEST_NO_SPACES = 4


def undisclosed(disclosure: Disclosure) -> dict[str, str]:
    """The reason by field for each statement that does not say so, or denies it."""
    return {
        f"disclosure.{field}": REASON.format(example=example)
        for field, example in _EXAMPLES.items()
        if not (says_so(said := getattr(disclosure, field)) and (field == "label" or is_sentence(said)))
    }


def says_so(text: str) -> bool:
    plain = text.replace("’", "'")
    return bool(_SAYS_SO.search(plain)) and not _DENIES.search(plain)


def is_sentence(text: str) -> bool:
    """Whether it is more than a word dropped somewhere; scripts without spaces are told by their characters."""
    if len(_NO_SPACES.findall(text)) >= _SHORTEST_NO_SPACES:
        return True
    return len(text.strip()) >= _SHORTEST and len(re.findall(r"\w+", text)) > 1
