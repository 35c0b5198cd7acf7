"""Input by Android's `input` command: the way that is left without scrcpy. Each call starts a virtual machine."""

from collections.abc import Sequence
from dataclasses import dataclass

from greenroom.agent.drivers.adb.keys import CODES
from greenroom.agent.drivers.adb.readers import current_size
from greenroom.agent.drivers.adb.shell import Shell
from greenroom.agent.drivers.aim import UNCUT, aim, hurried
from greenroom.agent.errors import Lost, NotSupported, Refused
from greenroom.agent.phone_values import Key, Point, Size, Stop

PART = 400  # characters of one call


@dataclass(frozen=True, slots=True)
class SlowHands:
    shell: Shell

    async def size(self) -> Size:
        """The screen's pixels as it is held now."""
        size = current_size(await self.shell.check("dumpsys", "window", "displays"))
        if size is None:
            raise Refused(self.shell.name, "does not say how large its screen is")
        return size

    async def tap(self, at: Point) -> None:
        x, y = await self._aim(at)
        await self._input("tap", str(x), str(y))

    async def hold(self, at: Point, seconds: float) -> None:
        x, y = await self._aim(at)
        await self._input("swipe", str(x), str(y), str(x), str(y), str(round(min(seconds, UNCUT) * 1000)))

    async def swipe(self, path: Sequence[Stop], frame: Size) -> None:
        """A straight line from the first stop to the last, in the path's time as far as that may be."""
        path = hurried(path)
        first, last = path[0], path[-1]
        now = await self.size()
        start, end = aim(Point(first.x, first.y, frame), now), aim(Point(last.x, last.y, frame), now)
        if start is None or end is None:
            raise Lost(self.shell.name)
        milliseconds = max(1, round((last.at - first.at) * 1000))
        await self._input("swipe", *(str(one) for one in (*start, *end, milliseconds)))

    async def key(self, key: Key, *, long: bool) -> None:
        await self._input("keyevent", *(["--longpress"] if long else []), str(CODES[key]))

    async def text(self, text: str) -> None:
        if not (text.isascii() and text.isprintable()):
            raise NotSupported(
                self.shell.name, "types plain English letters only without scrcpy: give Greenroom its server file"
            )
        for part in parts(text):
            await self._input("text", part)

    async def _aim(self, at: Point) -> tuple[int, int]:
        spot = aim(at, await self.size())
        if spot is None:
            raise Lost(self.shell.name)
        return spot

    async def _input(self, *words: str) -> None:
        done = await self.shell.run("input", *words)
        said = done.error + done.out
        if b"INJECT_EVENTS" in said or b"SecurityException" in said:
            raise Refused(
                self.shell.name,
                "lets nobody press: switch on 'USB debugging (Security settings)' in its developer options",
            )
        if done.code != 0 or b"Error:" in said:
            raise Refused(self.shell.name, f"refused the input: {done.words}")


def parts(text: str) -> list[str]:
    """Arguments for `input text`: it turns %s into a space, so a real %s is cut between its two characters."""
    pieces = text.replace("%s", "%\0s").split("\0")
    return [piece[at : at + PART].replace(" ", "%s") for piece in pieces for at in range(0, len(piece), PART)]
