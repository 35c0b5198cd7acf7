"""Two organisations on one server, an administrator of each at work side by side: neither ever reads of the other."""

import asyncio
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pyotp
import pytest
from playwright.sync_api import Locator, Page, expect

from greenroom.entrypoints.house import house_of_command
from greenroom.infra.settings import Settings
from greenroom.tenancy import facade
from greenroom_dev.desk import PASSWORD, Desk
from tests.support.chromium import NARROW, WIDE, Browsing
from tests.support.figures import Figures
from tests.support.house import make_tenant
from tests.support.installation import Installation, prepared_installation
from tests.support.page_rules import assert_faultless, faults, faults_in_both_themes, stands

SECTIONS = ("organisation", "clients", "users", "service-keys", "audit", "profile", "sign-in", "tokens", "appearance")
LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
AT_ONCE = 5.0
"""Seconds within which a change of access shows on the other's open page."""


@dataclass
class Side:
    """One administrator's window, and the mark that stands in every name they give."""

    mark: str
    page: Page
    read: list[str]
    """The text of every page that was looked at."""

    @property
    def key(self) -> str:
        return f"sk-{self.mark}-voice-key-value-{self.mark[:4]}"

    def go(self, section: str) -> None:
        self.page.goto(f"/settings/{section}")
        stands(self.page)
        self.note()

    def note(self) -> None:
        self.read.append(self.page.inner_text("body") + self.page.title())


@pytest.fixture(scope="module")
def place() -> Iterator[tuple[Installation, Desk]]:
    """An installation with its first administrator."""
    made = prepared_installation(GREENROOM_WORKERS="0")
    try:
        running = made.up()
        yield made, Desk.first(running, organisation="AACANARY House", client="AACANARY One", name="AACANARY Ada")
    finally:
        made.remove()


@pytest.fixture
def sides(place: tuple[Installation, Desk], browsing: Browsing) -> tuple[Side, Side]:
    """The first administrator of the installation, and that of another organisation, each in a browser of their own."""
    installation, desk = place
    url = desk.url.replace("127.0.0.1", "localhost")  # the one name for which browsers allow passkeys without TLS
    cookie = {**desk.browser_cookie, "url": url}
    ours = Side("AACANARY", browsing.open(url, "/settings/clients", cookies=[cookie]), [])
    with ThreadPoolExecutor(1) as pool:  # Playwright's loop runs in this thread
        link = pool.submit(asyncio.run, _another_organisation(installation.home)).result()
    return ours, Side("ZZCANARY", _entered(browsing.open(url, link)), [])


async def _another_organisation(home: Path) -> str:
    """Gives the link with which its administrator chooses a password."""
    async with house_of_command(Settings(home=home)) as house:
        tenant = await make_tenant(house, "ZZCANARY")
        async with tenant.context() as ctx:
            return await facade.password_link(ctx.db, house, tenant.organisation, tenant.user)


def _entered(page: Page) -> Page:
    """The page of somebody who chose a password by their link."""
    page.get_by_label("New password").fill(PASSWORD)
    page.get_by_role("button", name="Keep this password and sign in").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_role("navigation", name="Main")).to_be_visible()
    return page


def test_neither_reads_of_the_other(sides: tuple[Side, Side], browsing: Browsing, figures: Figures) -> None:
    ours, theirs = sides
    for side in sides:
        _add_a_client(side)
    eve = Side(ours.mark, _invited(ours, browsing, "Eve", "Viewer"), [])
    ken = Side(theirs.mark, _invited(theirs, browsing, "Ken", "Member"), [])
    _set_up_an_app(ours)
    _add_a_passkey(theirs)
    for side in sides:
        _use_a_token(side)
        _keep_a_service_key(side)
    within = _change_access(ours, eve)
    for side in (eve, ken):
        _look_around_as_guest(side)
    within["signed out"] = _disable(theirs, ken, browsing)
    for side in sides:
        _read_the_audit_trail(side, "Eve" if side is ours else "Ken")
        for section in SECTIONS:
            side.go(section)
    for side, other in ((ours, theirs), (theirs, ours), (eve, theirs), (ken, ours)):
        text = "\n".join(side.read)
        assert side.mark in text
        assert other.mark not in text
        assert side.key not in text
    pages = sum(len(side.read) for side in (*sides, eve, ken))
    figures("two organisations in the browser", f"{pages} page texts read, none names the other")
    slowest = max(within.values())
    figures("change of access on an open page", f"{', '.join(f'{w} {s:.2f} s' for w, s in within.items())} (≤ 5 s)")
    assert slowest <= AT_ONCE


def _add_a_client(side: Side) -> None:
    side.go("clients")
    side.page.get_by_role("button", name="Add a client").click()
    dialog = side.page.get_by_role("dialog", name="A new client")
    dialog.get_by_label("Name", exact=True).fill(f"{side.mark} Two")
    dialog.get_by_role("button", name="Add the client").click()
    expect(side.page.get_by_role("table", name="Clients")).to_contain_text(f"{side.mark} Two")
    side.note()


