"""Empty, huge and hostile topics and texts: a video or a sentence that says what to change, never a failure of ours."""

import json
from typing import Any

import httpx
import pytest

from tests.support.studio import ask, character, settled

REFUSED = {
    "empty": {"topic": ""},
    "blank": {"topic": " \t\n"},
    "invisible": {"topic": "\u200b\u202e\ufeff"},
    "only emoji": {"topic": "🎉🎉🎉"},
    "only signs": {"topic": "?!… — …!?"},
    "far too long": {"topic": "bees " * 20_000},
    "another script": {"topic": "蜜蜂与花"},
    "no format": {"topic": "Bees", "format": "opera"},
    "too short": {"topic": "Bees", "seconds": 3},
    "too long": {"topic": "Bees", "seconds": 600},
    "sexual": {"topic": "porn for beginners"},
    "minors": {"topic": "a sexy teenager"},
    "a real face": {"topic": "a deepfake of Taylor Swift"},
    "unknown field": {"topic": "Bees", "status": "approved"},
}
TAKEN = {
    "no vowels": {"topic": "brrr pfft grr"},
    "markup": {"topic": "<img src=x onerror=alert(1)>Bees</img> & <b>flowers</b>"},
    "turned around": {"topic": "Bees \u202egnipeels\u202c and flowers"},
    "statement": {"topic": "Robert'); drop table content; --"},
    "placeholders": {"topic": "{0} %s %(id)s ${x} {{bees}}"},
    "zero bytes": {"topic": "Be\x00es", "text": "Bees fly.\x00 Bees rest."},
    "emoji beside words": {"topic": "🐝 Bees 🐝"},
    "only emoji as text": {"topic": "Bees", "text": "🎉" * 500},
    "one endless word": {"topic": "Bees", "text": "b" * 50_000},
    "megabyte": {"topic": "Bees", "text": "Bees visit 40 flowers an hour, and rest at night. " * 20_000},
    "nested markup": {"topic": "Bees", "text": "<div>" * 20_000 + "Bees sleep at night." + "</div>" * 20_000},
}


@pytest.mark.parametrize("name", REFUSED)
async def test_a_sentence_says_what_to_change(producer: httpx.AsyncClient, name: str) -> None:
    who = await character(producer)
    answer = await _ask(producer, who["id"], REFUSED[name])
    assert answer.status_code == 422, answer.text
    problem = answer.json()
    assert problem["errors"], problem
    assert len(problem["detail"]) > 20
    assert (await producer.get("/contents")).json()["items"] == []


async def test_what_can_be_said_is_taken(producer: httpx.AsyncClient) -> None:
    who = await character(producer)
    for name, brief in TAKEN.items():
        answer = await _ask(producer, who["id"], brief)
        assert answer.status_code in (202, 422), f"{name}: {answer.text[:300]}"
        if answer.status_code == 422:
            assert answer.json()["detail"], name
        else:
            topic = answer.json()["content"]["topic"]
            assert topic.isprintable(), name
            assert "\u202e" not in topic, name


async def test_half_a_character_is_no_text(producer: httpx.AsyncClient) -> None:
    who = await character(producer)
    body = json.dumps({"character_id": who["id"], "topic": "Bees \\ud800"}).replace("\\\\", "\\")
    answer = await producer.post("/contents", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code in (202, 422), answer.text


async def test_five_megabytes_are_refused_before_they_are_read(producer: httpx.AsyncClient) -> None:
    who = await character(producer)
    answer = await _ask(producer, who["id"], {"topic": "Bees", "text": "b" * 5_000_000})
    assert answer.status_code == 413


async def test_a_hostile_brief_becomes_a_video(producer: httpx.AsyncClient, worker: None) -> None:
    who = await character(producer, name="<b>Ida</b> \u202e{0}")
    text = "<script>alert('x')</script> Bees fly & rest. \u202eBees see 3 colours.\u202c Grr 🐝 pfft! " + (
        "The bees of the <b>old</b> garden come back to the same flowers in the morning. " * 500
    )
    content = await settled(producer, await ask(producer, who["id"], "<i>Bees</i> ${x} 🐝", text=text))
    assert content["status"] == "review", content["error"]
    said = json.dumps(content["script"], ensure_ascii=False)
    assert "<script" not in said
    assert "\u202e" not in said


async def _ask(web: httpx.AsyncClient, character_id: str, brief: dict[str, Any]) -> httpx.Response:
    return await web.post("/contents", json={"character_id": character_id, **brief})
