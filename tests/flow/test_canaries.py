"""What one organisation has comes to another one by no way: streams, exports, files, links, errors, logs."""

import asyncio
import logging
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest

from greenroom.entrypoints.api import create_app
from greenroom.infra.context import House
from greenroom.infra.http.stream import HEARTBEAT
from greenroom.kit.ids import uuid7
from greenroom.media import facade as media
from greenroom.media import links
from greenroom.tenancy.sign_in import start_session
from tests.flow.test_two_tenants import CANARY, KINDS, Side, furnish, ids_of, operations, sent
from tests.support.figures import Figures
from tests.support.house import Tenant
from tests.support.serving import serving

MARK = "OWNMARK"


@dataclass(frozen=True)
class Secrets:
    """What only the other organisation may ever be sent, besides the names that hold the canary."""

    session: str
    token: str
    invitation: str
    content: str
    signature: str

    def found_in(self, sent: bytes) -> list[str]:
        """Which of them, and whether a name, stand in these bytes; upper and lower case are one."""
        heap = sent.lower()
        wanted = {"a name": CANARY, **vars(self)}
        return [name for name, value in wanted.items() if value.lower().encode() in heap]


@dataclass(frozen=True)
class Two:
    """Mine and theirs, on a real server, with their secrets, a file that holds one, and a signed link to it."""

    mine: Side
    theirs: Side
    secrets: Secrets
    file: UUID
    link: dict[str, str]
    base: str
    cookies: dict[str, str]

    def live(self, side: str, last: str | None = None) -> "Stream":
        headers = {"Cookie": self.cookies[side], **({"Last-Event-ID": last} if last else {})}
        return Stream(self.base, headers)


class Stream:
    """An open event stream and all the bytes that it sent."""

    def __init__(self, base: str, headers: dict[str, str]) -> None:
        self.bytes = b""
        self._client = httpx.AsyncClient(base_url=base, headers=headers, timeout=HEARTBEAT * 2)

    async def __aenter__(self) -> "Stream":
        self._answer = await self._client.send(self._client.build_request("GET", "/events"), stream=True)
        self._pieces = self._answer.aiter_bytes()
        self.bytes += str(self._answer.headers).encode()
        await self.until("\nid: ")
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._answer.aclose()
        await self._client.aclose()

    async def until(self, word: str) -> None:
        """Read on until it has sent this."""
        async with asyncio.timeout(60):
            while word.encode() not in self.bytes:
                self.bytes += await anext(self._pieces)

    @property
    def places(self) -> list[str]:
        return [line.removeprefix("id: ") for line in self.bytes.decode().splitlines() if line.startswith("id: ")]


@dataclass
class Asking:
    """One side asks, and all that it is answered is kept."""

    side: Side
    answers: list[tuple[str, httpx.Response]] = field(default_factory=list)

    async def ask(self, name: str, method: str, path: str, **options: Any) -> httpx.Response:
        answer = await self.side.ask(method, path, **options)
        self.answers.append((f"{name}: {method} {path}", answer))
        return answer


@pytest.fixture
async def two(house: House, tenant: Tenant, other_tenant: Tenant) -> AsyncIterator[Two]:
    mine, theirs = await furnish(tenant, "Own"), await furnish(other_tenant, CANARY)
    cookies = {}
    for name, one in (("mine", tenant), ("theirs", other_tenant)):
        cookies[name] = f"greenroom={await start_session(house, one.organisation, one.user, address='', agent=name)}"
    made = await theirs.ask("POST", "/tokens", json={"name": "t", "scopes": ["read"]})
    invited = await theirs.ask("POST", "/users", json={"name": f"{CANARY} Z", "email": "z@example.com"})
    content = secrets.token_hex(16)
    async with other_tenant.context() as ctx:
        kept = await media.keep(ctx, f"{CANARY} {content}".encode() * 50, type="video/mp4", name=f"{CANARY}.mp4")
    named = {"issuer": "https://other.example", "oauth_client_id": "x", "enabled": True, "shown": True}
    offered = await theirs.ask("POST", "/identity-providers", json={"name": f"{CANARY} at the door", **named})
    assert offered.is_success, offered.text
    signed = links.sign(house.settings, other_tenant.organisation, kept.id, until=house.clock.now() + timedelta(days=1))
    link = dict(httpx.URL(signed.url).params)
    told = Secrets(
        session=cookies["theirs"].partition("=")[2],
        token=made.json()["token"],
        invitation=invited.json()["link"].rpartition("/")[2],
        content=content,
        signature=link["signature"],
    )
    async with serving(house) as base:
        yield Two(mine, theirs, told, kept.id, link, base, cookies)
    for side in (mine, theirs):
        await side.browser.aclose()


async def act(side: Side, mark: str) -> None:
    """Acts of every kind that make news: about people, clients, characters, links, posts, jobs."""
    version = (await side.ask("GET", f"/characters/{side.ids['character']}")).json()["version"]
    made_of = {"character_id": side.ids["character"], "topic": f"{mark} w", "format": "explainer"}
    asked = [
        ("POST", "/users", {"name": f"{mark} New", "email": f"{uuid7().hex}@example.com"}, None),
        ("POST", "/clients", {"name": f"{mark} client"}, None),
        ("POST", "/characters", {"name": f"{mark} Nell"}, None),
        ("PATCH", f"/characters/{side.ids['character']}", {"name": f"{mark} Mara"}, version),
        ("POST", "/contents", made_of, None),
        ("POST", f"/jobs/{side.ids['job']}/cancel", None, None),
        ("POST", f"/posts/{side.ids['post']}/cancel", None, None),
    ]  # fmt: skip
    for method, path, body, version in asked:
        headers = {"If-Match": f'"{version}"'} if version else {}
        query = {"client": side.ids["client"]} if path in ("/characters", "/contents") else {}
        answer = await side.browser.request(method, path, json=body, headers=headers, params=query)
        assert answer.is_success or answer.status_code == 409, (path, answer.text)


