"""A table of posts: all of them are planned, or none. The dry run does the same and takes it back."""

from collections.abc import Mapping
from datetime import date, datetime, time
from uuid import UUID

from pydantic import ValidationError

from greenroom.channels import facade as channels
from greenroom.channels.contracts import Account
from greenroom.infra import audit, events
from greenroom.infra.context import Context
from greenroom.kit.errors import Invalid, Problem
from greenroom.planner.bulk_contracts import Imported, ImportedRow, plain
from greenroom.planner.contracts import Caption, Frozen, Tags
from greenroom.planner.sheet import Line, read_table
from greenroom.planner.when import resolve
from greenroom.studio import facade as studio
from greenroom.studio.contracts import ApprovedContent
from greenroom.tenancy import facade as tenancy


class Words(Frozen):
    """What a line says of its post, checked as any post's words are."""

    caption: Caption | None = None
    hashtags: Tags | None = None


class _Undone(Exception):
    """All that was planned."""


class Known:
    """What the table's names mean here."""

    def __init__(
        self,
        accounts: list[Account],
        contents: Mapping[str, tuple[UUID, ...]],
        zones: Mapping[UUID, str],
        now: datetime,
    ) -> None:
        self.contents = contents
        self.zones = zones
        self.now = now
        self.made: dict[UUID, list[UUID]] = {}
        self._approved: dict[UUID, ApprovedContent | Problem] = {}
        self.accounts: dict[str, list[Account]] = {}
        for account in accounts:
            for name in (str(account.id), account.handle.lower()):
                self.accounts.setdefault(name, []).append(account)

    def content(self, cell: str) -> UUID:
        if (id := _id(cell)) is not None:
            return id
        found = self.contents.get(cell, ())
        if len(found) == 1:
            return found[0]
        if found:
            raise Invalid(f"{len(found)} videos are called {_short(cell)}; write the id instead")
        raise Invalid(f"No video is called {_short(cell)}; write its exact title or its id")

    async def approved(self, ctx: Context, content: UUID) -> ApprovedContent:
        """The content, asked for once however often the table names it."""
        if content not in self._approved:
            try:
                self._approved[content] = await studio.approved(ctx, content)
            except Problem as refused:
                self._approved[content] = refused
        found = self._approved[content]
        if isinstance(found, Problem):
            raise found
        return found

    def named(self, cell: str) -> list[Account]:
        return self.accounts.get(cell.removeprefix("@").lower(), [])

    def account(self, cell: str) -> Account:
        found = self.named(cell)
        if len(found) == 1:
            return found[0]
        if found:
            raise Invalid(f"{len(found)} accounts have the handle {_short(cell)}; write the id instead")
        raise Invalid(f"There is no account {_short(cell)} here; write its handle or its id")


async def import_posts(ctx: Context, data: bytes, *, dry: bool) -> Imported:
    """Plan every line's post. Invalid, with the rows, when a line has a problem, and nothing is made."""
    lines = read_table(data)
    known = await _known(ctx, lines)
    rows: tuple[ImportedRow, ...] = ()
    try:
        async with ctx.db.savepoint():
            rows = tuple([await _row(ctx, known, line) for line in lines])
            wrong = [row for row in rows if row.problem]
            if wrong and not dry:
                raise Invalid(
                    f"{len(wrong)} of {len(rows)} lines have a problem, so nothing was planned. "
                    f"Line {wrong[0].line}: {wrong[0].problem}",
                    fields={f"line {row.line}": row.problem or "" for row in wrong[:20]},
                    rows=plain(_unmade(rows)),
                )
            if dry:
                raise _Undone
    except _Undone:
        return Imported(rows=_unmade(rows), made=0)
    await _tell(ctx, known, rows)
    return Imported(rows=rows, made=len(rows))


async def _known(ctx: Context, lines: list[Line]) -> Known:
    accounts = await channels.list_accounts(ctx)
    titles = await studio.titled(ctx, {line.cells["content"] for line in lines})
    clients = {account.client_id for account in accounts}
    zones = {client: await tenancy.client_zone(ctx, client) for client in clients}
    known = Known(accounts, titles, zones, await channels.database_now(ctx))
    named = [account for line in lines for account in known.named(line.cells["account"])]
    await channels.lock_accounts(ctx, {account.id for account in named})
    return known


async def _row(ctx: Context, known: Known, line: Line) -> ImportedRow:
    cells, wall, zone, at, post = line.cells, None, None, None, None
    problem = None
    try:
        account = known.account(cells["account"])
        zone = cells["zone"] or known.zones[account.client_id]
        wall = _wall(cells)
        when = resolve(wall, zone, now=known.now)
        words = Words(caption=cells["caption"] or None, hashtags=_tags(cells["hashtags"]))
        content = await known.approved(ctx, known.content(cells["content"]))
        async with ctx.db.savepoint():
            post = await channels.add_scheduled(
                ctx,
                content,
                account.id,
                channels.Due(when.wall, when.zone, when.at, when.note),
                caption=words.caption,
                hashtags=words.hashtags,
            )
        known.made.setdefault(account.client_id, []).append(post)
        at = when.at
    except ValidationError as error:
        problem = str(error.errors()[0]["msg"]).removeprefix("Value error, ")
    except Problem as refused:
        problem = refused.detail
    return ImportedRow(
        line=line.number, content=cells["content"][:200], account=cells["account"][:200], wall=wall, zone=zone, at=at,
        problem=problem, post_id=post,
    )  # fmt: skip


async def _tell(ctx: Context, known: Known, rows: tuple[ImportedRow, ...]) -> None:
    """One piece of news and one entry of the trail for each client, however long the table is."""
    for client, posts in known.made.items():
        many = f"{len(posts)} {'post was' if len(posts) == 1 else 'posts were'} planned from a table"
        await events.emit(
            ctx, "planner.posts.imported", subject=("client", client), client=client, message=many,
            data={"posts": len(posts)},
        )  # fmt: skip
        made = {str(row.post_id): {"line": row.line, "wall": row.wall, "zone": row.zone} for row in rows}
        await audit.record(
            ctx,
            "posts.imported",
            ("client", client),
            after={str(post): made[str(post)] for post in posts},
            client=client,
        )


def _tags(cell: str) -> tuple[str, ...] | None:
    return tuple(cell.replace(",", " ").split()) or None


def _wall(cells: Mapping[str, str]) -> datetime:
    try:
        day = date.fromisoformat(cells["date"])
    except ValueError:
        raise Invalid(f"{_short(cells['date'])} is no date; write it as 2026-12-01") from None
    try:
        at = time.fromisoformat(cells["time"].zfill(5))
        if at.tzinfo is not None:
            raise ValueError("an offset")
    except ValueError:
        raise Invalid(f"{_short(cells['time'])} is no time; write it as 09:00") from None
    return datetime.combine(day, at)


def _unmade(rows: tuple[ImportedRow, ...]) -> tuple[ImportedRow, ...]:
    """The rows of a table of which nothing was kept."""
    return tuple(row.model_copy(update={"post_id": None}) for row in rows)


def _id(cell: str) -> UUID | None:
    try:
        return UUID(cell)
    except ValueError:
        return None


def _short(cell: str) -> str:
    return f"“{cell[:60]}”" if cell else "an empty cell"
