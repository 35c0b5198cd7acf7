"""The page of jobs in a real browser: a failure appears live and is tried again, a long job is cancelled."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from playwright.sync_api import Locator, Page, Route, expect

from greenroom_dev.desk import Desk
from tests.support.chromium import NARROW, WIDE, Browsing
from tests.support.installation import Installation, prepared_installation, wait_until
from tests.support.page_rules import assert_faultless, faults_in_both_themes, stands

MARKUP = "<img src=x onerror=\"window.pwned='yes'\">"
BIDI = "\u202eRTL override\u202c עברית"
TEXT = "The Moon pulls the water on the near side of the Earth. Most coasts see two high tides in a day. "
WORKED = 120_000  # ms within which a worker on a slow machine has done something
UNBROKEN = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 3


@dataclass(frozen=True)
class Shop:
    """An installation with a worker; its jobs are written as tests want them."""

    installation: Installation
    desk: Desk
    character: dict[str, Any]

    def open(self, browsing: Browsing, more: str = "", *, width: int = WIDE) -> Page:
        path = f"/jobs?client={self.character['client_id']}{more}"
        page = browsing.open(self.desk.url, path, width=width, cookies=[self.desk.browser_cookie])
        stands(page)
        return page

    def write(self, statement: str, **values: Any) -> None:
        """Change jobs past all rules, as only a test may."""
        addresses = self.installation.database.addresses()
        assert addresses is not None
        with psycopg.connect(addresses.superuser) as connection:
            connection.execute(statement, values)

    def job(self, title: str, kind: str = "toy.none", *, state: str = "queued", error: str | None = None) -> str:
        """A job of the client's that begins in this state; a queued one of a known kind is soon run, for the last time.

        Without a payload no known kind can do its work.
        """
        id = str(uuid4())
        self.write(
            """insert into gr.job (organisation_id, client_id, id, kind, title, actor, state, error, starts, ended_at,
                                   updated_at)
               select organisation_id, id, %(id)s, %(kind)s, %(title)s, 'system:test', %(state)s, %(error)s, 4,
                      case when %(state)s = 'failed' then now() end, now() - interval '1 minute'
               from gr.client where id = %(client)s""",
            id=id, kind=kind, title=title, state=state, error=error, client=self.character["client_id"],
        )  # fmt: skip
        return id

    @contextmanager
    def standing_still(self, title: str, stage: str = "") -> Iterator[None]:
        """The worker frozen in the middle of this job, in this stage if it is named: what is shown of it stays."""

        def running() -> bool:
            jobs = self.desk.get("/jobs", client=self.character["client_id"], state="running")["items"]
            return any(title in one["title"] and stage in (one["stage"] or "") for one in jobs)

        wait_until(running, within=timedelta(seconds=120))
        worker = self.installation.process("worker-1")
        worker.suspend()
        try:
            yield
        finally:
            worker.resume()


@pytest.fixture(scope="module")
def shop() -> Iterator[Shop]:
    installation = prepared_installation(GREENROOM_WORKERS="1")
    try:
        desk = Desk.first(installation.up())
        wait_until(lambda: desk.get("/jobs/board")["workers"], within=timedelta(seconds=60))
        yield Shop(installation, desk, desk.character(name="Mara Vale"))
    finally:
        installation.remove()


def row(page: Page, title: str) -> Locator:
    return page.get_by_role("list", name="Jobs").get_by_role("listitem").filter(has_text=title)


def test_a_failing_job_appears_and_is_tried_again_before_ones_eyes(shop: Shop, browsing: Browsing) -> None:
    page = shop.open(browsing)
    expect(page.get_by_text("1 worker alive")).to_be_visible()
    made = shop.desk.content(shop.character, "Why the sea has tides", text=TEXT)
    running = row(page, "Why the sea has tides")
    with shop.standing_still("Why the sea has tides"):
        expect(running.get_by_role("progressbar")).to_be_visible()
    shop.desk.settled(made, within=240)
    expect(running.get_by_text("Done").first).to_be_visible()

    id = shop.job("Make: something broken", "studio.make")
    broken = row(page, "Make: something broken")
    expect(broken.get_by_text("Failed").first).to_be_visible(timeout=WORKED)
    expect(broken.get_by_text("KeyError")).to_be_visible()
    expect(page.get_by_role("list", name="Causes").get_by_text("KeyError")).to_be_visible()
    page.get_by_role("link", name="Make: something broken").press("Enter")
    panel = page.get_by_role("complementary", name="Job")
    expect(panel.get_by_role("region", name="Why it failed")).to_contain_text("The log has the rest")
    expect(panel.get_by_text("5 of at most 5")).to_be_visible()
    shop.write(
        "update gr.job set payload = jsonb_build_object('content', %(made)s::text) where id = %(id)s", made=made, id=id
    )
    panel.get_by_role("button", name="Retry").click()
    expect(broken.get_by_text("Done").first).to_be_visible(timeout=WORKED)
    expect(panel.get_by_text("Done", exact=True)).to_be_visible()


def test_a_long_job_is_cancelled_after_a_question(shop: Shop, browsing: Browsing) -> None:
    page = shop.open(browsing, "&state=running")
    shop.desk.content(shop.character, "Why bread rises", text=TEXT * 2, seconds=30)
    long = row(page, "Why bread rises")
    with shop.standing_still("Why bread rises", "render"):  # each frame looks whether to stop
        expect(long.get_by_text("Render")).to_be_visible()
        long.get_by_role("button", name="Cancel Make: Why bread rises").click()
        asked = page.get_by_role("dialog", name="Cancel this job?")
        expect(asked.get_by_text("What it has finished is kept")).to_be_visible()
        asked.get_by_role("button", name="Cancel 1 job").click()
        expect(asked).to_have_count(0)  # what is behind a dialog has no roles
    expect(long).to_have_count(0, timeout=WORKED)  # it runs no more
    page.get_by_label("State").select_option("cancelled")
    expect(long.get_by_text("Cancelled").first).to_be_visible()
    long.get_by_role("button", name="Retry Make: Why bread rises").click()
    page.get_by_role("button", name="Clear").click()
    expect(long.get_by_role("progressbar").or_(long.get_by_text("Done")).first).to_be_visible(timeout=WORKED)


def test_all_of_one_cause_are_tried_again_at_once(shop: Shop, browsing: Browsing) -> None:
    for n in range(3):
        shop.job(f"Line {n}", state="failed", error=f"Line {n} of the switchboard is dead")
    shop.job("Other", state="failed", error="The disk is full")
    page = shop.open(browsing)
    cause = page.get_by_role("list", name="Causes").get_by_role("listitem").filter(has_text="switchboard")
    cause.get_by_role("link", name="3 jobs").click()
    expect(page.get_by_role("list", name="Jobs").get_by_role("listitem")).to_have_count(3)
    assert "cause=" in page.url
    page.get_by_role("button", name="One cause").click()
    cause.get_by_role("button", name="Retry all 3").click()
    expect(page.get_by_text("3 jobs wait for a worker again.")).to_be_visible()
    expect(cause).to_have_count(0)
    expect(row(page, "Line 1").get_by_text("Waiting").first).to_be_visible()
    expect(row(page, "Other").get_by_text("Failed").first).to_be_visible()


def test_the_list_is_walked_by_keys_and_goes_on(shop: Shop, browsing: Browsing) -> None:
    for n in range(60):
        shop.job(f"Many {n}", "toy.many")
    page = shop.open(browsing, "&kind=toy.many")
    rows = page.get_by_role("list", name="Jobs").get_by_role("listitem")
    expect(rows).to_have_count(50)
    page.get_by_role("button", name="Show older ones").click()
    expect(rows).to_have_count(60)
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(rows.nth(1).get_by_role("link")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("complementary", name="Job")).to_be_visible()


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_every_state_of_the_page_is_sound(shop: Shop, browsing: Browsing, width: int) -> None:
    hostile = shop.job(f"{MARKUP} {UNBROKEN}"[:300], state="failed", error=f"{MARKUP} {UNBROKEN} {BIDI}")
    found = {}
    page = shop.open(browsing, width=width)
    page.locator("summary").click()
    expect(page.get_by_role("table", name="Workers").get_by_text("Alive")).to_be_visible()
    found["list"] = faults_in_both_themes(page)
    page = shop.open(browsing, f"&job={hostile}", width=width)
    expect(page.get_by_role("region", name="Why it failed")).to_contain_text(MARKUP)
    found["job"] = faults_in_both_themes(page)
    assert page.evaluate("window.pwned") is None
    page = shop.open(browsing, "&kind=toy.never", width=width)
    expect(page.get_by_text("No job is like that")).to_be_visible()
    found["none"] = faults_in_both_themes(page)
    with browsing.expecting("404 GET"):
        page = shop.open(browsing, f"&job={uuid4()}", width=width)
        expect(page.get_by_role("alert").get_by_text("no such job")).to_be_visible()
    found["missing"] = faults_in_both_themes(page)
    assert_faultless(found)


def test_a_new_client_has_no_jobs_yet(shop: Shop, browsing: Browsing) -> None:
    client = shop.desk.post("/clients", {"name": "Nothing & Daughters", "colour": "#2f7a55", "zone": "UTC"})["id"]
    page = browsing.open(shop.desk.url, f"/jobs?client={client}", cookies=[shop.desk.browser_cookie])
    expect(page.get_by_text("Nothing has been asked of the machines yet")).to_be_visible()
    assert_faultless({"empty": faults_in_both_themes(page)})


def test_a_list_that_cannot_be_read_says_so_and_asks_again(shop: Shop, browsing: Browsing) -> None:
    def refuse(route: Route) -> None:
        route.fulfill(status=503, json={"type": "x", "title": "x", "status": 503, "detail": "Come back in a moment"})

    page = shop.open(browsing, "&state=done")
    with browsing.expecting("503 GET"):
        page.route("**/api/v1/jobs*", refuse)
        page.get_by_label("State").select_option("cancelled")
        told = page.get_by_role("alert").filter(has_text="Come back in a moment")
        expect(told).to_be_visible(timeout=WORKED)
    page.unroute("**/api/v1/jobs*")
    told.get_by_role("button", name="Try again").click()
    expect(told).to_have_count(0)
