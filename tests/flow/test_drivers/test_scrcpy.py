"""Video and input by scrcpy, through the real adb server: first frame, late readers, turns, text, the clipboard."""

import asyncio
import contextlib
from collections import Counter
from collections.abc import AsyncGenerator
from dataclasses import replace

import pytest

from greenroom.agent.drivers.adb.host import Host
from greenroom.agent.drivers.adb.phone import AdbPhone
from greenroom.agent.drivers.adb.scrcpy import live
from greenroom.agent.drivers.adb.scrcpy.jar import Jar
from greenroom.agent.drivers.decode import Decoder
from greenroom.agent.drivers.jpegs import jpegs
from greenroom.agent.errors import Busy, HostBroken, Lost, Offline, Refused
from greenroom.agent.phone_values import FOCUS, THUMBNAIL, Element, Key, Point, Quality, Stop, VideoFrame
from greenroom.agent.virtual.contracts import Node
from greenroom.agent.virtual.fleet import Member
from greenroom.agent.virtual.touches import Touches
from tests.support.wait import until_true

NOTES = "com.greenroom.notes"


async def first(frames: AsyncGenerator[VideoFrame, None]) -> VideoFrame:
    async with contextlib.aclosing(frames), asyncio.timeout(30):
        return await anext(frames)


def named(node: Node, text: str) -> Node | None:
    if text in (node.text, node.description):
        return node
    return next((one for child in node.children if (one := named(child, text))), None)


async def drained(frames: AsyncGenerator[VideoFrame, None]) -> None:
    async with asyncio.timeout(30):
        async for _ in frames:
            pass


async def test_the_first_frame_can_be_shown_and_decoded(phone: AdbPhone, member: Member) -> None:
    frame = await first(phone.live(THUMBNAIL))
    assert (frame.size, frame.key, frame.number) == ((216, 480), True, 0)
    assert frame.codec.startswith("avc1.")
    grey = Decoder().grey(frame)
    assert grey is not None
    assert grey.shape == (480, 216)
    shown = member.device.handset.phone.frame()[..., :3].mean()
    assert abs(grey.mean() - shown) < 40  # limited range, but not another picture
    assert phone.channels.video.state == "up"


async def test_a_late_reader_sees_a_picture_at_once_and_qualities_run_side_by_side(phone: AdbPhone) -> None:
    shown = await first(phone.live(THUMBNAIL))
    again = await first(phone.live(THUMBNAIL))
    assert again.key
    assert again == shown, "it waited for another one"
    assert max((await first(phone.live(FOCUS))).size) == 1280


async def test_two_sizes_run_at_once_and_a_key_frame_of_one_leaves_the_other_alone(phone: AdbPhone) -> None:
    async with contextlib.aclosing(phone.live(THUMBNAIL)) as small, contextlib.aclosing(phone.live(FOCUS)) as large:
        firsts = [await anext(small), await anext(large)]
        assert [one.size for one in firsts] == [(216, 480), (576, 1280)]
        await asyncio.sleep(1.1)  # one that has just begun is not asked again
        phone.want_key(THUMBNAIL)
        async with asyncio.timeout(30):
            while not (frame := await anext(small)).key:
                pass
        assert frame.number > 0  # of the same session
        for _ in range(2):
            assert not (await anext(large)).key
        await phone.tap(Point(10, 10, (216, 480)))
        await phone.tap(Point(10, 10, (576, 1280)))


async def test_another_rate_begins_with_a_key_frame_and_keeps_its_readers(phone: AdbPhone) -> None:
    async with contextlib.aclosing(phone.live(THUMBNAIL)) as frames, asyncio.timeout(30):
        await anext(frames)
        assert not (await anext(frames)).key
        phone.retune(replace(THUMBNAIL, fps=2))
        while not (frame := await anext(frames)).key:
            pass
        assert frame.number == 0  # of a new session
        await phone.key(Key.HOME)
    assert phone.channels.video.state == "up"


