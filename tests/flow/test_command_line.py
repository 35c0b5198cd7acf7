"""`greenroom post`, `accounts`, `content`, `jobs`, `events` and `login` as people and scripts use them, over HTTP."""

import asyncio
import json
import signal
import stat
from collections.abc import AsyncIterator
from pathlib import Path
from uuid import uuid4

import pytest

from greenroom.infra import events
from greenroom.infra.context import House
from tests.support.command_line import LosingProxy, Terminal, served, token_of
from tests.support.house import Tenant
from tests.support.jobs import enqueued, seen
from tests.support.publish import Desk, make_desk
from tests.support.settled import settled

EVERYTHING = ("read", "make", "review", "publish", "manage")
HOSTILE = "\x1b[2J\x1b]0;owned\x07Line one\nLine \u202etwo\u200b"


@pytest.fixture
async def port(house: House) -> AsyncIterator[int]:
    async with served(house) as port:
        yield port


@pytest.fixture
async def terminal(port: int, tenant: Tenant, tmp_path: Path) -> Terminal:
    """A shell whose variables lead to the tenant."""
    token = await token_of(tenant, *EVERYTHING)
    return Terminal(tmp_path, {"GREENROOM_API": f"http://127.0.0.1:{port}", "GREENROOM_TOKEN": token})


async def test_login_checks_the_token_and_keeps_it_for_its_owner_only(
    port: int, tenant: Tenant, tmp_path: Path
) -> None:
    token = await token_of(tenant, "read")
    shell = Terminal(tmp_path)
    before = await shell.run("accounts", "list")
    assert (before.code, before.out) == (2, "")
    assert "greenroom login" in before.err

    wrong = await shell.run("login", f"127.0.0.1:{port}", stdin="gr_nonsense\n")
    assert wrong.code == 4
    file = tmp_path / "greenroom" / "login.json"
    assert not file.exists()

    right = await shell.run("login", f"127.0.0.1:{port}", stdin=f"{token}\n")
    assert right.code == 0, right.err
    assert "Blue Door" in right.out
    assert token not in right.out + right.err
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert (await shell.run("accounts", "list")).code == 0


async def test_a_kept_token_goes_to_its_own_address_only(port: int, tenant: Tenant, tmp_path: Path) -> None:
    token = await token_of(tenant, "read")
    shell = Terminal(tmp_path)
    assert (await shell.run("login", f"http://127.0.0.1:{port}", stdin=token)).code == 0
    elsewhere = await shell.run("accounts", "list", GREENROOM_API=f"http://localhost:{port}")
    assert elsewhere.code == 4
    assert "There is no token for" in elsewhere.err


async def test_what_is_wrong_has_its_own_exit_status(terminal: Terminal, tenant: Tenant) -> None:
    nobody = await terminal.run("jobs", "list", GREENROOM_API="http://127.0.0.1:9")
    assert (nobody.code, nobody.err) == (3, "Nothing answers at http://127.0.0.1:9; check that Greenroom runs\n")
    assert (await terminal.run("jobs", "list", GREENROOM_TOKEN="gr_wrong")).code == 4
    assert (await terminal.run("jobs", "show", "not-an-id")).code == 2
    assert (await terminal.run("jobs", "show", str(uuid4()))).code == 1
    reader = await token_of(tenant, "read")
    job = await enqueued(tenant, "toy.wait")
    refused = await terminal.run("jobs", "cancel", str(job), GREENROOM_TOKEN=reader)
    assert refused.code == 4
    assert "right to make" in refused.err
    assert (await seen(tenant, job)).state == "queued"
    assert (await terminal.run("jobs", "cancel", str(job))).code == 0
    assert (await seen(tenant, job)).state == "cancelled"


async def test_a_token_that_is_over_is_refused(terminal: Terminal, tenant: Tenant) -> None:
    token = await token_of(tenant, "read")
    async with tenant.context() as ctx:
        await ctx.db.execute("update api_token set expires_at = now() - interval '1 s'")
    ended = await terminal.run("accounts", "list", GREENROOM_TOKEN=token)
    assert ended.code == 4
    assert "Settings" in ended.err


async def test_lists_go_over_their_pages_up_to_the_limit(terminal: Terminal, tenant: Tenant) -> None:
    made = [await enqueued(tenant, "toy.wait") for _ in range(430)]
    everything = await terminal.run("jobs", "list", "--limit", "1000", "--json")
    assert [job["id"] for job in everything.records] == [str(id) for id in reversed(made)]
    some = await terminal.run("jobs", "list", "--limit", "401", "--json")
    assert some.records == everything.records[:401]


async def test_hostile_names_stay_in_their_cells(terminal: Terminal, tenant: Tenant) -> None:
    await make_desk(tenant, "مارا فيل")
    async with tenant.context() as ctx:
        await ctx.db.execute("update account set name = %(name)s, state_reason = %(name)s", {"name": HOSTILE})
    shown = await terminal.run("accounts", "list")
    assert shown.code == 0, shown.err
    head, line = shown.out.splitlines()
    assert head.startswith("ID ")
    assert not set(line) & {"\x1b", "\x07", "\u202e", "\u200b"}
    assert "Line one Line two" in line
    as_json = await terminal.run("accounts", "list", "--json")
    assert as_json.out.isascii()
    assert as_json.records[0]["name"] == HOSTILE


