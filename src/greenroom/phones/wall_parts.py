"""What the walls of a process share."""

from dataclasses import dataclass

from greenroom.infra.context import House
from greenroom.infra.http.live import Live
from greenroom.phones.file_keep import Files
from greenroom.phones.file_transfers import Transfers
from greenroom.phones.lines import Lines
from greenroom.phones.relay import Relay
from greenroom.phones.relay_answers import Answers
from greenroom.phones.wall_door import Doors
from greenroom.phones.wall_fingers import Fingers


@dataclass(frozen=True, slots=True)
class Parts:
    house: House
    live: Live
    lines: Lines
    relay: Relay
    answers: Answers
    doors: Doors
    fingers: Fingers
    files: Files
    transfers: Transfers


def make_parts(house: House, live: Live, lines: Lines) -> Parts:
    return Parts(house, live, lines, Relay(lines), Answers(lines), Doors(), Fingers(), Files(), Transfers())
