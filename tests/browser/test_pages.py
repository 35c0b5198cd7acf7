"""Every page at both widths, in both themes: accessible, no wider than the window, one main and one heading."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Stage
from tests.support.chromium import NARROW, WIDE, Browsing
from tests.support.page_rules import assert_faultless, faults, faults_in_both_themes, stands

PLACES = ("/", "/make", "/review", "/calendar", "/library", "/cast", "/insights")
PARTS = (
    "organisation",
    "clients",
    "users",
    "service-keys",
    "webhooks",
    "audit",
    "profile",
    "sign-in",
    "tokens",
    "appearance",
)
SETTINGS = tuple(f"/settings/{part}" for part in PARTS)
DETAILS = {
    "review": (
        "/make/{stopped}",
        "/review?content={review}",
        "/review?content={review}&tab=checks",
        "/review?content={review}&tab=sources",
        "/review?content={review}&tab=provenance",
        "/review?content={sent_back}&tab=history",
        "/review?content={review}&publish=true",
    ),
    "posts": (
        "/calendar?view=list",
        "/calendar?post={scheduled}",
        "/calendar?post={published}",
        "/library?item={review}",
        "/insights?post={published}",
    ),
    "cast": (
        "/cast?character={character}",
        "/cast?character={character}&tab=persona",
        "/cast?character={character}&tab=look",
        "/cast?character={character}&tab=voice",
        "/cast?character={character}&tab=disclosure",
        "/cast?character={character}&tab=versions",
        "/cast?create=true",
    ),
}
GROUPS = {"places": PLACES, **DETAILS, "settings": SETTINGS}

both_widths = pytest.mark.parametrize("width", [WIDE, NARROW])


@both_widths
@pytest.mark.parametrize("group", GROUPS)
def test_pages(stage: Stage, browsing: Browsing, group: str, width: int) -> None:
    page = stage.open(browsing, client=stage.full.client, width=width)
    found = {}
    for path in GROUPS[group]:
        _go(page, path.format(**vars(stage.full)), stage.full.client)
        found[path] = faults_in_both_themes(page)
    assert_faultless(found)


@both_widths
def test_pages_with_nothing_on_them(stage: Stage, browsing: Browsing, width: int) -> None:
    page = stage.open(browsing, client=stage.empty, width=width)
    found = {}
    for path in PLACES:
        _go(page, path, stage.empty)
        found[path] = faults_in_both_themes(page)
    assert_faultless(found)


@both_widths
@pytest.mark.parametrize("group", ["places", *DETAILS])
def test_pages_full_of_hostile_text(stage: Stage, browsing: Browsing, group: str, width: int) -> None:
    """Endless words, markup, text that turns around, emoji: the layout holds and nothing of it is taken as markup."""
    page = stage.open(browsing, width=width)
    found = {}
    for path in GROUPS[group]:
        _go(page, path.format(**vars(stage.hostile)))
        found[path] = faults(page)
        assert page.evaluate("window.pwned") is None
        assert page.locator("img[src=x]").count() == 0
    assert_faultless(found)


def test_the_rail_and_the_commands_work_by_keyboard(stage: Stage, browsing: Browsing) -> None:
    page = stage.open(browsing, client=stage.full.client)
    stands(page)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the page")).to_be_focused()
    reached = []
    while "Settings" not in reached:
        page.keyboard.press("Tab")
        focused = page.locator(":focus")
        reached.append(focused.inner_text().strip().split("\n")[0])  # a count may stand under the name
        assert focused.evaluate("one => getComputedStyle(one).outlineStyle") != "none", f"{reached[-1]}: no focus seen"
        assert len(reached) < 20, reached
    assert [name for name in reached if name in RAIL] == RAIL
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Settings", level=1)).to_be_visible()

    page.keyboard.press("Control+k")
    asked = page.get_by_role("combobox", name="Search and commands")
    expect(asked).to_be_focused()
    assert faults(page) == []
    page.keyboard.type("calend")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Calendar", level=1)).to_be_visible()
    page.keyboard.press("Control+k")
    page.keyboard.press("Escape")
    expect(asked).to_be_hidden()


RAIL = ["Board", "Make", "Review", "Calendar", "Library", "Cast", "Insights", "Settings"]


def test_the_rest_of_a_phones_places_are_behind_more(stage: Stage, browsing: Browsing) -> None:
    page = stage.open(browsing, client=stage.full.client, width=NARROW)
    stands(page)
    page.get_by_role("button", name="More").click()
    expect(page.get_by_role("menuitem", name="Insights")).to_be_visible()
    beside = [fault for fault in faults(page) if not fault.startswith("region")]  # an open menu floats over them
    assert beside == []
    page.get_by_role("menuitem", name="Insights").click()
    expect(page.get_by_role("heading", name="Insights", level=1)).to_be_visible()


def test_an_address_that_leads_nowhere(stage: Stage, browsing: Browsing) -> None:
    page = stage.open(browsing)
    with browsing.expecting(r"404 GET .*/contents/"):
        _go(page, f"/make/{stage.empty}")
        found = {"gone": faults(page)}
    _go(page, "/nowhere")
    assert_faultless({**found, "nowhere": faults(page)})
    expect(page.get_by_text("There is nothing behind this door")).to_be_visible()


def _go(page: Page, path: str, client: str | None = None) -> None:
    page.goto(f"{path}{'&' if '?' in path else '?'}client={client}" if client else path)
    stands(page)
