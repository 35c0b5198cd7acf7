"""A connection of one account to its server: signed in, its session renewed once when the server says it is over."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from greenroom.channels.errors import Reconnect, RetryLater
from greenroom.channels.platforms.adapter import Desk
from greenroom.channels.platforms.bluesky import session
from greenroom.channels.platforms.bluesky.keys import COLLECTION
from greenroom.channels.platforms.bluesky.limits import LIMITS, operation_of, told_in
from greenroom.channels.platforms.bluesky.session import Session
from greenroom.channels.platforms.bluesky.xrpc import Refused, ask, problem
from greenroom.channels.platforms.metered import metered
from greenroom.infra.context import House
from greenroom.infra.fetch.call import Stream
from greenroom.infra.fetch.refuse import AddressRefused
from greenroom.kit.errors import Problem

_LATER = timedelta(seconds=30)
_MISSING = ("RecordNotFound", "RepoNotFound")


class Line:
    """For one piece of work; make a new one for the next."""

    def __init__(self, desk: Desk, house: House, session: Session) -> None:
        self._desk, self._house, self._session = desk, house, session

    @property
    def did(self) -> str:
        return self._session.did

    def now(self) -> datetime:
        return self._house.clock.now()

    async def query(self, nsid: str, **query: str) -> dict[str, Any]:
        return await self._ask(nsid, query=query)

    async def do(
        self, nsid: str, form: Mapping[str, Any], *, before: Callable[[], None] | None = None
    ) -> dict[str, Any]:
        """`before` is called right before the first byte is sent, each time if it is asked twice."""
        return await self._ask(nsid, form=form, before=before)

    async def upload(self, content: Stream | bytes, type: str) -> dict[str, Any]:
        """The server's description of a file that it now has; nobody sees it before a record names it."""
        blob: dict[str, Any] = (await self._ask("com.atproto.repo.uploadBlob", file=(content, type)))["blob"]
        return blob

    async def record(self, key: str) -> dict[str, Any] | None:
        """The post under this key: uri, cid and value; None when there certainly is none."""
        place = {"repo": self.did, "collection": COLLECTION, "rkey": key}
        try:
            return await self._ask("com.atproto.repo.getRecord", query=place)
        except Refused as refused:
            if refused.error in _MISSING or "could not locate record" in refused.message.lower():
                return None
            raise

    async def works(self) -> None:
        """It does: an error that was noted before has passed."""
        await session.works(self._desk)

    def meaning(self, refused: Refused) -> Problem:
        return problem(refused, self.now().timestamp())

    async def _ask(self, nsid: str, **options: Any) -> dict[str, Any]:
        # A server that refuses a session has done nothing, so whatever it was may be asked once more.
        try:
            return await self._in_turn(nsid, **options)
        except Refused as refused:
            if not refused.stale:
                raise
        self._session = await session.renewed(self._desk, self._session)
        try:
            return await self._in_turn(nsid, **options)
        except Refused as refused:
            if not refused.stale:
                raise
            dead = Reconnect(f"Bluesky refuses {self._desk.account.name} with a new session; sign in there")
            await session.note_refusal(self._desk, self._session, dead)
            raise dead from refused

    async def _in_turn(self, nsid: str, **options: Any) -> dict[str, Any]:
        token = self._session.access
        try:
            return await metered(
                self._desk,
                LIMITS,
                operation_of(nsid),
                lambda heard: ask(self._house, self._session.service, nsid, token=token, heard=heard, **options),
                told=lambda headers: told_in(headers, self.now()),
            )
        except AddressRefused as refused:  # said before anything is sent, also of a name that does not resolve now
            raise RetryLater(refused.detail, after=_LATER) from refused


async def open_line(desk: Desk) -> Line:
    async with desk.open() as ctx:
        house = ctx.house
    return Line(desk, house, await session.present(desk))
