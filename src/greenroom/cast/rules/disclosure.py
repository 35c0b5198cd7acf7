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
    r"\b(?:ai|a\.i\.|ki|ia|ии|ші|yz)\b|artificial|artificiel|künstlich|kunstmatig|virtual|virtuel|virtuell|virtue[el]"
    r"|synthetic|computer[- ]generated|人工|智能|バーチャル|가상|인공|اصطناع|افتراض",
    re.IGNORECASE,
)
_DENIES = re.compile(
    r"\b(?:not|isn't|no|never|nicht|kein|keine|pas|non)\b[^.!?]{0,24}\b(?:ai|a\.i\.|ki|ia|artificial|virtual|synthetic)\b"
    r"|\b(?:i am|i'm) (?:a )?(?:real|human)\b",
    re.IGNORECASE,
)


def undisclosed(disclosure: Disclosure) -> dict[str, str]:
    """The reason by field for each statement that does not say so, or denies it."""
    return {
        f"disclosure.{field}": REASON.format(example=example)
        for field, example in _EXAMPLES.items()
        if not says_so(getattr(disclosure, field))
    }


def says_so(text: str) -> bool:
    plain = text.replace("’", "'")
    return bool(_SAYS_SO.search(plain)) and not _DENIES.search(plain)
