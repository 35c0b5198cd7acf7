"""Two organisations on one installation: to each, what the other has answers exactly as what never was.

Every operation of the OpenAPI document is sent by one organisation with the other's ids, and again with ids that
never existed; status, headers and body must not differ. The other's canaries stand in no answer.
"""

import time
from collections.abc import AsyncIterator, Collection, Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import httpx
import pytest
from fastapi import FastAPI

from greenroom.entrypoints.api import create_app
from greenroom.entrypoints.permissions import PERMISSIONS
from greenroom.infra import jobs
from greenroom.infra.context import House
from greenroom.kit.ids import uuid7
from greenroom.phones.file_keep import Picture, Place
from greenroom.tenancy.sign_in import start_session
from tests.support.figures import Figures
from tests.support.house import Tenant
from tests.support.phones import make_shelf
from tests.support.publish import make_desk

CANARY = "ZZCANARY"

# What a path's or a query's id is the id of. A name that is missing here fails the test, so that nothing is left out.
KINDS = {
    "client_id": "client",
    "user_id": "user",
    "token_id": "token",
    "link_id": "link",
    "post_id": "post",
    "file_id": "file",
    "character_id": "character",
    "definition_id": "character",
    "content_id": "content",
    "session_id": "session",
    "provider_id": "provider",
    "service_key_id": "service_key",
    "passkey_id": "passkey",
    "webhook_id": "webhook",
    "delivery_id": "delivery",
    "upload_id": "upload",
    "slot_id": "slot",
    "schedule_id": "schedule",
    "id": "job",
    "cause": "cause",
    "client": "client",
    "subject": "character",
    "account": "account",
    "account_id": "account",
    "content": "content",
    "character": "character",
    "phone_id": "phone",
    "agent_id": "agent",
    "agent": "agent",
    "attended_app_id": "attended_app",
    "picture_id": "picture",
}

# What stands in paths beside ids.
WORDS = {"{kind}": "character", "{number}": "1"}

# Bodies that pass as forms, so that the id is what decides. `…` stands for the other organisation's id.
BODIES: dict[str, dict[str, Any]] = {
    "change_client": {"name": "Taken"},
    "change_user": {"name": "Taken"},
    "change_link": {"title": "Taken"},
    "change_account": {"paused": True},
    "move_account": {"to": "paused"},
    "reverse_account_move": {"why": "Taken"},
    "reconnect_account": {"password": "Taken"},
    "change_post": {"caption": "Taken"},
    "correct_post": {"caption": "Taken"},
    "change_pace": {"daily_cap": 3},
    "change_schedule": {"name": "Taken"},
    "rename_passkey": {"name": "Taken"},
    "change_identity_provider": {"name": "Taken"},
    "change_service_key": {"active": False},
    "share_service_key": {"service": "voice", "shared": True},
    "change_webhook": {"description": "Taken"},
    "resolve_post": {"published": False},
    "change_character": {"name": "Taken"},
    "redraw_portrait": {"seed": 3},
    "edit_script": {"title": "Taken"},
    "review_content": {"decision": "changes", "note": "Taken", "version": 1},
    "change_phone": {"label": "Taken"},
    "give_phone": {"client_id": None},
    "renew_phone_lease": {"epoch": 1},
    "release_phone": {"epoch": 1},
    "hand_phone_over": {"epoch": 1},
    "break_in_phone": {"why": "Taken"},
}

SCHEDULE = {
    "name": "Taken", "kind": "rule", "rule": "FREQ=DAILY", "start": "2027-03-01T09:00", "zone": "Europe/Berlin",
}  # fmt: skip

