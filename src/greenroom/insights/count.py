"""Counting a reader once: a keyed hash tells readers apart for half an hour, and nothing else is known of them."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal
from uuid import UUID

from greenroom.infra.context import Context
from greenroom.infra.database import Tx
from greenroom.insights import store
from greenroom.insights.visit import Visit
from greenroom.kit.ids import uuid7

WINDOW = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Hit:
    """What was done on a page: a post seen, or a link followed (from a post's page, if `post` is named)."""

    kind: Literal["view", "click"]
    account: UUID
    post: UUID | None = None
    link: UUID | None = None


async def count(ctx: Context, hit: Hit, visit: Visit, reader: str) -> bool:
    """Count the hit, unless the same reader did the same in the last 30 minutes; whether it was counted.

    `reader` is what distinguishes readers (address, agent); it is hashed here and kept nowhere.
    """
    now = ctx.clock.now()
    subject = f"{hit.kind}|{hit.link or hit.post}|{reader}"
    hashes = [_hash(key, subject) for key in await _keys(ctx.db, now)]
    if not await store.first_in(ctx.db, hashes[0], hashes[1:], now, now - WINDOW):
        return False
    await store.insert_hit(
        ctx,
        {
            "id": uuid7(),
            "kind": hit.kind,
            "account": hit.account,
            "post": hit.post,
            "link": hit.link,
            "source": visit.source,
            "bot": visit.bot,
            "at": now,
        },
    )
    return True


async def forget(db: Tx, now: datetime) -> None:
    """Throw away what told readers apart and is not needed any more. Needs no scope: it belongs to nobody."""
    await store.forget(db, before=now - WINDOW, day=(now - WINDOW).date())


async def _keys(db: Tx, now: datetime) -> list[bytes]:
    """The key of the day, and in its first half hour also yesterday's, so that midnight counts nobody twice."""
    days: list[date] = sorted({now.date(), (now - WINDOW).date()}, reverse=True)
    keys = [await store.day_key(db, days[0])]
    if len(days) == 2:
        yesterday = await store.existing_key(db, days[1])
        keys += [yesterday] if yesterday else []
    return keys


def _hash(key: bytes, subject: str) -> bytes:
    return hashlib.blake2b(subject.encode(), key=key, digest_size=16).digest()
