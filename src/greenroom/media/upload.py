"""Uploads that can be broken off and taken up again, up to a clean file in the media store."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from greenroom.infra.context import Context, House
from greenroom.infra.database import Row
from greenroom.infra.store import Stored
from greenroom.kit.errors import Conflict, DiskFull, Gone, Invalid
from greenroom.kit.ids import uuid7
from greenroom.media import facade, upload_store
from greenroom.media.contracts import MediaFile
from greenroom.media.examine import examined
from greenroom.media.part import Part

KEPT_FOR = timedelta(days=2)
MOST_OPEN = 50
SPARE = 200_000_000
"""Bytes of the disk that uploads leave free."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file on its way. `file_id` once it is done; `reason` when it was refused."""

    id: UUID
    client_id: UUID
    name: str
    size: int
    offset: int
    state: Literal["open", "done", "refused"]
    reason: str
    file_id: UUID | None
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Clean:
    """What an upload became, in the media store but in no record yet."""

    stored: Stored
    type: str
    width: int | None
    height: int | None
    duration: float | None


async def begin(ctx: Context, *, name: str, size: int) -> Upload:
    """Make room for a file of `size` bytes. Raises Invalid, Conflict, DiskFull."""
    settings, client = ctx.house.settings, ctx.one_client()
    if not 0 < size <= settings.upload_most:
        raise Invalid(f"A file has 1 to {settings.upload_most:,} bytes", fields={"Upload-Length": "Out of range"})
    for over in await upload_store.delete_over(ctx, client, ctx.clock.now()):
        _forget_part(ctx, over)
    if await upload_store.count_open(ctx, client) >= MOST_OPEN:
        raise Conflict(f"{MOST_OPEN} uploads are open already; finish or delete some")
    if shutil.disk_usage(settings.home).free < size + SPARE:
        raise DiskFull("There is no room for this file; free some space on the server")
    upload = uuid7()
    await upload_store.insert(
        ctx,
        {"client": client, "id": upload, "name": name.strip()[:200] or "file", "size": size,
         "expires_at": ctx.clock.now() + KEPT_FOR},
    )  # fmt: skip
    return await get(ctx, upload)


async def get(ctx: Context, upload: UUID) -> Upload:
    """How far it has come; NotFound also when it is somebody else's."""
    return _upload(ctx, await upload_store.by_id(ctx, upload))


async def discard(ctx: Context, upload: UUID) -> None:
    """Forget it and its bytes; a file that it became stays."""
    await upload_store.by_id(ctx, upload, lock=True)
    await upload_store.delete(ctx, upload)
    _forget_part(ctx, upload)


async def append(house: House, upload: Upload, chunks: AsyncIterator[bytes], *, offset: int) -> int:
    """Add bytes, outside of any transaction; the new offset. Raises Gone, WrongOffset, Conflict."""
    if upload.state != "open":
        raise Gone(upload.reason or "This upload is complete already")
    return await Part(house.settings, upload.id).append(chunks, offset=offset, size=upload.size)


async def clean(house: House, upload: Upload) -> Clean:
    """Examine what came and put its clean copy into the store, outside of any transaction. Raises FileRefused."""
    part = Part(house.settings, upload.id)
    if not part.path.exists():
        raise Conflict("Another request has finished this upload; ask what became of it")
    async with examined(part.path) as found:
        stored = await asyncio.to_thread(house.store.put, found.copy)
        return Clean(stored, found.type, found.width, found.height, found.duration)


async def finish(ctx: Context, upload: Upload, became: Clean) -> MediaFile:
    """Keep the file in the client's name; once only, whoever comes second gets the same."""
    row = await upload_store.by_id(ctx, upload.id, lock=True)
    if row["file_id"] is not None:
        return await facade.get(ctx, row["file_id"])
    file = await facade.keep(
        ctx.within(upload.client_id), became.stored, type=became.type, name=upload.name, origin="captured",
        width=became.width, height=became.height, duration=became.duration,
    )  # fmt: skip
    await upload_store.close(ctx, upload.id, state="done", file=file.id)
    _forget_part(ctx, upload.id)
    return file


async def refuse(ctx: Context, upload: Upload, reason: str) -> None:
    """Remember why it was not taken."""
    await upload_store.close(ctx, upload.id, state="refused", reason=reason)
    _forget_part(ctx, upload.id)


def _forget_part(ctx: Context, upload: UUID) -> None:
    """Once the transaction is committed, so that an upload that stays keeps its bytes."""
    part = Part(ctx.house.settings, upload)

    async def remove() -> None:
        part.remove()

    ctx.db.after_commit(remove)


def _upload(ctx: Context, row: Row) -> Upload:
    offset = Part(ctx.house.settings, row["id"]).offset() if row["state"] == "open" else row["size"]
    return Upload(
        id=row["id"], client_id=row["client_id"], name=row["name"], size=row["size"], offset=offset,
        state=row["state"], reason=row["reason"], file_id=row["file_id"], expires_at=row["expires_at"],
    )  # fmt: skip
