"""Whether a character may be kept as it is described: every reason at once, each at its field."""

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from greenroom.cast.artist import artist
from greenroom.cast.contracts import Voice
from greenroom.cast.errors import Refused
from greenroom.cast.rules.colours import unreadable
from greenroom.cast.rules.disclosure import undisclosed
from greenroom.cast.rules.refusals import refusals
from greenroom.kit.errors import Invalid

# What a character never says is a list of words to keep away from; it asks for none of them.
_NOT_ASKED_FOR = {"persona.never_says"}


def judge(row: Mapping[str, Any]) -> None:
    """Raise Refused or Invalid with the reason for each part that can't stay; `row` may be a change only."""
    asked = {field: text for field, text in _texts(row) if field not in _NOT_ASKED_FOR}
    refused = refusals(asked, name=row.get("name"))
    if refused:
        raise Refused(next(iter(refused.values())), fields=refused)
    wrong: dict[str, str] = {}
    if "disclosure" in row:
        wrong |= undisclosed(row["disclosure"])
    if "palette" in row:
        wrong |= unreadable(row["palette"])
    if "voice" in row:
        wrong |= _unknown_voice(row["voice"])
    if wrong:
        raise Invalid(next(iter(wrong.values())), fields=wrong)


def _unknown_voice(voice: Voice) -> dict[str, str]:
    if artist().known(voice.engine, voice.voice):
        return {}
    return {"voice.voice": f"There is no voice {voice.engine}/{voice.voice}; choose one of the list"}


def _texts(row: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Every text of the description with the field it is in; a list's texts are judged one by one, joined by lines."""
    found = []
    for part, value in row.items():
        if isinstance(value, BaseModel):
            for field, text in value:
                if isinstance(text, tuple):
                    text = "\n".join(text)
                if isinstance(text, str):
                    found.append((f"{part}.{field}", text))
    return found
