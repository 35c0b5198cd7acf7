"""Apps, files and a restart of iPhones through a fake go-ios, which prints what 1.2.0 prints. No real one was there."""

import asyncio
import contextlib
import plistlib
import zipfile
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from greenroom.agent.drivers.wda.phone import WdaPhone
from greenroom.agent.errors import NotSupported, Offline, PhoneError, Refused, TimedOut, Unauthorised
from greenroom.agent.iphones import apps as app_orders
from greenroom.agent.iphones import cabled
from greenroom.agent.iphones.cabled import CabledIphone
from greenroom.agent.phone_values import Ability, App
from greenroom.agent.program.sources import Found
from tests.flow.iphones.desk import BUNDLE, Desk, following
from tests.support.wait import until_true

NOTES = "com.example.notes"


def ipa(folder: Path, name: str = "notes.ipa", *, version: str = "3.1") -> Path:
    """An app as an archive; nothing runs in it."""
    about = {"CFBundleIdentifier": NOTES, "CFBundleShortVersionString": version}
    with zipfile.ZipFile(folder / name, "w") as archive:
        archive.writestr("Payload/Notes.app/Info.plist", plistlib.dumps(about, fmt=plistlib.FMT_BINARY))
        archive.writestr("Payload/Notes.app/Notes", b"code")
    return folder / name


def ready(now: dict[str, Found], udid: str) -> bool:
    return udid in now and now[udid].place.startswith("http:")


@contextlib.asynccontextmanager
async def plugged(desk: Desk) -> AsyncIterator[CabledIphone]:
    """The first iPhone, on its cable and ready."""
    udid, source = desk.udids[0], desk.source()
    await desk.plug(udid)
    async with following(source) as now:
        await until_true(lambda: ready(now, udid), within=40)
        phone = await source.open(now[udid])
        assert isinstance(phone, CabledIphone)
        try:
            yield phone
        finally:
            await phone.close()


async def test_apps_come_go_and_are_listed_with_their_versions(desk: Desk, tmp_path: Path) -> None:
    async with plugged(desk) as phone:
        assert phone.abilities >= {Ability.APPS, Ability.INSTALL, Ability.FILES, Ability.REBOOT}
        far: list[tuple[int, int]] = []
        hostile = ipa(tmp_path, "--udid=1; $(reboot) ü\n.ipa")
        await phone.install([hostile], progress=lambda done, total: far.append((done, total)))
        assert far == [(5, 100), (40, 100), (90, 100), (100, 100)]
        assert await phone.apps() == (
            App("com.apple.Preferences", "1.0", system=True), App(BUNDLE, "1"), App(NOTES, "3.1"),
            App("com.example.shop", "2.4.1"),
        )  # fmt: skip
        await phone.uninstall(NOTES)
        assert NOTES not in {one.id for one in await phone.apps()}
        for id, word in ((BUNDLE, "needs WebDriverAgent to be driven"), ("--all", "has no app '--all'")):
            with pytest.raises(Refused, match=word):
                await phone.uninstall(id)
        desk.change(desk.udids[0], kept=NOTES)
        with pytest.raises(Refused, match=r"did not uninstall .*UninstallProhibited"):
            await phone.uninstall(NOTES)


async def test_what_cannot_be_installed_is_said_with_what_to_do(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "photo.ipa").write_bytes(b"this is no archive")
    with zipfile.ZipFile(tmp_path / "android.apk", "w") as archive:
        archive.writestr("AndroidManifest.xml", "x")
    with zipfile.ZipFile(tmp_path / "out.ipa", "w") as archive:
        archive.writestr("Payload/A.app/../../../../etc/x", "x")
    async with plugged(desk) as phone:
        for name, words in (("photo.ipa", "damaged, or no IPA"), ("android.apk", "no IPA: it holds no app below"),
                            ("out.ipa", "a path that leads out")):  # fmt: skip
            with pytest.raises(Refused, match=f"was given no app for an iPhone: .*{words}"):
                await phone.install([tmp_path / name])
        desk.change(desk.udids[0], signed=False)
        with pytest.raises(Refused, match="sign it with a profile that names this iPhone"):
            await phone.install([ipa(tmp_path)])
        desk.change(desk.udids[0], pairing="pending")
        with pytest.raises(Unauthorised, match="accept the prompt on its screen"):
            await phone.install([ipa(tmp_path)])
        with pytest.raises(PhoneError, match="did not list its apps"):
            await phone.apps()


async def test_an_install_that_is_cut_or_late_leaves_no_process_and_no_file(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rooms = tmp_path / "rooms"
    rooms.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(rooms))
    name = f"install-{desk.udids[0]}"
    async with plugged(desk) as phone:
        desk.change(desk.udids[0], endless=True)
        going = asyncio.create_task(phone.install([ipa(tmp_path)]))
        await until_true(lambda: desk.running(name) is not None)
        assert list(rooms.glob("*/prefix123"))
        going.cancel()
        await asyncio.wait([going])
        assert desk.running(name) is None
        assert not list(rooms.iterdir())
        monkeypatch.setattr(app_orders, "INSTALLING", 0.5)
        with pytest.raises(TimedOut, match=r"did not install it within 0\.5 s"):
            await phone.install([ipa(tmp_path)])
        assert desk.running(name) is None


