"""Who may open a wall, what it may say and for how long; and agents that say what is not theirs to say."""

import asyncio
import json
import time
from contextlib import suppress
from dataclasses import replace

import psycopg
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.typing import Origin

from greenroom.infra.context import House
from greenroom.infra.postgres.addresses import Addresses
from greenroom.phones import agent_socket, wall_door, wall_socket
from greenroom.phones.relay_pace import Pace
from greenroom.tenancy import store
from greenroom.tenancy.sign_in import start_session
from greenroom.wire.binary import Key, KeyPress, Press
from greenroom.wire.limits import LARGEST_CONTROL
from greenroom.wire.messages import Beat, InputRefused, Refused, Tiles, Watch, Welcome
from greenroom.wire.version import VERSION
from tests.support.figures import Figures
from tests.support.house import Tenant
from tests.support.phones import make_shelf, seen
from tests.support.serving import serving
from tests.support.wait import until_true
from tests.support.walls import Stage, dialled, opened


async def test_only_a_page_of_this_installation_opens_a_wall(stage: Stage) -> None:
    address = f"{stage.address.replace('http', 'ws', 1)}/wall/socket"
    cookie = {"Cookie": f"greenroom={stage.cookie}"}
    own = Origin(stage.address.removesuffix("/api/v1"))
    others = ("https://evil.example", "null", own.replace("http:", "https:"), f"{own}0")
    for origin in (*map(Origin, others), None):
        with pytest.raises(InvalidStatus) as refused:
            async with connect(address, additional_headers=cookie, origin=origin):
                """Nobody comes here."""
        assert refused.value.response.status_code == 403
    for wrong in ("x", "", "x" * 2000):
        async with opened(stage.address, wrong) as wall:
            assert (await wall.refused()).sentence == "Sign in and open the wall again"
    # A program's token opens nothing, whoever's it is.
    async with stage.browser() as ada:
        made = await ada.post("/tokens", json={"name": "x", "scopes": ["read"]})
    secret = {"Authorization": f"Bearer {made.json()['token']}"}
    async with connect(address, additional_headers=secret, origin=own) as socket:
        assert json.loads(await socket.recv())["type"] == "refused"


async def test_phones_out_of_reach_have_no_number(stage: Stage, other_tenant: Tenant) -> None:
    theirs = await make_shelf(other_tenant, serial="R58N")
    stranger = await start_session(
        other_tenant.house, other_tenant.organisation, other_tenant.user, address="", agent="test"
    )
    async with dialled(stage.address, theirs, seen(1, "R58N")) as agent:
        async with stage.wall() as mine, opened(stage.address, stranger) as hers:
            assert await mine.want(theirs.phone, stage.phone) == {stage.phone: mine.numbers[stage.phone]}
            assert list(await hers.want(theirs.phone, stage.phone)) == [theirs.phone]
            await mine.watch(stage.phone)
            await stage.agent.until(stage.agent.wanted)
            # Their agent numbers its phones as ours does, and what it says is about its own alone.
            await agent.frame(key=True)
            await agent.frame(2, key=True)
            await hers.watch(theirs.phone)
            await agent.until(agent.wanted)
            await agent.frame(key=True, moment=7)
            await hers.has(1)
            await hers.say(Watch(1, "focus", stills=False))
            moment = await stage.agent.frame(key=True, moment=8)
            await mine.has(1)
            assert (mine.moments(), hers.moments()) == ([moment], [7])
        # A phone that says it is another's is a phone of the agent that says so.
        await agent.phone(seen(3, "emulator-5554"))
        await asyncio.sleep(0.1)
        async with other_tenant.context() as ctx:
            rows = await ctx.db.all("select id from phone where agent_id = %(agent)s", {"agent": theirs.agent})
        assert stage.phone not in {row["id"] for row in rows}


