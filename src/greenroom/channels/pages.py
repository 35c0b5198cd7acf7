"""What a character's own page has to show: found by its public address, then read under its client's scope."""

import re
from dataclasses import dataclass
from uuid import UUID

from greenroom.channels import account_store
from greenroom.channels.contracts import Account, Link, PageEntry
from greenroom.channels.platforms.page import store
from greenroom.infra.context import Context
from greenroom.infra.database import Row, Tx
from greenroom.kit.errors import NotFound

# Whatever is typed into an address bar comes here; only this much of it can be an address of ours.
_ADDRESS = re.compile(r"[a-z0-9][a-z0-9_-]{0,79}")

MOST_ENTRIES = 60
"""How many posts a page and its feeds show."""


@dataclass(frozen=True, slots=True)
class Address:
    """Whose page it is; everything else is read in a transaction with this scope."""

    organisation: UUID
    client: UUID
    account: UUID


async def find_page(db: Tx, handle: str) -> Address:
    """Where a public handle leads; NotFound when there is no such page. Needs no scope."""
    row = await account_store.page_by_handle(db, handle) if _ADDRESS.fullmatch(handle) else None
    if row is None:
        raise NotFound("There is no such page")
    return Address(row["organisation_id"], row["client_id"], row["id"])


async def page_account(ctx: Context, account: UUID) -> Account:
    return Account(**await account_store.account(ctx, account))


async def entries(ctx: Context, account: UUID) -> list[PageEntry]:
    """What is published and not taken down, newest first."""
    return [_entry(row) for row in await store.recent(ctx, account, MOST_ENTRIES)]


async def entry(ctx: Context, account: UUID, slug: str) -> PageEntry:
    """One entry, also one that was taken down; NotFound when there never was one."""
    row = await store.by_slug(ctx, account, slug) if _ADDRESS.fullmatch(slug) else None
    if row is None:
        raise NotFound("There is no such post")
    return _entry(row)


async def active_links(ctx: Context, account: UUID) -> list[Link]:
    """The links that the page shows now, in order."""
    rows = await account_store.active_links(ctx, account, ctx.clock.now())
    return [Link(**row) for row in rows]


def _entry(row: Row) -> PageEntry:
    return PageEntry(**row)