# Bodies that hold ids themselves: the operation, the body, the kind of the id that is put in place of `…`.
INSIDE: tuple[tuple[str, str, dict[str, Any], str], ...] = (
    ("create_content", "/contents", {"character_id": "…", "topic": "Taken", "format": "explainer"}, "character"),
    ("create_post", "/posts", {"content_id": "…", "account_id": "OWN account"}, "content"),
    ("create_post", "/posts", {"content_id": "OWN content", "account_id": "…"}, "account"),
    (
        "link_account",
        "/accounts",
        {"platform": "bluesky", "identifier": "a.example", "password": "p", "character_id": "…"},
        "character",
    ),
    (
        "begin_account_link",
        "/accounts/authorisations",
        {"platform": "mastodon", "service": "mastodon.example", "character_id": "…"},
        "character",
    ),
    ("create_link", "/links", {"account_id": "…", "title": "Taken", "address": "https://example.com"}, "account"),
    (
        "invite_user",
        "/users",
        {"name": "T", "email": "t@example.com", "access": [{"client_id": "…", "level": "full"}]},
        "client",
    ),
    ("create_token", "/tokens", {"name": "Taken", "scopes": ["read"], "clients": ["…"]}, "client"),
    (
        "create_identity_provider",
        "/identity-providers",
        {
            "name": "Taken",
            "issuer": "https://taken.example",
            "oauth_client_id": "x",
            "new_people": {"domains": ["example.com"], "access": [{"client_id": "…", "level": "full"}]},
        },
        "client",
    ),
    ("create_slot", "/slots", {"account_id": "…", "weekday": 1, "at": "09:00"}, "account"),
    (
        "distribute_content",
        "/posts/distribute",
        {"content_id": "…", "targets": [{"account_id": "OWN account"}]},
        "content",
    ),
    (
        "distribute_content",
        "/posts/distribute",
        {"content_id": "OWN content", "targets": [{"account_id": "…"}]},
        "account",
    ),
    ("preview_post", "/posts/preview", {"content_id": "…", "account_id": "OWN account"}, "content"),
    ("preview_post", "/posts/preview", {"content_id": "OWN content", "account_id": "…"}, "account"),
    ("create_schedule", "/schedules", {**SCHEDULE, "accounts": ["…"]}, "account"),
    ("create_schedule", "/schedules", {**SCHEDULE, "accounts": ["OWN account"], "contents": ["…"]}, "content"),
    ("preview_schedule", "/schedules/preview", {**SCHEDULE, "accounts": ["…"]}, "account"),
    ("retry_jobs", "/jobs/retry", {"cause": "…"}, "cause"),
    ("create_webhook", "/webhooks", {"address": "https://1.1.1.1/taken", "client_id": "…"}, "client"),
    (
        "create_service_key",
        "/service-keys",
        {"service": "voice", "value": "taken-from-them", "client_id": "…"},
        "client",
    ),
    ("change_phones", "/phones/changes", {"phones": ["…"], "add_tags": ["Taken"]}, "phone"),
    ("give_phones", "/phones/gifts", {"phones": ["…"], "client_id": None}, "phone"),
    ("give_phones", "/phones/gifts", {"phones": ["OWN phone"], "client_id": "…"}, "client"),
)


# What some addresses can't do without.
QUERIES: dict[str, dict[str, str]] = {
    "list_free_slots": {"from": "2027-03-01", "to": "2027-03-14"},
    "get_room": {"from": "2027-03-01", "to": "2027-03-02"},
}

# What is another each time that it is read.
MOVING = {
    "get_events": "a stream has no end",
    "list_sessions": "says when each was used",
    "list_users": "says when each was seen",
    "get_jobs_board": "says how long the oldest has waited",
}

# What is no JSON form.
STREAMS: dict[str, dict[str, Any]] = {
    "append_upload": {
        "content": b"x",
        "headers": {"Upload-Offset": "0", "Content-Type": "application/offset+octet-stream"},
    },
}


class Side:
    """One organisation with something of everything in it, and its super user's browser."""

    def __init__(self, tenant: Tenant, browser: httpx.AsyncClient, ids: dict[str, str]) -> None:
        self.tenant, self.browser, self.ids = tenant, browser, ids

    async def ask(self, method: str, path: str, **options: Any) -> httpx.Response:
        headers = {"If-Match": '"1"', **options.pop("headers", {})}
        return await self.browser.request(method, path, headers=headers, **options)


def sent(method: str, name: str, *, plain: bool = False) -> dict[str, Any]:
    """What goes with an operation besides its address."""
    if name in STREAMS:
        return STREAMS[name]
    return {} if method in ("GET", "DELETE") else {"json": {} if plain else BODIES.get(name, {})}


