"""A second step at sign-in: codes of an authenticator app, recovery codes, and what nobody may do with them."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import psycopg
import pyotp
import pytest

from greenroom.entrypoints.api import create_app
from greenroom.infra.context import Actor, Context, House
from greenroom.infra.database import Scope
from greenroom.infra.postgres.addresses import Addresses
from greenroom.kit.clock import FixedClock
from greenroom.tenancy import facade
from tests.support.studio import ROOT, browser

ADA = {"email": "ada@example.com", "password": "a green door opens"}
STEP = timedelta(seconds=30)


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(datetime.now(UTC))


@pytest.fixture
def house(house: House, clock: FixedClock) -> House:
    return replace(house, clock=clock)


class App:
    """An authenticator app on a phone with its own idea of the time."""

    def __init__(self, secret: str, clock: FixedClock) -> None:
        self.totp, self.clock = pyotp.TOTP(secret), clock

    def code(self, *, late: timedelta = timedelta(0)) -> str:
        return self.totp.at(self.clock.now() - late)


@pytest.fixture
async def recovery() -> list[str]:
    """The recovery codes that `app` was given."""
    return []


@pytest.fixture
async def app(producer: httpx.AsyncClient, clock: FixedClock, recovery: list[str]) -> App:
    """Ada's app, set up; the code that set it up is used, so the clock goes on to the next one."""
    begun = (await producer.post("/profile/authenticator")).json()
    app = App(begun["secret"], clock)
    done = await producer.post("/profile/authenticator/confirm", json={"code": app.code()})
    assert done.status_code == 200, done.text
    recovery += done.json()["codes"]
    clock.advance(2 * STEP)
    return app


@pytest.fixture
async def web(app: App, house: House) -> AsyncIterator[httpx.AsyncClient]:
    """A browser that nobody is signed in with."""
    async with browser(house) as client:
        yield client


async def challenge(web: httpx.AsyncClient) -> str:
    asked = await web.post("/session", json=ADA)
    assert asked.status_code == 401
    assert asked.json()["type"].endswith("/second-factor")
    return str(asked.json()["challenge"])


async def answer(web: httpx.AsyncClient, code: str, asked: str | None = None) -> httpx.Response:
    return await web.post("/session/second-factor", json={"challenge": asked or await challenge(web), "code": code})


def kind(answer: httpx.Response) -> str:
    return str(answer.json()["type"]).rsplit("/", 1)[1]


async def test_a_code_completes_the_sign_in_and_nothing_less_does(web: httpx.AsyncClient, app: App) -> None:
    asked = await challenge(web)
    assert "set-cookie" not in (await web.post("/session", json=ADA)).headers
    assert (await web.get("/session")).status_code == 401
    entered = await answer(web, app.code(), asked)
    assert entered.status_code == 200, entered.text
    assert entered.json()["user"]["email"] == ADA["email"]
    assert (await web.get("/session")).status_code == 200


async def test_nothing_tells_of_the_app_before_the_password_is_right(web: httpx.AsyncClient) -> None:
    wrong = await web.post("/session", json={**ADA, "password": "not this one"})
    nobody = await web.post("/session", json={**ADA, "email": "nobody@example.com"})
    assert wrong.status_code == nobody.status_code == 401
    assert wrong.json() == nobody.json()


async def test_each_code_works_once(web: httpx.AsyncClient, app: App, clock: FixedClock) -> None:
    code = app.code()
    assert (await answer(web, code)).status_code == 200
    again = await answer(web, code)
    assert (again.status_code, kind(again)) == (401, "wrong-code")
    earlier = await answer(web, app.code(late=STEP))
    assert earlier.status_code == 401  # a code of before the used one is no fresher
    clock.advance(STEP)
    assert (await answer(web, app.code())).status_code == 200


@pytest.mark.parametrize(("late", "enters"), [(-2, False), (-1, True), (1, True), (2, False)])
async def test_a_clock_may_be_one_step_off(web: httpx.AsyncClient, app: App, late: int, enters: bool) -> None:
    entered = await answer(web, app.code(late=late * STEP))
    assert entered.status_code == (200 if enters else 401)


async def test_a_challenge_is_answered_once(web: httpx.AsyncClient, app: App, clock: FixedClock) -> None:
    asked = await challenge(web)
    assert (await answer(web, app.code(), asked)).status_code == 200
    clock.advance(STEP)
    replayed = await answer(web, app.code(), asked)
    assert (replayed.status_code, kind(replayed)) == (410, "challenge-over")


async def test_a_challenge_is_over_after_five_minutes(web: httpx.AsyncClient, app: App, clock: FixedClock) -> None:
    asked = await challenge(web)
    clock.advance(timedelta(minutes=5, seconds=1))
    late = await answer(web, app.code(), asked)
    assert (late.status_code, kind(late)) == (410, "challenge-over")
    assert kind(await answer(web, app.code(), "made-up")) == "challenge-over"


async def test_a_challenge_takes_five_codes(web: httpx.AsyncClient, app: App) -> None:
    asked = await challenge(web)
    kinds = [kind(await answer(web, "000000", asked)) for _ in range(5)]
    assert kinds == ["wrong-code"] * 5
    assert kind(await answer(web, app.code(), asked)) == "challenge-over"


