"""Passkeys over HTTP, with an authenticator in software: made, used, and every answer that must not open the door."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from greenroom.infra.context import House
from greenroom.kit.clock import FixedClock
from tests.support.authenticator import Authenticator
from tests.support.studio import ROOT, browser


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(datetime.now(UTC))


@pytest.fixture
def house(house: House, clock: FixedClock) -> House:
    return replace(house, clock=clock)


@pytest.fixture
async def key(producer: httpx.AsyncClient) -> Authenticator:
    """Ada's passkey."""
    key = Authenticator(ROOT, "localhost")
    made = await add(producer, key)
    assert made.status_code == 201, made.text
    key.count += 1
    return key


@pytest.fixture
async def web(house: House, key: Authenticator) -> AsyncIterator[httpx.AsyncClient]:
    """A browser that nobody is signed in with."""
    async with browser(house) as client:
        yield client


async def add(web: httpx.AsyncClient, key: Authenticator, name: str = "Laptop") -> httpx.Response:
    options = (await web.post("/profile/passkeys/options")).json()["options"]
    return await web.post("/profile/passkeys", json={"name": name, "credential": key.create(options)})


async def asked(web: httpx.AsyncClient) -> dict[str, Any]:
    options: dict[str, Any] = (await web.post("/session/passkey/options")).json()["options"]
    return options


async def enter(web: httpx.AsyncClient, credential: dict[str, Any]) -> httpx.Response:
    return await web.post("/session/passkey", json={"credential": credential})


async def refused(web: httpx.AsyncClient, credential: dict[str, Any]) -> None:
    answer = await enter(web, credential)
    assert answer.status_code == 401
    assert answer.json()["type"].endswith("/passkey-refused")
    assert (await web.get("/session")).status_code == 401


async def test_a_passkey_signs_in_alone(web: httpx.AsyncClient, key: Authenticator) -> None:
    options = await asked(web)
    assert (options["userVerification"], options["allowCredentials"]) == ("required", [])
    entered = await enter(web, key.get(options))
    assert entered.status_code == 200, entered.text
    assert entered.json()["user"]["email"] == "ada@example.com"
    (shown,) = (await web.get("/profile/sign-in")).json()["passkeys"]
    assert (shown["name"], shown["used"] is not None) == ("Laptop", True)


async def test_an_answer_opens_once(web: httpx.AsyncClient, key: Authenticator) -> None:
    answer = key.get(await asked(web))
    assert (await enter(web, answer)).status_code == 200
    web.cookies.clear()
    await refused(web, answer)


async def test_a_challenge_of_ones_own_or_from_too_long_ago_opens_nothing(
    web: httpx.AsyncClient, key: Authenticator, clock: FixedClock
) -> None:
    options = await asked(web)
    await refused(web, key.get({**options, "challenge": "bXkgb3duIGNoYWxsZW5nZQ"}))
    clock.advance(timedelta(minutes=5, seconds=1))
    await refused(web, key.get(options))


@pytest.mark.parametrize(
    "bend",
    [
        {"origin": "https://evil.example"},
        {"origin": "http://localhost"},
        {"rp_id": "evil.example"},
        {"verifies": False},
        {"count": 1},
        {"count": 0},
        {"handle": bytes(32)},
        {"handle": b"short"},
        {"credential": b"another one"},
    ],
    ids=lambda bend: "-".join(f"{name}-{value}" for name, value in bend.items()),
)
async def test_what_must_not_open_the_door(web: httpx.AsyncClient, key: Authenticator, bend: dict[str, Any]) -> None:
    await refused(web, replace(key, **bend).get(await asked(web)))


async def test_another_key_under_the_same_name_opens_nothing(web: httpx.AsyncClient, key: Authenticator) -> None:
    await refused(web, replace(key, key=ec.generate_private_key(ec.SECP256R1())).get(await asked(web)))


