"""Finding characters."""

from collections.abc import Iterable
from uuid import UUID

from greenroom.cast import store
from greenroom.cast.contracts import Character, Presenter
from greenroom.infra.context import Context
from greenroom.infra.database import Row
from greenroom.infra.http.paging import Page, read_cursor, write_cursor


async def find(ctx: Context, character: UUID) -> Character:
    """One character, deleted ones too; NotFound also when it is somebody else's."""
    return character_of(await store.by_id(ctx, character))


async def presenters(ctx: Context, characters: Iterable[UUID]) -> dict[UUID, Presenter]:
    """Those of the characters that this context sees, deleted ones too, in short."""
    wanted = list(set(characters))
    return {
        row["id"]: Presenter(id=row["id"], name=row["name"], portrait_url=_portrait_url(row))
        for row in (await store.presenters(ctx, wanted) if wanted else ())
    }


async def list_characters(
    ctx: Context, *, words: str | None = None, deleted: bool = False, cursor: str | None = None, limit: int = 50
) -> Page[Character]:
    """Newest first. `words` as typed, found in name, handle and biography."""
    rows = await store.page(
        ctx, words=(words or "").strip() or None, deleted=deleted, after=read_cursor(cursor), limit=limit + 1
    )
    more = write_cursor(rows[limit - 1]["created_at"], rows[limit - 1]["id"]) if len(rows) > limit else None
    return Page(items=[character_of(row) for row in rows[:limit]], next=more)


def character_of(row: Row) -> Character:
    """The row as other rooms and the API see it. The portrait's address changes with the portrait."""
    return Character(
        **{key: value for key, value in row.items() if key != "portrait_id"}, portrait_url=_portrait_url(row)
    )


def _portrait_url(row: Row) -> str | None:
    portrait = row["portrait_id"]
    return f"/api/v1/characters/{row['id']}/portrait?of={portrait}" if portrait else None
