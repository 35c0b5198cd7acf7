"""The agent beside a virtual iPhone and a real server: phones shown, leases kept, strangers refused."""

import asyncio
import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import AsyncExitStack, suppress
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.typing import Origin

from greenroom.agent.program.enrol import enrol
from greenroom.agent.virtual.contracts import Node
from greenroom.kit.errors import Invalid, Unavailable
from greenroom.kit.ids import uuid7
from greenroom.phones import agents, lease_changes, leases
from greenroom.phones.agent_knocks import MOST_OF_ONE
from greenroom.phones.lines import Heard, Line
from greenroom.wire import binary, control
from greenroom.wire.binary import Action, Key, KeyPress, Press, Touch
from greenroom.wire.limits import LARGEST_FRAME
from greenroom.wire.messages import (
    TO_AGENT,
    Beat,
    Challenge,
    Do,
    Done,
    Hello,
    InputDone,
    InputRefused,
    LeaseSeen,
    Message,
    Proof,
    Refused,
    Send,
    Welcome,
)
from greenroom.wire.version import VERSION
from tests.flow.agent_program.rig import Rig
from tests.support.figures import Figures
from tests.support.people import add_person
from tests.support.wait import until, until_true

SETTINGS = "com.greenroom.settings"


class Ears:
    """What a wall would hear of one phone."""

    def __init__(self) -> None:
        self.refused: list[InputRefused] = []
        self.taken: list[InputDone] = []
        self.done: list[Done] = []
        self.frames: list[binary.Video] = []
        self.epoch = 0

    def __call__(self, _: UUID, what: Heard) -> None:
        if isinstance(what, bytes):
            self.frames.append(binary.read_video(what))
        elif isinstance(what, Done):
            self.done.append(what)
        elif isinstance(what, LeaseSeen):
            self.epoch = what.epoch
        elif isinstance(what, InputDone):
            self.taken.append(what)
        elif isinstance(what, InputRefused):
            self.refused.append(what)

    async def hears(self, epoch: int) -> None:
        """Return once the agent knows this epoch."""
        await until_true(lambda: self.epoch == epoch)

    async def ended(self, *ids: int) -> list[str]:
        """How these orders ended, once all of them have."""
        await until_true(lambda: {*ids} <= {one.id for one in self.done})
        kinds = {one.id: one.kind for one in self.done}
        return [kinds[id] for id in ids]


async def test_phones_are_shown_go_with_their_agent_and_come_back(rig: Rig, figures: Figures) -> None:
    async with rig.running():
        began = time.monotonic()
        phone = await rig.arrived()
        figures("agent", f"a phone shown {time.monotonic() - began:.2f} s after the agent's start")
    assert (phone.platform, phone.state, phone.client_id) == ("ios", "active", None)
    assert phone.battery is not None
    assert phone.width > 0

    async def gone() -> bool:
        return (await rig.phones())[rig.iphone.serial].state == "offline"

    await until(gone)
    async with rig.running():
        assert (await rig.arrived()).id == phone.id
    assert rig.said == ["Connected.", "Connected."]


def nodes(node: Node) -> Iterator[Node]:
    yield node
    for child in node.children:
        yield from nodes(child)


async def obeyed(line: Line, number: int, epoch: int, ears: Ears, text: str) -> None:
    """Return once the agent knows this epoch and has done what it was told."""

    async def done() -> bool:
        line.put(Do(1, number, epoch, "set_clipboard", text, 1))
        return any(one.kind == "" for one in ears.done)

    ears.done.clear()
    await until(done)


