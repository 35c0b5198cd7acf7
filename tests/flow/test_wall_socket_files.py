"""Files from a wall to phones, and pictures back: by one-time paths, for the right agent, and not for long."""

import os
import shutil
import time
from collections.abc import AsyncIterator
from pathlib import Path
from uuid import UUID

import httpx
import pytest

from greenroom.infra.settings import Settings
from greenroom.kit.errors import DiskFull, Gone, NotFound, TooMany
from greenroom.kit.ids import uuid7
from greenroom.phones import (
    file_keep,
    file_routes,
    file_transfers,
    file_write,
    giving,
    jobs,
    leases,
    relay_answers,
)
from greenroom.tenancy.sign_in import start_session
from greenroom.wire.messages import Do, Done, Verb
from tests.support.house import Tenant
from tests.support.walls import Agent, Stage, Wall

PNG = b"\x89PNG\r\n\x1a\n" + bytes(2_000)


@pytest.fixture
async def outside(stage: Stage) -> AsyncIterator[httpx.AsyncClient]:
    """An agent's way over HTTP: no session."""
    async with httpx.AsyncClient(base_url=stage.address.removesuffix("/api/v1")) as made:
        yield made


async def ordered(wall: Wall, agent: Agent, verb: Verb, argument: str, epoch: int, number: int) -> Do:
    count = len(agent.of(Do))
    await wall.say(Do(count + 1, number, epoch, verb, argument, 1))
    return await agent.hears(Do, count + 1)


async def test_an_uploaded_file_comes_to_the_agent_once(stage: Stage, outside: httpx.AsyncClient) -> None:
    agent, epoch, data = stage.agent, await stage.take(), bytes(range(256)) * 40_000
    async with stage.browser() as ada:
        sent = await ada.post("/phones/files", params={"name": "Shöp 1.apk"}, content=data)
        assert sent.status_code == 201, sent.text
        assert (sent.json()["name"], sent.json()["size"]) == ("Shöp 1.apk", len(data))
    bo, cookie = await stage.person("Bo")
    async with stage.wall() as wall, stage.wall(cookie) as hers:
        order = await ordered(wall, agent, "install", sent.json()["id"], epoch, wall.numbers[stage.phone])
        path = order.argument
        assert path.startswith("/api/v1/agents/transfers/")
        got = await outside.get(path)
        assert (got.status_code, got.content == data) == (200, True)
        assert "Sh%C3%B6p%201.apk" in got.headers["content-disposition"]
        again = await outside.get(path)
        assert (again.status_code, again.json()["type"].rsplit("/", 1)[-1]) == (410, "gone")
        assert (await outside.get(f"{path}x")).json() == again.json()
        await agent.say(Done(order.id, 1, "", "", ""))
        await wall.hears(Done)

        # Another person's file is no file, nor is one that never was.
        async with stage.tenant.context() as ctx:
            await leases.release(ctx, stage.phone, epoch, stage.tenant.user)
        epoch = await stage.take(bo)
        for wrong in (sent.json()["id"], str(uuid7()), "x", ""):
            await hers.say(Do(1, hers.numbers[stage.phone], epoch, "push", wrong, 1))
        await hers.hears(Done, 4)
        assert {one.kind for one in hers.of(Done)} == {"no_file"}
    async with stage.tenant.context() as ctx:
        row = await ctx.db.one("select change, client_id from audit_entry where action = 'phone.app_installed'")
    assert row["change"]["file"]["after"] == "Shöp 1.apk"
    assert row["client_id"] == stage.tenant.client


