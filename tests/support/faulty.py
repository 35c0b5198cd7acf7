"""Posts on the faulty platform, planned as a person would."""

import json
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from greenroom.channels import facade as channels
from greenroom.channels.platforms import registry
from greenroom.kit.ids import uuid7
from greenroom_dev.faulty.adapter import BREAK, FaultyAdapter, ProbeKind
from greenroom_dev.faulty.ledger import FILE
from tests.support.publish import Desk


def know(port: int) -> None:
    """Let this process plan for the platforms of the server at `port`, as its workers do."""
    for probe in ("certain", "found", "none"):
        registry.register(FaultyAdapter(port, probe))


async def at_faulty(desk: Desk, probe: ProbeKind, *, name: str = "Faulty account") -> Desk:
    """The same desk with an account at the faulty platform instead of the page."""
    account, platform = uuid7(), f"faulty_{probe}"
    async with desk.tenant.context() as ctx:
        await ctx.db.execute(
            """insert into account (organisation_id, client_id, id, platform, name, handle, daily_cap)
               values (%(organisation)s, %(client)s, %(id)s, %(platform)s, %(name)s, 'faulty', 500)""",
            {"organisation": ctx.organisation, "client": desk.tenant.client, "id": account, "platform": platform,
             "name": name},
        )  # fmt: skip
    return replace(desk, page=desk.page.model_copy(update={"id": account, "platform": platform, "name": name}))


async def plan_many(
    desk: Desk, count: int, *, found: float, over: timedelta, threads: float = 0, spaced: int = 0
) -> list[UUID]:
    """So many posts that come due evenly `over` the time; a share of them where a look proves no absence, a share in
    three parts. `spaced`: so many more, due at once on an account that keeps a minute between two posts."""
    contents = [await desk.approved(f"Bread {number}") for number in range(max(min(count, 40), spaced))]
    probes: list[ProbeKind] = []
    while len(probes) * len(contents) < count:
        probes.append("found" if len([one for one in probes if one == "found"]) < found * len(probes) else "certain")
    accounts = [(await at_faulty(desk, probe, name=f"Account {at}")).page.id for at, probe in enumerate(probes)]
    pairs = [(content, account) for content in contents for account in accounts][:count]
    posts: list[UUID] = []
    async with desk.tenant.context() as ctx:
        begin = await channels.database_now(ctx)
    for batch in range(0, count, 50):
        async with desk.tenant.context() as ctx:
            for content, account in pairs[batch : batch + 50]:
                number = len(posts)
                parts = 3 if int((number + 1) * threads) > int(number * threads) else 1
                due = begin + over * number / count
                posts.append(await _planned(ctx, content, account, due, words(f"Bread number {number}", parts)))
    if spaced:
        posts += await _plan_spaced(desk, contents[:spaced], begin)
    return posts


async def _plan_spaced(desk: Desk, contents: list[UUID], due: datetime) -> list[UUID]:
    """The distance is asked for once they are planned: before, no two of them could be due so near."""
    account = (await at_faulty(desk, "certain", name="Spaced account")).page.id
    async with desk.tenant.context() as ctx:
        posts = [
            await _planned(ctx, content, account, due, words(f"Slow bread number {number}", 1))
            for number, content in enumerate(contents)
        ]
        await ctx.db.execute("update account set minutes_apart = 1 where id = %(id)s", {"id": account})
    return posts


async def _planned(ctx: Any, content: UUID, account: UUID, due: datetime, caption: str) -> UUID:
    post = await channels.add_post(ctx, content=content, account=account, caption=caption, again=True)
    await channels.schedule(ctx, post.id, wall=None, zone=None, due=due, note=None)
    return post.id


def words(about: str, parts: int) -> str:
    """A caption in so many parts that no other post has."""
    return BREAK.join([f"{about}, and why it rises.", *(f"{about}: part {part + 1}." for part in range(1, parts))])


def said(folder: Path) -> list[str]:
    """The text of everything that was ever put out, read from the platform's disk."""
    lines = (json.loads(line) for line in (folder / FILE).read_text().splitlines())
    return [line["text"] for line in lines if "marker" in line]
