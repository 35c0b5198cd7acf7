"""Where a file that somebody gives to a phone is found there, and how its gallery hears of it."""

import mimetypes
from urllib.parse import quote

from greenroom.agent.drivers.adb.shell import Shell

SEEN, ANY = "/sdcard/DCIM/Greenroom", "/sdcard/Download"
SCAN = "android.intent.action.MEDIA_SCANNER_SCAN_FILE"


def place(name: str) -> str:
    """Pictures and films among those of the camera, which every app's picker shows; all else among the downloads."""
    kind = mimetypes.guess_type(name)[0] or ""
    return f"{SEEN if kind.startswith(('image/', 'video/')) else ANY}/{name}"


async def scan(shell: Shell, place: str) -> None:
    """A phone that does not know the order finds the file by itself, later."""
    await shell.run("am", "broadcast", "-a", SCAN, "-d", f"file://{quote(place)}")
