"""Sessions over HTTP: never the caller's token, renewed when it counts, ended by time, by oneself and by others."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from greenroom.entrypoints.api import create_app
from greenroom.infra.context import House
from greenroom.infra.http import stream
from greenroom.infra.http.live import Live
from greenroom.kit.clock import FixedClock
from tests.support.studio import ROOT, browser
from tests.support.wait import until_true

ADA = {"email": "ada@example.com", "password": "a green door opens"}
COOKIE = "__Host-greenroom"


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(datetime.now(UTC))


@pytest.fixture
def house(house: House, clock: FixedClock) -> House:
    return replace(house, clock=clock)


@pytest.fixture
async def second(producer: httpx.AsyncClient, house: House) -> AsyncIterator[httpx.AsyncClient]:
    """The same person in another browser."""
    async with browser(house) as other:
        entered = await other.post("/session", json=ADA, headers={"User-Agent": "Second/1"})
        assert entered.status_code == 200
        yield other


async def signed_in(web: httpx.AsyncClient) -> bool:
    return (await web.get("/session")).status_code == 200


async def bearer_of(token: str, house: House) -> int:
    async with browser(house) as thief:
        return (await thief.get("/session", headers={"Cookie": f"{COOKIE}={token}"})).status_code


async def test_a_token_that_was_there_before_is_never_taken(producer: httpx.AsyncClient, house: House) -> None:
    async with browser(house) as web:
        web.cookies.set(COOKIE, "planted-by-somebody", domain="localhost", path="/")
        entered = await web.post("/session", json=ADA)
        assert entered.status_code == 200
        assert "planted-by-somebody" not in entered.headers["set-cookie"]
    assert await bearer_of("planted-by-somebody", house) == 401


async def test_signing_in_again_ends_the_session_that_the_browser_held(
    producer: httpx.AsyncClient, house: House
) -> None:
    before = producer.cookies[COOKIE]
    assert (await producer.post("/session", json=ADA)).status_code == 200
    assert producer.cookies[COOKIE] != before
    assert await bearer_of(before, house) == 401
    assert len((await producer.get("/sessions")).json()["items"]) == 1


async def test_a_session_ends_when_it_was_not_used(producer: httpx.AsyncClient, clock: FixedClock) -> None:
    clock.advance(timedelta(hours=11, minutes=59))
    assert await signed_in(producer)
    clock.advance(timedelta(hours=11, minutes=59))
    assert await signed_in(producer)
    clock.advance(timedelta(hours=12, seconds=1))
    assert not await signed_in(producer)


async def test_a_session_ends_in_any_case_and_renewing_it_wins_no_time(
    producer: httpx.AsyncClient, clock: FixedClock
) -> None:
    for _ in range(27):
        clock.advance(timedelta(hours=12))
        assert await signed_in(producer)
    assert (await producer.post("/session/confirm", json={"password": ADA["password"]})).status_code == 204
    clock.advance(timedelta(hours=11))
    assert await signed_in(producer)
    clock.advance(timedelta(hours=1, seconds=1))
    assert not await signed_in(producer)


async def test_a_person_sees_and_ends_their_sessions(
    producer: httpx.AsyncClient, second: httpx.AsyncClient, house: House
) -> None:
    items = (await producer.get("/sessions")).json()["items"]
    assert [item["current"] for item in items].count(True) == 1
    other = next(item for item in items if not item["current"])
    assert (other["agent"], other["address"]) == ("Second/1", "127.0.0.1")
    assert (await producer.delete(f"/sessions/{other['id']}")).status_code == 204
    assert not await signed_in(second)
    assert (await producer.delete(f"/sessions/{other['id']}")).status_code == 404
    async with browser(house) as third:
        await third.post("/session", json=ADA)
        assert (await third.delete("/sessions")).status_code == 204
        assert await signed_in(third)
    assert not await signed_in(producer)


async def test_nobody_ends_or_sees_the_sessions_of_another(producer: httpx.AsyncClient, house: House) -> None:
    client = (await producer.get("/clients")).json()["items"][0]["id"]
    form = {"name": "Grace", "email": "grace@example.com", "access": [{"client_id": client, "level": "full"}]}
    link = (await producer.post("/users", json=form)).json()["link"]
    own = (await producer.get("/sessions")).json()["items"][0]["id"]
    async with browser(house) as grace:
        token = link.rsplit("/", 1)[1]
        assert (
            await grace.post("/password", json={"token": token, "password": "another fine door"})
        ).status_code == 200
        assert len((await grace.get("/sessions")).json()["items"]) == 1
        assert (await grace.delete(f"/sessions/{own}")).status_code == 404
        assert (await grace.delete("/sessions")).status_code == 204
    assert await signed_in(producer)


async def test_a_new_password_renews_this_session_and_ends_all_others(
    producer: httpx.AsyncClient, second: httpx.AsyncClient, house: House
) -> None:
    before, name = producer.cookies[COOKIE], (await producer.get("/sessions")).json()["items"]
    changed = await producer.post(
        "/profile/password", json={"present": ADA["password"], "password": "the red door is shut"}
    )
    assert changed.status_code == 204
    assert await bearer_of(before, house) == 401
    assert await signed_in(producer)
    assert not await signed_in(second)
    after = (await producer.get("/sessions")).json()["items"]
    assert len(after) == 1
    assert after[0]["id"] not in {item["id"] for item in name}
    assert (await second.post("/session", json=ADA)).status_code == 401
    assert (await second.post("/session", json={**ADA, "password": "the red door is shut"})).status_code == 200


async def test_a_new_password_takes_the_present_one_and_a_good_one(producer: httpx.AsyncClient) -> None:
    for form, field in (
        ({"present": "not this one", "password": "the red door is shut"}, "present"),
        ({"present": ADA["password"], "password": "short"}, "password"),
    ):
        refused = await producer.post("/profile/password", json=form)
        assert refused.status_code == 422
        assert list(refused.json()["errors"]) == [field]
    assert await signed_in(producer)


async def test_the_present_password_cannot_be_guessed_in_an_open_session(producer: httpx.AsyncClient) -> None:
    codes = [(await producer.post("/session/confirm", json={"password": "no"})).status_code for _ in range(12)]
    assert codes == [422] * 10 + [429] * 2


async def test_showing_again_who_one_is_renews_the_session(producer: httpx.AsyncClient, house: House) -> None:
    before = producer.cookies[COOKIE]
    assert (await producer.post("/session/confirm", json={"password": ADA["password"]})).status_code == 204
    assert producer.cookies[COOKIE] != before
    assert await bearer_of(before, house) == 401
    assert await signed_in(producer)


@pytest.mark.parametrize("change", ["disabled", "no access", "session ended"])
async def test_an_open_stream_ends_within_five_seconds_of_a_lost_access(
    producer: httpx.AsyncClient, house: House, change: str
) -> None:
    client = (await producer.get("/clients")).json()["items"][0]["id"]
    form = {"name": "Grace", "email": "grace@example.com", "access": [{"client_id": client, "level": "full"}]}
    invited = (await producer.post("/users", json=form)).json()
    app = create_app(house)
    app.state.live = Live(house.database)
    transport = httpx.ASGITransport(app=app, client=("127.0.0.1", 1))
    async with httpx.AsyncClient(transport=transport, base_url=f"{ROOT}/api/v1", timeout=60) as grace:
        token = invited["link"].rsplit("/", 1)[1]
        await grace.post("/password", json={"token": token, "password": "another fine door"})
        reading = asyncio.create_task(grace.get("/events"))
        assert stream.CHECK <= 4, "what is looked at so seldom does not count within five seconds"
        await until_true(lambda: bool(app.state.live._ears))
        await asyncio.sleep(0.3)
        assert not reading.done()
        if change == "session ended":
            assert (await grace.delete("/session")).status_code == 204
        else:
            body = {"status": "disabled"} if change == "disabled" else {"access": []}
            person = invited["user"]["id"]
            version = {user["id"]: user["version"] for user in (await producer.get("/users")).json()["items"]}[person]
            headers = {"If-Match": f'"{version}"'}
            changed = await producer.patch(f"/users/{person}", json=body, headers=headers)
            assert changed.status_code == 200, changed.text
        answer = await asyncio.wait_for(reading, 30)
    assert "event: access.ended" in answer.text
