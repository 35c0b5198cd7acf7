"""Single sign-on in a real browser: set up in the settings, checked, and then the way in through the provider."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from greenroom_dev.desk import ADMINISTRATOR, EMAIL, PASSWORD, Desk
from tests.support.chromium import NARROW, Browsing
from tests.support.installation import FIRST_PORT, Installation, prepared_installation
from tests.support.oidc import SECRET, US, OpenIdProvider, openid_provider
from tests.support.page_rules import faults_in_both_themes, stands

NAME, ORGANISATION = "Example identity", ADMINISTRATOR["organisation"]


@dataclass
class Site:
    url: str
    idp: OpenIdProvider


@pytest.fixture
def site() -> Iterator[Site]:
    """An installation that may speak with the provider, and the provider that knows its address."""
    addresses = [f"http://localhost:{port}/api/v1/session/oidc/return" for port in range(FIRST_PORT, FIRST_PORT + 50)]
    with openid_provider(redirects=addresses) as idp:
        idp.person("ada", email=EMAIL, name="Ada at the provider")
        installation: Installation = prepared_installation(GREENROOM_FETCH_ALLOW=idp.allow, GREENROOM_WORKERS="0")
        try:
            yield Site(Desk.first(installation.up()).url.replace("127.0.0.1", "localhost"), idp)
        finally:
            installation.remove()


def enter_password(page: Page) -> None:
    page.get_by_label("E-mail").fill(EMAIL)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def set_up(page: Page, site: Site) -> None:
    page.get_by_role("button", name="Add a provider").click()
    page.get_by_label("Name").fill(NAME)
    page.get_by_label("Issuer").fill(site.idp.issuer)
    page.get_by_label("Client ID").fill(US)
    page.get_by_label("Client secret", exact=True).fill(SECRET)
    page.get_by_label("On", exact=False).first.check()
    page.get_by_label("On the sign-in page").check()
    assert faults_in_both_themes(page) == []
    page.get_by_role("button", name="Add the provider").click()
    expect(page.get_by_text("Nobody is tied to it.")).to_be_visible()
    page.get_by_role("button", name="Check", exact=True).click()
    expect(page.get_by_text("It is switched on.")).to_be_visible()
    expect(page.get_by_label("Wrong:")).to_have_count(0)
    assert page.get_by_label(f"Redirect address of {NAME}").input_value().startswith(site.url)
    assert faults_in_both_themes(page) == []


def tie(page: Page, site: Site) -> None:
    """A super user ties the account at the provider when signed in: no address alone does."""
    page.goto(f"{site.url}/settings/sign-in")
    page.get_by_role("button", name=f"Tie my account at {NAME}").click()
    page.get_by_role("button", name="Ada at the provider").click()
    expect(page.get_by_text("You sign in with it.")).to_be_visible()
    assert page.url == f"{site.url}/settings/sign-in"
    assert faults_in_both_themes(page) == []
    page.goto(f"{site.url}/settings/single-sign-on")


def test_a_provider_is_set_up_and_then_opens_the_door(site: Site, browsing: Browsing) -> None:
    page = browsing.open(site.url, "/sign-in?to=/settings/single-sign-on")
    enter_password(page)
    set_up(page, site)
    tie(page, site)

    door = browsing.open(site.url, "/sign-in?to=/settings/sign-in", width=NARROW)
    expect(door.get_by_role("button", name=f"Sign in with {NAME}")).to_be_visible()
    expect(door.get_by_text(f"For people of {ORGANISATION}")).to_be_visible()
    assert faults_in_both_themes(door) == []
    door.get_by_role("button", name=f"Sign in with {NAME}").click()
    door.get_by_role("button", name="Nobody").click()
    expect(door.get_by_role("alert")).to_contain_text("The provider let nobody in.")
    door.get_by_role("button", name=f"Sign in with {NAME}").click()
    door.get_by_role("button", name="Ada at the provider").click()
    expect(door.get_by_text("single sign-on").first).to_be_visible()
    assert door.url == f"{site.url}/settings/sign-in"
    stands(door)
    assert faults_in_both_themes(door) == []

    provider = page.get_by_text("its own address is").inner_text().rpartition("/")[2]
    own = browsing.open(site.url, f"/sign-in/{provider}?to=/settings/sign-in", width=NARROW)
    expect(own.get_by_text(f"For people of {ORGANISATION}")).to_be_visible()
    stands(own)
    assert faults_in_both_themes(own) == []
    own.get_by_role("button", name=f"Sign in with {NAME}").click()
    own.get_by_role("button", name="Ada at the provider").click()
    expect(own.get_by_text("single sign-on").first).to_be_visible()
    gone = browsing.open(site.url, "/sign-in/0199aaaa-0000-7000-8000-000000000000", width=NARROW)
    expect(gone.get_by_role("alert")).to_contain_text("There is no such identity provider")
    assert faults_in_both_themes(gone) == []

    page.reload()
    expect(page.get_by_text("One person is tied to it.")).to_be_visible()
    expect(page.get_by_text(NAME, exact=True)).to_be_visible()
