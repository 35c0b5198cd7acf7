"""Files to a phone and pictures of it: by one-time paths at the server, within limits, with how far it is."""

import errno
import io
import tempfile
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace
from typing import Any, TypeVar

import pytest
from PIL import Image

from greenroom.agent.program import transfers
from greenroom.agent.program.transfers import named
from greenroom.agent.virtual.android.device import Android
from greenroom.agent.virtual.contracts import Package
from greenroom.agent.virtual.packages import write_apk
from greenroom.wire.messages import Progress, Verb
from tests.flow.agent_program.bench import Bench
from tests.flow.agent_program.peer import TRANSFERS

T = TypeVar("T")
DEMO = "com.example.transfer"


class FullDisk(ThreadPoolExecutor):
    """Does all else for whom it is asked, but writes nothing."""

    def submit(self, work: Callable[..., T], /, *said: Any, **more: Any) -> Future[T]:
        if work.__name__ == "write":
            raise OSError(errno.ENOSPC, "No space left on device")
        return super().submit(work, *said, **more)


async def held(bench: Bench, kind: str = "android") -> int:
    number = await bench.plug(bench.members(kind)[0])
    await bench.peer.lease(number, 3)
    return number


@pytest.mark.parametrize("kind", ["android", "iphone"])
async def test_a_screenshot_is_left_at_the_server(bench: Bench, kind: str) -> None:
    number = await held(bench, kind)
    done = await bench.peer.do(number, 3, "screenshot", f"{TRANSFERS}shot")
    assert (done.kind, done.answer) == ("", "")
    picture = Image.open(io.BytesIO(bench.peer.left["shot"]))
    seen = bench.peer.phones[number]
    assert (picture.format, picture.size) == ("PNG", (seen.width, seen.height))


async def test_a_package_is_fetched_and_installed_with_how_far_it_is(bench: Bench) -> None:
    peer, number = bench.peer, await held(bench)
    device = bench.members("android")[0].device
    assert isinstance(device, Android)
    peer.files["file"] = ("whatever it's called", write_apk(Package(DEMO, "Demo"), padding=3_000_000))
    done = await peer.do(number, 3, "install", f"{TRANSFERS}file", within=30)
    assert (done.kind, done.sentence) == ("", "")
    assert DEMO in device.package_names()
    percents = [one.percent for one in peer.of(Progress)]
    assert percents == sorted(percents)
    assert percents[-1] == 100
    assert peer.asked == ["GET file"]
    peer.files["bad"] = ("demo.apk", b"this is no package")
    refused = await peer.do(number, 3, "install", f"{TRANSFERS}bad")
    assert refused.kind == "refused"
    assert "could not install it" in refused.sentence


async def test_what_can_be_seen_goes_into_the_gallery_and_all_else_to_the_downloads(bench: Bench) -> None:
    peer, number = bench.peer, await held(bench)
    device = bench.members("android")[0].device
    assert isinstance(device, Android)
    for token, name, place in (
        ("clip", "it's a clip.mp4", "/sdcard/DCIM/Greenroom/it_s a clip.mp4"),
        ("note", "../../etc/notes.pdf", "/sdcard/Download/notes.pdf"),
    ):
        peer.files[token] = (name, b"content of " + token.encode())
        done = await peer.do(number, 3, "push", f"{TRANSFERS}{token}")
        assert (done.kind, done.answer) == ("", place)
        assert bytes(device.disk.read(place)) == b"content of " + token.encode()


async def test_an_iphone_says_what_it_cannot_take_before_anything_is_fetched(bench: Bench) -> None:
    number = await held(bench, "iphone")
    verbs: tuple[Verb, ...] = ("install", "push", "reboot")
    for verb in verbs:
        done = await bench.peer.do(number, 3, verb, f"{TRANSFERS}file")
        assert (done.kind, "by hand" in done.sentence) == ("not_supported", True)
    assert bench.peer.asked == []


@pytest.mark.parametrize(
    ("path", "says"),
    [
        (f"{TRANSFERS}none", "answered 404"),
        (f"{TRANSFERS}elsewhere", "answered 307"),
        ("/api/v1/phones", "from where there are none"),
        ("https://evil.example/x", "from where there are none"),
        (f"{TRANSFERS}../../me", "from where there are none"),
        (f"{TRANSFERS}a?b=c", "from where there are none"),
    ],
)
async def test_no_file_comes_from_anywhere_else(bench: Bench, path: str, says: str) -> None:
    number = await held(bench)
    done = await bench.peer.do(number, 3, "push", path)
    assert done.kind in ("transfer", "refused")
    assert says in done.sentence
    assert not any("file" in one for one in bench.peer.asked)


async def test_a_file_too_large_is_given_up_before_it_comes(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    number = await held(bench)
    monkeypatch.setattr(transfers, "LARGEST", 1_000)
    bench.peer.files["large"] = ("a.bin", bytes(10_000))
    done = await bench.peer.do(number, 3, "push", f"{TRANSFERS}large")
    assert (done.kind, "too large" in done.sentence) == ("transfer", True)


async def test_a_file_for_which_the_room_goes_while_it_comes_is_given_up(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = await held(bench)
    free = iter([transfers.SPARE + (6 << 20)] * 2)  # and then others have filled the disk
    usage = SimpleNamespace(disk_usage=lambda _: SimpleNamespace(free=next(free, transfers.SPARE)))
    monkeypatch.setattr(transfers, "shutil", usage)
    bench.peer.files["large"] = ("a.bin", bytes(4 << 20))
    done = await bench.peer.do(number, 3, "push", f"{TRANSFERS}large")
    assert (done.kind, "its disk is full" in done.sentence) == ("transfer", True)


@pytest.mark.parametrize("fails", ["folder", "file"])
async def test_a_disk_that_takes_nothing_is_said_to_be_that_of_the_computer(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, fails: str
) -> None:
    number = await held(bench)
    bench.peer.files["note"] = ("a.txt", b"x")
    if fails == "folder":
        monkeypatch.setattr(tempfile, "tempdir", "/nowhere/at/all")
    else:
        monkeypatch.setattr(transfers, "MOVERS", FullDisk(1))
    done = await bench.peer.do(number, 3, "push", f"{TRANSFERS}note")
    assert done.kind == "transfer"
    assert "free some space" in done.sentence


async def test_a_way_that_broke_is_said_so(bench: Bench, tmp_path: Path) -> None:
    gone = transfers.Transfers("http://127.0.0.1:9")
    with pytest.raises(transfers.Broken, match="phone2 got no file: its way broke"):
        async with gone.fetched(f"{TRANSFERS}x", "phone2", lambda *_: None):
            pass


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ('attachment; filename="clip.mp4"', "clip.mp4"),
        ("attachment; filename*=UTF-8''gr%C3%BC%C3%9Fe%20%281%29.mp4", "grüße (1).mp4"),
        ('attachment; filename="..\\\\..\\\\a b.apk"', "a b.apk"),
        ('attachment; filename="/etc/passwd"', "passwd"),
        ('attachment; filename=".."', "file"),
        ('attachment; filename="$(reboot);\\"x.apk"', "_(reboot)__x.apk"),
        ("attachment", "file"),
        ("", "file"),
        (f'attachment; filename="{"x" * 300}.mp4"', None),
    ],
)
def test_a_files_name_is_harmless(said: str, name: str | None) -> None:
    found = named(said)
    assert len(found) <= 100
    if name is not None:
        assert found == name
