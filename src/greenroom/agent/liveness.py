"""Whether a phone is really there, decided from three timed probes; never from a list of devices alone."""

from dataclasses import dataclass
from enum import StrEnum


class Alive(StrEnum):
    LIVE = "live"
    STALE = "stale"  # answers, but the picture asked for does not come
    SILENT = "silent"  # the connection stands and nobody answers on it: half open, hung
    UNAUTHORISED = "unauthorised"
    OFFLINE = "offline"
    UNKNOWN = "unknown"  # nothing was asked yet


class Link(StrEnum):
    """What the transport says of it."""

    UP = "up"
    DOWN = "down"
    UNAUTHORISED = "unauthorised"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Probe:
    """One kind of question, in seconds of one monotonic clock; None: never. `asked` is the oldest without answer."""

    asked: float | None = None
    answered: float | None = None

    def ask(self, now: float) -> "Probe":
        return self if self.asked is not None else Probe(now, self.answered)

    def answer(self, now: float) -> "Probe":
        return Probe(None, now)

    def waits(self, now: float) -> float:
        """Seconds that the oldest question has waited."""
        return 0.0 if self.asked is None else max(0.0, now - self.asked)


@dataclass(frozen=True, slots=True)
class Probes:
    """`video` is asked when a frame is due: a still screen sends none and is no fault."""

    link: Link = Link.UNKNOWN
    shell: Probe = Probe()
    video: Probe = Probe()


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds without an answer before it counts."""

    shell: float = 3.0
    video: float = 5.0


@dataclass(frozen=True, slots=True)
class Verdict:
    alive: Alive
    because: str


def liveness(probes: Probes, now: float, patience: Patience = Patience()) -> Verdict:
    """The worst that the probes prove; a late answer heals it at once."""
    if probes.link is Link.DOWN:
        return Verdict(Alive.OFFLINE, "it is not connected")
    if probes.link is Link.UNAUTHORISED:
        return Verdict(Alive.UNAUTHORISED, "it has not accepted this computer")
    if (waited := probes.shell.waits(now)) > patience.shell:
        return Verdict(Alive.SILENT, f"it has not answered for {waited:.0f} s though it is connected")
    if probes.link is Link.UNKNOWN or probes.shell.answered is None:
        return Verdict(Alive.UNKNOWN, "it is just being reached")
    if (waited := probes.video.waits(now)) > patience.video:
        return Verdict(Alive.STALE, f"its picture is {waited:.0f} s late")
    return Verdict(Alive.LIVE, "it answers")
