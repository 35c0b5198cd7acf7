"""The judge of the soak itself: everything that must not be is seen, and what may be is let pass."""

from collections import Counter
from typing import Any

import pytest

from greenroom.channels.package import marker_of
from greenroom.kit.ids import uuid7
from greenroom_dev.faulty.adapter import part_of
from tests.support.faulty import words
from tests.support.verdict import ASKS, PARTLY, Journal, judged

POST = uuid7()
MARKER = marker_of(POST)
IN_PART = f"{PARTLY}: Faulty does not answer. Complete or delete it there"
ASKED = f"{ASKS} whether it is out. Look there"


def row(state: str, **instead: Any) -> dict[str, Any]:
    once = int(state in ("published", "removed"))
    return {
        "id": POST, "state": state, "state_reason": None, "caption": words("Bread", 2), "account_id": "a",
        "platform": "faulty_certain", "minutes_apart": 0, "put_off": False, "told": once, "written": once, **instead,
    }  # fmt: skip


def journal(*, first: int = 1, second: int = 1, removed: int = 0, caption: str = "Bread") -> Journal:
    texts = words(caption, 2).split("\n---\n")
    parts = [part_of(MARKER, number) for number in range(2)]
    return Journal(
        out=Counter({parts[0]: first, parts[1]: second}),
        removed=Counter(dict.fromkeys(parts, removed)),
        texts=dict(zip(parts, texts, strict=True)),
    )


@pytest.mark.parametrize(
    ("found", "really", "told"),
    [
        (row("published"), journal(first=2), "doubles"),
        (row("published"), journal(second=2), "doubles"),
        (row("published"), journal(second=0), "lost"),
        (row("removed"), journal(first=0, second=0), "lost"),
        (row("removed"), journal(), "against"),
        (row("published"), journal(removed=1), "against"),
        (row("published"), journal(caption="Words from before"), "against"),
        (row("cancelled"), journal(second=0), "against"),
        (row("published", told=2), journal(), "told_wrongly"),
        (row("published", written=0), journal(), "told_wrongly"),
        (row("published", state_reason="It is being taken down"), journal(), "unfinished"),
        (row("scheduled"), journal(first=0, second=0), "unfinished"),
        (row("unknown", state_reason="It may be out"), journal(), "unfinished"),
        (row("unknown", state_reason=ASKED), journal(first=0, second=0), "asked_needlessly"),
        (row("unknown", state_reason=ASKED, platform="faulty_found"), journal(), "asked_needlessly"),
        (row("unknown", state_reason=IN_PART), journal(), "asked_needlessly"),
        (row("unknown", state_reason=IN_PART), journal(first=0, second=0), "asked_needlessly"),
        (row("failed", platform="faulty_found"), journal(first=0, second=0), "asked_needlessly"),
        (row("missed"), journal(first=0, second=0), "asked_needlessly"),
        (row("draft"), journal(first=0, second=0), "asked_needlessly"),
    ],
)
def test_what_must_not_be_is_seen(found: dict[str, Any], really: Journal, told: str) -> None:
    verdict = judged([found], really)
    assert getattr(verdict, told) == 1, str(verdict)
    assert not verdict.clean
    assert verdict.wrong


@pytest.mark.parametrize(
    ("found", "really"),
    [
        (row("published"), journal()),
        (row("removed"), journal(removed=1)),
        (row("cancelled"), journal(first=0, second=0)),
        (row("scheduled", put_off=True, minutes_apart=1), journal(first=0, second=0)),
        (row("unknown", state_reason=ASKED, platform="faulty_found"), journal(first=0, second=0)),
        (row("unknown", state_reason=ASKED, platform="faulty_found"), journal(second=0)),
        (row("unknown", state_reason=IN_PART), journal(second=0)),
    ],
)
def test_what_may_be_is_let_pass(found: dict[str, Any], really: Journal) -> None:
    assert judged([found], really).clean


def test_two_too_near_to_each_other_are_seen() -> None:
    really = journal()
    really.times = {"a": [100.0, 154.0, 214.0]}
    assert judged([row("published", minutes_apart=1)], really).too_near == 1
    assert judged([row("published")], really).too_near == 0