async def test_another_rate_loses_no_tap_and_lifts_a_finger_that_is_down(phone: AdbPhone, member: Member) -> None:
    handset, touches = member.device.handset, Touches()
    touches.follow({"phone": handset}, on=True)
    path = [Stop(20, 100 + 10 * step, 0.1 * step) for step in range(16)]
    async with contextlib.aclosing(phone.live(THUMBNAIL)) as frames, asyncio.timeout(40):
        await anext(frames)
        watching = asyncio.create_task(drained(frames))
        swipe = asyncio.create_task(phone.swipe(path, (216, 480)))
        for turn in range(4):
            phone.retune(replace(THUMBNAIL, fps=2 + turn))
            for _ in range(10):
                await phone.tap(Point(100, 240, (216, 480)))
                await asyncio.sleep(0.03)
        await swipe
        found: Counter[str] = Counter()

        def lifted() -> bool:
            found.update(action for _, action, *_ in touches.take() if action != "move")
            return found["up"] >= 41

        await until_true(lifted)
        await asyncio.sleep(0.5)
        lifted()
        watching.cancel()
        await asyncio.wait([watching])
    assert found == {"down": 41, "up": 41}


async def test_a_picture_that_was_kept_comes_at_the_rate_that_is_wanted_now(phone: AdbPhone) -> None:
    async with asyncio.timeout(30):
        async with contextlib.aclosing(phone.live(THUMBNAIL)) as frames:
            await anext(frames)
            phone.retune(replace(THUMBNAIL, fps=2))
            while (await anext(frames)).number > 0:
                pass
        async with contextlib.aclosing(phone.live(THUMBNAIL)) as frames:
            assert (await anext(frames)).number == 0
            while (await anext(frames)).number != 0:  # the kept one goes on until the new session begins
                pass


async def test_a_picture_that_hangs_is_begun_anew_while_the_phone_answers(
    phone: AdbPhone, member: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "HUNG", 0.6)
    async with contextlib.aclosing(phone.live(THUMBNAIL)) as frames, asyncio.timeout(20):
        await anext(frames)
        await member.trouble.set({"hang": True})
        phone.want_key(THUMBNAIL)
        await until_true(lambda: phone.channels.video.state == "down")
        assert "phone2 sends no picture though it was asked to" in phone.channels.video.reason
        assert await phone.alive() < 5
        await member.trouble.clear()
        while (await anext(frames)).number > 0:
            pass


async def test_stills_are_the_same_picture_as_jpegs_and_no_more_than_are_wanted(
    phone: AdbPhone, member: Member
) -> None:
    clock = asyncio.get_running_loop().time
    async with contextlib.aclosing(jpegs(phone.live(THUMBNAIL), 5.0)) as stills, asyncio.timeout(30):
        still = await anext(stills)
        assert (still.codec, still.size, still.key) == ("jpeg", (216, 480), True)
        began = clock()
        for _ in range(4):
            member.device.handset.key(187)
            member.device.handset.key(3)
            await anext(stills)
        assert clock() - began > 3 / 5
    async with contextlib.aclosing(jpegs(phone.live(THUMBNAIL), 5.0)) as stills:
        await anext(stills)
        await member.trouble.set({"disconnect": True})
        with pytest.raises(Offline):
            await drained(stills)


async def test_a_phone_encodes_no_more_than_three_sizes_at_once(phone: AdbPhone) -> None:
    for longest in (240, 320, 400):
        await first(phone.live(Quality(longest)))
    with pytest.raises(Busy, match="3 sizes already"):
        await first(phone.live(Quality(480)))
    assert max((await first(phone.live(Quality(320)))).size) == 320


async def test_a_tap_on_the_frame_opens_what_is_there(phone: AdbPhone, member: Member) -> None:
    frame = await first(phone.live(THUMBNAIL))
    screen = member.device.handset.phone
    icon = named(screen.tree(), "Notes")
    assert icon is not None
    x, y = (icon.box[0] + icon.box[2]) / 2, (icon.box[1] + icon.box[3]) / 2
    await phone.tap(Point(round(x * 216 / 720), round(y * 480 / 1600), frame.size))
    await until_true(lambda: screen.front()[0] == NOTES)
    await phone.key(Key.HOME)
    await until_true(lambda: screen.front()[0] != NOTES)
    assert phone.channels.input.state == "up"


