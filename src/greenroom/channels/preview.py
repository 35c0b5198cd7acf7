"""How a post would look on its account, and why its platform would not take it; nothing is kept."""

from collections.abc import Sequence
from uuid import UUID

from greenroom.channels import account_store
from greenroom.channels.contracts import Preview
from greenroom.channels.package import package_of
from greenroom.channels.platforms.registry import adapter_for
from greenroom.channels.posts import same_client
from greenroom.infra.context import Context
from greenroom.kit.ids import uuid7
from greenroom.studio import facade as studio


async def preview(
    ctx: Context, *, content: UUID, account: UUID, caption: str | None, hashtags: Sequence[str] | None
) -> Preview:
    """The text with its hashtags and the line that says it is AI. Conflict when the content is not approved, or another
    client's than the account."""
    approved = await studio.approved(ctx, content)
    at = await account_store.account(ctx, account)
    await same_client(ctx, approved, at)
    adapter = adapter_for(at["platform"])
    words = approved.caption if caption is None else caption
    package = package_of(approved, uuid7(), words, list(approved.hashtags if hashtags is None else hashtags))
    able = adapter.capabilities
    return Preview(
        text=package.text,
        characters=able.count(package.text),
        longest=able.caption_longest,
        hashtags_most=able.hashtags_most,
        ai_label=able.ai_label,
        disclosure=package.disclosure,
        problems=adapter.validate(package),
    )
