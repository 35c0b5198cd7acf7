"""What is done whole on a phone: text, clipboard, apps, files, pictures. Each within a deadline of its own."""

import asyncio
import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from greenroom.agent.drivers.deadline import within
from greenroom.agent.errors import NotSupported, Refused
from greenroom.agent.phone import Phone
from greenroom.agent.phone_values import Ability, Picture, Progress
from greenroom.agent.program.transfers import Transfers
from greenroom.wire.messages import Do, Verb

FREIGHT: frozenset[Verb] = frozenset({"screenshot", "install", "push", "reboot"})
"""What takes its time, and no finger."""
QUICK, SLOW = 60.0, 3_600.0  # seconds; what the phone does at a time has shorter ones
LONGEST = 10_000  # characters of an answer
STEP = 0.25  # seconds between two words on how far it is
_NEEDED = {"install": Ability.INSTALL, "push": Ability.FILES, "reboot": Ability.REBOOT}

Percent = Callable[[int], None]


async def carry_out(phone: Phone, order: Do, transfers: Transfers, percent: Percent) -> str:
    """What there is to say of it when it is done. Raises PhoneError."""
    needed = _NEEDED.get(order.verb)
    if needed is not None and needed not in phone.abilities:
        raise NotSupported(phone.name, f"can't do that ({order.verb}) in the way it is connected: do it by hand")
    async with within(SLOW if order.verb in ("install", "push") else QUICK, phone.name, "do it"):
        match order.verb:
            case "text":
                await phone.text(order.argument)
            case "set_clipboard":
                await phone.set_clipboard(order.argument)
            case "read_clipboard":
                return _sayable(await phone.clipboard())
            case "rotate":
                await phone.rotate(_quarter(phone, order.argument))
            case "reboot":
                await phone.reboot()
            case "launch":
                await phone.launch(order.argument)
            case "stop":
                await phone.stop(order.argument)
            case "screenshot":
                picture = await asyncio.to_thread(png, await phone.screenshot())
                await transfers.leave(order.argument, phone.name, picture, "image/png")
            case "install":
                return await _install(phone, order.argument, transfers, _Halves(percent))
            case "push":
                return await _push(phone, order.argument, transfers, _Halves(percent))
    return ""


async def _install(phone: Phone, path: str, transfers: Transfers, halves: "_Halves") -> str:
    async with transfers.fetched(path, phone.name, halves.first) as file:
        await phone.install([await asyncio.to_thread(_typed, file)], progress=halves.second)
    return ""


async def _push(phone: Phone, path: str, transfers: Transfers, halves: "_Halves") -> str:
    async with transfers.fetched(path, phone.name, halves.first) as file:
        return await phone.give(file, file.name, progress=halves.second)


@dataclass(slots=True)
class _Halves:
    """To this computer, then to the phone: one count to a hundred, told a few times a second."""

    percent: Percent
    _told: int = -1
    _next: float = 0.0

    @property
    def first(self) -> Progress:
        return lambda done, total: self._tell(50 * done // max(total, 1))

    @property
    def second(self) -> Progress:
        return lambda done, total: self._tell(50 + 50 * done // max(total, 1))

    def _tell(self, percent: int) -> None:
        now, percent = asyncio.get_running_loop().time(), min(max(percent, 0), 100)
        if percent > self._told and (now >= self._next or percent == 100):
            self._told, self._next = percent, now + STEP
            self.percent(percent)


def png(picture: Picture) -> bytes:
    """The picture as a file that any program opens."""
    if picture.kind == "png":
        return bytes(picture.data)
    from PIL import Image  # loaded with the first screenshot

    out = io.BytesIO()
    if picture.kind == "rgba":
        image = Image.fromarray(picture.pixels()).convert("RGB")
    else:
        image = Image.open(io.BytesIO(picture.data))
    image.save(out, "PNG", compress_level=3)
    return out.getvalue()


def _typed(file: Path) -> Path:
    """Under a name that tells whether it is one package or an archive of them, which people forget."""
    if file.suffix.lower() in (".apk", ".xapk", ".apks", ".apkm", ".ipa"):
        return file
    try:
        with zipfile.ZipFile(file) as archive:
            suffix = ".apk" if "AndroidManifest.xml" in archive.namelist() else ".xapk"
    except (OSError, zipfile.BadZipFile, ValueError):
        suffix = ".apk"  # what is wrong with it is said where it is opened
    return file.rename(file.with_name(f"{file.name}{suffix}"))


def _sayable(text: str) -> str:
    """As much of it as a message holds, without what is no character."""
    return text.encode("utf-8", "replace").decode().replace("\0", "")[:LONGEST]


def _quarter(phone: Phone, said: str) -> int:
    if said not in ("0", "1", "2", "3"):
        raise Refused(phone.name, "turns by quarters: 0 upright, 1 to 3 counter-clockwise")
    return int(said)
