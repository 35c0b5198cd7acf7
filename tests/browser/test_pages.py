"""Every page at both widths, in both themes: accessible, no wider than the window, one main and one heading."""

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Part, Stage
from tests.support.chromium import NARROW, WIDE, Browsing
from tests.support.page_rules import faults, stands

PLACES = ("/", "/make", "/review", "/calendar", "/library", "/cast", "/insights")
DETAILS = (
    "/make/{stopped}",
    "/review?content={review}",
    "/review?content={review}&tab=checks",
    "/review?content={review}&tab=sources",
    "/review?content={review}&tab=provenance",
    "/review?content={sent_back}&tab=history",
    "/calendar?view=list",
    "/calendar?post={scheduled}",
    "/calendar?post={published}",
    "/library?item={review}",
    "/cast?character={character}",
    "/cast?character={character}&tab=persona",
    "/cast?character={character}&tab=look",
    "/cast?character={character}&tab=voice",
    "/cast?character={character}&tab=disclosure",
    "/cast?create=true",
    "/insights?post={published}",
)
SETTINGS = tuple(f"/settings/{part}" for part in ("organisation", "clients", "users", "profile", "appearance"))

both_widths = pytest.mark.parametrize("width", [WIDE, NARROW])


def at_desk(stage: Stage, browsing: Browsing, path: str, width: int, client: str | None = None) -> Page:
    """A signed-in window at the page; narrowed to one client if it is named."""
    narrowed = f"{path}{'&' if '?' in path else '?'}client={client}" if client else path
    return browsing.open(stage.desk.url, narrowed, width=width, cookies=[stage.desk.browser_cookie])


def assert_good(page: Page) -> None:
    stands(page)
    found = faults(page)
    page.emulate_media(color_scheme="dark")
    stands(page)
    found += [f"dark: {fault}" for fault in faults(page)]
    assert found == []


@both_widths
@pytest.mark.parametrize("path", PLACES + DETAILS + SETTINGS)
def test_page(stage: Stage, browsing: Browsing, path: str, width: int) -> None:
    assert_good(at_desk(stage, browsing, path.format(**vars(stage.full)), width, stage.full.client))


@both_widths
@pytest.mark.parametrize("path", PLACES)
def test_page_with_nothing_on_it(stage: Stage, browsing: Browsing, path: str, width: int) -> None:
    assert_good(at_desk(stage, browsing, path, width, stage.empty))


@both_widths
@pytest.mark.parametrize("path", PLACES + DETAILS)
def test_page_full_of_hostile_text(stage: Stage, browsing: Browsing, path: str, width: int) -> None:
    page = at_desk(stage, browsing, path.format(**vars(stage.hostile)), width)
    assert_good(page)
    assert page.evaluate("window.pwned") is None
    assert page.locator("img[src=x]").count() == 0