async def test_a_counter_that_goes_back_stays_refused(web: httpx.AsyncClient, key: Authenticator) -> None:
    key.count = 50
    assert (await enter(web, key.get(await asked(web)))).status_code == 200
    web.cookies.clear()
    await refused(web, replace(key, count=49).get(await asked(web)))
    assert (await enter(web, replace(key, count=51).get(await asked(web)))).status_code == 200


@pytest.mark.parametrize(
    "junk",
    [
        {},
        {"response": None},
        {"response": {"clientDataJSON": "%%%"}},
        {"response": {"clientDataJSON": "e30"}},
        {"id": 1},
    ],
)
async def test_junk_is_refused_in_a_sentence(
    producer: httpx.AsyncClient, web: httpx.AsyncClient, junk: dict[str, Any]
) -> None:
    await refused(web, junk)
    assert (await producer.post("/profile/passkeys", json={"credential": junk})).status_code == 422


async def test_a_disabled_person_stays_out(
    producer: httpx.AsyncClient, web: httpx.AsyncClient, house: House, key: Authenticator
) -> None:
    link = (await producer.post("/users", json={"name": "Bo", "email": "bo@example.com", "role": "super"})).json()
    async with browser(house) as bo:
        token = link["link"].rsplit("/", 1)[1]
        await bo.post("/password", json={"token": token, "password": "another fine door"})
        ada = (await producer.get("/session")).json()["user"]["id"]
        changed = await bo.patch(f"/users/{ada}", json={"status": "disabled"}, headers={"If-Match": '"1"'})
        assert changed.status_code == 200, changed.text
    await refused(web, key.get(await asked(web)))


@pytest.mark.parametrize("bend", [{"origin": "https://evil.example"}, {"rp_id": "evil.example"}, {"verifies": False}])
async def test_what_is_not_kept_as_a_passkey(producer: httpx.AsyncClient, bend: dict[str, Any]) -> None:
    assert (await add(producer, replace(Authenticator(ROOT, "localhost"), **bend))).status_code == 422
    assert (await producer.get("/profile/sign-in")).json()["passkeys"] == []


async def test_what_was_asked_of_one_person_is_not_answered_by_another(
    producer: httpx.AsyncClient, web: httpx.AsyncClient, house: House, key: Authenticator
) -> None:
    options = (await producer.post("/profile/passkeys/options")).json()["options"]
    assert [one["id"] for one in options["excludeCredentials"]] == [key.get(options)["id"]]
    answer = {"credential": Authenticator(ROOT, "localhost").create(options)}
    client = (await producer.get("/clients")).json()["items"][0]["id"]
    form = {"name": "Grace", "email": "grace@example.com", "access": [{"client_id": client, "level": "full"}]}
    token = (await producer.post("/users", json=form)).json()["link"].rsplit("/", 1)[1]
    await web.post("/password", json={"token": token, "password": "another fine door"})
    assert (await web.post("/profile/passkeys", json=answer)).status_code == 422
    assert (await producer.post("/profile/passkeys", json=answer)).status_code == 201
    assert (await producer.post("/profile/passkeys", json=answer)).status_code == 422


async def test_a_passkey_is_named_and_removed(
    producer: httpx.AsyncClient, web: httpx.AsyncClient, key: Authenticator
) -> None:
    (shown,) = (await producer.get("/profile/sign-in")).json()["passkeys"]
    address, seen = f"/profile/passkeys/{shown['id']}", {"If-Match": f'"{shown["version"]}"'}
    named = await producer.patch(address, json={"name": "Old phone"}, headers=seen)
    assert named.json()["name"] == "Old phone"
    assert (await producer.delete(f"/profile/passkeys/{shown['id']}")).status_code == 204
    assert (await producer.delete(f"/profile/passkeys/{shown['id']}")).status_code == 404
    await refused(web, key.get(await asked(web)))


async def test_a_bare_address_has_no_passkeys(house: House, key: Authenticator) -> None:
    async with browser(house) as web:
        web.base_url = httpx.URL("http://127.0.0.1:8000/api/v1")
        answer = await web.post("/session/passkey/options")
    assert answer.status_code == 409
    assert "localhost" in answer.json()["detail"]
