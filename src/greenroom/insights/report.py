"""What the insights pages show: a summary, posts ranked, one post's curve."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from greenroom.channels import facade as channels
from greenroom.channels.contracts import Post
from greenroom.infra.context import Context
from greenroom.infra.database import Row
from greenroom.insights import metric_store, store
from greenroom.insights.contracts import Day, PlatformNumbers, PostInsights, RankedPost, SourceCount, Summary, Totals
from greenroom.insights.curve import curve
from greenroom.insights.visit import DEFINITION
from greenroom.kit.errors import NotFound
from greenroom.tenancy import facade as tenancy

_EVER = datetime(2000, 1, 1, tzinfo=UTC)

Rank = tuple[int, int, datetime, UUID]
"""Views, clicks, when it went out, and its id."""


async def summary(ctx: Context, days: int) -> Summary:
    """The last `days` days, today included, by the clients' day."""
    zone = await _zone(ctx)
    begin, now = _first_day(ctx, zone, days), ctx.clock.now()
    earlier = begin - timedelta(days=days)
    by_day = {row["day"]: row for row in await store.by_day(ctx, begin, zone)}
    today = now.astimezone(ZoneInfo(zone)).date()
    shown = [_day(today - timedelta(days=back), by_day) for back in reversed(range(days))]
    return Summary(
        **(await _totals(ctx, begin, now + timedelta(hours=1))).model_dump(),
        zone=zone,
        previous=await _totals(ctx, earlier, begin),
        days=tuple(shown),
        definition=DEFINITION,
    )


async def ranked(ctx: Context, days: int, *, after: Rank | None = None, limit: int | None = None) -> list[RankedPost]:
    """The published posts, those with the most views in the period first: those after such a rank, so many."""
    zone = await _zone(ctx)
    begin = _first_day(ctx, zone, days)
    counted = await store.ranked(ctx, await channels.published_at(ctx), begin, after, limit)
    ids = [row["post_id"] for row in counted]
    posts = {post.id: post for post in await channels.published_posts(ctx, ids)}
    sparks: dict[UUID, dict[date, int]] = {}
    for row in await store.by_post_and_day(ctx, ids, begin, zone):
        sparks.setdefault(row["post_id"], {})[row["day"]] = row["views"]
    today = ctx.clock.now().astimezone(ZoneInfo(zone)).date()
    period = [today - timedelta(days=back) for back in reversed(range(days))]
    return [_ranked(posts[row["post_id"]], row, sparks.get(row["post_id"], {}), period) for row in counted]


async def post_insights(ctx: Context, post_id: UUID) -> PostInsights:
    """One published post's numbers; NotFound for a post that never went out."""
    post = await channels.get_post(ctx, post_id)
    if post.posted_at is None:
        raise NotFound("This post is not published yet; its numbers begin when it is")
    hours = {row["hour"]: (row["views"], row["clicks"]) for row in await store.curve(ctx, post_id)}
    zone = await tenancy.client_zone(ctx, post.client_id)
    step, points = curve(hours, begin=post.posted_at, end=ctx.clock.now(), zone=zone)
    sums = await store.by_post(ctx, [post_id])
    return PostInsights(
        post=post,
        step=step,
        points=tuple(points),
        sources=tuple(SourceCount(**row) for row in await store.sources(ctx, post_id)),
        views=sums[0]["views"] if sums else 0,
        clicks=sums[0]["clicks"] if sums else 0,
        bots=sums[0]["bots"] if sums else 0,
        definition=DEFINITION,
        platform=tuple(PlatformNumbers(**row) for row in await metric_store.samples(ctx, post_id)),
    )


async def _zone(ctx: Context) -> str:
    """The zone whose days are meant: the clients', when they share one."""
    zones = {await tenancy.client_zone(ctx, client) for client in ctx.clients}
    return zones.pop() if len(zones) == 1 else "UTC"


def _first_day(ctx: Context, zone: str, days: int) -> datetime:
    """The beginning of the first of the last `days` days."""
    today = ctx.clock.now().astimezone(ZoneInfo(zone)).date()
    first = today - timedelta(days=days - 1)
    return datetime(first.year, first.month, first.day, tzinfo=ZoneInfo(zone))


async def _totals(ctx: Context, since: datetime, until: datetime) -> Totals:
    sums = await store.totals(ctx, since, until)
    posts = await channels.count_published(ctx, since, until)
    return Totals(views=sums["views"], clicks=sums["clicks"], posts=posts)


def _day(day: date, by_day: dict[date, Row]) -> Day:
    row = by_day.get(day)
    return Day(day=day, views=row["views"] if row else 0, clicks=row["clicks"] if row else 0)


def _ranked(post: Post, row: Row, spark: dict[date, int], period: list[date]) -> RankedPost:
    return RankedPost(
        post_id=post.id,
        title=post.content.title,
        thumbnail_url=post.content.thumbnail_url,
        account=post.account.name,
        posted_at=post.posted_at or _EVER,
        permalink=post.permalink,
        views=row["views"],
        clicks=row["clicks"],
        bots=row["bots"],
        spark=tuple(spark.get(day, 0) for day in period),
    )