async def test_a_picture_comes_back_to_who_reaches_the_phone(
    stage: Stage, outside: httpx.AsyncClient, other_tenant: Tenant
) -> None:
    agent, epoch = stage.agent, await stage.take()
    async with stage.wall() as wall:
        number = wall.numbers[stage.phone]
        order = await ordered(wall, agent, "screenshot", "", epoch, number)
        assert (await outside.get(order.argument)).status_code == 410  # it is for leaving, not for getting
        assert (await outside.put(order.argument, content=PNG)).status_code == 204
        assert (await outside.put(order.argument, content=PNG)).status_code == 410
        await agent.say(Done(order.id, 1, "", "", ""))
        address = (await wall.hears(Done)).answer
        assert address.startswith("/api/v1/phones/pictures/")

        for wrong in (b"<svg onload=alert(1)>", b"x", PNG[1:]):
            order = await ordered(wall, agent, "screenshot", "", epoch, number)
            assert (await outside.put(order.argument, content=wrong)).status_code == 422
            count = len(wall.of(Done))
            await agent.say(Done(order.id, 1, "", "", ""))
            assert (await wall.hears(Done, count + 1)).kind == "failed"

    stranger = await start_session(
        other_tenant.house, other_tenant.organisation, other_tenant.user, address="", agent="test"
    )
    _, looks = await stage.person("Dee", "viewer", "read")
    for cookie, status in ((stage.cookie, 200), (looks, 200), (stranger, 404)):
        async with httpx.AsyncClient(headers={"Cookie": f"greenroom={cookie}"}, base_url=outside.base_url) as browser:
            answer = await browser.get(address)
            assert answer.status_code == status
            if status == 404:
                never = await browser.get(f"/api/v1/phones/pictures/{uuid7()}")
                assert answer.json()["detail"] == never.json()["detail"]
            else:
                assert (answer.content, answer.headers["content-type"]) == (PNG, "image/png")
                assert answer.headers["x-content-type-options"] == "nosniff"
    assert (await outside.get(address)).status_code == 401
    # Whoever has the phone next sees nothing of what it showed before.
    async with stage.tenant.context() as ctx:
        await giving.give_phone(ctx, stage.phone, None)
    async with stage.browser() as ada:
        assert (await ada.get(address.removeprefix("/api/v1"))).status_code == 404


async def test_a_path_of_an_agent_that_is_gone_is_over(stage: Stage, outside: httpx.AsyncClient) -> None:
    agent, epoch = stage.agent, await stage.take()
    async with stage.wall() as wall:
        number = wall.numbers[stage.phone]
        order = await ordered(wall, agent, "screenshot", "", epoch, number)
        await agent.socket.close()
        await wall.hears(Done)
        assert (await outside.put(order.argument, content=PNG)).status_code == 410


