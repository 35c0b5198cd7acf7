"""How Mastodon counts, how a text becomes a thread, and when a server says that it takes more."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenroom.channels.errors import Limited, NeedsPerson, Reconnect, Rejected, RetryLater
from greenroom.channels.platforms.adapter import Package
from greenroom.channels.platforms.mastodon.api import Refused, problem
from greenroom.channels.platforms.mastodon.connect import server_in
from greenroom.channels.platforms.mastodon.known import by_file, says, thread, words_hash
from greenroom.channels.platforms.mastodon.words import length, parts

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
PACKAGE = Package(
    post=UUID(int=1), marker="greenroom-post-x", title="Bread", caption="", hashtags=("bread",), label="AI",
    disclosure="Made with AI.", transcript="", sources=(), language="en", video=UUID(int=2), captions=None,
    poster=None, duration=1.0, width=1, height=1, digital_source_type="trainedAlgorithmicMedia",
)  # fmt: skip


def test_links_and_people_are_counted_as_mastodon_does() -> None:
    assert length("x" * 10) == 10
    assert length("see https://example.com/" + "a" * 300) == 4 + 23
    assert length("hi @mara@example.social!") == len("hi @mara!")
    assert length("👩‍🍳") == 1


@given(st.text(alphabet=st.sampled_from("ab. !\n👩‍🍳ü"), max_size=900), st.integers(60, 200))
def test_a_thread_has_all_words_and_every_part_fits(caption: str, longest: int) -> None:
    found = parts(replace(PACKAGE, caption=caption.strip()), longest)
    assert PACKAGE.disclosure in found[0]
    assert all(part.strip() and length(part) <= longest for part in found)
    said = "".join("".join(part.split()) for part in found).replace("MadewithAI.", "")
    assert said == "".join(caption.split()) + "#bread"


def test_links_are_not_parted() -> None:
    link = "https://example.com/" + "a" * 60
    found = parts(replace(PACKAGE, caption=" ".join([link] * 8)), 100)
    assert sum(part.count(link) for part in found) == 8


@pytest.mark.parametrize(
    ("status", "meant"), [(401, Reconnect), (403, NeedsPerson), (422, Rejected), (404, Rejected), (429, Limited)]
)
def test_a_refusal_says_who_has_to_act(status: int, meant: type[Exception]) -> None:
    found = problem(Refused(status, "Text is too yeasty.", {}), "@mara", NOW)
    assert type(found) is meant
    assert "Text is too yeasty" in found.detail


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"x-ratelimit-reset": "2026-11-21T12:05:00.000000Z"}, 300),
        ({"x-ratelimit-reset": str(int(NOW.timestamp()) + 90)}, 90),
        ({"retry-after": "40"}, 40),
        ({"x-ratelimit-reset": "soon", "retry-after": "7"}, 7),
        ({"x-ratelimit-reset": "2026-11-21T11:00:00Z"}, 1),
        ({}, 60),
    ],
)
def test_how_long_a_server_asks_to_wait(headers: dict[str, str], seconds: int) -> None:
    found = problem(Refused(429, "", headers), "@mara", NOW)
    assert isinstance(found, RetryLater)
    assert found.after == timedelta(seconds=seconds)


def test_a_server_is_found_in_what_people_write() -> None:
    for written in ("example.social", " @mara@example.social ", "mara@example.social"):
        assert server_in(written) == "example.social"
    assert server_in("https://example.social/@mara") == "https://example.social/@mara"


def test_a_post_is_known_by_its_file_and_never_by_its_words() -> None:
    text = "Ein Brot & <mehr> https://example.com/a?b=1"
    shown = (
        '<p>Ein Brot &amp; &lt;mehr&gt; <a href="x"><span class="invisible">https://</span>example.com/a?b=1</a></p>'
    )

    def status(id: str, media: str | None, content: str = shown, reply: str | None = None) -> dict[str, Any]:
        files = [{"id": media, "url": f"https://example.social/s/{media}"}] if media else []
        return {"id": id, "content": content, "media_attachments": files, "in_reply_to_id": reply}

    first, second = status("1", "7"), status("2", None, "<p>Zwei</p>", reply="1")
    twin = status("3", "8")
    assert says(first, words_hash(text))
    assert by_file([twin, second, first], ["7"]) is first
    assert by_file([twin, second], ["7"]) is None
    assert thread([second, first, twin], first, [words_hash(text), words_hash("Zwei"), words_hash("Drei")]) == [
        first,
        second,
    ]