async def test_no_stream_tells_it_live_or_resumed(two: Two, figures: Figures) -> None:
    async with two.live("mine") as mine, two.live("theirs") as theirs:
        await act(two.theirs, CANARY)
        await act(two.mine, MARK)
        await theirs.until(CANARY)
        await mine.until(MARK)
    assert "a name" in two.secrets.found_in(theirs.bytes), "nothing was there to be found"
    sent = {"live": mine.bytes}
    for name, place in (("their first place", theirs.places[0]), ("their last place", theirs.places[-1])):
        async with two.live("mine", place) as resumed:
            await act(two.theirs, CANARY)
            await act(two.mine, f"{MARK} {name}")
            await resumed.until(f"{MARK} {name}")
        sent[name] = resumed.bytes
    found = {name: what for name, some in sent.items() if (what := two.secrets.found_in(some))}
    figures("canaries, event stream", f"{sum(map(len, sent.values())):,} bytes live and resumed, {len(found)} with one")
    assert found == {}


async def test_no_answer_export_file_or_error_holds_it(
    two: Two, house: House, figures: Figures, caplog: pytest.LogCaptureFixture
) -> None:
    """Every operation asked by me, about mine and about theirs, the odd ones by hand; then the log of it all."""
    caplog.set_level(logging.DEBUG)
    asking = Asking(two.mine)
    ask = asking.ask
    await act(two.theirs, CANARY)
    for method, path, operation in operations(house):
        name = operation["operationId"]
        if path == "/events":
            continue
        theirs, mine = (place_ids(path, operation, side) for side in (two.theirs, two.mine))
        if theirs != path:
            await ask(name, method, theirs, **sent(method, name))
        if method == "GET":
            await ask(name, method, mine)
    await odd(two, ask)
    answers = asking.answers
    found = [(name, what) for name, answer in answers if (what := two.secrets.found_in(whole(answer)))]
    size = sum(len(whole(answer)) for _, answer in answers)
    figures("canaries, answers", f"{len(answers)} answers of {size:,} bytes, {len(found)} with one")
    assert found == []
    assert len(answers) > 60
    log = "\n".join(record.getMessage() for record in caplog.records if not record.name.startswith("http"))
    assert two.secrets.found_in(log.encode()) == []
    for side in (two.theirs, two.mine):  # the bait is there for its owner
        export = await side.ask("GET", "/audit/export")
        assert (CANARY in export.text) == (side is two.theirs)


async def test_no_answer_at_the_door_holds_it(two: Two, house: House, figures: Figures) -> None:
    """Every operation that needs no sign-in, asked by nobody with nothing of theirs in hand; then by me, signed in."""
    answers = []
    transport = httpx.ASGITransport(app=create_app(house))
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost/api/v1") as nobody:
        for method, path, operation in operations(house, public=True):
            path = path.replace("{token}", "made-up").replace("{provider_id}", str(uuid7()))
            for browser in (nobody, two.mine.browser):
                answer = await browser.request(method, path, **sent(method, operation["operationId"]))
                answers.append((operation["operationId"], answer))
    found = [(name, what) for name, answer in answers if (what := two.secrets.found_in(whole(answer)))]
    figures("canaries, at the door", f"{len(answers)} public answers, {len(found)} with one")
    assert found == []
    asked = {name for name, _ in answers}
    assert {"get_sign_in", "start_session", "begin_single_sign_on", "get_health"} <= asked
    by_its_address = await two.mine.ask("GET", "/sign-in", params={"provider": two.theirs.ids["provider"]})
    assert two.secrets.found_in(whole(by_its_address)) == [], "it is switched off"


async def odd(two: Two, ask: Callable[..., Awaitable[httpx.Response]]) -> None:
    """What the operations' list does not send: parts of files, links of one for another, halves of forms."""
    theirs = two.file
    await ask("a part of their file", "GET", f"/files/{theirs}", headers={"Range": "bytes=0-20"})
    await ask("their file by its tag", "GET", f"/files/{theirs}", headers={"If-None-Match": "*"})
    later, nothing = {"expires": str(int(two.link["expires"]) + 1)}, {"signature": "0" * 64}
    for name, file, query in (
        ("their link for my file", two.mine.ids["file"], two.link),
        ("their link with another end", str(theirs), {**two.link, **later}),
        ("their file with a signature of nothing", str(theirs), {**two.link, **nothing}),
    ):
        answer = await ask(name, "GET", f"/files/{file}", params=query)
        assert answer.status_code == 403, name
    await ask("what is no id", "GET", f"/files/{CANARY[:2]}")
    await ask("a form that is none", "POST", "/posts", json={"content_id": two.theirs.ids["content"]})
    await ask("a client's whole", "GET", "/posts", params={"client": two.theirs.ids["client"]})
    await ask("the same address", "POST", "/users", json={"name": "Same", "email": "z@example.com"})


def place_ids(path: str, operation: dict[str, Any], side: Side) -> str:
    """The path with this side's ids; what the differential does not know yet it asks for, and here it is any id."""
    for place in ids_of(operation):
        if place["in"] == "path":
            path = path.replace(f"{{{place['name']}}}", side.ids.get(KINDS.get(place["name"], ""), str(uuid7())))
    return path


def whole(answer: httpx.Response) -> bytes:
    return str(answer.headers).encode() + answer.content
