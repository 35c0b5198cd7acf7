"""From the first link to a signed-in team, over HTTP."""

from collections.abc import AsyncIterator
from uuid import UUID

import httpx
import psycopg
import pytest

from greenroom.entrypoints.api import create_app
from greenroom.infra.context import House
from greenroom.infra.database import Scope
from greenroom.infra.postgres.addresses import Addresses
from greenroom.tenancy import facade
from greenroom.tenancy.jobs import tidy

FORM = {
    "name": "Ada Lovelace",
    "email": "Ada@Example.com ",
    "password": "a green door opens",
    "organisation": "Analytical Agency",
    "client": "Engine Works",
    "zone": "Europe/London",
}


@pytest.fixture
async def web(house: House) -> AsyncIterator[httpx.AsyncClient]:
    app = create_app(house)
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app=app, client=("127.0.0.1", 1)), base_url="https://localhost/api/v1"
    ) as client:
        yield client


async def first_run(web: httpx.AsyncClient, house: House, **changes: str) -> httpx.Response:
    link = await facade.first_run_link(house)
    assert link is not None
    token = link.rsplit("/", 1)[1]
    return await web.post("/first-run", json={**FORM, "token": token, **changes})


async def test_the_first_link_makes_one_administrator_and_then_never_again(
    web: httpx.AsyncClient, house: House
) -> None:
    assert (await web.get("/sign-in")).json() == {"first_run": True, "providers": [], "failed": None}
    link = await facade.first_run_link(house)
    assert link is not None
    token = link.rsplit("/", 1)[1]
    assert (await web.get(f"/links-once/{token}")).json()["valid"] is True

    made = await web.post("/first-run", json={**FORM, "token": token})
    assert made.status_code == 200, made.text
    assert made.json()["user"]["email"] == "ada@example.com"
    assert made.json()["clients"][0]["name"] == "Engine Works"
    assert "approve" in made.json()["clients"][0]["permissions"]
    assert (await web.get("/session")).json()["organisation"]["name"] == "Analytical Agency"

    again = await web.post("/first-run", json={**FORM, "token": token})
    assert again.status_code == 409
    assert await facade.first_run_link(house) is None


async def test_a_weak_password_is_refused_and_the_link_stays_good(web: httpx.AsyncClient, house: House) -> None:
    link = await facade.first_run_link(house)
    assert link is not None
    token = link.rsplit("/", 1)[1]
    refused = await web.post("/first-run", json={**FORM, "token": token, "password": "short"})
    assert refused.status_code == 422
    assert "password" in refused.json()["errors"]
    assert (await web.post("/first-run", json={**FORM, "token": token})).status_code == 200


@pytest.mark.parametrize(
    ("field", "value"),
    [("zone", "Mars/Olympus"), ("email", "nobody"), ("name", "\u202e\u200b"), ("organisation", "x" * 201)],
)
async def test_a_wrong_field_is_named(web: httpx.AsyncClient, house: House, field: str, value: str) -> None:
    refused = await first_run(web, house, **{field: value})
    assert refused.status_code == 422
    assert field in refused.json()["errors"]


async def test_sign_in_says_the_same_for_a_wrong_address_and_a_wrong_password(
    web: httpx.AsyncClient, house: House
) -> None:
    await first_run(web, house)
    await web.delete("/session")
    assert (await web.get("/session")).status_code == 401
    answers = [
        await web.post("/session", json={"email": email, "password": password})
        for email, password in (
            ("ada@example.com", "wrong word here"),
            ("no@example.com", "a green door opens"),
        )
    ]
    assert [a.status_code for a in answers] == [401, 401]
    assert answers[0].json() == answers[1].json()
    good = await web.post("/session", json={"email": " ADA@example.com", "password": "a green door opens"})
    assert good.status_code == 200


async def test_guessing_is_slowed_but_does_not_lock_the_owner_out_elsewhere(house: House) -> None:
    app = create_app(house)

    def browser(address: str) -> httpx.AsyncClient:
        transport = httpx.ASGITransport(app=app, client=(address, 1))
        return httpx.AsyncClient(transport=transport, base_url="https://localhost/api/v1")

    async with browser("10.0.0.1") as guesser, browser("10.0.0.2") as owner:
        await first_run(owner, house)
        wrong = {"email": "ada@example.com", "password": "not this one"}
        codes = [(await guesser.post("/session", json=wrong)).status_code for _ in range(12)]
        assert codes[:10] == [401] * 10
        assert codes[10:] == [429] * 2
        right = {"email": "ada@example.com", "password": "a green door opens"}
        assert (await owner.post("/session", json=right)).status_code == 200


async def test_a_change_from_another_site_is_refused(web: httpx.AsyncClient, house: House) -> None:
    await first_run(web, house)
    for headers in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}):
        refused = await web.post("/clients", json={"name": "Planted"}, headers=headers)
        assert refused.status_code == 403
    own = await web.post("/clients", json={"name": "Own"}, headers={"Origin": "https://localhost"})
    assert own.status_code == 201


