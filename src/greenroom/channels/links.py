"""Links on an account's page."""

from typing import Any
from uuid import UUID

from greenroom.channels import account_store as store
from greenroom.channels import counting
from greenroom.channels.contracts import Link, LinkChange, NewLink
from greenroom.infra import audit, events
from greenroom.infra.context import Context
from greenroom.infra.database import Row
from greenroom.kit.errors import Invalid, Stale
from greenroom.kit.ids import uuid7


async def list_links(
    ctx: Context,
    account: UUID | None = None,
    *,
    after: tuple[UUID, int, UUID] | None = None,
    limit: int | None = None,
) -> list[Link]:
    """By account and position, with how often each was followed; those `after` such a place and id, so many."""
    return await _shown(ctx, await store.links(ctx, account, after=after, limit=limit))


async def add_link(ctx: Context, new: NewLink) -> Link:
    account = await store.account(ctx, new.account_id)
    _check_span(new)
    link = uuid7()
    await store.insert_link(ctx, account["client_id"], {"id": link, **new.model_dump()})
    return await _told(ctx, link, "link.created", None, f"“{new.title}” was added to {account['name']}'s links")


async def change_link(ctx: Context, link: UUID, version: int, change: LinkChange) -> Link:
    before = await store.link(ctx, link, lock=True)
    if before["version"] != version:
        (present,) = await _shown(ctx, [before])
        raise Stale("This link was changed meanwhile; look again", present=present.model_dump(mode="json"))
    given = change.model_dump(exclude_unset=True)
    kept = {name: value for name, value in given.items() if value is not None or name in ("active_from", "active_to")}
    after = {**before, **kept}
    _check_span(NewLink(**{name: after[name] for name in NewLink.model_fields}))
    await store.write_link(ctx, after)
    return await _told(ctx, link, "link.changed", before, f"The link “{after['title']}” was changed")


async def remove_link(ctx: Context, link: UUID) -> None:
    before = await store.link(ctx, link, lock=True)
    await store.delete_link(ctx, link)
    await events.emit(
        ctx,
        "channels.link.changed",
        subject=("link", link),
        client=before["client_id"],
        message=f"The link “{before['title']}” was removed",
    )
    await audit.record(ctx, "link.deleted", ("link", link), before=_said(before), client=before["client_id"])


def _check_span(link: NewLink) -> None:
    if link.active_from and link.active_to and link.active_to <= link.active_from:
        raise Invalid("The link would end before it begins", fields={"active_to": "Choose a later end"})


async def _told(ctx: Context, link: UUID, action: str, before: Row | None, message: str) -> Link:
    row = await store.link(ctx, link)
    await events.emit(ctx, "channels.link.changed", subject=("link", link), client=row["client_id"], message=message)
    await audit.record(
        ctx, action, ("link", link), before=_said(before) if before else None, after=_said(row), client=row["client_id"]
    )
    (shown,) = await _shown(ctx, [row])
    return shown


def _said(row: Row) -> dict[str, Any]:
    """What a link says and where it leads."""
    return {name: row[name] for name in NewLink.model_fields}


async def _shown(ctx: Context, rows: list[Row]) -> list[Link]:
    clicks = await counting.links(ctx, [row["id"] for row in rows])
    return [Link(**row, clicks=clicks.get(row["id"], 0)) for row in rows]
