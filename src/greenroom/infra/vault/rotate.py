"""Renews data keys: a fresh key, everything sealed anew under it batch by batch, then the old ones removed.

Each batch is a transaction, and every secret opens before, between and after them. Killed anywhere, the next call
goes on where this one stopped.
"""

import asyncio
from collections.abc import Callable
from typing import Any
from uuid import UUID

import psycopg

from greenroom.infra.context import Context, House
from greenroom.infra.database import Row
from greenroom.infra.events import emit
from greenroom.infra.vault import store
from greenroom.infra.vault.acting import acting
from greenroom.infra.vault.contracts import Rotated, place_of
from greenroom.infra.vault.data_keys import DataKey, add_key, newest_key, open_key
from greenroom.infra.vault.errors import Unreadable
from greenroom.infra.vault.refused import report
from greenroom.infra.vault.seal import NotAuthentic, seal, unseal

BATCH = 200
NAME = "vault rotate"
PAUSE = 0.05
"""Seconds before the secrets that others were writing are tried again."""

Progress = Callable[[int], None]


async def rotate(house: House, organisation: UUID, *, batch: int = BATCH, progress: Progress | None = None) -> Rotated:
    """Finish the rotation that was interrupted, else do a new one. `progress` hears what is sealed so far."""
    version = await _begin(house, organisation)
    done, refused = 0, set[UUID]()
    while True:
        done, left = await _pass(house, organisation, batch, progress or _nobody, done, refused)
        if left <= 0 and await _finished(house, organisation, version, done, len(refused)):
            return Rotated(version, done, len(refused))
        await asyncio.sleep(PAUSE)


async def _begin(house: House, organisation: UUID) -> int:
    """The version to seal with: the newest when it has work left that can be done, else a fresh one."""
    async with acting(house, organisation, NAME) as ctx:
        newest = await store.newest_key(ctx)
        if newest is None or not await _openable_left(ctx, newest["version"]):
            await add_key(ctx, house.vault.master)
        return (await newest_key(ctx, house.vault.master)).version


async def _openable_left(ctx: Context, version: int) -> bool:
    """Whether a secret under an older key opens: one that does not is no rotation's unfinished work."""
    after: UUID | None = None
    while rows := await store.under_older_keys(ctx, version, after=after, limit=BATCH):
        for row in rows:
            if await _value(ctx, row) is not None:
                return True
        after = rows[-1]["id"]
    return False


async def _pass(
    house: House, organisation: UUID, batch: int, progress: Progress, done: int, refused: set[UUID]
) -> tuple[int, int]:
    """Once over everything; gives how much is sealed by now and how much others kept from it."""
    after: UUID | None = None
    while True:
        async with acting(house, organisation, NAME) as ctx:
            key = await newest_key(ctx, house.vault.master)
            rows = await store.under_older_keys(ctx, key.version, after=after, limit=batch)
            if not rows:
                return done, await store.count_under_older_keys(ctx, key.version) - len(refused)
            done += await _seal_anew(ctx, key, rows, refused)
        after = rows[-1]["id"]
        progress(done)


async def _seal_anew(ctx: Context, key: DataKey, rows: list[Row], refused: set[UUID]) -> int:
    written: list[dict[str, Any]] = []
    for row in rows:
        value = await _value(ctx, row)
        if value is not None:
            sealed = seal(key.key, place_of(row), value)
            written.append({**row, "sealed": sealed, "key_version": key.version})
        elif row["id"] not in refused:
            refused.add(row["id"])
            await report(ctx, row, NAME)
    await store.write_sealed(ctx, written)
    return len(written)


async def _value(ctx: Context, row: Row) -> bytes | None:
    """None for one that was tampered with."""
    try:
        return unseal(await open_key(ctx.house.vault.master, row), place_of(row), row["sealed"])
    except (NotAuthentic, Unreadable):
        return None


async def _finished(house: House, organisation: UUID, version: int, sealed: int, refused: int) -> bool:
    """Remove the old keys and say so; not yet when a transaction that sealed with one has committed just now."""
    try:
        async with acting(house, organisation, NAME) as ctx:
            await store.delete_unused_keys(ctx, version)
            await emit(
                ctx,
                "vault.rotated",
                message="All secrets are sealed under a new key",
                data={"version": version, "sealed": sealed, "refused": refused},
                whole=True,
            )
    except psycopg.errors.ForeignKeyViolation:
        return False
    return True


def _nobody(done: int) -> None:
    """Hears how many are done, and tells no one."""
