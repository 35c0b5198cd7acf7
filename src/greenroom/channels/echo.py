"""The duplicate guard over all contents: the same words or the same file on an account twice within a day."""

import hashlib
import re
from datetime import datetime, timedelta
from uuid import UUID

from greenroom.channels import post_store as store
from greenroom.infra.context import Context
from greenroom.kit.errors import Conflict

NEAR = timedelta(hours=24)
_APART = re.compile(r"[\W_]+")


def words_hash(caption: str) -> str | None:
    """A fingerprint of the words, whatever stands between them and however they are written; None without any."""
    words = _APART.sub(" ", caption.casefold()).strip()
    return hashlib.sha256(words.encode()).hexdigest() if words else None


async def no_echo(
    ctx: Context, post: UUID, account: UUID, *, words: str | None, file: str | None, at: datetime, out: bool = False
) -> None:
    """Conflict when another post of the account, which the caller has locked, says or shows the same within a day of
    that time; with `out` only when it is out or on its way."""
    found = await store.echo(ctx, post, account, words=words, file=file, since=at - NEAR, until=at + NEAR, out=out)
    if found is None:
        return
    same = "with the same words" if found["words"] else "with the same file"
    is_ = "is published" if found["state"] == "published" else "is planned"
    raise Conflict(
        f"Another post {same}, “{found['title']}”, {is_} on {found['account_name']} within a day of this one; say so "
        "if you want it there again",
        post=str(found["id"]),
        fields={"again": "Set it to publish the same there again"},
    )