async def test_only_the_holders_input_reaches_the_phone(rig: Rig) -> None:
    model, ears = rig.iphone.handset.phone, Ears()
    async with rig.running():
        phone = await rig.given()
        async with rig.tenant.context() as ctx:
            lease = await leases.take(ctx, phone, "person", rig.tenant.user)
        found = rig.lines.of(phone)
        assert found is not None
        line, number = found
        with rig.listening(phone, ears):
            await obeyed(line, number, lease.epoch, ears, "mine")
            model.launch(SETTINGS)
            front = model.front()
            # Past all of the server's checks: a stale epoch goes all the way to the agent, and no further.
            for sequence, epoch in enumerate((lease.epoch - 1, lease.epoch + 1)):
                line.pass_on(KeyPress(number, epoch, sequence, 0, Press.SHORT, Key.HOME))
            await until_true(lambda: len(ears.refused) == 2)
            assert ears.refused == [InputRefused(number, sequence, "stale", lease.epoch) for sequence in (0, 1)]
            assert model.front() == front
            line.pass_on(KeyPress(number, lease.epoch, 2, 0, Press.SHORT, Key.HOME))
            await until_true(lambda: model.front() != front)

            async with rig.tenant.context() as ctx:
                await leases.release(ctx, phone, lease.epoch, rig.tenant.user)
            width, height = model.size
            ears.refused.clear()

            async def refused() -> bool:
                line.pass_on(Touch(number, lease.epoch, 9, 0, Action.CANCEL, 1, 1, width, height))
                return bool(ears.refused)

            await until(refused)
            assert ears.refused[0] == InputRefused(number, 9, "stale", lease.epoch + 1)


async def test_a_tap_goes_where_it_was_meant(rig: Rig) -> None:
    model, ears = rig.iphone.handset.phone, Ears()
    async with rig.running():
        phone = await rig.given()
        async with rig.tenant.context() as ctx:
            lease = await leases.take(ctx, phone, "person", rig.tenant.user)
        found = rig.lines.of(phone)
        assert found is not None
        line, number = found
        with rig.listening(phone, ears):
            await obeyed(line, number, lease.epoch, ears, "mine")
            front, (width, height) = model.front(), model.size
            left, top, right, bottom = next(one for one in nodes(model.tree()) if one.text == "Settings").box
            x, y = (left + right) // 2, (top + bottom) // 2
            for sequence, action in enumerate((Action.DOWN, Action.UP)):
                moment = 100_000 * sequence
                line.pass_on(Touch(number, lease.epoch, sequence, moment, action, x, y, width, height))
            await until_true(lambda: model.front() != front)
            assert model.front()[0] == SETTINGS
            await until_true(lambda: ears.taken != [])
            assert ([one.sequence for one in ears.taken], ears.refused) == ([1], [])


async def test_who_breaks_in_is_heard_and_who_was_is_not(rig: Rig) -> None:
    bo, ears = await add_person(rig.tenant, "Bo", "admin"), Ears()
    async with rig.running():
        phone = await rig.given()
        async with rig.tenant.context() as ctx:
            mine = await leases.take(ctx, phone, "person", rig.tenant.user)
        async with bo.context() as ctx:
            theirs = await lease_changes.break_in(ctx, phone, "the post is due")
        found = rig.lines.of(phone)
        assert found is not None
        line, number = found
        with rig.listening(phone, ears):
            await obeyed(line, number, theirs.epoch, ears, "hello")
            line.put(Do(2, number, mine.epoch, "set_clipboard", "old", 1))
            assert await ears.ended(2) == ["stale"]
    assert rig.iphone.handset.phone.clipboard == "hello"


@pytest.mark.parametrize("takeovers", [25, pytest.param(1000, marks=[pytest.mark.soak, pytest.mark.timeout(600)])])
async def test_no_input_of_a_holder_that_was_replaced_reaches_the_phone(rig: Rig, takeovers: int) -> None:
    """A holder that is frozen wakes up, and goes on as if nothing had happened; its agent knows better."""
    people, ears, late = (rig.tenant, await add_person(rig.tenant, "Bo", "admin")), Ears(), 0
    async with rig.running():
        phone = await rig.given()
        async with rig.tenant.context() as ctx:
            lease = await leases.take(ctx, phone, "person", rig.tenant.user)
        found = rig.lines.of(phone)
        assert found is not None
        line, number = found
        with rig.listening(phone, ears):
            for turn in range(1, takeovers + 1):
                frozen = lease.epoch
                async with people[turn % 2].context() as ctx:
                    lease = await lease_changes.break_in(ctx, phone, "the post is due")
                await ears.hears(lease.epoch)
                line.put(Do(2 * turn, number, frozen, "set_clipboard", "frozen", 1))
                line.put(Do(2 * turn + 1, number, lease.epoch, "set_clipboard", f"{lease.epoch}", 1))
                assert await ears.ended(2 * turn, 2 * turn + 1) == ["stale", ""]
                late += rig.iphone.handset.phone.clipboard != f"{lease.epoch}"
    assert late == 0