async def test_an_invited_person_chooses_a_password_and_sees_only_their_client(
    web: httpx.AsyncClient, house: House
) -> None:
    session = (await first_run(web, house)).json()
    hidden = (await web.post("/clients", json={"name": "Hidden"})).json()
    shown = session["clients"][0]["id"]
    invited = await web.post(
        "/users",
        json={
            "name": "Grace",
            "email": "grace@example.com",
            "access": [{"client_id": shown, "level": "limited"}],
        },
    )
    assert invited.status_code == 201, invited.text
    token = invited.json()["link"].rsplit("/", 1)[1]
    web.cookies.clear()
    entered = await web.post("/password", json={"token": token, "password": "another fine door"})
    assert entered.status_code == 200, entered.text
    assert [c["id"] for c in entered.json()["clients"]] == [shown]
    assert "approve" not in entered.json()["clients"][0]["permissions"]
    assert [c["id"] for c in (await web.get("/clients")).json()["items"]] == [shown]
    assert (await web.get("/users")).status_code == 403
    assert (await web.get(f"/clients?client={hidden['id']}")).status_code == 404
    assert (await web.post("/password", json={"token": token, "password": "another fine door"})).status_code == 410


async def test_two_changes_from_the_same_version_do_not_overwrite_each_other(
    web: httpx.AsyncClient, house: House
) -> None:
    session = (await first_run(web, house)).json()
    address = f"/clients/{session['clients'][0]['id']}"
    one = await web.patch(address, json={"name": "One"}, headers={"If-Match": '"1"'})
    two = await web.patch(address, json={"name": "Two"}, headers={"If-Match": '"1"'})
    assert (one.status_code, two.status_code) == (200, 412)
    assert two.json()["present"]["name"] == "One"
    assert (await web.patch(address, json={"name": "Two"}, headers={"If-Match": '"x"'})).status_code == 422
    assert (await web.patch(address, json={"nome": "Two"}, headers={"If-Match": '"2"'})).status_code == 422


async def test_the_last_super_user_stays(web: httpx.AsyncClient, house: House) -> None:
    session = (await first_run(web, house)).json()
    address = f"/users/{session['user']['id']}"
    refused = await web.patch(address, json={"role": "viewer"}, headers={"If-Match": '"1"'})
    assert refused.status_code == 409
    assert (await web.get("/session")).json()["user"]["role"] == "super"


async def test_what_is_over_is_forgotten(web: httpx.AsyncClient, house: House, database_urls: Addresses) -> None:
    await first_run(web, house)
    await web.post("/session", json={"email": "ada@example.com", "password": "not this one"})
    assert database_urls.superuser is not None
    with psycopg.connect(database_urls.superuser, autocommit=True) as connection:
        for statement in (
            "update gr.throttle set at = now() - interval '2 days'",
            "update gr.session set expires_at = now() - interval '1 second'",
            "update gr.once_link set expires_at = now() - interval '31 days'",
        ):
            connection.execute(statement)
        await tidy(house)
        left = connection.execute(
            "select (select count(*) from gr.throttle), (select count(*) from gr.session),"
            " (select count(*) from gr.once_link)"
        ).fetchone()
    assert left == (0, 0, 0)
    assert (await web.get("/session")).status_code == 401


async def test_only_a_super_user_renews_an_administrators_link(web: httpx.AsyncClient, house: House) -> None:
    session = (await first_run(web, house)).json()
    client = session["clients"][0]["id"]
    links = {}
    for name in ("grace", "alan"):
        access = [{"client_id": client, "level": "full"}]
        form = {"name": name, "email": f"{name}@example.com", "role": "admin", "access": access}
        invited = (await web.post("/users", json=form)).json()
        links[name] = (invited["user"]["id"], invited["link"].rsplit("/", 1)[1])
    web.cookies.clear()
    entered = await web.post("/password", json={"token": links["grace"][1], "password": "another fine door"})
    assert entered.status_code == 200
    assert (await web.post(f"/users/{links['alan'][0]}/link")).status_code == 403
    assert (await web.post(f"/users/{links['grace'][0]}/link")).status_code == 200


async def test_news_of_the_whole_organisation_names_nobody(web: httpx.AsyncClient, house: House) -> None:
    await first_run(web, house)
    await web.post("/clients", json={"name": "Secret Client"})
    await web.post("/users", json={"name": "Secret Person", "email": "secret@example.com"})
    organisation = (await web.get("/session")).json()["organisation"]["id"]
    async with house.database.transaction(Scope(UUID(organisation), (), "user:x")) as tx:
        news = await tx.all("select message, data, client_id from event")
    assert len(news) >= 2
    assert not any("Secret" in f"{row['message']}{row['data']}" for row in news)