async def failing(tenant: Tenant) -> UUID:
    async with tenant.context() as ctx:
        return await jobs.enqueue(ctx, "toy.fail", {}, title="A job that fails")


async def furnish(tenant: Tenant, mark: str) -> Side:
    cookie = await start_session(tenant.house, tenant.organisation, tenant.user, address="", agent=mark)
    browser = httpx.AsyncClient(
        transport=httpx.ASGITransport(app=create_app(tenant.house)),
        base_url="http://localhost/api/v1",
        headers={"Cookie": f"greenroom={cookie}"},
    )
    desk = await make_desk(tenant, f"{mark} Mara")
    post = await desk.planned(f"{mark} Why bread rises")
    ids = {
        "client": tenant.client,
        "character": desk.character.id,
        "account": desk.page.id,
        "post": post.id,
        "content": post.content.id,
    }
    asked = [
        ("user", "/users", {"name": f"{mark} Eve", "email": f"{mark.lower()}@example.com"}),
        ("token", "/tokens", {"name": f"{mark} token", "scopes": ["read"]}),
        (
            "service_key",
            "/service-keys",
            {"service": "voice", "value": f"sk-key-{mark}", "client_id": str(tenant.client)},
        ),
        ("link", "/links", {"account_id": str(desk.page.id), "title": f"{mark} link", "address": "https://example.com"}),
        ("slot", "/slots", {"account_id": str(desk.page.id), "weekday": 1, "at": "09:00"}),
        (
            "schedule",
            "/schedules",
            {**SCHEDULE, "name": f"{mark} mornings", "accounts": [str(desk.page.id)]},
        ),
        ("webhook", "/webhooks", {"address": "https://1.1.1.1/", "description": mark, "client_id": str(tenant.client)}),
        (
            "provider",
            "/identity-providers",
            {"name": mark, "issuer": f"https://{mark.lower()}.example", "oauth_client_id": "x"},
        ),
        ("attended_app", "/attended-apps", {"app": f"com.{mark.lower()}.social", "name": mark}),
        ("job", "/contents", {"character_id": str(desk.character.id), "topic": f"{mark} tides", "format": "explainer"}),
    ]  # fmt: skip
    for kind, path, body in asked:
        made = await browser.post(path, json=body)
        assert made.is_success, made.text
        ids[kind] = _made(kind, made.json())
    shelf = await make_shelf(tenant, f"{mark} shelf", serial=f"{mark} {tenant.client}")
    ids |= {"phone": shelf.phone, "agent": shelf.agent, "picture": uuid7()}
    taken = await browser.post(f"/phones/{shelf.phone}/lease")
    assert taken.is_success, taken.text
    tested = await browser.post(f"/webhooks/{ids['webhook']}/test")
    assert tested.is_success, tested.text
    ids["delivery"] = UUID(tested.json()["id"])
    begun = await browser.post("/uploads", params={"client": str(tenant.client)}, headers={"Upload-Length": "9"})
    assert begun.is_success, begun.text
    ids["upload"] = UUID(begun.json()["id"])
    async with tenant.context() as ctx:
        ids["file"] = await ctx.db.value("select id from media_file limit 1")
        ids["session"] = await ctx.db.value("select id from session")
        # Who compares answers before and after may need longer for it than a lease lasts.
        await ctx.db.execute("update phone_lease set expires_at = expires_at + interval '1 day'")
        ids["cause"] = await ctx.db.value(
            """update job set state = 'failed', error = %(mark)s, ended_at = now()
               where id = %(id)s returning job_cause(kind, error)""",
            {"id": await failing(tenant), "mark": f"{mark} is no voice"},
        )
        ids["passkey"] = await ctx.db.value(
            """insert into passkey (organisation_id, user_id, id, credential_id, public_key, name)
               values (%(organisation)s, %(user)s, %(id)s, %(key)s, 'k', %(name)s) returning id""",
            {**ctx.tenant, "user": tenant.user, "id": uuid7(), "key": mark.encode(), "name": f"{mark} key"},
        )
    return Side(tenant, browser, {kind: str(id) for kind, id in ids.items()})


