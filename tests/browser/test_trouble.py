"""What a person sees when the session ends or the server cannot be reached, and how it goes on."""

from playwright.sync_api import expect

from greenroom_dev.desk import PASSWORD, Desk
from tests.browser.conftest import Stage
from tests.support.chromium import Browsing
from tests.support.page_rules import faults, stands

LIVE = "**/api/v1/events"
UNREACHABLE = r"net::ERR_(FAILED|INCOMPLETE_CHUNKED_ENCODING|EMPTY_RESPONSE|CONNECTION_RESET|CONTENT_LENGTH_MISMATCH)"


def test_a_session_that_ends_while_one_types(stage: Stage, browsing: Browsing) -> None:
    mine = Desk.sign_in(stage.desk.url)
    page = browsing.open(mine.url, f"/make?client={stage.full.client}", cookies=[mine.browser_cookie])
    page.get_by_label("Topic").fill("Typed before the session ended")
    mine.delete("/session")
    with browsing.expecting("401 POST .*/contents"):
        page.get_by_role("button", name="Make the video").click()
        again = page.get_by_role("dialog", name="Your session has ended")
        expect(again).to_be_visible()
    assert faults(page) == []
    again.get_by_label("Password").fill("not this one")
    with browsing.expecting("401 POST .*/session"):
        again.get_by_role("button", name="Sign in", exact=True).click()
        expect(again.get_by_role("alert")).to_be_visible()
    again.get_by_label("Password").fill(PASSWORD)
    again.get_by_role("button", name="Sign in", exact=True).click()
    expect(again).to_be_hidden()
    expect(page.get_by_label("Topic")).to_have_value("Typed before the session ended")


def test_without_a_session_every_page_asks_for_one_and_comes_back(stage: Stage, browsing: Browsing) -> None:
    with browsing.expecting("401 GET .*/session"):
        page = browsing.open(stage.desk.url, "/calendar?view=list")
        expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    assert faults(page) == []
    page.get_by_label("E-mail").fill("ada@example.com")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Calendar", level=1)).to_be_visible()
    assert "view=list" in page.url


def test_links_that_do_not_work_any_more_say_so(stage: Stage, browsing: Browsing) -> None:
    page = browsing.open(stage.desk.url, "/welcome/used-long-ago")
    for path in ("/welcome/used-long-ago", "/password/never-was"):
        page.goto(path)
        expect(page.get_by_role("alert").or_(page.get_by_role("heading", level=2))).to_be_visible()
        assert faults(page) == []


def test_the_server_goes_away_and_comes_back(stage: Stage, browsing: Browsing) -> None:
    page = stage.open(browsing, client=stage.full.client)
    stands(page)
    note = page.get_by_text("Connection lost")
    with browsing.expecting(UNREACHABLE):
        # The live line comes back last: with it the page asks for everything anew, and nobody has to press a button.
        for path in (LIVE, "**/api/**"):
            page.context.route(path, lambda route: route.abort())
        stage.installation.process("server").kill()
        expect(note).to_be_visible(timeout=60_000)
        page.get_by_role("navigation", name="Main").get_by_role("link", name="Insights").click()
        error = page.get_by_role("alert")
        expect(error).to_contain_text("Greenroom does not answer")
        assert faults(page) == []
        page.context.unroute("**/api/**")
        error.get_by_role("button", name="Try again").click(timeout=60_000)
        expect(page.get_by_role("table", name="Posts by views")).to_be_visible(timeout=60_000)
        expect(note).to_be_visible()
        page.context.unroute(LIVE)
    expect(note).to_be_hidden(timeout=60_000)


def test_a_server_that_is_not_there_when_the_page_starts(stage: Stage, browsing: Browsing) -> None:
    page = browsing.open(stage.desk.url, stage.full.profile, cookies=[stage.desk.browser_cookie])
    page.context.route("**/api/**", lambda route: route.abort())
    with browsing.expecting(UNREACHABLE, "console: Unreachable"):
        page.goto("/insights")
        expect(page.get_by_role("heading", name="Greenroom does not answer")).to_be_visible()
        assert faults(page) == []
        page.context.unroute("**/api/**")
        page.get_by_role("button", name="Try again").click()
        expect(page.get_by_role("heading", name="Insights", level=1)).to_be_visible()