async def test_guessing_codes_is_slowed_for_one_person_and_leaves_a_way_in(
    web: httpx.AsyncClient, app: App, house: House, recovery: list[str]
) -> None:
    kinds = []
    for number in range(12):
        transport = httpx.ASGITransport(app=create_app(house), client=(f"10.0.0.{number}", 1))
        async with httpx.AsyncClient(transport=transport, base_url=f"{ROOT}/api/v1") as guesser:
            kinds.append(kind(await answer(guesser, "000000")))
    assert kinds == ["wrong-code"] * 10 + ["too-many"] * 2
    assert kind(await answer(web, app.code())) == "too-many"
    assert (await answer(web, recovery[0])).status_code == 200


async def test_each_recovery_code_works_once(web: httpx.AsyncClient, recovery: list[str]) -> None:
    assert len(set(recovery)) == 10
    assert (await answer(web, recovery[3].upper().replace("-", " "))).status_code == 200
    assert (await web.get("/profile/sign-in")).json()["recovery_codes_left"] == 9
    assert kind(await answer(web, recovery[3])) == "wrong-code"
    assert (await answer(web, recovery[4])).status_code == 200


async def test_new_recovery_codes_end_the_earlier_ones(
    producer: httpx.AsyncClient, web: httpx.AsyncClient, recovery: list[str]
) -> None:
    fresh = (await producer.post("/profile/recovery-codes")).json()["codes"]
    assert kind(await answer(web, recovery[0])) == "wrong-code"
    assert (await answer(web, fresh[0])).status_code == 200


async def test_a_link_for_a_new_password_does_not_stand_in_for_the_app(
    producer: httpx.AsyncClient, web: httpx.AsyncClient, app: App
) -> None:
    user = (await producer.get("/session")).json()["user"]["id"]
    link = (await producer.post(f"/users/{user}/link")).json()["link"]
    token = link.rsplit("/", 1)[1]
    asked = await web.post("/password", json={"token": token, "password": "the red door is shut"})
    assert (asked.status_code, kind(asked)) == (401, "second-factor")
    assert (await web.get("/session")).status_code == 401
    assert (await answer(web, app.code(), asked.json()["challenge"])).status_code == 200


async def test_changes_of_the_sign_in_ask_again_after_ten_minutes(
    producer: httpx.AsyncClient, app: App, clock: FixedClock
) -> None:
    clock.advance(timedelta(minutes=11))
    for method, path in (
        ("DELETE", "/profile/authenticator"),
        ("POST", "/profile/recovery-codes"),
        ("POST", "/profile/passkeys/options"),
    ):
        refused = await producer.request(method, path)
        assert (refused.status_code, kind(refused)) == (403, "confirm-first")
    password = {"password": ADA["password"]}
    assert "code" in (await producer.post("/session/confirm", json=password)).json()["errors"]
    assert (await producer.post("/session/confirm", json={**password, "code": app.code()})).status_code == 204
    assert (await producer.delete("/profile/authenticator")).status_code == 204


async def test_an_app_counts_from_its_first_right_code_and_goes_when_removed(
    producer: httpx.AsyncClient, house: House, clock: FixedClock
) -> None:
    begun: dict[str, Any] = (await producer.post("/profile/authenticator")).json()
    assert begun["address"].startswith("otpauth://totp/Greenroom:ada%40example.com?secret=")
    async with browser(house) as other:
        assert (await other.post("/session", json=ADA)).status_code == 200
    wrong = await producer.post("/profile/authenticator/confirm", json={"code": "000000"})
    assert "code" in wrong.json()["errors"]
    again = (await producer.post("/profile/authenticator")).json()
    assert again["secret"] != begun["secret"]
    stale = await producer.post("/profile/authenticator/confirm", json={"code": App(begun["secret"], clock).code()})
    assert stale.status_code == 422
    done = await producer.post("/profile/authenticator/confirm", json={"code": App(again["secret"], clock).code()})
    assert done.status_code == 200
    assert (await producer.post("/profile/authenticator")).status_code == 409
    assert (await producer.delete("/profile/authenticator")).status_code == 204
    async with browser(house) as other:
        assert (await other.post("/session", json=ADA)).status_code == 200


async def test_neither_secret_nor_codes_lie_open_in_the_database(
    app: App, recovery: list[str], database_urls: Addresses
) -> None:
    assert database_urls.superuser is not None
    with psycopg.connect(database_urls.superuser) as connection:
        tables = connection.execute(
            "select oid::regclass::text from pg_class where relkind = 'r' and relnamespace = 'gr'::regnamespace"
        ).fetchall()
        rows = [connection.execute(f"select t::text from {table} t").fetchall() for (table,) in tables]
    text = str(rows)
    assert ADA["email"] in text
    for secret in (app.totp.secret, *recovery, *(code.replace("-", "") for code in recovery)):
        assert secret not in text
        assert secret.encode().hex() not in text


async def test_whoever_holds_the_server_lets_a_person_in_again_who_lost_the_app(
    producer: httpx.AsyncClient, web: httpx.AsyncClient, house: House
) -> None:
    async with house.database.transaction() as tx:
        ((organisation, user),) = await facade.people_with_email(tx, ADA["email"])
    async with house.database.transaction(Scope(organisation, (), "command:test")) as tx:
        ctx = Context(organisation, (), None, Actor("command", None, "test"), tx, house.clock, house)
        link = await facade.reset_sign_in(ctx, user)
        assert await house.vault.list(ctx, kind="totp") == []
    assert (await producer.get("/session")).status_code == 401
    form = {"token": link.rsplit("/", 1)[1], "password": "the red door is shut"}
    assert (await web.post("/password", json=form)).status_code == 200
    ways = (await web.get("/profile/sign-in")).json()
    assert (ways["authenticator_since"], ways["recovery_codes_left"], ways["passkeys"]) == (None, 0, [])
