"""Changing many phones at once: tags and groups put on and taken off, put out of work and back; all of them or none."""

from collections.abc import Collection, Iterable
from uuid import UUID

from greenroom.infra.context import Context
from greenroom.infra.database import Row
from greenroom.kit.errors import Invalid, NotFound
from greenroom.phones import inventory, phone_store
from greenroom.phones.contracts import Phone, PhonesChange

MOST_WORDS = 30


async def change_phones(ctx: Context, change: PhonesChange) -> list[Phone]:
    """Raises NotFound where one is not there, Invalid where one would get too many tags or groups."""
    rows = await hold_all(ctx, change.phones)
    changed = []
    for row in rows:
        said = {
            "tags": _words(row, "tags", change.add_tags, change.remove_tags),
            "groups": _words(row, "groups", change.add_groups, change.remove_groups),
        }
        if await inventory.write(ctx, row, said, inventory.stating(row, change.state, change.why)):
            changed.append(row)
    # Last, since it waits for everybody else's changes: they may wait for one of these phones.
    for row in changed:
        await inventory.record(ctx, row)
    return await inventory.shown(ctx, await phone_store.hold(ctx, change.phones))


async def hold_all(ctx: Context, phones: Collection[UUID]) -> list[Row]:
    """All of them, locked until the transaction's end; NotFound where one is not among the context's."""
    rows = await phone_store.hold(ctx, phones)
    if len(rows) != len(set(phones)):
        raise NotFound("There is no such phone here")
    return rows


def _words(row: Row, kind: str, add: Iterable[str], remove: Collection[str]) -> list[str]:
    kept = [*dict.fromkeys([*(one for one in row[kind] if one not in remove), *add])]
    if len(kept) > MOST_WORDS:
        name = row["name"]
        raise Invalid(f"{name} would have more than {MOST_WORDS} {kind}; nothing was changed, take some off first")
    return kept