def _invited(side: Side, browsing: Browsing, name: str, role: str) -> Page:
    """Invite somebody for the first client; gives their window once they are in."""
    side.go("users")
    side.page.get_by_role("button", name="Invite somebody").click()
    dialog = side.page.get_by_role("dialog", name="Invite somebody")
    dialog.get_by_label("Name", exact=True).fill(f"{side.mark} {name}")
    dialog.get_by_label("E-mail").fill(f"{name}@{side.mark}.example".lower())
    dialog.get_by_label("Role").select_option(role)
    dialog.get_by_label(f"Access to {side.mark} One").select_option("Full")
    dialog.get_by_label(f"Access to {side.mark} Two").select_option("None")
    assert faults(side.page) == []
    dialog.get_by_role("button", name="Invite").click()
    link = side.page.get_by_label("One-time link").input_value()
    side.note()
    side.page.get_by_role("button", name="Close").last.click()
    expect(side.page.get_by_role("table", name="Users")).to_contain_text(f"{side.mark} {name}")
    return _entered(browsing.open(link))


def _change_access(side: Side, eve: Side) -> dict[str, float]:
    """Give and take access while Eve's page stays open; seconds until it shows there, by what was changed."""
    within = {}
    eve.go("clients")
    clients = eve.page.get_by_role("table", name="Clients")
    second = clients.get_by_text(f"{side.mark} Two")
    expect(second).to_have_count(0)
    dialog = _user_dialog(side)
    dialog.get_by_label(f"Access to {side.mark} Two").select_option("Read only")
    within["a client given"] = _saved_and_seen(dialog, second)

    users = eve.page.get_by_role("navigation", name="Settings").get_by_role("link", name="Users")
    expect(users).to_have_count(0)
    dialog = _user_dialog(side)
    dialog.get_by_label("Role").select_option("Administrator")
    within["a role given"] = _saved_and_seen(dialog, users)
    eve.go("users")
    people = eve.page.get_by_role("table", name="Users")
    expect(people).to_contain_text(f"{side.mark} Eve")
    eve.go("service-keys")
    expect(eve.page.get_by_role("table", name="Service keys")).to_contain_text("Voice")
    expect(eve.page.get_by_role("button", name="Change the key of Voice")).to_have_count(0)
    dialog = _user_dialog(side)
    dialog.get_by_label("Role").select_option("Viewer")
    refused = eve.page.get_by_role("heading", name="Administrators look after service keys")
    within["a role taken"] = _saved_and_seen(dialog, refused)
    eve.go("clients")
    dialog = _user_dialog(side)
    dialog.get_by_label(f"Access to {side.mark} Two").select_option("None")
    within["a client taken"] = _saved_and_seen(dialog, second, gone=True)
    return within


def _disable(side: Side, ken: Side, browsing: Browsing) -> float:
    """Seconds until the page of somebody who may no longer sign in asks who sits there."""
    dialog = _user_dialog(side, "Ken")
    dialog.get_by_role("checkbox", name="Disabled").check()
    with browsing.expecting("401 GET"):
        took = _saved_and_seen(dialog, ken.page.get_by_role("dialog", name="Your session has ended"))
        ken.page.close()  # it would go on to look after its numbers, and be refused each time
    return took


def _user_dialog(side: Side, name: str = "Eve") -> Locator:
    side.go("users")
    side.page.get_by_role("button", name=f"Change {side.mark} {name}").click()
    return side.page.get_by_role("dialog", name="Change a user")


def _saved_and_seen(dialog: Locator, shown: Locator, *, gone: bool = False) -> float:
    began = time.monotonic()
    dialog.get_by_role("button", name="Save").click()
    if gone:
        expect(shown).to_have_count(0)
    else:
        expect(shown).to_be_visible()
    return time.monotonic() - began


def _set_up_an_app(side: Side) -> None:
    side.go("sign-in")
    side.page.get_by_role("button", name="Set up an app").click()
    dialog = side.page.get_by_role("dialog", name="Set up an app")
    app = pyotp.TOTP(dialog.get_by_label("Or type this key into the app").input_value())
    dialog.get_by_label("Code", exact=True).fill(app.now())
    dialog.get_by_role("button", name="Ask for codes from now on").click()
    side.page.get_by_role("button", name="I have kept them").click()
    expect(side.page.get_by_text("10 of 10 recovery codes are left")).to_be_visible()
    side.note()


def _add_a_passkey(side: Side) -> None:
    devtools = side.page.context.new_cdp_session(side.page)
    devtools.send("WebAuthn.enable")
    key = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    options = {**key, "isUserVerified": True, "automaticPresenceSimulation": True}
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    side.go("sign-in")
    side.page.get_by_role("button", name="Add a passkey").click()
    expect(side.page.get_by_label("Name of Passkey 1")).to_be_visible()
    side.note()


