"""All definitions of an organisation into a git repository, one commit a version; again later, only what is new."""

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from greenroom.infra.context import Context
from greenroom.infra.database import Row
from greenroom.infra.versions import version_store as store
from greenroom.infra.versions.git_stream import Commit, stream
from greenroom.infra.versions.read import author_of
from greenroom.infra.versions.registry import names_of, title_of
from greenroom.infra.versions.repository import Repository

BATCH = 200
"""Commits that are held in memory at a time."""


async def export(ctx: Context, folder: Path) -> int:
    """Append what the repository in `folder` does not have yet; gives how many versions that were.

    The context has to see every client of its organisation. Raises Conflict, Unavailable.
    """
    repository = await asyncio.to_thread(Repository, folder, ctx.organisation)
    there = await asyncio.to_thread(repository.newest)
    rows = [row for row in await store.index(ctx) if row["number"] > there.get(_place(row), 0)]
    for start in range(0, len(rows), BATCH):
        commits = await _commits(ctx, rows[start : start + BATCH])
        onto = repository.has_commits()
        await asyncio.to_thread(repository.add, stream(commits, onto=onto))
    return len(rows)


async def _commits(ctx: Context, rows: Sequence[Row]) -> list[Commit]:
    names = await names_of(ctx, {row["author_id"] for row in rows if row["author_id"]})
    return [
        Commit(
            place=_place(row),
            title=title_of(row["kind"]),
            document=await store.document(ctx, row),
            author=author_of(row, names),
            **{name: row[name] for name in ("number", "author_id", "at", "reason")},
        )
        for row in rows
    ]


def _place(row: Row) -> tuple[Any, str, Any]:
    return (row["client_id"], row["kind"], row["definition_id"])
