"""Accounts: where a client can publish. A character's own page comes into being with the character."""

from uuid import UUID

from greenroom.cast import facade as cast
from greenroom.channels import account_store as store
from greenroom.channels.account_moves import move
from greenroom.channels.account_states import MovedBy
from greenroom.channels.contracts import Account
from greenroom.channels.platforms.page.address import handles, page_path
from greenroom.infra.context import Context
from greenroom.infra.events import Event
from greenroom.kit.errors import Conflict
from greenroom.kit.ids import uuid7

_DELETED = "Its character was deleted"


async def list_accounts(ctx: Context) -> list[Account]:
    last = {row["account_id"]: row["at"] for row in await store.last_posts(ctx)}
    return [Account(**row, last_posted_at=last.get(row["id"])) for row in await store.accounts(ctx)]


async def get_account(ctx: Context, account: UUID) -> Account:
    return Account(**await store.account(ctx, account))


async def page_of(ctx: Context, character: UUID) -> Account | None:
    """The character's own page; None before it has one."""
    row = await store.page_of(ctx, character)
    return Account(**row) if row else None


async def open_page(ctx: Context, event: Event) -> None:
    """A character was made: give it a page under its handle, or the next free one (-2, -3 …)."""
    character = await cast.find(ctx, event.about)
    for handle in handles(character.handle):
        url = page_path(handle)
        page = {"id": uuid7(), "name": character.name, "handle": handle, "url": url, "character": character.id}
        if await store.insert_page(ctx, character.client_id, page):
            await cast.place_page(ctx, character.id, url)
            return
        if await store.page_of(ctx, character.id) is not None:
            return
    raise Conflict("Every address for this name is taken; give the character another handle")


async def follow_character(ctx: Context, event: Event) -> None:
    """A character was changed: its page carries its name, and closes while it is deleted. No other state changes."""
    page = await store.page_of(ctx, event.about)
    if page is None:
        return
    character = await cast.find(ctx, event.about)
    await store.write_name(ctx, page["id"], character.name)
    before = await store.account(ctx, page["id"], lock=True)
    by: MovedBy = "person" if ctx.actor.kind in ("user", "command") else "rule"
    if character.deleted_at is not None and before["state"] != "closed":
        await move(ctx, before, "closed", by=by, who=ctx.actor.name, why=_DELETED)
    elif character.deleted_at is None and (before["state"], before["state_reason"]) == ("closed", _DELETED):
        await move(ctx, before, "active", by=by, who=ctx.actor.name, why="Its character is back")