async def test_who_watches_sees_frames_that_begin_with_a_key(rig: Rig) -> None:
    ears = Ears()
    async with rig.running():
        phone = await rig.arrived()
        found = rig.lines.of(phone.id)
        assert found is not None
        line, number = found
        with rig.listening(phone.id, ears):
            line.put(Send(number, "thumbnail", on=True))
            await until_true(lambda: len(ears.frames) >= 2)
            assert binary.Flag.KEY in ears.frames[0].flags
            assert {one.phone for one in ears.frames} == {number}
            line.put(Send(number, "thumbnail", on=False))


async def test_one_that_was_shut_out_ends_with_the_reason(rig: Rig) -> None:
    async with rig.running() as staying:
        await rig.arrived()
        async with rig.tenant.context() as ctx:
            await agents.revoke_agent(ctx, rig.identity.agent)
        with pytest.raises(Unavailable, match="shut out"):
            async with asyncio.timeout(30):
                await asyncio.shield(staying)


async def test_an_agent_frozen_or_killed_takes_its_phones_along_and_brings_them_back(
    rig: Rig, figures: Figures
) -> None:
    """The command itself, with no time to say anything."""

    async def shows(state: str) -> bool:
        phone = (await rig.phones()).get(rig.iphone.serial)
        return phone is not None and phone.state == state

    async def started() -> asyncio.subprocess.Process:
        command = ("-m", "greenroom", "agent", "run", "--no-adb", "--iphone", rig.place)
        environment = {**os.environ, "GREENROOM_HOME": str(rig.home)}
        return await asyncio.create_subprocess_exec(sys.executable, *command, env=environment)

    first = await started()
    try:
        await until(lambda: shows("active"), within=60)
        first.send_signal(signal.SIGSTOP)
        began = time.monotonic()
        await until(lambda: shows("offline"))
        frozen = time.monotonic() - began
        first.send_signal(signal.SIGCONT)
        began = time.monotonic()
        await until(lambda: shows("active"))
        figures("agent", f"frozen: its phones offline after {frozen:.2f} s, back {time.monotonic() - began:.2f} s"
                " after it thawed")  # fmt: skip
    finally:
        first.kill()
    began = time.monotonic()
    await until(lambda: shows("offline"))
    gone = time.monotonic() - began
    second = await started()
    began = time.monotonic()
    try:
        await until(lambda: shows("active"), within=60)
        back = time.monotonic() - began
        second.terminate()
        assert await second.wait() == 0
    finally:
        if second.returncode is None:
            second.kill()
    figures("agent", f"killed: its phones offline after {gone:.2f} s, back {back:.2f} s after its start")
    assert max(frozen, gone) < 15
    assert (await first.wait(), await shows("offline") or await shows("active")) == (-9, True)


async def test_a_code_that_is_over_leaves_no_file(rig: Rig, tmp_path: Path) -> None:
    with pytest.raises(Invalid, match="used already or is too old"):
        await enrol(tmp_path / "other", rig.address, "AAAA-AAAA-AAAA-AAAA")
    assert not (tmp_path / "other").exists()


# -- strangers