async def test_a_forged_agent_is_turned_away(stage: Stage) -> None:
    forged = replace(stage.shelf, key=Ed25519PrivateKey.generate())
    with pytest.raises(ConnectionError):
        async with dialled(stage.address, forged, seen(1)):
            """Nobody comes here."""
    with pytest.raises(ConnectionError):
        async with dialled(stage.address, stage.shelf, seen(1)):
            """Nor here: the true one is connected."""


async def test_who_knocks_as_an_agent_time_and_again_is_told_to_wait(house: House) -> None:
    few = replace(house, settings=house.settings.model_copy(update={"limit_address": 5}))
    async with serving(few) as address:
        told = []
        for _ in range(12):
            async with connect(f"{address.replace('http', 'ws', 1)}/agents/socket") as socket:
                with suppress(ConnectionClosed):
                    await socket.send("x")
                told.append(json.loads(await socket.recv())["kind"])
    assert told[:4] == ["malformed"] * 4
    assert told[-4:] == ["slow"] * 4


async def test_access_that_ends_ends_the_socket(stage: Stage, figures: Figures) -> None:
    bo, cookie = await stage.person("Bo")
    async with stage.wall(watch="thumbnail"), stage.wall(cookie, watch="thumbnail") as wall:
        await stage.agent.frame(key=True)
        await wall.has(1)
        async with stage.tenant.context() as ctx:
            await store.set_access(ctx.db, stage.tenant.organisation, bo, [])
        began = time.monotonic()
        refused = await wall.refused()
        figures("wall", f"a socket ended {time.monotonic() - began:.1f} s after the person's access")
        assert refused.sentence.startswith("Ask an administrator")

    async with opened(stage.address, stage.cookie) as wall:
        await wall.want(stage.phone)
        async with stage.browser() as ada:
            assert (await ada.delete("/session")).status_code == 204
        assert (await wall.refused()).sentence == "Sign in and open the wall again"


async def test_a_phone_given_to_another_client_leaves_the_wall(stage: Stage) -> None:
    _, cookie = await stage.person("Bo")
    async with stage.wall(cookie, watch="thumbnail") as wall:
        count = len(wall.of(Tiles))
        async with stage.browser() as ada:
            assert (await ada.put(f"/phones/{stage.phone}/client", json={"client_id": None})).status_code == 200
        assert await wall.hears(Tiles, count + 1) == Tiles(())
        await stage.agent.frame(key=True)
        await wall.say(Beat(1))
        await wall.hears(Beat)
        assert wall.frames == []


async def test_who_has_a_phone_next_sees_nothing_of_what_was_kept(stage: Stage) -> None:
    agent = stage.agent
    async with stage.wall(watch="thumbnail") as wall:
        for at in range(3):
            await agent.frame(key=not at)
        await wall.has(3)
        async with stage.browser() as ada:
            assert (await ada.put(f"/phones/{stage.phone}/client", json={"client_id": None})).status_code == 200
        # Somebody who reaches both, and goes on watching, begins anew like everybody else.
        await agent.until(agent.keys)
        async with opened(stage.address, stage.cookie) as late:
            await late.want(stage.phone)
            await late.watch(stage.phone)
            await agent.frame()
            moment = await agent.frame(key=True)
            await late.has(1)
            assert late.moments() == [moment]
        await wall.has(4)
        assert wall.moments()[3:] == [moment]


BLOCKED = "from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"


async def test_a_wall_outlives_a_database_that_goes_away_under_it(stage: Stage, database_urls: Addresses) -> None:
    epoch, address = await stage.take(), database_urls.superuser or ""
    async with stage.wall() as wall:
        number = wall.numbers[stage.phone]
        with psycopg.connect(address) as locking, psycopg.connect(address, autocommit=True) as killing:
            locking.execute("lock table gr.phone_lease in access exclusive mode")
            # An epoch that nobody has reached yet is looked for, while there is somebody to ask.
            for sequence in (1, 2):
                await wall.press(KeyPress(number, epoch + 2**61, sequence, 0, Press.SHORT, Key.HOME))
                if sequence == 1:
                    await until_true(lambda: bool(killing.execute(f"select 1 {BLOCKED}").fetchone()))
                    killing.execute(f"select pg_terminate_backend(pid) {BLOCKED}")
                assert (await wall.hears(InputRefused, sequence)).kind in ("stale", "nobody")
        await wall.say(Beat(1))
        await wall.until(lambda: Beat(1) in wall.heard)


