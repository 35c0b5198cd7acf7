"""The media room's door: keep a file, look it up, find its bytes."""

import asyncio
from collections.abc import Iterable
from pathlib import Path
from uuid import UUID

from greenroom.infra.context import Context
from greenroom.infra.database import Row
from greenroom.infra.http.ranges import Content
from greenroom.infra.store import Stored
from greenroom.kit.ids import uuid7
from greenroom.media import store
from greenroom.media.contracts import MediaFile, Origin


async def keep(
    ctx: Context,
    content: Path | bytes | Stored,
    *,
    type: str,
    name: str,
    origin: Origin = "generated",
    width: int | None = None,
    height: int | None = None,
    duration: float | None = None,
) -> MediaFile:
    """Keep a file for the context's client. Content that was stored before the transaction comes as `Stored`.

    Raises DiskFull.
    """
    stored = content
    if not isinstance(stored, Stored):
        stored = await asyncio.to_thread(ctx.house.store.put, stored)
    row = await store.insert(
        ctx,
        {
            "client": ctx.one_client(),
            "id": uuid7(),
            "hash": stored.hash,
            "size": stored.size,
            "type": type,
            "name": name[:200],
            "origin": origin,
            "width": width,
            "height": height,
            "duration": duration,
        },
    )
    return _file(row)


async def get(ctx: Context, file: UUID) -> MediaFile:
    """The file; NotFound also when it is somebody else's."""
    return _file(await store.by_id(ctx, file))


async def get_many(ctx: Context, files: Iterable[UUID]) -> dict[UUID, MediaFile]:
    """Those of the files that this context sees."""
    wanted = list(files)
    return {row["id"]: _file(row) for row in await store.by_ids(ctx, wanted)} if wanted else {}


def path(ctx: Context, file: MediaFile) -> Path:
    """Where the file can be read on this machine; NotFound when its bytes are gone.

    From a bucket the whole file is brought here first: for answers to readers there is `content`.
    """
    return ctx.house.store.path(file.hash)


async def content(ctx: Context, file: MediaFile) -> Content:
    """The file's bytes for an answer, of which only those that are asked for are read; NotFound when gone."""
    return Content(ctx.house.store, file.hash, await asyncio.to_thread(ctx.house.store.size, file.hash))


def _file(row: Row) -> MediaFile:
    return MediaFile(
        id=row["id"],
        client=row["client_id"],
        hash=row["hash"],
        size=row["size"],
        type=row["type"],
        name=row["name"],
        origin=row["origin"],
        width=row["width"],
        height=row["height"],
        duration=row["duration"],
        created_at=row["created_at"],
    )
