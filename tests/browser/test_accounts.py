"""Accounts in a real browser: linked on real servers, posted to, paused, and connected again."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from greenroom_dev.desk import Desk
from tests.support.bluesky import Pds
from tests.support.chromium import NARROW, Browsing
from tests.support.installation import prepared_installation
from tests.support.page_rules import faults_in_both_themes, stands
from tests.support.snac import Snac


@dataclass
class Site:
    """An installation that may speak with both servers, with a character."""

    desk: Desk
    character: dict[str, Any]
    pds: Pds
    snac: Snac

    def account(self, platform: str) -> dict[str, Any]:
        found: list[dict[str, Any]] = self.desk.get("/accounts")["items"]
        return next(one for one in found if one["platform"] == platform)


@pytest.fixture
def site(pds: Pds, snac: Snac) -> Iterator[Site]:
    installation = prepared_installation(GREENROOM_FETCH_ALLOW=f"{pds.allow}, {snac.allow}")
    try:
        desk = Desk.first(installation.up())
        yield Site(desk, desk.character(name="Mara Vale"), pds, snac)
    finally:
        installation.remove()


def open_accounts(site: Site, browsing: Browsing, **options: Any) -> Page:
    page = browsing.open(site.desk.url, "/accounts", cookies=[site.desk.browser_cookie], **options)
    stands(page)
    return page


def act_on(page: Page, name: str, what: str) -> None:
    page.get_by_role("button", name=f"More for @{name}").click()
    page.get_by_role("menuitem", name=what).click()


def test_a_bluesky_account_is_linked_posted_to_paused_and_connected_again(site: Site, browsing: Browsing) -> None:
    content = site.desk.content(site.character, "Why bread rises", text="Yeast eats sugar. It breathes out gas.")
    member, other = site.pds.member(), site.pds.member()
    page = open_accounts(site, browsing)
    page.get_by_role("button", name="Link an account").click()
    page.get_by_label("Handle").fill(member.handle)
    page.get_by_label("App password").fill(member.app_password)
    page.get_by_label("Character").select_option("Mara Vale")
    page.get_by_label("Server").fill(site.pds.address)
    assert faults_in_both_themes(page) == []
    page.get_by_role("button", name="Link the account").click()
    expect(page.get_by_text(f"@{member.handle} is linked.")).to_be_visible()

    assert site.desk.settled(content, within=240)["status"] == "review"
    site.desk.reviewed(content)
    post = site.desk.posted(content, site.account("bluesky"))
    shown = site.desk.published(post["id"], within=90)
    (record,) = site.pds.posts(member.did)
    assert shown["permalink"].endswith(record["uri"].rpartition("/")[2])
    assert shown["disclosure"]["read_back"] is True

    act_on(page, member.handle, "Pause")
    expect(page.get_by_text("Paused by")).to_be_visible()
    act_on(page, member.handle, "Let it post again")
    expect(page.get_by_text("Paused by")).to_have_count(0)

    act_on(page, member.handle, "Reconnect")
    page.get_by_label("App password").fill(other.app_password)
    with browsing.expecting("422 POST .*/connection"):
        page.get_by_role("button", name="Reconnect", exact=True).click()
        expect(page.get_by_text("does not accept this name with this app password")).to_be_visible()
    page.get_by_label("App password").fill(member.app_password)
    page.get_by_role("button", name="Reconnect", exact=True).click()
    expect(page.get_by_text(f"@{member.handle} is connected.")).to_be_visible()


def test_a_mastodon_account_is_linked_on_its_server(site: Site, browsing: Browsing) -> None:
    member = site.snac.member()
    page = open_accounts(site, browsing, width=NARROW)
    page.get_by_role("button", name="Link an account").click()
    page.get_by_label("Platform").select_option("Mastodon")
    page.get_by_label("Server").fill(site.snac.address)
    page.get_by_label("Character").select_option("Mara Vale")
    assert faults_in_both_themes(page) == []
    page.get_by_role("button", name="Sign in there").click()
    page.wait_for_url(f"{site.snac.address}/oauth/**")
    page.locator("input[name=login]").fill(member.name)
    page.locator("input[name=passwd]").fill(member.password)
    page.get_by_role("button", name="OK").click()
    expect(page.get_by_text("is linked.")).to_be_visible()
    stands(page)
    assert page.url == f"{site.desk.url}/accounts"
    account = site.account("mastodon")
    assert (account["handle"], account["needs_reconnect"]) == (f"{member.name}@localhost:{site.snac.port}", False)
    page.goto("/accounts?failed=other-account")
    expect(page.get_by_text("That was another account.")).to_be_visible()
    assert faults_in_both_themes(page) == []
    page.get_by_role("button", name="Close").click()
    expect(page.get_by_text("That was another account.")).to_have_count(0)
