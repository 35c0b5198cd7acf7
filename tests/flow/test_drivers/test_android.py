"""The Android driver through the real adb server: what it sees, sends, installs and moves."""

import asyncio
import os
import zipfile
from pathlib import Path

import numpy as np
import pytest

from greenroom.agent.drivers.adb.host import Host
from greenroom.agent.drivers.adb.phone import AdbPhone
from greenroom.agent.drivers.channel import Watch
from greenroom.agent.errors import Lost, NotSupported, Refused
from greenroom.agent.phone_values import THUMBNAIL, Ability, Element, Glance, Key, Point, Stop
from greenroom.agent.virtual.contracts import Package
from greenroom.agent.virtual.fleet import Member
from greenroom.agent.virtual.packages import write_apk

HOSTILE = [
    "",
    "'",
    "$(reboot)",
    "`id`",
    "a;b&&c|d>e",
    "a b\tc",
    "--help",
    "*",
    "~",
    "\\",
    '"',
    "é🎉\u202e",
    "$HOME",
    "x\ny",
]
NOTES = "com.greenroom.notes"


def found(tree: Element, text: str) -> Element | None:
    if text in (tree.text, tree.description):
        return tree
    return next((one for child in tree.children if (one := found(child, text))), None)


async def test_it_says_what_it_is(phone: AdbPhone, member: Member) -> None:
    info = await phone.info()
    model = member.device.handset.phone
    assert (info.platform, info.model, info.size, info.locale) == ("android", "Greenroom One", (720, 1600), "en-US")
    assert info.battery is not None
    assert (info.battery.level, info.battery.temperature) == (model.battery.level, model.battery.temperature)
    assert info.storage is not None
    assert info.storage.total == model.storage.total
    assert 0 < await phone.alive() < 5


async def test_a_screenshot_is_what_the_screen_shows(phone: AdbPhone, member: Member) -> None:
    picture = await phone.screenshot()
    assert (picture.width, picture.height, picture.kind) == (720, 1600, "rgba")
    assert np.array_equal(picture.pixels(), member.device.handset.phone.frame())


async def test_apps_start_stop_and_are_listed_with_versions(phone: AdbPhone) -> None:
    apps = {one.id: one for one in await phone.apps()}
    assert apps[NOTES].version
    assert apps[NOTES].code > 0
    assert apps["com.greenroom.launcher"].system
    await phone.launch(NOTES)
    assert (await phone.front()).app == NOTES
    assert await phone.glance() == Glance(NOTES, awake=True)
    await phone.stop(NOTES)
    assert (await phone.front()).app == "com.greenroom.launcher"
    await phone.clear(NOTES)


@pytest.mark.parametrize("app", ["com.none.such", "com.a;reboot", "-n", ""])
async def test_an_app_that_is_not_there_or_cannot_be_is_named(phone: AdbPhone, app: str) -> None:
    with pytest.raises(Refused, match=r"^phone2 "):
        await phone.launch(app)


async def test_the_tree_has_what_is_on_the_screen(phone: AdbPhone, member: Member) -> None:
    await phone.launch("com.greenroom.settings")
    tree = await phone.tree()
    assert tree.count > 5
    words = {node.text for node in walk(tree)}
    shown = {node.text for node in member.device.handset.phone.tree().children[0].children if node.text}
    assert shown <= words
    assert phone.channels.tree.state == "up"


def walk(tree: Element) -> list[Element]:
    return [tree, *(one for child in tree.children for one in walk(child))]


async def test_words_reach_the_phones_shell_as_they_are(phone: AdbPhone) -> None:
    for words in (HOSTILE, HOSTILE[::-1]):
        done = await phone._shell.run("echo", "-n", *words)
        assert (done.code, done.out.decode()) == (0, " ".join(words))
    failed = await phone._shell.run("ls", "/no/such place")
    assert failed.code != 0
    assert b"/no/such place" in failed.error
    assert failed.out == b""


async def test_files_go_and_come_back_whole(phone: AdbPhone, tmp_path: Path) -> None:
    data = bytes(range(256)) * 9_000  # more than two blocks
    source, target = tmp_path / "clip.mp4", tmp_path / "back.mp4"
    source.write_bytes(data)
    steps: list[tuple[int, int]] = []
    await phone.push(source, "/sdcard/DCIM/it's a $(clip).mp4", progress=lambda *step: steps.append(step))
    assert steps[-1] == (len(data), len(data))
    await phone.pull("/sdcard/DCIM/it's a $(clip).mp4", target, progress=lambda *step: steps.append(step))
    assert target.read_bytes() == data
    assert [one.name for one in await phone._files.list("/sdcard/DCIM")].count("it's a $(clip).mp4") == 1
    with pytest.raises(Refused, match="No such file"):
        await phone.pull("/sdcard/none", tmp_path / "none")
    assert sorted(os.listdir(tmp_path)) == ["back.mp4", "clip.mp4"]


async def test_a_file_is_given_where_its_owner_looks(phone: AdbPhone, tmp_path: Path) -> None:
    source = tmp_path / "any"
    source.write_bytes(b"content")
    for name, place in (("a b.mp4", "/sdcard/DCIM/Greenroom/a b.mp4"), ("list.pdf", "/sdcard/Download/list.pdf")):
        assert await phone.give(source, name) == place
        assert await phone._files.read(place) == b"content"


