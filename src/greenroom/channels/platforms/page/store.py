"""The statements on gr.page_entry."""

from uuid import UUID

from psycopg.types.json import Jsonb

from greenroom.channels.contracts import Account
from greenroom.channels.platforms.adapter import Package
from greenroom.infra.context import Context
from greenroom.infra.database import Row
from greenroom.kit.ids import uuid7

__all__ = ["Row"]

_COLUMNS = """id, post_id, account_id, slug, title, caption, hashtags, label, disclosure, transcript, sources,
              language, video_id, captions_id, poster_id, duration, width, height,
              digital_source_type, published_at, removed_at"""
_OWN = "organisation_id = %(organisation)s and client_id = any(%(clients)s)"


async def slugs(ctx: Context, account: UUID) -> set[str]:
    rows = await ctx.db.all(
        f"select slug from page_entry where {_OWN} and account_id = %(account)s",
        {**ctx.tenant, "account": account},
    )
    return {row["slug"] for row in rows}


async def insert(ctx: Context, account: Account, package: Package, slug: str) -> bool:
    """Whether the entry was made now; not when its key or its slug is there already."""
    made = await ctx.db.execute(
        """insert into page_entry (organisation_id, client_id, id, account_id, post_id, key, slug, title, caption,
                                   hashtags, label, disclosure, transcript, sources, language, video_id,
                                   captions_id, poster_id, duration, width, height, digital_source_type)
           values (%(organisation)s, %(client)s, %(id)s, %(account)s, %(post)s, %(marker)s, %(slug)s, %(title)s,
                   %(caption)s, %(hashtags)s, %(label)s, %(disclosure)s, %(transcript)s, %(sources)s, %(language)s,
                   %(video)s, %(captions)s, %(poster)s, %(duration)s, %(width)s, %(height)s,
                   %(digital_source_type)s)
           on conflict do nothing""",
        {
            "organisation": ctx.organisation,
            "client": account.client_id,
            "id": uuid7(),
            "account": account.id,
            "post": package.post,
            "marker": package.marker,
            "slug": slug,
            "title": package.title,
            "caption": package.caption,
            "hashtags": list(package.hashtags),
            "label": package.label,
            "disclosure": package.disclosure,
            "transcript": package.transcript,
            "sources": Jsonb([dict(source) for source in package.sources]),
            "language": package.language,
            "video": package.video,
            "captions": package.captions,
            "poster": package.poster,
            "duration": package.duration,
            "width": package.width,
            "height": package.height,
            "digital_source_type": package.digital_source_type,
        },
    )
    return made == 1


async def by_key(ctx: Context, account: UUID, key: str) -> Row | None:
    return await ctx.db.maybe(
        f"select {_COLUMNS} from page_entry where {_OWN} and account_id = %(account)s and key = %(key)s",
        {**ctx.tenant, "account": account, "key": key},
    )


async def by_slug(ctx: Context, account: UUID, slug: str) -> Row | None:
    return await ctx.db.maybe(
        f"select {_COLUMNS} from page_entry where {_OWN} and account_id = %(account)s and slug = %(slug)s",
        {**ctx.tenant, "account": account, "slug": slug},
    )


async def recent(ctx: Context, account: UUID, most: int) -> list[Row]:
    """What the page shows now, newest first."""
    return await ctx.db.all(
        f"""select {_COLUMNS} from page_entry
            where {_OWN} and account_id = %(account)s and removed_at is null
            order by published_at desc, id desc limit %(most)s""",
        {**ctx.tenant, "account": account, "most": most},
    )


async def remove(ctx: Context, account: UUID, entry: str) -> None:
    await ctx.db.execute(
        f"""update page_entry set removed_at = now()
            where {_OWN} and account_id = %(account)s and id = %(id)s::uuid and removed_at is null""",
        {**ctx.tenant, "account": account, "id": entry},
    )


async def by_id(ctx: Context, account: UUID, entry: str) -> Row | None:
    """What the page shows under this id; None when it was taken down."""
    return await ctx.db.maybe(
        f"""select {_COLUMNS} from page_entry
            where {_OWN} and account_id = %(account)s and id = %(id)s::uuid and removed_at is null""",
        {**ctx.tenant, "account": account, "id": entry},
    )


async def write_caption(ctx: Context, account: UUID, entry: str, caption: str) -> bool:
    """Other words for an entry that the page shows; whether it does."""
    changed = await ctx.db.execute(
        f"""update page_entry set caption = %(caption)s
            where {_OWN} and account_id = %(account)s and id = %(id)s::uuid and removed_at is null""",
        {**ctx.tenant, "account": account, "id": entry, "caption": caption},
    )
    return changed == 1