def _made(kind: str, answer: dict[str, Any]) -> UUID:
    places: dict[str, Any] = {"user": "user", "token": "made", "webhook": "made"}
    if kind == "job":
        return UUID(answer["job_id"])
    return UUID((answer[places[kind]] if kind in places else answer)["id"])


@pytest.fixture
async def sides(tenant: Tenant, other_tenant: Tenant) -> AsyncIterator[tuple[Side, Side]]:
    """Mine, and theirs with the canaries."""
    mine, theirs = await furnish(tenant, "Own"), await furnish(other_tenant, CANARY)
    for side in (mine, theirs):
        keep_pictures(side, mine, theirs)
    yield mine, theirs
    for side in (mine, theirs):
        await side.browser.aclose()


def keep_pictures(side: Side, *of: Side) -> None:
    """They are in the memory of one process, so both sides' are in that of each."""
    transport = side.browser._transport
    assert isinstance(transport, httpx.ASGITransport)
    assert isinstance(transport.app, FastAPI)
    for one in of:
        path, phone = one.tenant.house.settings.home / f"{one.ids['picture']}.picture", UUID(one.ids["phone"])
        path.write_bytes(b"\x89PNG\r\n\x1a\n" + (b"" if one is of[0] else CANARY.encode()))
        place = Place(one.tenant.organisation, one.tenant.client)
        picture = Picture(UUID(one.ids["picture"]), place, phone, "image/png", path, time.monotonic())
        transport.app.state.wall.files.keep(picture)


def operations(house: House, *, public: bool = False) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Method, path and description of every operation that needs a sign-in, or of every one that needs none."""
    for path, methods in create_app(house).openapi()["paths"].items():
        for place, word in WORDS.items():
            path = path.replace(place, word)
        for method, operation in methods.items():
            if (PERMISSIONS[operation["operationId"]] == "public") == public:
                yield method.upper(), path.removeprefix("/api/v1"), operation


def ids_of(operation: dict[str, Any]) -> list[dict[str, Any]]:
    """The parameters of an operation that are ids."""

    def is_id(schema: dict[str, Any]) -> bool:
        return schema.get("format") == "uuid" or any(is_id(one) for one in schema.get("anyOf", []))

    return [one for one in operation.get("parameters", []) if is_id(one["schema"])]


def seen(answer: httpx.Response, id: str) -> tuple[int, str, list[tuple[str, str]]]:
    """What the asking side can tell apart, with the id that it sent itself taken out."""
    passing = ("date", "ratelimit", "ratelimit-policy")  # which limit is nearest changes with the time
    headers = [(name, value) for name, value in answer.headers.items() if name not in passing]
    return answer.status_code, answer.text.replace(id, "ID"), headers


@dataclass(frozen=True)
class Compared:
    """One id of one operation: how it answered for what others have, and whether for what never was otherwise."""

    operation: str
    place: str
    status: int
    told_apart: bool
    answers: tuple[object, ...] = field(repr=False)


async def compare_ids(mine: Side, theirs: Side, house: House, *, leave: Collection[str] = ()) -> list[Compared]:
    """Every operation with the others' ids, and with ids that never were; not those of the kinds to `leave`."""
    compared = []
    for method, path, operation in operations(house):
        name = operation["operationId"]
        for place in ids_of(operation):
            assert place["name"] in KINDS, f"{name}: say in KINDS what {place['name']} is the id of"
            if KINDS[place["name"]] in leave:
                continue
            answers = []
            for id in (theirs.ids[KINDS[place["name"]]], str(uuid7())):
                address, query = path, dict(QUERIES.get(name, {}))
                for other in ids_of(operation):
                    if other["in"] == "path":
                        value = id if other is place else mine.ids[KINDS[other["name"]]]
                        address = address.replace(f"{{{other['name']}}}", value)
                if place["in"] == "query":
                    query[place["name"]] = id
                options = sent(method, name, plain=place["in"] == "query")
                answers.append(seen(await mine.ask(method, address, params=query, **options), id))
            where = f"{place['name']} in {place['in']}"
            compared.append(Compared(name, where, answers[0][0], answers[0] != answers[1], tuple(answers)))
    return compared