async def test_files_go_into_an_apps_documents_and_come_back_whole(desk: Desk, tmp_path: Path) -> None:
    content, back = bytes(range(256)) * 900, tmp_path / "back"
    (tmp_path / "list.bin").write_bytes(content)
    udid = desk.udids[0]
    desk.change(udid, apps={NOTES: "3.1"})
    async with plugged(desk) as phone:
        for source, name in ((tmp_path / "list.bin", "--udid=1; $(id) ü.bin"), (content, "a=b'\"\\.bin")):
            await phone.push(source, f"{NOTES}/Documents/{name}")
            assert (desk.folder / "containers" / udid / NOTES / "Documents" / name).read_bytes() == content
            await phone.pull(f"{NOTES}/Documents/{name}", back)
            assert back.read_bytes() == content
            back.unlink()
        for target in (
            f"{NOTES}/Library/x", f"{NOTES}/Documents/../x", f"{NOTES}/Documents", "/etc/passwd",
            f"{NOTES}/Documents/a\nb", "--app/Documents/x", f"{NOTES}/Documents/{'ü' * 200}",
        ):  # fmt: skip
            with pytest.raises(Refused, match=r"has no (place|app) "):
                await phone.push(b"", target)
        with pytest.raises(Refused, match=r"installed, and signed for development .*InstallationLookupFailed"):
            await phone.push(b"", "com.example.shop/Documents/x")
        with pytest.raises(Refused, match="has no such file or folder"):
            await phone.push(b"", f"{NOTES}/Documents/nowhere/x")
        with pytest.raises(Refused, match=r"did not give the file .*doesn’t exist"):
            await phone.pull(f"{NOTES}/Documents/nothing", back)
        desk.change(udid, lost=1)
        with pytest.raises(Refused, match="gave only a part of the file"):
            await phone.pull(f"{NOTES}/Documents/--udid=1; $(id) ü.bin", back)
        desk.change(udid, full=True)
        with pytest.raises(Refused, match="has no room left"):
            await phone.push(b"", f"{NOTES}/Documents/x")
    assert not back.exists()


async def test_a_file_for_the_phone_goes_to_the_app_in_front_and_a_picture_nowhere(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"a list")
    async with plugged(desk) as phone:
        for name in ("clip.mp4", "photo.HEIC", "photo.jpg"):
            with pytest.raises(NotSupported, match="cannot take pictures or films into its photo library"):
                await phone.give(file, name)
        monkeypatch.setattr(cabled, "HOME", (await phone.front()).app)
        with pytest.raises(Refused, match="open the app that is to have it first"):
            await phone.give(file, "list.pdf")
        app = "com.greenroom.notes"
        await phone.launch(app)
        desk.change(desk.udids[0], apps={app: "1"})
        assert await phone.give(file, "list.pdf") == f"{app}/Documents/list.pdf"
        there = desk.folder / "containers" / desk.udids[0] / app / "Documents" / "list.pdf"
        assert there.read_bytes() == b"a list"


async def test_an_iphone_before_ios_17_gives_no_files_and_says_why(desk: Desk, tmp_path: Path) -> None:
    desk.change(desk.udids[0], version="16.7.8", apps={NOTES: "1"})
    async with plugged(desk) as phone:
        await phone.push(b"x", f"{NOTES}/Documents/x")
        with pytest.raises(NotSupported, match="cannot give files before iOS 17"):
            await phone.pull(f"{NOTES}/Documents/x", tmp_path / "x")


async def test_a_restarted_iphone_comes_back_by_the_nine_steps(desk: Desk) -> None:
    udid, source = desk.udids[0], desk.source()
    await desk.plug(udid)
    async with following(source) as now:
        await until_true(lambda: ready(now, udid), within=40)
        phone = await source.open(now[udid])
        restarting = asyncio.create_task(phone.reboot())
        await until_true(lambda: len(desk.started(f"reboot-{udid}")) == 1)
        await asyncio.sleep(0.3)
        assert not restarting.done()  # it returns once the iPhone goes down
        await desk.unplug(udid)
        await asyncio.wait_for(restarting, 20)
        await phone.close()
        desk.change(udid, image="none", pairing="locked")
        await desk.plug(udid)
        await until_true(lambda: udid in now)
        with pytest.raises(PhoneError, match="step 2 of 9, trusts this computer"):
            await source.open(now[udid])
        desk.change(udid, pairing="paired")
        await until_true(lambda: ready(now, udid), within=40)
        assert len(desk.started(f"runwda-{udid}")) == 2
    assert desk.left() == []


async def test_a_restart_that_does_not_happen_is_no_success(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cabled, "RESTARTING", 1.5)
    async with plugged(desk) as phone:
        with pytest.raises(TimedOut, match="did not go down"):
            await phone.reboot()
        desk.change(desk.udids[0], pairing="pending")
        with pytest.raises(Unauthorised):
            await phone.reboot()
        await desk.unplug(desk.udids[0])
        desk.forget(desk.udids[0])
        with pytest.raises(Offline, match="is not plugged in"):
            await phone.reboot()


async def test_an_iphone_given_by_an_address_says_what_it_lacks(tmp_path: Path) -> None:
    phone = WdaPhone("http://127.0.0.1:9", name="phone3")
    try:
        assert not phone.abilities & {Ability.APPS, Ability.INSTALL, Ability.FILES, Ability.REBOOT}
        with pytest.raises(NotSupported, match="plug it into a computer with go-ios"):
            await phone.install([tmp_path / "a.ipa"])
    finally:
        await phone.close()