def _use_a_token(side: Side) -> None:
    """Make one, and ask with it as a program does."""
    side.go("tokens")
    side.page.get_by_role("button", name="Make a token").click()
    dialog = side.page.get_by_role("dialog", name="A new API token")
    dialog.get_by_label("Name", exact=True).fill(f"{side.mark} script")
    dialog.get_by_role("button", name="Make the token").click()
    token = side.page.get_by_label("Token", exact=True).input_value()
    side.page.get_by_role("button", name="I have copied it").click()
    root = side.page.url.partition("/settings")[0]
    answer = httpx.get(f"{root}/api/v1/clients", headers={"Authorization": f"Bearer {token}"}, trust_env=False)
    assert sorted(one["name"] for one in answer.json()["items"]) == [f"{side.mark} One", f"{side.mark} Two"]
    side.go("tokens")
    assert token not in side.read[-1]


def _keep_a_service_key(side: Side) -> None:
    """The organisation's, lent to one client; then it is looked at again and nothing of it can be read."""
    side.go("service-keys")
    side.page.get_by_role("button", name="Add a key").click()
    dialog = side.page.get_by_role("dialog", name="A new service key")
    dialog.get_by_label("Service").select_option("Voice")
    dialog.get_by_label("Key", exact=True).fill(side.key)
    dialog.get_by_role("checkbox", name=f"{side.mark} One").check()
    assert faults(side.page) == []
    dialog.get_by_role("button", name="Keep the key").click()
    table = side.page.get_by_role("table", name="Service keys")
    expect(table).to_contain_text(f"…{side.mark[:4]}")
    expect(table).to_contain_text("lent to 1 client")
    table.get_by_role("button", name="Change the key of Voice").click()
    dialog = side.page.get_by_role("dialog", name="The key of Voice")
    expect(dialog.get_by_label("New key")).to_have_value("")
    expect(dialog.get_by_role("checkbox", name=f"{side.mark} One")).to_be_checked()
    assert faults(side.page) == []
    side.note()
    assert side.key not in side.page.content()


def _look_around_as_guest(side: Side) -> None:
    """What a person without the right to manage sees: their clients, themselves, and no list of what they may not."""
    side.go("clients")
    listed = side.page.get_by_role("navigation", name="Settings").get_by_role("link")
    expect(listed.filter(has_text="My profile")).to_have_count(1)
    for name in ("Users", "Service keys", "Audit trail"):
        expect(listed.filter(has_text=name)).to_have_count(0)
    for section in SECTIONS:
        side.go(section)
    for place in ("/", "/cast", "/library", "/calendar", "/insights"):
        side.page.goto(place)
        stands(side.page)
        side.note()


def _read_the_audit_trail(side: Side, guest: str) -> None:
    side.go("audit")
    entries = side.page.get_by_role("main").get_by_role("listitem").filter(has=side.page.locator("time"))
    for words in ("added a client", "invited somebody", "made an API token", "added a service key"):
        expect(entries.filter(has_text=words)).to_have_count(1)
    for opened in side.page.locator("summary").all():
        opened.click()
    expect(entries.filter(has_text="invited somebody")).to_contain_text(f"{side.mark} {guest}")
    side.page.get_by_role("button", name="Check the chain").click()
    expect(side.page.get_by_text("Whole:")).to_be_visible()
    side.note()
    assert "T00:" not in side.read[-1]


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_settings_with_something_in_each(place: tuple[Installation, Desk], browsing: Browsing, width: int) -> None:
    desk = place[1]
    found = {}
    _fill(desk, width)
    page = browsing.open(desk.url, "/settings/clients", cookies=[desk.browser_cookie], width=width)
    for section in SECTIONS:
        page.goto(f"/settings/{section}")
        stands(page)
        found[section] = faults_in_both_themes(page)
        here = page.get_by_role("navigation", name="Settings").locator("[aria-current=page]")
        expect(here).to_be_in_viewport(ratio=1)
    assert_faultless(found)


def _fill(desk: Desk, number: int) -> None:
    """One more of everything: a client, a person, a token, and keys in each state."""
    client = desk.post("/clients", {"name": f"AACANARY {LONG} {number}"})["id"]
    access = [{"client_id": client, "level": "limited"}]
    desk.post("/users", {"name": f"AACANARY {LONG}", "email": f"{number}@long.example", "access": access})
    desk.post("/tokens", {"name": f"AACANARY {LONG}", "scopes": ["read", "make"], "clients": [client]})
    soon = (datetime.now(UTC) + timedelta(days=3)).isoformat()
    key = {"value": "sk-0123456789-0123456789", "client_id": client}
    desk.post("/service-keys", {**key, "service": "voice", "expires_at": soon})
    off = desk.post("/service-keys", {**key, "service": "pictures"})
    desk.patch(f"/service-keys/{off['id']}", {"active": False}, off["version"])
