"""A character's versions in a real browser: the list, two beside each other, one brought back."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from greenroom_dev.desk import Desk
from tests.support.chromium import NARROW, WIDE, Browsing
from tests.support.installation import prepared_installation
from tests.support.page_rules import assert_faultless, faults_in_both_themes, stands

MARKUP = "<img src=x onerror=\"window.pwned='yes'\">"
UNBROKEN = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 3


@dataclass(frozen=True)
class Office:
    """An installation with a character of three versions and one of a single version."""

    desk: Desk
    character: dict[str, Any]
    fresh: str

    def open(self, browsing: Browsing, character: str, more: str = "", *, width: int = WIDE) -> Page:
        path = f"/cast?character={character}&tab=versions{more}"
        page = browsing.open(self.desk.url, path, width=width, cookies=[self.desk.browser_cookie])
        stands(page)
        return page


@pytest.fixture(scope="module")
def office() -> Iterator[Office]:
    installation = prepared_installation(GREENROOM_WORKERS="0")
    try:
        desk = Desk.first(installation.up())
        made = desk.character(name="Mara Vale")
        biography = f"{made['profile']['biography']} {MARKUP} {UNBROKEN}"
        profile = {**made["profile"], "biography": biography.replace("tidy", "tangled")}
        persona = {**made["persona"], "tone": "dry", "traits": [*made["persona"]["traits"], "short"]}
        path = f"/characters/{made['id']}"
        desk.patch(path, {"profile": profile}, 1)
        character = desk.patch(path, {"persona": persona, "name": "Mara Vale II"}, 2) or desk.get(path)
        yield Office(desk, character, desk.character(name="Nobody Yet")["id"])
    finally:
        installation.remove()


def versions(page: Page) -> list[str]:
    return page.get_by_role("list", name="Versions").get_by_role("listitem").all_inner_texts()


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_every_state_of_the_panel_is_sound(office: Office, browsing: Browsing, width: int) -> None:
    found = {}
    for name, character, more in (
        ("list", office.character["id"], ""),
        ("only one", office.fresh, ""),
        ("compared", office.character["id"], "&compare=1-3"),
    ):
        page = office.open(browsing, character, more, width=width)
        page.get_by_text("Version 1", exact=True).first.wait_for(state="attached")
        found[name] = faults_in_both_themes(page)
        assert page.evaluate("window.pwned") is None
    assert_faultless(found)
    with browsing.expecting("404 GET"):
        page = office.open(browsing, office.character["id"], "&compare=1-99", width=width)
        expect(page.get_by_role("alert").get_by_text("no such version")).to_be_visible()
    assert_faultless({"missing": faults_in_both_themes(page)})


def test_two_are_compared_and_the_words_that_differ_are_marked(office: Office, browsing: Browsing) -> None:
    page = office.open(browsing, office.character["id"])
    assert [row.split("\n")[0] for row in versions(page)] == ["Version 3", "Version 2", "Version 1"]
    for number in (3, 1):
        box = page.get_by_role("checkbox", name=f"Compare version {number}")
        box.focus()
        page.keyboard.press("Space")
    page.get_by_role("button", name="Compare 1 and 3").press("Enter")
    fields = page.get_by_role("list", name="Fields")
    expect(fields).to_be_visible()
    assert "compare=1-3" in page.url
    biography = fields.get_by_role("listitem").filter(has_text="Profile, biography")
    expect(biography.locator("del")).to_have_text("tidy")
    expect(biography.locator("ins").first).to_have_text("tangled")
    expect(fields.get_by_text("Voice, speed")).to_have_count(0)
    page.get_by_role("button", name="Everything").click()
    expect(fields.get_by_text("Voice, speed")).to_be_visible()
    page.get_by_role("button", name="All versions").click()
    expect(page.get_by_role("list", name="Versions")).to_be_visible()


def test_one_is_brought_back_with_its_reason(office: Office, browsing: Browsing) -> None:
    character = office.desk.character(name="Ida Bell")
    path = f"/characters/{character['id']}"
    office.desk.patch(path, {"name": "Ida Bells"}, 1)
    page = office.open(browsing, character["id"])
    page.get_by_role("button", name="Restore version 1").click()
    asked = page.get_by_role("dialog", name="Restore version 1?")
    expect(asked.get_by_label("Why")).to_be_focused()

    def meanwhile(route: Route) -> None:
        """Somebody else changes her while this is on its way: nothing is overwritten unseen."""
        office.desk.patch(path, {"status": "resting"}, 2)
        route.continue_()

    page.route("**/restore", meanwhile, times=1)
    with browsing.expecting("412 POST"):
        asked.get_by_role("button", name="Restore version 1").click()
        expect(asked.get_by_role("alert")).to_contain_text("Nothing was restored")
    asked.get_by_role("button", name="Look again").click()
    page.get_by_role("button", name="Restore version 1").click()
    asked.get_by_label("Why").fill("The old name was right")
    asked.get_by_role("button", name="Restore version 1").click()
    expect(
        page.get_by_role("list", name="Versions").get_by_text("Version 1 again: The old name was right")
    ).to_be_visible()
    expect(page.get_by_role("heading", name="Ida Bell", exact=True)).to_be_visible()
    assert office.desk.get(path)["name"] == "Ida Bell"


def test_who_may_only_read_compares_and_restores_nothing(office: Office, browsing: Browsing) -> None:
    client = office.character["client_id"]
    form = {"name": "Vera", "email": "vera@example.com", "role": "viewer"}
    invited = office.desk.post("/users", {**form, "access": [{"client_id": client, "level": "read"}]})
    token = invited["link"].rsplit("/", 1)[1]
    reader = Desk._entered(office.desk.url, "password", {"token": token, "password": "a red door opens"})
    page = Office(reader, office.character, office.fresh).open(browsing, office.character["id"])
    expect(page.get_by_role("checkbox", name="Compare version 1")).to_be_enabled()
    expect(page.get_by_role("button", name="Restore version 1")).to_have_count(0)
    page.get_by_role("tab", name="Persona").click()
    expect(page.get_by_label("Tone")).to_be_disabled()