async def test_a_lost_answer_makes_one_post(terminal: Terminal, desk: Desk, port: int, tenant: Tenant) -> None:
    content = await desk.approved()
    async with LosingProxy(port, lose=2) as proxy:
        made = await terminal.run(
            "post", "create", str(content), "@" + desk.page.handle, "--at", "2027-05-01T09:30", "--zone",
            "Europe/Berlin", "--json", GREENROOM_API=proxy.address,
        )  # fmt: skip
        assert proxy.lose == 0
    assert made.code == 0, made.err
    listed = (await terminal.run("post", "list", "--json")).records
    assert [post["id"] for post in listed] == [made.records[0]["id"]]
    assert (listed[0]["wall_time"], listed[0]["zone"]) == ("2027-05-01T09:30:00", "Europe/Berlin")


async def test_a_post_from_planning_to_calling_off(terminal: Terminal, desk: Desk) -> None:
    content = str(await desk.approved())
    plan = ("post", "create", content, desk.page.handle)
    assert (await terminal.run(*plan)).code == 2
    assert (await terminal.run(*plan, "--at", "soon")).code == 2
    assert (await terminal.run(*plan, "--at", "2027-05-01T09:30+02:00")).code == 2
    once = await terminal.run(*plan, "--at", "2027-05-01T09:30", "--key", "spring", "--json")
    again = await terminal.run(*plan, "--at", "2027-05-01T09:30", "--key", "spring", "--json")
    assert (once.code, once.out) == (0, again.out)
    post = once.records[0]["id"]
    assert once.records[0]["zone"] == "Europe/Berlin"  # the person's own

    twin = await terminal.run(*plan, "--at", "2027-05-02T09:30")
    assert twin.code == 1
    assert "\n  again: " in twin.err
    moved = await terminal.run("post", "schedule", post, "--at", "2027-06-01T10:00", "--zone", "Asia/Tokyo")
    assert "2027-06-01 10:00:00 Asia/Tokyo" in moved.out
    called_off = await terminal.run("post", "cancel", post)
    assert called_off.code == 0, called_off.err
    assert (await terminal.run("post", "show", post, "--json")).records[0]["state"] == "cancelled"


async def test_a_video_is_asked_for_once_looked_at_and_called_off(terminal: Terminal, desk: Desk) -> None:
    made = await terminal.run("content", "make", "How", "tides", "work", "--seconds", "15", "--json")
    assert made.code == 0, made.err
    content, job = made.records[0]["content"], made.records[0]["job_id"]
    assert content["topic"] == "How tides work"
    assert content["character"]["name"] == desk.character.name
    assert "It has no script yet." in (await terminal.run("content", "script", content["id"])).err
    waiting = await terminal.begin("jobs", "watch", job)
    assert waiting.stderr is not None
    await asyncio.wait_for(waiting.stderr.readline(), 60)
    waiting.send_signal(signal.SIGINT)
    _, said = await asyncio.wait_for(waiting.communicate(), 60)
    assert waiting.returncode == 130
    assert f"It goes on at the server; `greenroom jobs cancel {job}` cancels it." in said.decode()
    ended = await terminal.run("content", "cancel", content["id"], "--json")
    assert ended.records[0]["status"] == "cancelled"
    assert (await terminal.run("jobs", "watch", job)).code == 1
    listed = await terminal.run("content", "list", "--status", "cancelled")
    assert "How tides work" in listed.out


async def test_nothing_approves(terminal: Terminal, desk: Desk) -> None:
    helps = [(await terminal.run(verb, "--help")).out for verb in ("post", "content")]
    assert all("Approving isn't here" in text for text in helps)
    assert (await terminal.run("content", "approve", str(uuid4()))).code == 2


async def happen(tenant: Tenant, *numbers: int) -> None:
    for number in numbers:
        async with tenant.context() as ctx:
            await events.emit(ctx, "toy.happened", message=f"Number {number}")


async def test_past_events_are_told_and_the_command_ends(terminal: Terminal, tenant: Tenant) -> None:
    await happen(tenant, *range(250))
    await settled(tenant)
    told = await terminal.run("events", "--since", "1h", "--json")
    said = [one for one in told.records if one["event"]["kind"] == "toy.happened"]
    assert [one["event"]["message"] for one in said] == [f"Number {number}" for number in range(250)]
    rest = await terminal.run("events", "--since", said[247]["id"], "--json")
    assert [one["event"]["message"] for one in rest.records] == ["Number 248", "Number 249"]
    assert "toy.happened  Number 249" in (await terminal.run("events")).out


async def test_events_go_on_after_the_server_came_back(house: House, tenant: Tenant, tmp_path: Path) -> None:
    token = await token_of(tenant, "read")
    async with served(house) as port:
        shell = Terminal(tmp_path, {"GREENROOM_API": f"http://127.0.0.1:{port}", "GREENROOM_TOKEN": token})
        follow = await shell.begin("events", "--follow", "--since", "1h", "--json")
        assert follow.stdout is not None
        assert follow.stderr is not None
        await happen(tenant, 1)
        assert await next_toy(follow.stdout) == "Number 1"
    assert b"The line broke" in await asyncio.wait_for(follow.stderr.readline(), 60)
    await happen(tenant, 2)
    async with served(house, port):
        await happen(tenant, 3)
        assert [await next_toy(follow.stdout) for _ in range(2)] == ["Number 2", "Number 3"]
        async with tenant.context() as ctx:
            await ctx.db.execute("delete from api_token")
        assert await asyncio.wait_for(follow.wait(), 60) == 4


async def next_toy(lines: asyncio.StreamReader) -> str:
    async with asyncio.timeout(60):
        while True:
            event = json.loads(await lines.readline())["event"]
            if event["kind"] == "toy.happened":
                return str(event["message"])
