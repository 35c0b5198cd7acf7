"""The live stream: everything that happens, for open pages."""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Header, Query, Request
from fastapi.responses import StreamingResponse

from greenroom.infra.context import Context
from greenroom.infra.feed import read_cursor
from greenroom.infra.http.context import HouseOf, Identified, identify
from greenroom.infra.http.live import Live
from greenroom.infra.http.stream import stream

router = APIRouter(tags=["events"])


@router.get(
    "/events",
    operation_id="get_events",
    response_class=StreamingResponse,
    responses={200: {"content": {"text/event-stream": {"schema": {"type": "string"}}}}},
)
async def get_events(
    request: Request,
    identity: Identified,
    house: HouseOf,
    client: Annotated[UUID | None, Query(description="One client; all that you see when absent")] = None,
    last_event_id: Annotated[str | None, Header(description="Where the stream broke off; nothing is lost")] = None,
) -> StreamingResponse:
    """Server-sent events: `event` is the kind, `data` says what happened to whom, `id` resumes the stream.

    `job.progress` has no id: it tells of the moment only. `access.ended` closes the stream.
    """
    async with identity.context(house, client=client):
        """Whoever may not look gets a problem document and no stream."""
    live: Live = request.app.state.live

    async def view() -> AbstractAsyncContextManager[Context]:
        return (await identify(request)).context(house, client=client)

    async def body() -> AsyncIterator[bytes]:
        with live.hear(identity.organisation) as ear:
            async for piece in stream(
                view, ear, read_cursor(last_event_id), lambda: bool(getattr(request.app.state, "stopping", False))
            ):
                yield piece

    return StreamingResponse(
        body(), media_type="text/event-stream", headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    )