@pytest.mark.parametrize("frame", [bytes(1_000_000), "x" * 1_000_000], ids=["bytes", "text"])
async def test_a_frame_of_a_megabyte_is_not_even_read(rig: Rig, frame: str | bytes) -> None:
    async with connect(rig.identity.socket) as socket:
        assert isinstance(await signed_in(socket, rig), Welcome)
        with suppress(ConnectionClosed):
            await socket.send(frame)
        with pytest.raises(ConnectionClosed) as ended:
            await socket.recv()
        assert ended.value.rcvd is not None
        assert ended.value.rcvd.code == 1009


async def heard(socket: ClientConnection) -> Message:
    return control.read(await socket.recv(), TO_AGENT)


async def signed_in(socket: ClientConnection, rig: Rig, key: Ed25519PrivateKey | None = None) -> Message:
    """What the server says to who holds this key."""
    await socket.send(control.write(Hello(VERSION, rig.identity.agent, "0.1.0")))
    challenge = await heard(socket)
    assert isinstance(challenge, Challenge)
    who = replace(rig.identity, key=key) if key else rig.identity
    await socket.send(control.write(Proof(who.sign(challenge.nonce))))
    return await heard(socket)


async def test_strangers_are_refused_in_a_sentence(rig: Rig) -> None:
    where = rig.identity.socket
    async with connect(where) as old:
        await old.send(control.write(Hello(VERSION + 1, rig.identity.agent, "9.9")))
        refused = await heard(old)
        assert isinstance(refused, Refused)
        assert (refused.kind, refused.sentence[:18]) == ("version", "Upgrade the server")
        with pytest.raises(ConnectionClosed):
            await old.recv()
    async with connect(where) as forger:
        refused = await signed_in(forger, rig, Ed25519PrivateKey.generate())
        assert isinstance(refused, Refused)
        assert (refused.kind, refused.again) == ("forged", False)
    nobody = replace(rig, identity=replace(rig.identity, agent=uuid7()))
    async with connect(where) as unknown:
        assert await signed_in(unknown, nobody) == refused
    async with connect(where) as first, connect(where) as second:
        assert isinstance(await signed_in(first, rig), Welcome)
        refused = await signed_in(second, rig)
        assert isinstance(refused, Refused)
        assert (refused.kind, refused.again) == ("second", True)
        await first.send(control.write(Beat(1)))
        assert await heard(first) == Beat(1)
    with pytest.raises(InvalidStatus):
        async with connect(where, origin=Origin("https://evil.example")):
            pass


async def test_so_many_may_knock_from_one_address_and_lock_nobody_else_out(rig: Rig) -> None:
    async with AsyncExitStack() as open_ones:
        for _ in range(MOST_OF_ONE):
            await open_ones.enter_async_context(connect(rig.identity.socket, local_addr=("127.0.0.9", 0)))
        await until_true(lambda: len(rig.lines.knocks) == MOST_OF_ONE)
        with pytest.raises(InvalidStatus):
            async with connect(rig.identity.socket, local_addr=("127.0.0.9", 0)):
                pass
        async with connect(rig.identity.socket) as agent:
            assert isinstance(await signed_in(agent, rig), Welcome)
            await until_true(lambda: len(rig.lines.knocks) == MOST_OF_ONE)
    await until_true(lambda: len(rig.lines.knocks) == 0)


NO_MESSAGES = ["", '{"type":"hello"}', '{"type":"do"}', b"\x02" * 40, b"", "x" * LARGEST_FRAME]


@pytest.mark.parametrize("frame", NO_MESSAGES, ids=lambda one: repr(one[:20]))
async def test_what_is_no_message_ends_the_connection_and_nothing_else(rig: Rig, frame: str | bytes) -> None:
    async with connect(rig.identity.socket) as before:
        await before.send(frame)
        refused = await heard(before)
        assert isinstance(refused, Refused)
        assert refused.kind == "malformed"
    async with connect(rig.identity.socket) as after:
        assert isinstance(await signed_in(after, rig), Welcome)
        await after.send(frame)
        refused = await heard(after)
        assert isinstance(refused, Refused)
        assert refused.kind == "malformed"
    async with connect(rig.identity.socket) as again:
        assert isinstance(await signed_in(again, rig), Welcome | Refused)
