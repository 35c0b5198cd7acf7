"""What goes out for a post: the approved content, the post's own words, and the line that says it is AI."""

import hashlib
import re
from uuid import UUID

from greenroom.channels.errors import Held, Unfit
from greenroom.channels.platforms.adapter import Adapter, Package
from greenroom.infra.context import Context
from greenroom.infra.database import Row
from greenroom.infra.plain import plain_json
from greenroom.kit.errors import NotFound
from greenroom.studio import facade as studio
from greenroom.studio.contracts import ApprovedContent
from greenroom.studio.errors import NotApproved
from greenroom.tenancy import facade as tenancy

_MARKED = "greenroom-post-"


async def pack(ctx: Context, post: Row) -> Package:
    """The package of a post's row.

    Held when the client is archived, when the content is not approved (any more), is another version than the post
    was made for, or says nowhere that it is AI. Only this function makes packages, so nothing unapproved has a way
    out.
    """
    client = await tenancy.client_of(ctx, post["client_id"])
    if client.status != "active":
        raise Held(f"{client.name} is archived and publishes nothing; bring the client back first")
    try:
        content = await studio.approved(ctx, post["content_id"])
    except (NotApproved, NotFound) as refused:
        raise Held(refused.detail) from refused
    if content.version != post["content_version"]:
        raise Held("The content was changed after this post was planned; look at it and plan it again")
    return package_of(content, post["id"], post["caption"], post["hashtags"])


def package_of(content: ApprovedContent, post: UUID, caption: str, hashtags: list[str]) -> Package:
    line, label = content.disclosure.caption.strip(), content.disclosure.label.strip()
    if not line or not label:
        raise Held("Nothing here says that it is AI; write the character's disclosure and approve it again")
    return Package(
        post=post,
        marker=marker_of(post),
        title=content.title,
        # Said once and last; a line of its own that says it too would be the second.
        caption=_without_line(caption, line),
        hashtags=tuple(hashtags),
        label=label,
        disclosure=line,
        transcript=content.transcript,
        sources=tuple(source.model_dump(mode="json") for source in content.sources),
        language=content.language,
        video=content.video.id,
        captions=content.captions.id if content.captions else None,
        poster=content.poster.id if content.poster else None,
        duration=content.duration,
        width=content.width,
        height=content.height,
        digital_source_type=content.digital_source_type,
    )


def marker_of(post: UUID) -> str:
    """What every try of the post carries, so that it can be found on its platform."""
    return f"{_MARKED}{post}"


def post_of(marker: str) -> UUID:
    """The post that carries this marker; ValueError when none does."""
    return UUID(marker.removeprefix(_MARKED))


def check(adapter: Adapter, package: Package) -> None:
    """Rejected, with every reason, when the platform would not take it or nothing says that it is AI. Never cut."""
    reasons = adapter.validate(package)
    if not (package.label.strip() and package.disclosure.strip()):
        reasons = ("Nothing here says that it is AI; write the character's disclosure", *reasons)
    if reasons:
        raise Unfit(" ".join(reasons), fields={"caption": reasons[0]})


def request_hash(package: Package) -> str:
    """What was sent, as one fingerprint, kept with the attempt."""
    return hashlib.sha256(plain_json(package).encode()).hexdigest()


def _without_line(caption: str, line: str) -> str:
    """The caption less the lines that are nothing but this; words inside a line are the writer's and stay."""
    kept, found = re.subn(rf"^[ \t]*{re.escape(line)}[ \t]*$", "", caption, flags=re.MULTILINE)
    return (re.sub(r"\n{3,}", "\n\n", kept) if found else kept).strip()
