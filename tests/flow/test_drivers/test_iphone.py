"""The iPhone driver against a virtual iPhone's WebDriverAgent."""

import asyncio
import contextlib
from dataclasses import replace

import pytest

from greenroom.agent.drivers.wda.phone import WdaPhone
from greenroom.agent.errors import Lost, NotSupported, Offline
from greenroom.agent.phone import Phone
from greenroom.agent.phone_values import FOCUS, THUMBNAIL, Ability, Element, Glance, Key, Point, Stop
from greenroom.agent.virtual.fleet import Fleet
from greenroom.agent.virtual.iphone.device import IPhone
from tests.support.wait import until, until_true


def found(tree: Element, text: str) -> Element | None:
    if text in (tree.text, tree.description, tree.id):
        return tree
    return next((one for child in tree.children if (one := found(child, text))), None)


async def test_it_says_what_it_is(iphone: WdaPhone) -> None:
    phone: Phone = iphone
    await phone.ready(within=10)
    info = await phone.info()
    assert (info.platform, info.maker, info.size) == ("ios", "Apple", (1170, 2532))
    assert info.battery is not None
    assert info.battery.level > 0
    assert 0 < await phone.alive() < 5


async def test_screenshot_tree_and_tap_agree(iphone: WdaPhone) -> None:
    picture = await iphone.screenshot()
    assert (picture.width, picture.height, picture.kind) == (1170, 2532, "png")
    icon = found(await iphone.tree(), "Notes")
    assert icon is not None
    before = await iphone.front()
    x, y = (icon.box[0] + icon.box[2]) // 2, (icon.box[1] + icon.box[3]) // 2
    await iphone.tap(Point(x, y, (1170, 2532)))

    async def opened() -> bool:
        return await iphone.front() != before

    await until(opened)
    assert "notes" in (await iphone.front()).app
    assert await iphone.glance() == Glance((await iphone.front()).app)
    await iphone.key(Key.HOME)


async def test_its_live_picture_tells_of_a_turn(iphone: WdaPhone) -> None:
    frames = iphone.live(THUMBNAIL)
    frame = await anext(frames)
    assert frame.codec == "jpeg"
    assert frame.size[0] < frame.size[1]
    await iphone.tap(Point(3, 3, frame.size))
    await iphone.rotate(1)
    async with asyncio.timeout(30):
        async for turned in frames:
            if turned.size[0] > turned.size[1]:
                break
    with pytest.raises(Lost, match="phone3 turned"):
        await iphone.tap(Point(3, 3, frame.size))
    await frames.aclose()
    await iphone.rotate(0)


async def test_all_who_look_share_one_picture_as_good_as_the_best_wanted(iphone: WdaPhone, fleet: Fleet) -> None:
    device = next(one.device for one in fleet.members.values() if isinstance(one.device, IPhone))

    def told(fps: int, longest: int) -> bool:
        settings = device.session.settings
        scale = round(100 * longest / 2532)
        return (settings["mjpegServerFramerate"], settings["mjpegScalingFactor"]) == (fps, scale)

    async with contextlib.aclosing(iphone.live(THUMBNAIL)) as small, asyncio.timeout(60):
        await anext(small)
        await until_true(lambda: told(8, 480))
        async with contextlib.aclosing(iphone.live(FOCUS)) as large:
            await anext(large)
            await until_true(lambda: told(20, 1280))
            one, other = await anext(small), await anext(large)
            while one.number != other.number:
                if one.number < other.number:
                    one = await anext(small)
                else:
                    other = await anext(large)
            assert one is other
        await until_true(lambda: told(8, 480))
        iphone.retune(replace(THUMBNAIL, fps=2))
        await until_true(lambda: told(2, 480))


async def test_a_session_that_another_program_killed_is_made_again(iphone: WdaPhone) -> None:
    await iphone.set_clipboard("one")
    await iphone._client.post("/session", {"capabilities": {"alwaysMatch": {}}})  # kills the active one
    await iphone.set_clipboard("grüße 🎉")
    assert await iphone.clipboard() == "grüße 🎉"


async def test_swipes_and_long_taps_and_text_are_taken(iphone: WdaPhone) -> None:
    await iphone.swipe([Stop(585, 2000, 0.0), Stop(585, 1200, 0.2)], (1170, 2532))
    await iphone.long_tap(Point(585, 1200, (1170, 2532)), held=0.3)
    clock = asyncio.get_running_loop().time
    began = clock()
    await iphone.swipe([Stop(585, 2000, 0.0), Stop(585, 1200, 9.0)], (1170, 2532))
    assert clock() - began < 5  # one call cannot be cut off, so it is made short
    await iphone.key(Key.HOME)


async def test_what_it_cannot_do_is_neither_declared_nor_tried(iphone: WdaPhone) -> None:
    assert not {Ability.FILES, Ability.INSTALL, Ability.REBOOT, Ability.CLEAR} & iphone.abilities
    with pytest.raises(NotSupported, match=r"^phone3 cannot"):
        await iphone.reboot()
    with pytest.raises(NotSupported):
        await iphone.key(Key.RECENTS)


async def test_an_address_where_nobody_answers_is_named() -> None:
    phone = WdaPhone("http://127.0.0.1:9", name="phone3", video="http://127.0.0.1:9")
    with pytest.raises(Offline, match="start WebDriverAgent"):
        await phone.info()
    await phone.close()
