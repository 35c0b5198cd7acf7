"""Requests that ask another server: short transactions before and after, and none open while it answers."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager, AsyncExitStack, suppress
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from greenroom.infra.context import Context, House
from greenroom.infra.http.context import Identified, Identity, OneClient, house_of
from greenroom.infra.http.idempotency import HEADER, take_key


@dataclass(frozen=True, slots=True)
class Steps:
    """What one act does in several transactions.

    `open` is one to look in, committed at its end, as often as it is wanted. `last` is the one that the act is done
    in, once and after everybody else was asked: it is committed before the answer leaves, with its idempotency key.
    What was looked at before may have changed by then.
    """

    house: House
    open: Callable[[], AbstractAsyncContextManager[Context]]
    last: Callable[[], Awaitable[Context]]


async def open_steps(request: Request, identity: Identified, client: OneClient = None) -> AsyncIterator[Steps]:
    permissions: Mapping[str, str] = request.app.state.permissions
    permission = permissions[request.scope["route"].operation_id]
    address = request.client.host if request.client else ""
    house = house_of(request)

    def open_() -> AbstractAsyncContextManager[Context]:
        return identity.context(house, permission=permission, client=client, address=address)

    async with AsyncExitStack() as ending:

        async def last() -> Context:
            ctx = await ending.enter_async_context(open_())
            await take_key(request, ctx.db, identity.organisation, identity.user)
            return ctx

        if HEADER in request.headers:
            async with open_() as ctx:
                await _look_for_key(request, ctx, identity)
        yield Steps(house, open_, last)


InSteps = Annotated[Steps, Depends(open_steps, scope="function")]


class _NotTaken(Exception):
    """Leaves the key for the last transaction."""


async def _look_for_key(request: Request, ctx: Context, identity: Identity) -> None:
    """Raise what `take_key` raises, so that nobody is asked again for what was answered; take nothing."""
    with suppress(_NotTaken):
        async with ctx.db.savepoint():
            await take_key(request, ctx.db, identity.organisation, identity.user)
            raise _NotTaken
    request.state.idempotent = None
