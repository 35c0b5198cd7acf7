"""The shell of a virtual Android on a phone in this process: commands, redirections, rights, and hostile words."""

import shlex
from collections.abc import AsyncIterator

import pytest

from greenroom.agent.virtual.android.device import Android
from greenroom.agent.virtual.android.shell.run import Held, Shell, run_line
from greenroom.agent.virtual.contracts import ANDROID_SMALL
from greenroom.agent.virtual.handset import Handset
from greenroom.agent.virtual.model.phone import Phone


@pytest.fixture
async def phone() -> AsyncIterator[Android]:
    device = Android(Handset(Phone(ANDROID_SMALL)), serial="GRV1")
    yield device
    await device.close()


async def say(phone: Android, line: str) -> tuple[int, str, str]:
    """Exit code, standard output and standard error of a line."""
    out, error = Held(), Held()
    code = await run_line(Shell(phone, Held(), out, error), line)
    return code, out.data.decode("utf-8", "replace"), error.data.decode("utf-8", "replace")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("echo a > /sdcard/x; echo b >> /sdcard/x; cat /sdcard/x", "a\nb\n"),
        ("echo secret > /dev/null; echo $?", "0\n"),
        ("X=1; echo $X ${X}2 '$X' \"\\$X\"", "1 12 $X $X\n"),
        ("cd /sdcard/DCIM; pwd; ls ..", "/sdcard/DCIM\nAndroid\nDCIM\nDocuments\nDownload\nMovies\nMusic\nPictures\n"),
        ("touch /sdcard/a.txt /sdcard/b.txt; echo /sdcard/*.txt", "/sdcard/a.txt /sdcard/b.txt\n"),
        ("mkdir -p /sdcard/n/m && mv /sdcard/nothing /sdcard/n; echo $?", "1\n"),
        ("echo hello > /sdcard/h; md5sum -b /storage/emulated/0/h", "b1946ac92492d2347c6235b4d2611184\n"),
        ("[ -f /sdcard/none ] || echo none", "none\n"),
        ("settings put system a b; settings get system a; settings get system zz", "b\nnull\n"),
        ("pm list packages | grep -c greenroom.settings", "1\n"),
        ("sh -c 'exit 3'; echo $?", "3\n"),
        ("wm size; wm density", "Physical size: 720x1600\nPhysical density: 280\n"),
        ("getprop ro.build.version.sdk; setprop debug.x 1; getprop debug.x", "34\n1\n"),
    ],
)
async def test_what_a_line_says(phone: Android, line: str, said: str) -> None:
    assert (await say(phone, line))[1] == said


@pytest.mark.parametrize(
    ("line", "code", "reason"),
    [
        ("cat /sdcard/none", 1, "No such file or directory"),
        ("echo x > /system/y", 1, "Read-only file system"),
        ("cat /data/data/com.greenroom.notes/db", 1, "Permission denied"),
        ("rm -r /system", 1, "Permission denied"),
        ("nosuch", 127, "inaccessible or not found"),
        ("input tap here there", 1, "Invalid arguments"),
        ("input tap", 1, "Invalid arguments"),
        ("input keyevent NOTHING", 1, "Unknown keycode"),
        ("setprop ro.serialno x", 1, "Failed to set property"),
        ("dumpsys nothing", 1, "Can't find service"),
        ("am start -n com.nobody/.X", 1, "does not exist"),
        ("app_process / com.genymobile.scrcpy.Server 3.3.4", 134, "ClassNotFoundException"),
    ],
)
async def test_what_is_refused_and_why(phone: Android, line: str, code: int, reason: str) -> None:
    found, _, error = await say(phone, line)
    assert (found, reason in error) == (code, True), error


WORDS = ["'", '"', "$(reboot)", "`id`", "; reboot", "a\nb", "../../system/x", "\x1b[2J", "💥", "-"]


@pytest.mark.parametrize("word", WORDS)
async def test_hostile_words_stay_words(phone: Android, word: str) -> None:
    quoted = shlex.quote(word)
    assert await say(phone, f"echo -n {quoted}") == (0, word, "")
    for line in (
        "ls {}",
        "am start -n {}",
        "pm path {}",
        "monkey -p {} 1",
        "rm {}",
        "cat < {}",
        "content {}",
        "cmd {}",
    ):
        await say(phone, line.format(quoted))
    assert phone.handset.phone.front()[0] == "com.greenroom.launcher"
