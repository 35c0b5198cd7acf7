"""GET /files/{id}: a file for the person who may see it or holds a link to it, in parts where the player asks so."""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import BaseModel, Field

from greenroom.infra.context import Actor, Context
from greenroom.infra.database import Scope
from greenroom.infra.http.admit import count_address
from greenroom.infra.http.context import Ctx, OneClient, house_of, identify, open_context
from greenroom.infra.http.idempotency import AnswersOnce
from greenroom.infra.http.ranges import file_response
from greenroom.kit.errors import NotFound
from greenroom.media import facade, links, store
from greenroom.media.contracts import MediaFile

router = APIRouter(tags=["media"], route_class=AnswersOnce)


@dataclass(frozen=True, slots=True)
class Opened:
    """A file that may be read by whoever asks, in the context that says so."""

    ctx: Context
    file: MediaFile


class Sharing(BaseModel):
    """How long a link shall work."""

    seconds: int = Field(24 * 60 * 60, ge=1, le=int(links.LONGEST.total_seconds()), description="Up to seven days")


async def open_file(
    request: Request,
    file_id: UUID,
    client: OneClient = None,
    expires: Annotated[int | None, Query(ge=0, lt=2**40, description="Of a signed link")] = None,
    signature: Annotated[str | None, Query(max_length=200, description="Of a signed link")] = None,
) -> AsyncIterator[Opened]:
    """The file in a reader's own context, or in that of the signed link which the address is."""
    if expires is not None and signature is not None:
        opened: AbstractAsyncContextManager[Context] = _by_link(request, file_id, expires, signature)
    else:
        opened = asynccontextmanager(open_context)(request, await identify(request), client)
    async with opened as ctx:
        yield Opened(ctx, await facade.get(ctx, file_id))


@router.head("/files/{file_id}", operation_id="get_file", include_in_schema=False)
@router.get("/files/{file_id}", operation_id="get_file", response_class=Response)
async def get_file(request: Request, opened: Annotated[Opened, Depends(open_file, scope="function")]) -> Response:
    """The file's bytes; honours Range and If-None-Match. A signed link needs no session."""
    file = opened.file
    content = await facade.content(opened.ctx, file)
    return file_response(request, content, tag=file.hash, type=file.type, name=file.name)


@router.post("/files/{file_id}/links", operation_id="share_file", status_code=201)
async def share_file(ctx: Ctx, file_id: UUID, wanted: Sharing) -> links.Link:
    """A link to this one file that works without a session, for a time; it can't be called back before."""
    file = await facade.get(ctx, file_id)
    until = ctx.clock.now() + timedelta(seconds=wanted.seconds)
    return links.sign(ctx.house.settings, ctx.organisation, file.id, until=until)


@asynccontextmanager
async def _by_link(request: Request, file: UUID, expires: int, signature: str) -> AsyncIterator[Context]:
    """One refusal for a file that is not there and for a wrong signature, so that ids can't be tried."""
    await count_address(request)
    house = house_of(request)
    actor = Actor("system", None, "link")
    async with house.database.transaction() as tx:
        try:
            place = await store.place(tx, file)
        except NotFound:
            raise links.over() from None
    organisation, clients = place["organisation_id"], (place["client_id"],)
    links.check(house.settings, organisation, file, expires=expires, signature=signature, now=house.clock.now())
    async with house.database.transaction(Scope(organisation, clients, str(actor))) as tx:
        yield Context(organisation, clients, clients[0], actor, tx, house.clock, house)
