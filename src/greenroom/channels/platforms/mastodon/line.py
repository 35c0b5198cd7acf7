"""A connection of one account to its server, with the token that its owner gave us."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from greenroom.channels import account_store, login_state, login_store
from greenroom.channels.errors import Reconnect, RetryLater
from greenroom.channels.platforms.adapter import Desk
from greenroom.channels.platforms.mastodon.api import LATER, Body, Refused, Said, ask, problem
from greenroom.channels.platforms.mastodon.connect import access_in
from greenroom.channels.platforms.mastodon.instance import Instance, instance_of, known
from greenroom.channels.platforms.mastodon.limits import LIMITS, operation_of, told_in
from greenroom.channels.platforms.metered import Heard, metered
from greenroom.infra.context import House
from greenroom.infra.fetch.refuse import AddressRefused
from greenroom.kit.errors import Problem

_MOST_PAGES, _A_PAGE = 20, 40


class Line:
    """For one piece of work; make a new one for the next."""

    def __init__(self, desk: Desk, house: House, service: str, token: str) -> None:
        self.desk, self.house, self._service, self._token = desk, house, service, token

    @property
    def member(self) -> str:
        """The account's id on its server."""
        return (self.desk.account.remote_id or "").partition("@")[0]

    async def instance(self) -> Instance:
        return await instance_of(self.house, self._service)

    async def get(self, path: str, *query: tuple[str, str]) -> Said:
        return await self._ask("GET", path, query=query)

    async def post(self, path: str, body: Body, *, key: str = "", before: Callable[[], None] | None = None) -> Said:
        """`before` is called right before the first byte is sent."""
        return await self._ask("POST", path, body=body, key=key, before=before)

    async def put(self, path: str, body: Body, *, before: Callable[[], None] | None = None) -> Said:
        return await self._ask("PUT", path, body=body, before=before)

    async def delete(self, path: str, *, before: Callable[[], None] | None = None) -> Said:
        return await self._ask("DELETE", path, before=before)

    async def status(self, id: str) -> dict[str, Any] | None:
        """None when there certainly is none."""
        try:
            found: dict[str, Any] = (await self.get(f"/api/v1/statuses/{id}")).value
            return found
        except Refused as refused:
            if refused.status in (404, 410):
                return None
            raise

    async def statuses(self, since: datetime) -> tuple[list[dict[str, Any]], bool]:
        """The account's own statuses since then, the newest first, and whether these are surely all."""
        found: dict[str, dict[str, Any]] = {}
        oldest = ""
        for _ in range(_MOST_PAGES):
            query = [("limit", str(_A_PAGE)), ("exclude_reblogs", "true")] + ([("max_id", oldest)] if oldest else [])
            page = (await self.get(f"/api/v1/accounts/{self.member}/statuses", *query)).value
            # A server that knows no pages gives the same ones again.
            fresh = [status for status in page if status["id"] not in found]
            found |= {status["id"]: status for status in fresh}
            if not fresh or any(datetime.fromisoformat(status["created_at"]) < since for status in fresh):
                return [one for one in found.values() if datetime.fromisoformat(one["created_at"]) >= since], True
            oldest = fresh[-1]["id"]
        return list(found.values()), False

    async def meaning(self, refused: Refused) -> Problem:
        """What the refusal means; a dead login is noted on the account."""
        meant = problem(refused, self.desk.account.name, self.house.clock.now())
        if isinstance(meant, Reconnect):
            await self.note(meant)
        return meant

    async def note(self, error: Problem) -> None:
        """Unless the account was reconnected since, and this says nothing of its login now."""
        async with self.desk.open() as ctx:
            present = await account_store.account(ctx, self.desk.account.id, lock=True)
            if present["linked_at"] == self.desk.account.linked_at:
                await login_state.note(ctx, self.desk.account, error)

    async def works(self) -> None:
        async with self.desk.open() as ctx:
            await login_state.works(ctx, self.desk.account)

    async def _ask(
        self, method: str, path: str, *, query: Sequence[tuple[str, str]] = (), body: Body | None = None,
        key: str = "", before: Callable[[], None] | None = None,
    ) -> Said:  # fmt: skip
        async def call(heard: Heard = lambda headers: None) -> Said:
            try:
                return await ask(
                    self.house, self._service, method, path, query=query, body=body, token=self._token, key=key,
                    before=before, heard=heard,
                )  # fmt: skip
            except AddressRefused as refused:  # said before anything is sent, also of a name that does not resolve now
                raise RetryLater(refused.detail, after=LATER) from refused

        server = known(self._service)
        if server is not None and not server.keys:
            # Not Mastodon itself, whose limits these are.
            return await call()
        return await metered(
            self.desk, LIMITS, operation_of(method, path), call,
            told=lambda headers: told_in(headers, self.house.clock.now()),
        )  # fmt: skip


def later(error: Problem) -> RetryLater:
    """For what certainly made nothing public: an answer that was lost may be asked for again."""
    return error if isinstance(error, RetryLater) else RetryLater(error.detail, after=timedelta(seconds=30))


async def open_line(desk: Desk) -> Line:
    """Raises Reconnect when the account has no login (any more)."""
    async with desk.open() as ctx:
        row = await login_store.login(ctx, desk.account.id)
        if row is None:
            raise Reconnect(f"{desk.account.name} is not connected; link it again")
        token = await ctx.house.vault.open(ctx, row["session_id"], why="Speak with Mastodon")
        return Line(desk, ctx.house, row["service"], access_in(token))
