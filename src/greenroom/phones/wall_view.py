"""What one wall shows: its tiles, and who holds each phone, as its person reaches them at this moment."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import NoReturn
from uuid import UUID

from greenroom.infra.database import lost_as_unavailable
from greenroom.infra.http.context import Identity
from greenroom.kit.errors import Forbidden, Problem, Unavailable
from greenroom.phones import wall_reach
from greenroom.phones.relay_wire import Ended
from greenroom.phones.wall_acts import Acts
from greenroom.phones.wall_held import Told
from greenroom.phones.wall_outbox import Outbox
from greenroom.phones.wall_parts import Parts
from greenroom.phones.wall_reach import Standing
from greenroom.phones.wall_tile import Tile
from greenroom.wire import messages
from greenroom.wire.limits import LARGEST_NUMBER
from greenroom.wire.messages import Beat, Held, Refused, Tiles

ASK = 1.0
"""Seconds after which it is asked again who the person is, whose session or access may be over."""
CHECK = 3.0
"""Seconds after which it is looked again at what they reach, though nothing was heard."""
SOON = 1.0
"""Seconds that input waits until it was looked whose a phone is; then it is judged by what was read before."""
GAP = 0.05
"""Seconds between two looks, however much happens."""
BEAT = 5.0
"""Seconds between two beats."""
TOUCHED, KEPT = 15.0, 20.0
"""Seconds between two renewals of leases on phones that were touched, and of all that the person holds."""


class View:
    """`identify` asks anew who the person is and raises Ended where that is over."""

    def __init__(
        self, parts: Parts, out: Outbox, acts: Acts, identity: Identity, identify: Callable[[], Awaitable[Identity]]
    ) -> None:
        self._parts, self._out, self._acts, self._identify = parts, out, acts, identify
        self.identity = identity
        self._wanted: tuple[UUID, ...] = ()
        self._asked = False
        self._numbers: dict[UUID, int] = {}
        self._told = Told(parts.lines, out)
        self._look, self._looking, self._looked = asyncio.Event(), asyncio.Lock(), 0.0
        self.tiles: dict[int, Tile] = {}

    def want(self, phones: tuple[UUID, ...]) -> None:
        self._wanted, self._asked = tuple(dict.fromkeys(phones)), True
        self._look.set()

    def phone(self, number: int) -> UUID | None:
        tile = self.tiles.get(number)
        return tile.phone if tile is not None else None

    async def hear_news(self, organisation: UUID) -> NoReturn:
        with self._parts.live.hear(organisation) as ear:
            while True:
                await ear.wait(CHECK)
                ear.take()
                self._look.set()

    async def ask_on(self) -> NoReturn:
        while True:
            await asyncio.sleep(ASK)
            with suppress(Unavailable), lost_as_unavailable():
                before, self.identity = self.identity, await self._identify()
                if self.identity != before:
                    self._look.set()

    async def look_on(self) -> NoReturn:
        while True:
            await self._look.wait()
            self._look.clear()
            if self._wanted or self._asked:
                await self.look()

    async def look(self) -> None:
        """Read anew who the person is and what they reach, and tell the wall what changed. Raises Ended.

        What was read before stands while the database does not answer.
        """
        async with self._looking:
            await asyncio.sleep(self._looked + GAP - time.monotonic())
            wanted, asked, self._asked = self._wanted, self._asked, False
            try:
                with lost_as_unavailable():
                    await self._look_now(wanted, asked=asked)
            except (Unavailable, asyncio.CancelledError) as error:
                self._asked |= asked
                if not isinstance(error, Unavailable):
                    raise
            finally:
                self._looked = time.monotonic()

    async def look_soon(self) -> None:
        """As `look`, as far as that is possible now: who acts on a phone does not wait for a database."""
        with suppress(TimeoutError):
            async with asyncio.timeout(SOON):
                await self.look()

    async def _look_now(self, wanted: tuple[UUID, ...], *, asked: bool) -> None:
        self.identity = await self._identify()
        try:
            reach = await wall_reach.reach(self._parts.house, self.identity, wanted)
        except Forbidden as error:
            raise Ended(Refused("unknown", error.detail[:500], again=False)) from error
        self._acts.reach = reach
        for phone, standing in reach.standings.items():
            self._parts.relay.belongs(phone, standing.client)
        self._show([phone for phone in wanted if phone in reach.standings], asked=asked)
        for number, tile in self.tiles.items():
            self._tell(number, reach.standings[tile.phone])

    async def keep_on(self) -> NoReturn:
        """The person's leases hold while the wall is open; phones that were touched are told apart."""
        touched_at = kept_at = time.monotonic()
        while True:
            await asyncio.sleep(BEAT)
            self._out.put(Beat(0))
            for tile in self.tiles.values():
                self._out.ready(tile)  # one whose frames never reached the glass is tried again
            now = time.monotonic()
            with suppress(Problem), lost_as_unavailable():
                if self._acts.touched and now - touched_at >= TOUCHED:
                    touched, self._acts.touched, touched_at = self._acts.touched, set(), now
                    await self._keep(touched, touched=True)
                if now - kept_at >= KEPT:
                    kept_at, standings = now, self._acts.reach.standings.values()
                    await self._keep({one.phone for one in standings if one.mine and one.operates})

    async def _keep(self, phones: set[UUID], *, touched: bool = False) -> None:
        if phones:
            await wall_reach.keep(self._parts.house, self.identity, phones, touched=touched)
            self._look.set()  # so that the agents hear of it

    def close(self) -> None:
        for number in tuple(self.tiles):
            self._drop(number)

    def _show(self, phones: list[UUID], *, asked: bool) -> None:
        """These phones have tiles, and no others; the wall is told when it asked, or when that changed."""
        wanted = {self._number(phone): phone for phone in phones}
        gone, new = self.tiles.keys() - wanted.keys(), wanted.keys() - self.tiles.keys()
        for number in gone:
            self._drop(number)
        for number in new:
            self.tiles[number] = Tile(number, wanted[number], self._parts.relay, self._out.ready)
        if gone or new or asked:
            self._out.put(Tiles(tuple(messages.Tile(number, phone) for number, phone in wanted.items())))

    def _tell(self, number: int, one: Standing) -> None:
        """The agent hears of a lease first, so that it does not refuse who was told that the phone is theirs."""
        way = self._parts.lines.of(one.phone)
        if way is not None:
            way[0].tell_lease(
                way[1], one.phone, epoch=one.epoch, held=one.held, expires_at=one.expires_at, seconds=one.seconds
            )
        self._told.tell(one.phone, Held(number, one.epoch, one.holder, one.mine))

    def _number(self, phone: UUID) -> int:
        if phone not in self._numbers:
            if len(self._numbers) > LARGEST_NUMBER:
                raise Ended(Refused("slow", "This page has shown too many phones; load it again", again=True))
            self._numbers[phone] = len(self._numbers)
        return self._numbers[phone]

    def _drop(self, number: int) -> None:
        tile = self.tiles.pop(number)
        tile.close()
        self._out.forget(tile)
        self._told.forget(tile.phone)
