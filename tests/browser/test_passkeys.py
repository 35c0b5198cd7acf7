"""One's own sign-in in a real browser: a passkey on Chromium's virtual authenticator, and an authenticator app."""

from collections.abc import Iterator

import pyotp
import pytest
from playwright.sync_api import Page, expect

from greenroom_dev.desk import EMAIL, PASSWORD, Desk
from tests.support.chromium import Browsing
from tests.support.installation import prepared_installation
from tests.support.page_rules import faults


@pytest.fixture
def site() -> Iterator[str]:
    """An installation with its first administrator, under the one name for which browsers need no TLS."""
    installation = prepared_installation(GREENROOM_WORKERS="0")
    try:
        yield Desk.first(installation.up()).url.replace("127.0.0.1", "localhost")
    finally:
        installation.remove()


@pytest.fixture
def door(site: str, browsing: Browsing) -> Page:
    """The sign-in page, in a browser with a security key that knows its person."""
    page = browsing.open(site, "/sign-in?to=/settings/sign-in")
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    key = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    devtools.send(
        "WebAuthn.addVirtualAuthenticator",
        {"options": {**key, "isUserVerified": True, "automaticPresenceSimulation": True}},
    )
    return page


def enter_password(page: Page) -> None:
    page.get_by_label("E-mail").fill(EMAIL)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def leave(page: Page) -> None:
    """Sign out as the menu does, and stand before the door again."""
    page.evaluate("fetch('/api/v1/session', {method: 'DELETE'})")
    page.goto("/sign-in?to=/settings/sign-in")
    expect(page.get_by_label("Password")).to_be_visible()


def test_a_passkey_is_made_in_the_settings_and_then_opens_the_door(door: Page) -> None:
    enter_password(door)
    door.get_by_role("button", name="Add a passkey").click()
    expect(door.get_by_label("Name of Passkey 1")).to_be_visible()
    assert faults(door) == []
    leave(door)
    door.get_by_role("button", name="Sign in with a passkey").click()
    expect(door.get_by_label("Name of Passkey 1")).to_be_visible()
    expect(door.get_by_text("Not yet")).to_have_count(0)
    door.get_by_role("button", name="Remove Passkey 1").click()
    expect(door.get_by_label("Name of Passkey 1")).to_have_count(0)


def test_an_authenticator_app_is_set_up_and_then_asked_for(door: Page, browsing: Browsing) -> None:
    enter_password(door)
    door.get_by_role("button", name="Set up an app").click()
    setting_up = door.get_by_role("dialog", name="Set up an app")
    expect(setting_up.get_by_role("img", name="QR code for an authenticator app")).to_be_visible()
    assert faults(door) == []
    app = pyotp.TOTP(setting_up.get_by_label("Or type this key into the app").input_value())
    setting_up.get_by_label("Code", exact=True).fill(app.now())
    setting_up.get_by_role("button", name="Ask for codes from now on").click()
    codes = door.get_by_role("dialog", name="Recovery codes")
    expect(codes.get_by_role("listitem")).to_have_count(10)
    assert faults(door) == []
    recovery = codes.get_by_role("listitem").first.inner_text()
    codes.get_by_role("button", name="I have kept them").click()
    leave(door)
    with browsing.expecting("401 POST .*/session"):
        enter_password(door)
        expect(door.get_by_label("Code")).to_be_visible()
    assert faults(door) == []
    door.get_by_label("Code").fill(recovery)
    door.get_by_role("button", name="Sign in").click()
    expect(door.get_by_text("9 of 10 recovery codes are left")).to_be_visible()
