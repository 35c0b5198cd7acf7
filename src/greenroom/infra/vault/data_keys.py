"""The organisations' data keys: read beside what they sealed and cached nowhere, so that an erased one is gone."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from greenroom.infra.context import Context
from greenroom.infra.vault import store
from greenroom.infra.vault.master import MasterKey, Wrapped, missing_key
from greenroom.infra.vault.seal import KEY_BYTES


@dataclass(frozen=True, slots=True)
class DataKey:
    version: int
    key: bytes = field(repr=False)


async def open_key(master: MasterKey, row: Mapping[str, Any]) -> bytes:
    """The data key of a row that has `wrapped` and `wrapped_by`. Raises WrongKey or Unreadable."""
    return await master.unwrap(Wrapped(row["wrapped_by"], row["wrapped"]))


async def newest_key(ctx: Context, master: MasterKey) -> DataKey:
    """The key that seals for this organisation; its first one is made here."""
    # Asked twice: a rotation that ended between looking and locking took the row that was found.
    row = await store.newest_key(ctx) or await store.newest_key(ctx)
    if row is None:
        await add_key(ctx, master)
        row = await store.newest_key(ctx)
    if row is None:
        raise LookupError("A data key was added and is not seen")
    return DataKey(row["version"], await open_key(master, row))


async def add_key(ctx: Context, master: MasterKey) -> None:
    """Add a fresh newest version. Raises WrongKey where the database needs a master key that is not here.

    Two machines with a master key of their own each would otherwise lock each other out.
    """
    await store.share_keys(ctx.db)
    here = set(master.ids())
    for needed in await store.in_use(ctx.db):
        if needed not in here:
            raise missing_key(master, needed)
    wrapped = await master.wrap(os.urandom(KEY_BYTES))
    await store.add_key(ctx, wrapped.by, wrapped.key)