async def test_files_have_limits_and_an_end(
    stage: Stage, outside: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = stage.tenant.house
    kept = file_keep.folder(house.settings)
    _, looks = await stage.person("Dee", "viewer", "read")
    async with stage.browser() as ada, stage.browser(looks) as dee:
        assert (await dee.post("/phones/files", content=b"x")).status_code == 403
        assert (await outside.post("/api/v1/phones/files", content=b"x")).status_code == 401
        assert (await ada.post("/phones/files", content=b"")).status_code == 422
        assert [one.name for one in kept.iterdir()] == []

        class Full:
            free = 1_000

        monkeypatch.setattr(shutil, "disk_usage", lambda _: Full)
        full = await ada.post("/phones/files", content=b"x" * 10)
        assert (full.status_code, full.json()["type"].rsplit("/", 1)[-1]) == (507, "disk-full")
        monkeypatch.undo()

        epoch = await stage.take()
        monkeypatch.setattr(file_routes, "LARGEST_PICTURE", 5_000)
        async with stage.wall() as wall:
            for chunked in (False, True):

                async def pieces() -> AsyncIterator[bytes]:
                    for _ in range(10):
                        yield PNG

                order = await ordered(wall, stage.agent, "screenshot", "", epoch, wall.numbers[stage.phone])
                content = pieces() if chunked else PNG * 10
                assert (await outside.put(order.argument, content=content)).status_code == 413
        assert [one.name for one in kept.iterdir()] == []

        monkeypatch.setattr(file_keep, "MOST_FILES", 2)
        for _ in range(2):
            assert (await ada.post("/phones/files", content=b"x")).status_code == 201
        last = await ada.post("/phones/files", content=b"x")
        assert last.status_code == 429
        assert int(last.headers["retry-after"]) > 3_500
        assert len(list(kept.iterdir())) == 2
        await jobs.forget_files(house)
        assert len(list(kept.iterdir())) == 2
        monkeypatch.setattr(file_keep, "KEPT_FOR", -1.0)
        await jobs.forget_files(house)
        assert list(kept.iterdir()) == []
        assert (await ada.post("/phones/files", content=b"x")).status_code == 201


def test_what_is_kept_is_forgotten_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    now = time.monotonic()
    monkeypatch.setattr(time, "monotonic", lambda: now)
    files, person, organisation = file_keep.Files(), uuid7(), uuid7()
    path = Settings().home
    upload = file_keep.Upload(uuid7(), organisation, person, "x", 1, path, now)
    files.end(files.begin(organisation, person), upload)
    files.end(files.begin(organisation, person), None)
    assert files.upload(upload.id, organisation, person) == upload
    assert files.upload(upload.id, uuid7(), person) is None
    assert files.upload(upload.id, organisation, uuid7()) is None
    now += file_keep.KEPT_FOR + 1
    assert files.upload(upload.id, organisation, person) is None


def test_a_path_is_good_as_long_as_its_order_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    now = time.monotonic()
    monkeypatch.setattr(time, "monotonic", lambda: now)
    transfers, agent, phone = file_transfers.Transfers(), uuid7(), uuid7()
    upload = file_keep.Upload(uuid7(), uuid7(), uuid7(), "x", 1, Settings().home, now)
    lasts = relay_answers.within("install")
    first, second = (transfers.to_fetch(agent, phone, upload, lasts=lasts).rsplit("/")[-1] for _ in range(2))
    now += lasts - 1
    assert transfers.fetch(first, lambda *_: True).upload == upload
    now += 2
    with pytest.raises(Gone):
        transfers.fetch(second, lambda *_: True)


def test_one_persons_bytes_and_one_organisations_have_an_end() -> None:
    files, organisation, path = file_keep.Files(), uuid7(), Settings().home

    def send(person: UUID, size: int) -> None:
        coming, upload = files.begin(organisation, person), None
        try:
            files.grow(coming, size)
            upload = file_keep.Upload(uuid7(), organisation, person, "x", size, path, time.monotonic())
        finally:
            files.end(coming, upload)

    people = [uuid7() for _ in range(6)]
    send(people[0], file_keep.MOST_BYTES - 5)
    under_way = files.begin(organisation, people[0])
    files.grow(under_way, 5)
    with pytest.raises(TooMany, match="Your files"):
        send(people[0], 1)
    for person in people[1:5]:
        send(person, file_keep.MOST_BYTES)
    with pytest.raises(TooMany, match="organisation"):
        send(people[5], 1)


def test_a_phones_newest_pictures_are_kept(tmp_path: Path) -> None:
    files, place, phone = file_keep.Files(), file_keep.Place(uuid7(), None), uuid7()
    made = []
    for number in range(file_keep.MOST_PICTURES + 3):
        (tmp_path / str(number)).write_bytes(PNG)
        made.append(file_keep.Picture(uuid7(), place, phone, "image/png", tmp_path / str(number), time.monotonic()))
        files.keep(made[-1])
    assert sorted(int(one.name) for one in tmp_path.iterdir()) == list(range(3, file_keep.MOST_PICTURES + 3))
    with pytest.raises(NotFound):
        files.picture(made[2].id, place.organisation)
    assert files.picture(made[3].id, place.organisation) == made[3]


async def test_a_disk_that_fills_while_a_file_comes_ends_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Disk:
        free = file_write.SPARE + 1_000

    async def pieces() -> AsyncIterator[bytes]:
        yield b"x" * 5_000_000
        pytest.fail("what came before was too much already")

    monkeypatch.setattr(shutil, "disk_usage", lambda _: Disk)
    with pytest.raises(DiskFull):
        await file_write.write_file(tmp_path / "x", pieces(), most=10**9, announced=None)
    assert os.listdir(tmp_path) == []
