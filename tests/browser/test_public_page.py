"""The public page as strangers see it, without a script: both widths, both themes, with calm and with hostile text."""

import pytest
from playwright.sync_api import Request, expect

from tests.browser.conftest import Stage
from tests.support.chromium import NARROW, WIDE, Browsing
from tests.support.page_rules import assert_faultless, faults_in_both_themes


@pytest.mark.parametrize("width", [WIDE, NARROW])
@pytest.mark.parametrize("name", ["full", "hostile"])
def test_page_and_post(stage: Stage, browsing: Browsing, name: str, width: int) -> None:
    part = getattr(stage, name)
    page = browsing.open(stage.desk.url, part.profile, width=width)
    asked: list[Request] = []
    page.on("request", lambda request: asked.append(request))  # Playwright cannot take the method itself
    found = {"profile": faults_in_both_themes(page)}
    page.get_by_role("listitem").get_by_role("link").filter(has=page.get_by_role("heading")).first.click()
    expect(page.locator("video[controls]")).to_be_visible()
    found["post"] = faults_in_both_themes(page)
    assert_faultless(found)
    assert all(one.url.startswith(stage.desk.url) for one in asked)
    assert page.locator("script:not([type='application/ld+json'])").count() == 0
    assert page.evaluate("window.pwned") is None
    assert page.context.cookies() == []


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_what_is_gone_and_what_never_was(stage: Stage, browsing: Browsing, width: int) -> None:
    page = browsing.open(stage.desk.url, stage.full.profile, width=width)
    found = {}
    for status, path in ((410, stage.full.removed), (404, f"{stage.full.profile}/never-was"), (404, "/p/nobody")):
        with browsing.expecting(f"{status} GET .*{path}"):
            page.goto(path)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        found[path] = faults_in_both_themes(page)
    assert_faultless(found)


def test_a_reader_gets_along_with_the_keyboard(stage: Stage, browsing: Browsing) -> None:
    page = browsing.open(stage.desk.url, stage.full.permalink)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    reached = []
    for _ in range(12):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.innerText || document.activeElement.tagName"))
    assert "Mara Vale" in reached[0]
    assert "VIDEO" in reached
    assert "Download the video" in reached