async def test_a_frame_from_before_a_turn_cannot_be_pressed(phone: AdbPhone, member: Member) -> None:
    frames = phone.live(THUMBNAIL)
    before = (await anext(frames)).size
    await phone.rotate(1)
    async with asyncio.timeout(30):
        async for frame in frames:
            if frame.size != before:
                break
    assert frame.size == (480, 216)
    assert frame.key
    with pytest.raises(Lost, match="phone2 turned"):
        await phone.tap(Point(10, 10, before))
    await phone.tap(Point(10, 10, frame.size))
    await frames.aclose()


async def test_a_turn_in_the_middle_of_a_swipe_ends_it_with_the_finger_up(phone: AdbPhone, member: Member) -> None:
    frame = await first(phone.live(THUMBNAIL))
    path = [Stop(100, 400, 0.0), Stop(110, 100, 3.0)]
    swiping = asyncio.ensure_future(phone.swipe(path, frame.size))
    await asyncio.sleep(0.2)
    await phone.rotate(1)
    with pytest.raises(Lost):
        await swiping
    with pytest.raises(Refused, match="backwards"):
        await phone.swipe([Stop(1, 1, 1.0), Stop(2, 2, 0.0), Stop(1, 1, 2.0)], frame.size)


async def test_text_of_any_script_is_typed_and_the_clipboard_read(phone: AdbPhone, member: Member) -> None:
    screen = member.device.handset.phone
    await phone.set_clipboard("grüße 🎉 $(x)")
    assert screen.clipboard == "grüße 🎉 $(x)"
    assert await phone.clipboard() == "grüße 🎉 $(x)"
    with pytest.raises(Refused, match="so much"):
        await phone.set_clipboard("x" * (1 << 18))


async def test_a_phone_that_goes_takes_its_readers_with_it_and_comes_back(phone: AdbPhone, member: Member) -> None:
    frames = phone.live(THUMBNAIL)
    await anext(frames)
    await member.trouble.set({"disconnect": True})
    with pytest.raises(Offline, match=r"^phone2 "):
        await drained(frames)
    assert phone.channels.video.state == "down"
    await member.trouble.set({"disconnect": False})
    await phone.ready(within=20)
    assert (await first(phone.live(THUMBNAIL))).key
    assert phone.channels.video.state == "up"


async def test_another_file_than_scrcpys_is_never_started(host: Host, phone: AdbPhone, jar: Jar) -> None:
    jar.path.with_name("other.jar").write_bytes(b"something else")
    wrong = Jar(jar.path.with_name("other.jar"), jar.sha256)
    other = await AdbPhone.open(host, phone.attached, name="phone2", jar=wrong)
    with pytest.raises(HostBroken, match="SHA-256 differs"):
        await first(other.live(THUMBNAIL))
    await other.close()


async def test_text_of_any_script_goes_into_the_field_that_was_tapped(phone: AdbPhone, member: Member) -> None:
    await phone.launch("com.greenroom.shop")
    field = next(one for one in every(await phone.tree()) if one.editable)
    x, y = (field.box[0] + field.box[2]) // 2, (field.box[1] + field.box[3]) // 2
    await phone.tap(Point(x, y, (720, 1600)))
    screen = member.device.handset.phone
    await until_true(lambda: any(node.focused for node in nodes(screen.tree())))
    await phone.text("plain 'and' $(more)")
    await until_true(lambda: any(node.text == "plain 'and' $(more)" for node in nodes(screen.tree())))
    await phone.text(" grüße 🎉")
    await until_true(lambda: any(node.text == "plain 'and' $(more) grüße 🎉" for node in nodes(screen.tree())))


def every(tree: Element) -> list[Element]:
    return [tree, *(one for child in tree.children for one in every(child))]


def nodes(tree: Node) -> list[Node]:
    return [tree, *(one for child in tree.children for one in nodes(child))]


async def test_where_scrcpy_does_not_start_the_reason_is_told_and_commands_take_over(
    host: Host, phone: AdbPhone, jar: Jar, member: Member
) -> None:
    other = await AdbPhone.open(host, phone.attached, name="phone2", jar=Jar(jar.path, jar.sha256, "9.9"))
    await other.launch(NOTES)
    await other.key(Key.HOME)
    assert (await other.front()).app == "com.greenroom.launcher"
    assert other.channels.input.state == "limping"
    assert "9.9" in other.channels.video.reason
    await other.close()
