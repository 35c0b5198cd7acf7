"""A platform that loses answers, is late and refuses, with a ledger of what is really out there."""

import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Literal

from greenroom.channels import points
from greenroom.channels.errors import NeedsPerson, Reconnect, Rejected, RetryLater, Unfinished
from greenroom.channels.platforms import registry
from greenroom.channels.platforms.adapter import (
    CALLS,
    Capabilities,
    Desk,
    Package,
    Partly,
    Prepared,
    Probe,
    Receipt,
    Seen,
)
from greenroom.channels.rate import Limit
from greenroom.kit.ids import uuid7

if TYPE_CHECKING:
    from tests.support.publish import Desk as PublishDesk

Fault = Literal[
    "lost before", "lost after", "late", "slow down", "refused", "locked out", "login dead", "half", "rest refused"
]  # fmt: skip


class Platform:
    """An adapter and its remote side in one. `faults` are what happens at the next calls of commit, in order."""

    def __init__(
        self, *, probe: Literal["certain", "found", "none"] = "certain", settle: float = 0,
        limits: tuple[Limit, ...] = (),
    ) -> None:  # fmt: skip
        self.capabilities = Capabilities(
            platform="faulty", title="Faulty", caption_longest=2000, hashtags_most=30, formats=("video",),
            ai_label="caption", probe=probe, settle=timedelta(seconds=settle), take_down=True, limits=limits,
        )  # fmt: skip
        self.out: list[str] = []
        self.hidden: list[str] = []
        self.half: list[str] = []
        self.faults: list[Fault] = []
        self.prepare_faults: list[Fault] = []
        self.commits = self.prepared = 0
        self.calls = 1
        self.blind = False
        self.removable = True
        self.removing: list[Fault] = []
        self.broken = False
        self.wait = timedelta(milliseconds=1)
        self.meanwhile: Callable[[], Awaitable[None]] | None = None
        self.uploading: Callable[[], Awaitable[None]] | None = None
        self.looking: Callable[[], Awaitable[Probe]] | None = None

    def validate(self, package: Package) -> tuple[str, ...]:
        if self.broken:
            raise KeyError("a fault of ours")
        return ()

    async def prepare(self, desk: Desk, package: Package) -> Prepared:
        if self.uploading is not None:
            uploading, self.uploading = self.uploading, None
            await uploading()
        self._refuse(self.prepare_faults.pop(0) if self.prepare_faults else None)
        self.prepared += 1
        return {"container": f"c-{package.post}", CALLS: str(self.calls)}

    async def commit(self, desk: Desk, package: Package, prepared: Prepared) -> Receipt:
        assert prepared["container"] == f"c-{package.post}"
        self.commits += 1
        fault = self.faults.pop(0) if self.faults else None
        if fault == "lost before":
            raise ConnectionResetError("before it arrived")
        if fault == "rest refused":
            raise Unfinished.by(Rejected("Faulty takes no threads on Sundays"))
        self._refuse(fault)
        if fault == "half":
            self.half = [package.marker]
            raise Unfinished("A part of it is out and the rest is not: Faulty asks us to slow down", after=self.wait)
        if package.marker in self.half:
            self.half.remove(package.marker)
        (self.hidden if fault == "late" else self.out).append(package.marker)
        if self.meanwhile is not None:
            meanwhile, self.meanwhile = self.meanwhile, None
            await meanwhile()
        if fault in ("lost after", "late"):
            raise TimeoutError("the answer was lost")
        return _receipt(package.marker)

    async def observe(self, desk: Desk, package: Package, receipt: Receipt) -> Seen:
        return Seen(there=package.marker in self.out, disclosed=package.disclosure in package.text)

    async def probe(self, desk: Desk, marker: str) -> Probe:
        if self.looking is not None:
            looking, self.looking = self.looking, None
            return await looking()
        if self.blind:
            raise TimeoutError("the platform does not answer")
        if marker in self.out and self.capabilities.probe != "none":
            return _receipt(marker)
        if marker in self.half:
            return Partly(_receipt(marker))
        return "absent" if self.capabilities.probe == "certain" else "unclear"

    async def take_down(self, desk: Desk, receipt: Receipt) -> None:
        self._refuse(self.removing.pop(0) if self.removing else None if self.removable else "locked out")
        self.half = [marker for marker in self.half if f"r-{marker}" != receipt.remote_id]
        self.out = [marker for marker in self.out if f"r-{marker}" != receipt.remote_id]

    def appear(self) -> None:
        """What was accepted late is seen from now on."""
        self.out += self.hidden
        self.hidden = []

    def _refuse(self, fault: Fault | None) -> None:
        if fault == "slow down":
            raise RetryLater("Faulty asks us to slow down", after=self.wait)
        if fault == "refused":
            raise Rejected("Faulty does not take videos on Sundays")
        if fault == "locked out":
            raise NeedsPerson("Faulty wants its owner to sign in; do that and try again")
        if fault == "login dead":
            raise Reconnect("Faulty does not let us in any more; reconnect the account")


def _receipt(marker: str) -> Receipt:
    return Receipt(f"r-{marker}", f"https://faulty.example/{marker}")


async def at_platform(desk: "PublishDesk", platform: Platform) -> "PublishDesk":
    """The same desk with an account on this platform instead of the page."""
    registry.register(platform)
    account = uuid7()
    async with desk.tenant.context() as ctx:
        await ctx.db.execute(
            """insert into account (organisation_id, client_id, id, platform, name, handle)
               values (%(organisation)s, %(client)s, %(id)s, 'faulty', 'Faulty account', 'faulty')""",
            {"organisation": ctx.organisation, "client": desk.tenant.client, "id": account},
        )
    changes = {"platform": "faulty", "id": account, "name": "Faulty account", "handle": "faulty"}
    return replace(desk, page=desk.page.model_copy(update=changes))


class Died(BaseException):
    """The process ended here."""


@contextmanager
def dying_at(point: points.Point) -> Iterator[None]:
    """Whoever reaches the point first during the block dies there."""

    def die() -> None:
        raise Died(point)

    with _once_at(point, die):
        yield


@contextmanager
def pausing_at(point: points.Point, *, seconds: float) -> Iterator[None]:
    """Whoever reaches the point first during the block stands still there, as a stopped process does."""
    with _once_at(point, lambda: time.sleep(seconds)):
        yield


@contextmanager
def _once_at(point: points.Point, act: Callable[[], None]) -> Iterator[None]:
    left = [act]

    def watcher(reached: points.Point) -> None:
        if reached == point and left:
            left.pop()()

    with points.watched(watcher):
        yield
