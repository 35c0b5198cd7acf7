"""One installation for all page tests: a client with everything in it, one with hostile text, one with nothing; and one
lab of phones for the tests of the wall."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from greenroom_dev.desk import Desk
from tests.support.chromium import WIDE, Browsing
from tests.support.installation import Installation, prepared_installation
from tests.support.wall_page import WallLab, wall_lab

HERE = Path(__file__).parent
LIMIT = 400
"""Seconds that a test may take: enough for a machine four times as slow as a developer's."""
TEXT = (
    "The Moon pulls the water on the near side of the Earth more strongly than the Earth itself. "
    "Most coasts see two high tides in 24 hours and 50 minutes."
)
UNBROKEN = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 3
MARKUP = "<img src=x onerror=\"window.pwned='yes'\"><script>window.pwned='yes'</script>"
BIDI = "\u202eRTL override\u202c עברית العربية \u2067x\u2069"
EMOJI = "👩🏽‍🚀🏳️‍🌈🇪🇺👨‍👩‍👧‍👦 " * 6


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.parent == HERE and not item.get_closest_marker("timeout"):
            item.add_marker(pytest.mark.timeout(LIMIT))


@dataclass(frozen=True)
class Part:
    """What one client has: ids by what they are."""

    client: str
    character: str
    review: str
    sent_back: str
    stopped: str
    scheduled: str
    published: str
    profile: str
    permalink: str
    removed: str


@dataclass(frozen=True)
class Stage:
    """The installation of the page tests."""

    installation: Installation
    desk: Desk
    full: Part
    hostile: Part
    empty: str

    def open(self, browsing: Browsing, path: str = "/", *, client: str | None = None, width: int = WIDE) -> Page:
        """A signed-in window, narrowed to one client if it is named."""
        shown = f"{path}?client={client}" if client else path
        return browsing.open(self.desk.url, shown, width=width, cookies=[self.desk.browser_cookie])


@pytest.fixture(scope="package")
def stage() -> Iterator[Stage]:
    installation = prepared_installation(GREENROOM_WORKERS="1")
    try:
        desk = Desk.first(installation.up(), name=f"Ada {UNBROKEN}"[:200])
        first = desk.get("/clients")["items"][0]["id"]
        second = _client(desk, f"{UNBROKEN} {MARKUP}"[:200], "Asia/Kolkata")
        empty = _client(desk, "Nothing & Daughters", "America/New_York")
        calm = desk.character(client=first, name="Mara Vale")
        wild = desk.character(
            client=second,
            template="workbench",
            name=f"<i>{UNBROKEN[:24]}",
            profile={"biography": f"{MARKUP} {BIDI} {UNBROKEN} {EMOJI}", "pronouns": "<b>x</b>"},
        )
        # Nothing is made with these words: a check keeps captions of endless ones from going out.
        desk.character(client=second, name=UNBROKEN[:80])
        made = {
            "full": (calm, {"topic": "Why the sea has tides", "text": TEXT}),
            "hostile": (
                wild,
                {"topic": f"{MARKUP} {BIDI} {UNBROKEN[:24]} 👩🏽‍🚀", "text": f"{TEXT} {BIDI} {EMOJI}", "seconds": 30},
            ),
        }
        running = {name: desk.content(character, **brief) for name, (character, brief) in made.items()}
        words = {"full": {}, "hostile": {"caption": f"{MARKUP} {UNBROKEN} {BIDI}", "hashtags": [UNBROKEN[:80]]}}
        parts = {name: _part(desk, *made[name], words[name], first=content) for name, content in running.items()}
        yield Stage(installation, desk, parts["full"], parts["hostile"], empty)
    finally:
        installation.remove()


@pytest.fixture(scope="package")
def eight_phones(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WallLab]:
    """Until this folder's tests are done: others would find them a busy neighbour."""
    with wall_lab(tmp_path_factory.mktemp("agent"), androids=8) as lab:
        yield lab


@pytest.fixture
def lab(eight_phones: WallLab) -> WallLab:
    """Every phone on its home screen, and nobody's."""
    eight_phones.rest()
    return eight_phones


def _client(desk: Desk, name: str, zone: str) -> str:
    return str(desk.post("/clients", {"name": name, "colour": "#2f7a55", "zone": zone})["id"])


def _part(desk: Desk, character: dict[str, Any], brief: dict[str, Any], words: dict[str, Any], *, first: str) -> Part:
    """Contents and posts in many states; all but the first content take the first one's stages as they are."""
    done = desk.settled(first)
    assert done["status"] == "review", done["error"]
    page = desk.page_of(character)
    link = {"account_id": page["id"], "title": f"{UNBROKEN}"[:120], "address": f"https://example.com/{'x' * 300}"}
    desk.post("/links", link, client=character["client_id"])
    planned, out, removed, sent_back = _again(desk, character, brief, times=4)
    for content in (planned, out, removed):
        desk.reviewed(content)
    desk.reviewed(sent_back, "changes", note=f"{MARKUP} {UNBROKEN} {BIDI}", at_seconds=3.5)
    tomorrow = f"{datetime.now(UTC) + timedelta(days=1):%Y-%m-%d}T09:00"
    scheduled = desk.posted(planned, page, at={"wall": tomorrow, "zone": "Asia/Kolkata"}, again=True)
    going = [desk.posted(content, page, **words, again=True)["id"] for content in (out, removed)]
    shown, gone = [desk.published(post) for post in going]
    desk.post(f"/posts/{gone['id']}/take-down")
    stopped = desk.content(character, **{**brief, "topic": f"Not {brief['topic']}{UNBROKEN[:99]}"})
    desk.post(f"/contents/{stopped}/cancel")
    return Part(
        client=character["client_id"],
        character=character["id"],
        review=first,
        sent_back=sent_back,
        stopped=stopped,
        scheduled=scheduled["id"],
        published=shown["id"],
        profile=page["url"],
        permalink=shown["permalink"],
        removed=gone["permalink"],
    )


def _again(desk: Desk, character: dict[str, Any], brief: dict[str, Any], *, times: int) -> list[str]:
    contents = [desk.content(character, **brief) for _ in range(times)]
    assert {desk.settled(content)["status"] for content in contents} == {"review"}
    return contents
