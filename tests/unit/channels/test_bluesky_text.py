"""How a text becomes the posts of a thread, what in it leads somewhere, and which key a post has."""

from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenroom.channels.errors import NeedsPerson, Rejected, RetryLater
from greenroom.channels.package import marker_of
from greenroom.channels.platforms.adapter import Package
from greenroom.channels.platforms.bluesky.facets import facets
from greenroom.channels.platforms.bluesky.keys import following, key_of
from greenroom.channels.platforms.bluesky.parts import BYTES, CHARACTERS, parts
from greenroom.channels.platforms.bluesky.xrpc import Refused, problem
from greenroom.kit import graphemes
from greenroom.kit.ids import uuid7


def package(caption: str, tags: tuple[str, ...] = ()) -> Package:
    post = uuid4()
    return Package(
        post=post, marker=marker_of(post), title="T", caption=caption, hashtags=tags, label="AI",
        disclosure="Made with AI.", transcript="", sources=(), language="en", video=uuid4(), captions=None,
        poster=None, duration=1, width=1, height=1, digital_source_type="",
    )  # fmt: skip


@given(st.text(alphabet=st.sampled_from("ab .\n!👩‍🍳éß"), max_size=1500), st.booleans())
def test_nothing_is_cut_and_every_post_fits(caption: str, tagged: bool) -> None:
    made = package(caption.strip(), ("bread",) if tagged else ())
    found = parts(made)
    for text in found:
        assert text
        assert graphemes.count(text) <= CHARACTERS
        assert len(text.encode()) <= BYTES
    assert made.disclosure in found[0]
    said = " ".join(found).replace(made.disclosure, "", 1)
    assert "".join(said.split()) == "".join(made.text.removesuffix(made.disclosure).split())


def test_a_text_is_parted_at_sentences_and_words() -> None:
    made = package("One short sentence. " * 30)
    assert all(text.replace(made.disclosure, "").strip().endswith("sentence.") for text in parts(made))
    worded = parts(package("word " * 200))
    assert all(set(text.replace("Made with AI.", "").split()) == {"word"} for text in worded)


def test_what_leads_somewhere_stands_where_it_says() -> None:
    text = "é (https://example.com/a_(b)), #brot, #2026 mail@host.com @Mara.example"
    found = [
        (text.encode()[f["index"]["byteStart"] : f["index"]["byteEnd"]].decode(), f["features"][0]["$type"][-4:])
        for f in facets(text, {"mara.example": "did:plc:x"})
    ]
    assert found == [("https://example.com/a_(b)", "link"), ("#brot", "#tag"), ("@Mara.example", "tion")]


def test_a_posts_key_is_its_own_and_sorts_by_time() -> None:
    posts = [uuid7() for _ in range(50)]
    keys = [key_of(marker_of(post)) for post in posts]
    assert len(set(keys)) == 50
    assert [key[:10] for key in keys] == sorted(key[:10] for key in keys)
    assert all(len(key) == 13 for key in keys)
    assert key_of(marker_of(posts[0])) == keys[0]
    assert following(keys[0], 3) == key_of(marker_of(posts[0]), 3)
    assert key_of(marker_of(UUID(int=0))) == "2222222222222"


@pytest.mark.parametrize(
    ("status", "error", "kind"),
    [(429, "RateLimitExceeded", RetryLater), (400, "AccountTakedown", NeedsPerson), (400, "InvalidRequest", Rejected)],
)
def test_a_refusal_says_what_it_means(status: int, error: str, kind: type[Exception]) -> None:
    assert isinstance(problem(Refused(status, error, "No", {}), 0.0), kind)


def test_the_time_to_wait_is_the_servers() -> None:
    for headers, seconds in (({"retry-after": "7"}, 7), ({"ratelimit-reset": "130"}, 30), ({}, 60)):
        wait = problem(Refused(429, "RateLimitExceeded", "", headers), 100.0)
        assert isinstance(wait, RetryLater)
        assert wait.after.total_seconds() == seconds
