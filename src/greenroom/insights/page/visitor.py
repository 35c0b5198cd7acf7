"""A request for a public page: whose page it is, a transaction in its scope, and the counting of what was done."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from fastapi import Request

from greenroom.cast import facade as cast
from greenroom.cast.contracts import Character
from greenroom.channels import facade as channels
from greenroom.channels.contracts import Account
from greenroom.infra.context import Actor, Context
from greenroom.infra.database import Scope
from greenroom.infra.http.context import house_of
from greenroom.insights.count import Hit, count
from greenroom.insights.page.view import PageView, page_view
from greenroom.insights.visit import visit_of
from greenroom.kit.errors import NotFound

_ACTOR = Actor("system", None, "public page")


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody at a character's page."""

    request: Request
    ctx: Context
    account: Account
    character: Character
    page: PageView

    async def count(self, hit: Hit) -> None:
        """Count it, if it is a kind of request that counts."""
        request = self.request
        visit = visit_of(request.method, request.headers, query=request.url.query, host=request.headers.get("host", ""))
        if visit is not None:
            await count(self.ctx, hit, visit, reader_of(request))


@asynccontextmanager
async def at_page(request: Request, handle: str) -> AsyncIterator[Visitor]:
    """The page behind a public handle, in one transaction; NotFound when there is none."""
    house = house_of(request)
    async with house.database.transaction() as tx:
        address = await channels.find_page(tx, handle)
    scope = Scope(address.organisation, (address.client,), str(_ACTOR))
    async with house.database.transaction(scope) as tx:
        ctx = Context(address.organisation, (address.client,), address.client, _ACTOR, tx, house.clock, house)
        account = await channels.page_account(ctx, address.account)
        if account.character_id is None:
            raise NotFound("There is no such page")
        character = await cast.find(ctx, account.character_id)
        links = await channels.active_links(ctx, account.id)
        yield Visitor(request, ctx, account, character, page_view(account, character, links, base_of(request)))


def base_of(request: Request) -> str:
    """The address under which readers reach this installation, without a slash at the end."""
    configured = house_of(request).settings.public_url
    return str(configured or request.base_url).rstrip("/")


def reader_of(request: Request) -> str:
    """What tells one reader from another. Only ever hashed, with a key that is thrown away."""
    address = request.client.host if request.client else ""
    sent = request.headers
    return "|".join((address, sent.get("user-agent", ""), sent.get("accept-language", "")))
