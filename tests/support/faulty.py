"""Posts on the faulty platform, and the verdict over what became of them."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from greenroom.channels import facade as channels
from greenroom.channels.package import marker_of
from greenroom.channels.platforms import registry
from greenroom.kit.ids import uuid7
from greenroom_dev.faulty.adapter import FaultyAdapter, ProbeKind
from tests.support.house import Tenant
from tests.support.publish import Desk

STILL_GOING = ("scheduled", "claimed", "publishing")
ASKS = "It could not be found out"
"""How the reason of an unknown post begins once a person is asked; until then it is being looked for."""


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


async def plan_many(desk: Desk, count: int, *, found: float, over: timedelta) -> list[UUID]:
    """So many posts that come due evenly `over` the time; a share of them where a look proves no absence."""
    contents = [await desk.approved(f"Bread {number}") for number in range(min(count, 40))]
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
                due = begin + over * len(posts) / count
                posts.append(await _planned(ctx, content, account, due))
    return posts


async def _planned(ctx: Any, content: UUID, account: UUID, due: datetime) -> UUID:
    post = await channels.add_post(ctx, content=content, account=account)
    await channels.schedule(ctx, post.id, wall=None, zone=None, due=due, note=None)
    return post.id


async def ends(tenant: Tenant) -> list[dict[str, Any]]:
    """Every post with its state, and how often it was said and written down that it is out."""
    async with tenant.context() as ctx:
        return list(
            await ctx.db.all(
                """select p.id, p.state, p.state_reason, a.platform,
                          (select count(*) from event e
                           where e.kind = 'channels.post.published' and e.subject_id = p.id) as told,
                          (select count(*) from publish_attempt t
                           where t.post_id = p.id and t.outcome = 'published') as written
                   from post p join account a on a.id = p.account_id where a.platform like 'faulty%%' order by p.id"""
            )
        )


async def twice(tenant: Tenant, out: Counter[str]) -> list[dict[str, Any]]:
    """Every attempt of the posts that are out more than once, to see how that came."""
    async with tenant.context() as ctx:
        return list(
            await ctx.db.all(
                """select marker, number, phase, epoch, outcome, error, started_at, armed_at, ended_at
                   from publish_attempt where marker = any(%(markers)s) order by marker, number""",
                {"markers": [marker for marker, times in out.items() if times > 1]},
            )
        )


def settled(posts: Iterable[dict[str, Any]]) -> bool:
    """Whether nothing moves any more without a person."""
    return not any(post["state"] in STILL_GOING or _being_looked_for(post) for post in posts)


@dataclass(frozen=True)
class Verdict:
    """Posts of each kind that must not be; `asked` is what a person has to see to and could not be spared."""

    posts: int
    doubles: int
    lost: int
    unfinished: int
    asked_needlessly: int
    told_wrongly: int
    asked: int

    @property
    def clean(self) -> bool:
        return not (self.doubles or self.lost or self.unfinished or self.asked_needlessly or self.told_wrongly)

    def __str__(self) -> str:
        return (
            f"{self.posts} posts: {self.doubles} doubles, {self.lost} lost, {self.asked_needlessly} to a person that "
            f"the platform could have told, {self.asked} to a person rightly, {self.unfinished} unfinished"
        )


def judged(posts: Sequence[dict[str, Any]], out: Counter[str]) -> Verdict:
    """What the rows say against what is really out. Pure."""
    kinds = Counter(_kind(post, out[marker_of(post["id"])]) for post in posts)
    return Verdict(
        posts=len(posts),
        doubles=sum(max(0, out[marker_of(post["id"])] - 1) for post in posts),
        lost=kinds["lost"],
        unfinished=kinds["unfinished"],
        asked_needlessly=kinds["asked needlessly"],
        told_wrongly=sum((post["told"], post["written"]) != (1, 1) for post in posts if post["state"] == "published"),
        asked=kinds["asked"],
    )


def _kind(post: dict[str, Any], out: int) -> str:
    if post["state"] == "published":
        return "out" if out else "lost"
    if post["state"] in STILL_GOING or _being_looked_for(post):
        return "unfinished"
    could_tell = post["platform"] == "faulty_certain" or (post["platform"] == "faulty_found" and out)
    return "asked needlessly" if could_tell else "asked"


def _being_looked_for(post: dict[str, Any]) -> bool:
    return post["state"] == "unknown" and not (post["state_reason"] or "").startswith(ASKS)
