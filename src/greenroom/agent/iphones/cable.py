"""One iPhone as go-ios reaches it over its cable: commands within a deadline, and their refusals in words."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from greenroom.agent.drivers.deadline import within
from greenroom.agent.errors import Offline, PhoneError, Refused, Unauthorised, plain
from greenroom.agent.iphones.goios import GoIos, Said
from greenroom.agent.iphones.notes import Note

ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]{0,154}")
GRACE = 30.0  # seconds in which our own deadline comes first
AFC = {"8": "has no such file or folder", "9": "has a folder of that name", "10": "keeps it closed",
       "18": "has no room left: delete something on it"}  # fmt: skip
"""What Apple's file service means by its numbers (go-ios: ios/afc/errors.go)."""


@dataclass(frozen=True, slots=True)
class Cable:
    """`name` is what people call it, `version` its iOS."""

    goios: GoIos
    udid: str
    name: str
    version: tuple[int, int]

    async def do(
        self,
        *command: str,
        doing: str,
        seconds: float,
        proof: str = "",
        told: Callable[[Note], None] | None = None,
        temporary: Path | None = None,
    ) -> Said:
        """Run it to its end. `proof`: what its log says of success, for what fails and ends with 0 all the same."""
        options = (f"--udid={self.udid}", f"--tunnel-info-port={self.goios.tunnels}")
        async with within(seconds, self.name, doing):
            said = await self.goios.ask(*command, *options, within=seconds + GRACE, told=told, temporary=temporary)
        if said.code or (proof and not any(note.says == proof for note in said.notes)):
            raise refusal(self.name, doing, said.trouble or "it ended without a word; look at the iPhone's screen")
        return said

    def app(self, id: str) -> str:
        """The app's bundle id; Refused when it can't be one, so that it is never taken for an option."""
        if not ID.fullmatch(id):
            raise Refused(self.name, f"has no app {plain(id, 60)!r}: give its bundle id, such as com.example.shop")
        return id


def refusal(phone: str, doing: str, trouble: str) -> PhoneError:
    """What go-ios' last complaint means for whoever asked; its own words stay where they are all there is."""
    low = trouble.lower()
    if "device not found" in low or "is it attached to the machine" in low:
        return Offline(phone, "is not plugged in: look at its cable")
    if "is the device paired" in low:
        return Unauthorised(phone)
    if "tunnel not running" in low:
        return Offline(phone, "has lost its tunnel, which is opened again: try again in a moment")
    if "not properly signed" in low:
        return Refused(phone, "does not take this app: sign it with a profile that names this iPhone")
    if "fsync: connect afc service failed" in low or "file: failed to connect to file service" in low:
        return Refused(
            phone, "opens the files of no such app: it has to be installed, and signed for development"
            f" (go-ios: {plain(trouble.partition(': ')[2], 90)})"
        )  # fmt: skip
    if number := re.search(r"afc error code: (\d+)", low):
        return Refused(phone, AFC.get(number[1], f"did not {doing}: its file service answered {number[1]}"))
    return Refused(phone, f"did not {doing} (go-ios: {plain(trouble, 200)})")