async def test_what_others_have_answers_as_what_never_was(
    sides: tuple[Side, Side], house: House, figures: Figures
) -> None:
    compared = await compare_ids(*sides, house)
    oracles = [(one, one.answers) for one in compared if one.told_apart]
    figures("two-tenant differential", f"{len(compared)} ids in operations compared, {len(oracles)} told apart")
    assert oracles == []
    for one in compared:
        if one.place.endswith("in path"):
            assert one.status == 404, f"{one}: {one.answers[0]}; give it a body in BODIES that passes as a form"
    assert len(compared) > 60


async def compare_id_in_body(
    mine: Side, theirs: Side, name: str, path: str, body: dict[str, Any], kind: str
) -> Compared:
    """One form with the others' id in it, and with one that never was."""

    def filled(value: Any, id: str) -> Any:
        if isinstance(value, dict):
            return {key: filled(inner, id) for key, inner in value.items()}
        if isinstance(value, list):
            return [filled(inner, id) for inner in value]
        if isinstance(value, str) and value.startswith("OWN "):
            return mine.ids[value.removeprefix("OWN ")]
        return id if value == "…" else value

    asked = (theirs.ids[kind], str(uuid7()))
    answers = [seen(await mine.ask("POST", path, json=filled(body, id)), id) for id in asked]
    return Compared(name, f"{kind} in body", answers[0][0], answers[0] != answers[1], tuple(answers))


async def compare_ids_in_bodies(mine: Side, theirs: Side, *, leave: Collection[str] = ()) -> list[Compared]:
    return [await compare_id_in_body(mine, theirs, *inside) for inside in INSIDE if inside[3] not in leave]


@pytest.mark.parametrize(("name", "path", "body", "kind"), INSIDE, ids=[f"{i[0]}-{i[3]}" for i in INSIDE])
async def test_ids_in_bodies_too(
    sides: tuple[Side, Side], name: str, path: str, body: dict[str, Any], kind: str
) -> None:
    compared = await compare_id_in_body(*sides, name, path, body, kind)
    assert not compared.told_apart, (name, compared.answers)
    assert compared.status == 404


async def test_canaries_stand_in_no_answer(
    sides: tuple[Side, Side], house: House, caplog: pytest.LogCaptureFixture
) -> None:
    mine, theirs = sides
    found, own = [], 0
    for method, path, operation in operations(house):
        if method != "GET" or path == "/events":
            continue
        for place in ids_of(operation):
            if place["in"] == "path":
                path = path.replace(f"{{{place['name']}}}", mine.ids[KINDS[place["name"]]])
        query = QUERIES.get(operation["operationId"])
        answer = await mine.ask("GET", path, params=query)
        if CANARY.lower() in (answer.text + str(answer.headers)).lower():
            found.append(operation["operationId"])
        # The same question from the other side shows that there was something to find.
        for kind, id in theirs.ids.items():
            path = path.replace(mine.ids[kind], id)
        own += CANARY.lower() in (await theirs.ask("GET", path, params=query)).text.lower()
    assert found == []
    assert own >= 12
    assert CANARY not in caplog.text


async def test_what_was_refused_changed_nothing(sides: tuple[Side, Side], house: House) -> None:
    mine, theirs = sides

    async def everything() -> dict[str, Any]:
        """All that they can read, but for what reading itself moves."""
        said = {}
        for method, path, operation in operations(house):
            name = operation["operationId"]
            if method == "GET" and name not in MOVING:
                for place in ids_of(operation):
                    path = path.replace(f"{{{place['name']}}}", theirs.ids[KINDS[place["name"]]])
                answer = await theirs.ask("GET", path, params=QUERIES.get(name))
                said[name] = (answer.status_code, answer.content)
        return said

    before = await everything()
    assert sum(status == 200 for status, _ in before.values()) > 40
    for method, path, operation in operations(house):
        if method == "GET" or "{" not in path:
            continue
        for place in ids_of(operation):
            path = path.replace(f"{{{place['name']}}}", theirs.ids[KINDS[place["name"]]])
        answer = await mine.ask(method, path, **sent(method, operation["operationId"]))
        assert answer.status_code == 404, (operation["operationId"], answer.text)
    assert await everything() == before
