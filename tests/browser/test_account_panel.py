"""An account's detail in a real browser: its ramp, its health, its history, and what a person does about its state."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from playwright.sync_api import Page, expect

from greenroom_dev.desk import Desk
from tests.support.chromium import NARROW, Browsing
from tests.support.installation import Installation, prepared_installation
from tests.support.page_rules import faults_in_both_themes, stands

LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 3


@dataclass
class Site:
    installation: Installation
    desk: Desk

    def page_of(self, name: str) -> dict[str, Any]:
        return self.desk.page_of(self.desk.character(name=name))

    def write(self, statement: str, account: dict[str, Any], **values: Any) -> None:
        """Change an account past all rules, as only a test may."""
        addresses = self.installation.database.addresses()
        assert addresses is not None
        with psycopg.connect(addresses.superuser) as connection:
            connection.execute(statement, {"account": account["id"], **values})

    def trouble(self, account: dict[str, Any], kind: str, days: float) -> None:
        self.write(
            """insert into gr.account_trouble (organisation_id, client_id, id, account_id, service, kind, said, at)
               select organisation_id, client_id, %(id)s, id, platform, %(kind)s, 'No',
                      now() - %(days)s * interval '1 day'
               from gr.account where id = %(account)s""",
            account, id=str(uuid4()), kind=kind, days=days,
        )  # fmt: skip

    def moved(self, account: dict[str, Any], state: str, by: str, who: str, why: str) -> None:
        """As a rule or the platform moves it."""
        self.write(
            """with account as (
                 update gr.account set state = %(state)s, state_by = %(by)s, state_who = %(who)s, state_at = now(),
                        state_reason = %(why)s, version = version + 1 where id = %(account)s returning *)
               insert into gr.account_move (organisation_id, client_id, id, account_id, was, state, by, who, why)
               select organisation_id, client_id, %(id)s, id, 'active', %(state)s, %(by)s, %(who)s, %(why)s
               from account""",
            account, id=str(uuid4()), state=state, by=by, who=who, why=why,
        )  # fmt: skip

    def open(self, browsing: Browsing, account: dict[str, Any], **options: Any) -> Page:
        page = browsing.open(
            self.desk.url, f"/accounts?account={account['id']}", cookies=[self.desk.browser_cookie], **options
        )
        stands(page)
        return page


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    installation = prepared_installation(GREENROOM_WORKERS="0")
    try:
        yield Site(installation, Desk.first(installation.up()))
    finally:
        installation.remove()


def test_a_person_sets_its_pace_pauses_it_and_lets_it_rest(site: Site, browsing: Browsing) -> None:
    account = site.page_of("Mara Vale")
    page = browsing.open(site.desk.url, "/accounts", cookies=[site.desk.browser_cookie])
    page.get_by_role("link", name="Mara Vale").click()
    panel = page.get_by_role("complementary", name="Account")
    expect(panel.get_by_text("0 of 25 posts · 25 left today")).to_be_visible()
    expect(panel.get_by_text("Nobody and nothing has moved it yet.")).to_be_visible()
    panel.get_by_label("Posts a day").fill("0")
    expect(panel.get_by_text("A whole number from 1 to 500.")).to_be_visible()
    panel.get_by_label("Posts a day").fill("4")
    panel.get_by_role("checkbox", name="Ramp").check()
    panel.get_by_role("button", name="Save the pace").click()
    expect(panel.get_by_text("0 of 1 post · 1 left today")).to_be_visible()
    expect(panel.get_by_text("day 1 of 28")).to_be_visible()
    expect(panel.get_by_text("Ada Lovelace put it into phase 1 of its ramp")).to_be_visible()
    assert faults_in_both_themes(page) == []

    panel.get_by_role("button", name="Let it rest").click()
    page.get_by_label("Why").fill("Between two series")
    assert faults_in_both_themes(page) == []
    page.get_by_role("dialog").get_by_role("button", name="Let it rest").click()
    expect(panel.get_by_role("listitem").get_by_text("Ada Lovelace lets it rest: Between two series")).to_be_visible()
    panel.get_by_role("button", name="Let it post again").click()
    expect(panel.get_by_role("button", name="Let it post again")).to_have_count(0)
    panel.get_by_role("button", name="Pause").click()
    expect(panel.get_by_role("listitem").get_by_text("Paused by Ada Lovelace")).to_be_visible()
    assert site.desk.get(f"/accounts/{account['id']}")["state"] == "paused"


def test_what_somebody_else_changed_meanwhile_is_told_and_taken_up(site: Site, browsing: Browsing) -> None:
    account = site.page_of("Ivo Brandt")
    page = site.open(browsing, account)
    panel = page.get_by_role("complementary", name="Account")
    panel.get_by_label("Minutes apart").fill("30")
    site.desk.patch(f"/accounts/{account['id']}/pace", {"daily_cap": 7}, account["version"])
    with browsing.expecting("412 PATCH .*/pace"):
        panel.get_by_role("button", name="Save the pace").click()
        expect(panel.get_by_text("Somebody changed this account while you were at it.")).to_be_visible()
    assert faults_in_both_themes(page) == []
    panel.get_by_role("button", name="Take what it is now").click()
    expect(panel.get_by_label("Posts a day")).to_have_value("7")
    panel.get_by_label("Minutes apart").fill("30")
    panel.get_by_role("button", name="Save the pace").click()
    expect(panel.get_by_text("30 min between two posts")).to_be_visible()


def test_what_a_rule_did_is_taken_back_and_what_the_platform_did_is_not(site: Site, browsing: Browsing) -> None:
    account = site.page_of(f"Lena {LONG}"[:79])
    for kind, days in (("warning", 0.1), ("warning", 0.5), ("relogin", 1), ("error", 2)):
        site.trouble(account, kind, days)
    site.moved(account, "cooldown", "rule", "its health", f"Its health is 46 of 100. {LONG}")
    page = site.open(browsing, account, width=NARROW)
    panel = page.get_by_role("complementary", name="Account")
    expect(panel.get_by_text("Its platform did not let it do something 2 times")).to_be_visible()
    expect(panel.get_by_text("A rule: its health")).to_be_visible()
    assert faults_in_both_themes(page) == []
    panel.get_by_role("button", name="Let it post again").click()
    expect(panel.get_by_text("Ada Lovelace took back what its health did")).to_be_visible()
    site.moved(account, "suspended", "platform", "Bluesky", "Taken for spam")
    page.reload()
    stands(page)
    expect(panel.get_by_text("can lift that")).to_be_visible()
    for name in ("Let it post again", "Pause", "Let it rest"):
        expect(panel.get_by_role("button", name=name)).to_have_count(0)
    assert faults_in_both_themes(page) == []
    page.get_by_role("button", name="Back to the list").click()
    expect(page.get_by_role("table", name="Accounts")).to_be_visible()


def test_an_account_that_is_not_there_says_so(site: Site, browsing: Browsing) -> None:
    page = site.open(browsing, {"id": str(uuid4())})
    expect(page.get_by_text("This account is not here, or no longer.")).to_be_visible()
    assert faults_in_both_themes(page) == []
    page.get_by_role("button", name="Close").click()
    expect(page.get_by_text("This account is not here")).to_have_count(0)