async def test_a_push_given_up_leaves_nothing_behind(phone: AdbPhone, member: Member) -> None:
    given_up = asyncio.Event()
    task = asyncio.ensure_future(phone.push(bytes(40 << 20), "/sdcard/large.bin", progress=lambda *_: given_up.set()))
    await given_up.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    with pytest.raises(Refused, match=r"has no /sdcard/large.bin"):
        await phone._files.stat("/sdcard/large.bin")


async def test_packages_are_installed_updated_and_refused_with_advice(phone: AdbPhone, tmp_path: Path) -> None:
    first, second, other = tmp_path / "1.apk", tmp_path / "2.apk", tmp_path / "3.apk"
    first.write_bytes(write_apk(Package("com.example.demo", "Demo", "1.0", 1), padding=2_000_000))
    second.write_bytes(write_apk(Package("com.example.demo", "Demo", "2.0", 2)))
    other.write_bytes(write_apk(Package("com.example.demo", "Demo", "3.0", 3, signer="stranger")))
    steps: list[tuple[int, int]] = []
    await phone.install([first], progress=lambda *step: steps.append(step))
    assert steps[-1][0] == steps[-1][1] == first.stat().st_size
    await phone.install([second])
    assert next(one for one in await phone.apps() if one.id == "com.example.demo").code == 2
    with pytest.raises(Refused, match="newer version"):
        await phone.install([first])
    with pytest.raises(Refused, match="another signer"):
        await phone.install([other])
    await phone.uninstall("com.example.demo")
    assert "com.example.demo" not in {one.id for one in await phone.apps()}
    with pytest.raises(Refused):
        await phone.uninstall("com.example.demo")


async def test_an_archive_brings_the_parts_that_fit_and_its_files(phone: AdbPhone, tmp_path: Path) -> None:
    package = Package("com.example.split", "Split", "1.0", 1)
    file, obb = tmp_path / "app.xapk", "Android/obb/com.example.split/main.1.com.example.split.obb"
    with zipfile.ZipFile(file, "w") as out:
        out.writestr("com.example.split.apk", write_apk(package))
        for split in ("config.arm64_v8a", "config.mips"):
            out.writestr(f"{split}.apk", write_apk(package, split=split))
        out.writestr(obb, b"maps")
    await phone.install([file])
    assert "com.example.split" in {one.id for one in await phone.apps()}
    assert (await phone._files.stat(f"/sdcard/{obb}")).size == 4
    await phone.uninstall("com.example.split")


async def test_without_scrcpy_commands_do_it_and_say_what_they_cannot(plain_phone: AdbPhone, member: Member) -> None:
    assert Ability.VIDEO_H264 not in plain_phone.abilities
    await plain_phone.launch(NOTES)
    await plain_phone.key(Key.HOME)
    assert (await plain_phone.front()).app == "com.greenroom.launcher"
    icon = found(await plain_phone.tree(), "Notes")
    assert icon is not None
    x, y = (icon.box[0] + icon.box[2]) // 2, (icon.box[1] + icon.box[3]) // 2
    await plain_phone.tap(Point(x // 2, y // 2, (360, 800)))  # seen on a smaller frame
    assert (await plain_phone.front()).app == NOTES
    assert plain_phone.channels.input.state == "limping"
    await plain_phone.swipe([Stop(180, 600, 0.0), Stop(180, 200, 0.1)], (360, 800))
    with pytest.raises(Lost):
        await plain_phone.tap(Point(10, 10, (800, 360)))
    with pytest.raises(NotSupported, match="scrcpy"):
        await plain_phone.text("grüße")
    with pytest.raises(NotSupported, match="clipboard"):
        await plain_phone.clipboard()


async def test_without_scrcpy_the_live_picture_is_made_of_screenshots(plain_phone: AdbPhone) -> None:
    async for frame in plain_phone.live(THUMBNAIL):
        assert (frame.codec, frame.size, frame.key) == ("jpeg", (216, 480), True)
        assert frame.data[:2] == b"\xff\xd8"
        break


async def test_a_phone_with_the_oldest_protocols_does_the_same(host: Host, phone: AdbPhone, tmp_path: Path) -> None:
    old = AdbPhone(
        host,
        phone.attached,
        name="phone2",
        features=frozenset(),
        jar=None,
        watch=Watch(asyncio.get_running_loop().time),
    )
    data = bytes(range(256)) * 1_000
    await old.push(data, "/sdcard/DCIM/a,b.bin")
    await old.pull("/sdcard/DCIM/a,b.bin", tmp_path / "back.bin")
    assert (tmp_path / "back.bin").read_bytes() == data
    found = {one.name: one for one in await old._files.list("/sdcard/DCIM")}
    assert found["a,b.bin"].size == len(data)
    assert (await old._files.stat("/sdcard/DCIM")).folder
    with pytest.raises(Refused, match="has no /sdcard/none"):
        await old._files.stat("/sdcard/none")
    assert (await old.info()).model == "Greenroom One"
    failed = await old._shell.run("ls", "/none")
    assert failed.code != 0
    done = await old._shell.run("echo", "-n", "it's")
    assert (done.code, done.out) == (0, b"it's")