async def refusal(stage: Stage, *said: str | bytes) -> str:
    async with stage.wall() as wall:
        for one in said:
            await wall.socket.send(one)
        return (await wall.refused()).sentence


async def test_nonsense_and_too_much_end_the_socket_with_a_sentence(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    nonsense = "This page sent what is no message; load it again"
    for said in ("", "x", b"", b"\x01", b"\x02" + bytes(40), '{"type":"hello"}', '{"type":"beat","count":1,"x":1}',
                 '{"type":"want","phones":["x"]}'):  # fmt: skip
        assert await refusal(stage, said) == nonsense
    assert await refusal(stage, "x" * (LARGEST_CONTROL + 1)) == (
        "This page sent a message that is too long; load it again"
    )
    async with stage.wall() as wall:
        await wall.socket.send(b"\x02" * 2**20)
        await wall.until(lambda: wall.ended)
        assert wall.ended is not None
        assert wall.ended.rcvd is not None
        assert wall.ended.rcvd.code == 1009
        assert "exceeds limit" in wall.ended.rcvd.reason, wall.ended.rcvd.reason
    monkeypatch.setattr(wall_socket, "PACE", Pace(messages=10, size=10_000, burst=2))
    beat = '{"type":"beat","count":1}'
    assert await refusal(stage, *[beat] * 40) == "This page sends too much at once; load it again"
    # None of it harmed the next one.
    async with stage.wall() as wall:
        await wall.say(Beat(3))
        assert await wall.hears(Beat) == Beat(3)


async def test_who_does_not_say_that_it_is_a_wall_is_sent_away(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wall_socket, "HANDSHAKE", 0.2)
    address = f"{stage.address.replace('http', 'ws', 1)}/wall/socket"
    origin = Origin(stage.address.removesuffix("/api/v1"))
    headers = {"Cookie": f"greenroom={stage.cookie}"}

    async def says(*first: str) -> Refused:
        async with connect(address, additional_headers=headers, origin=origin) as socket:
            for one in first:
                await socket.send(one)
            body = json.loads(await socket.recv())
            assert body.pop("type") == "refused"
            return Refused(**body)

    assert (await says()).kind == "slow"
    monkeypatch.undo()
    monkeypatch.setattr(wall_door, "MOST_WALLS", 2)
    assert (await says('{"type":"want","phones":[]}')).kind == "malformed"
    assert (await says(json.dumps({"type": "open", "version": VERSION + 1}))).kind == "version"
    async with stage.wall(), stage.wall(), opened(stage.address, stage.cookie) as third:
        assert (await third.refused()).kind == "second"
    async with stage.wall() as wall:
        assert wall.of(Welcome)


async def test_an_agent_that_has_gone_mad_ends_alone(
    stage: Stage, other_tenant: Tenant, monkeypatch: pytest.MonkeyPatch
) -> None:
    theirs = await make_shelf(other_tenant, serial="R58N")
    monkeypatch.setattr(agent_socket, "PACE", Pace(messages=100, size=1_000_000, burst=1))
    async with stage.wall(watch="thumbnail") as wall, dialled(stage.address, theirs, seen(1, "R58N")) as mad:
        for _ in range(400):
            await mad.frame(key=True, size=10)
        assert (await mad.refused()).sentence.startswith("This agent sends more than sixty phones could")
        moment = await stage.agent.frame(key=True)
        await wall.has(1)
        assert wall.moments() == [moment]
