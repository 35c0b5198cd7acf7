"""The verdict over posts on the faulty platform: what their rows say against its journal, which nobody else writes."""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

from greenroom.channels.package import marker_of
from greenroom_dev.faulty.adapter import BREAK, part_of
from greenroom_dev.faulty.ledger import FILE
from tests.support.house import Tenant

STILL_GOING = ("scheduled", "claimed", "publishing")
ASKS = "It could not be found out"
PARTLY = "A part of it went out"
"""How the reason of an unknown post begins once a person is asked; until then it is being looked for."""
APART = 60 - 5
"""Seconds between two posts of an account that keeps a minute, less what a call and its answer may take."""


@dataclass
class Journal:
    """What the platform did: how often each part of a post was put out, by its marker, and which were removed."""

    out: Counter[str] = field(default_factory=Counter)
    removed: Counter[str] = field(default_factory=Counter)
    texts: dict[str, str] = field(default_factory=dict)
    times: dict[str, list[float]] = field(default_factory=dict)

    def standing(self, marker: str) -> int:
        return self.out[marker] - self.removed[marker]


def journal(folder: Path) -> Journal:
    """Read from the platform's disk."""
    found, markers = Journal(), {}
    for line in (json.loads(line) for line in (folder / FILE).read_text().splitlines()):
        if "marker" in line:
            markers[line["id"]] = line["marker"]
            found.out[line["marker"]] += 1
            found.texts[line["marker"]] = line["text"]
            if "~" not in line["marker"]:
                found.times.setdefault(line["account"], []).append(line["at"])
        elif "removed" in line:
            found.removed[markers[line["removed"]]] += 1
    return found


async def ends(tenant: Tenant) -> list[dict[str, Any]]:
    """Every post with its state, and how often it was said and written down that it is out."""
    async with tenant.context() as ctx:
        return list(
            await ctx.db.all(
                """select p.id, p.state, p.state_reason, p.caption, p.account_id, a.platform, a.minutes_apart,
                          coalesce(p.not_before > now(), false) as put_off,
                          (select count(*) from event e
                           where e.kind = 'channels.post.published' and e.subject_id = p.id) as told,
                          (select count(*) from publish_attempt t
                           where t.post_id = p.id and t.outcome = 'published') as written
                   from post p join account a on a.id = p.account_id where a.platform like 'faulty%%' order by p.id"""
            )
        )


async def attempts_of(tenant: Tenant, markers: Iterable[str]) -> list[dict[str, Any]]:
    """Every attempt of these posts, to see how something came."""
    async with tenant.context() as ctx:
        return list(
            await ctx.db.all(
                """select marker, number, phase, epoch, outcome, error, started_at, armed_at, ended_at
                   from publish_attempt where marker = any(%(markers)s) order by marker, number""",
                {"markers": list(markers)},
            )
        )


def settled(posts: Iterable[dict[str, Any]]) -> bool:
    """Whether nothing moves any more without a person, or before its account has room again."""
    return not any(
        (post["state"] in STILL_GOING and not _waits(post)) or _being_looked_for(post) or _being_taken_down(post)
        for post in posts
    )


@dataclass(frozen=True)
class Verdict:
    """Posts of each kind. `asked`: a person has to see to it, and by the journal nobody could have told; `waiting`:
    put off for the distance that its account keeps; `against`: something a person had decided otherwise."""

    posts: int
    doubles: int
    lost: int
    unfinished: int
    asked_needlessly: int
    told_wrongly: int
    asked: int
    against: int = 0
    too_near: int = 0
    waiting: int = 0
    wrong: tuple[str, ...] = ()
    """The markers of what must not be."""

    @property
    def clean(self) -> bool:
        must_not = (self.doubles, self.lost, self.unfinished, self.asked_needlessly, self.told_wrongly)
        return not any((*must_not, self.against, self.too_near))

    def __str__(self) -> str:
        return (
            f"{self.posts} posts: {self.doubles} doubles, {self.lost} lost, {self.asked_needlessly} to a person that "
            f"the platform could have told, {self.asked} to a person rightly, {self.unfinished} unfinished, "
            f"{self.against} against a person's decision, {self.told_wrongly} told wrongly, {self.too_near} too near "
            f"to another, {self.waiting} waiting for their distance"
        )


_WRONG = ("lost", "unfinished", "asked needlessly", "against", "told wrongly")


def judged(posts: Sequence[dict[str, Any]], journal: Journal) -> Verdict:
    """What the rows say against what is really out. Pure."""
    kinds = {marker_of(post["id"]): _kind(post, journal) for post in posts}
    counted = Counter(kinds.values())
    twice = [marker for marker, times in journal.out.items() if times > 1]
    spaced = {str(post["account_id"]) for post in posts if post["minutes_apart"] == 1}
    return Verdict(
        posts=len(posts),
        doubles=sum(journal.out[marker] - 1 for marker in twice),
        lost=counted["lost"],
        unfinished=counted["unfinished"],
        asked_needlessly=counted["asked needlessly"],
        told_wrongly=counted["told wrongly"],
        asked=counted["asked"],
        against=counted["against"],
        too_near=sum(
            after - before < APART for account in spaced for before, after in pairwise(journal.times.get(account, []))
        ),
        waiting=counted["waiting"],
        wrong=(*twice, *(marker for marker, kind in kinds.items() if kind in _WRONG)),
    )


def _kind(post: dict[str, Any], journal: Journal) -> str:
    marker = marker_of(post["id"])
    texts = post["caption"].split(BREAK)
    parts = [part_of(marker, number) for number in range(len(texts))]
    if post["state"] in ("published", "removed"):
        if _being_taken_down(post):
            return "unfinished"
        if not all(journal.out[part] for part in parts):
            return "lost"
        if (post["told"], post["written"]) != (1, 1):
            return "told wrongly"
        stands = {journal.standing(part) > 0 for part in parts}
        said = all(text in journal.texts[part] for part, text in zip(parts, texts, strict=True))
        return "out" if said and stands == {post["state"] == "published"} else "against"
    if post["state"] == "cancelled":
        return "against" if any(journal.out[part] for part in parts) else "cancelled"
    if _waits(post):
        return "against" if any(journal.out[part] for part in parts) else "waiting"
    if post["state"] in STILL_GOING or _being_looked_for(post):
        return "unfinished"
    # A person is asked. Rightly only of what may be out where no look can tell what is not out from what is not shown,
    # or of a thread that really stands there in part.
    whole = all(journal.standing(part) for part in parts)
    partly = _reason(post).startswith(PARTLY) and journal.standing(marker) > 0
    nobody_knew = not whole and (partly or post["platform"] != "faulty_certain")
    return "asked" if post["state"] == "unknown" and nobody_knew and post["written"] == 0 else "asked needlessly"


def _waits(post: dict[str, Any]) -> bool:
    return post["state"] == "scheduled" and bool(post["put_off"]) and post["minutes_apart"] == 1


def _being_looked_for(post: dict[str, Any]) -> bool:
    return post["state"] == "unknown" and not _reason(post).startswith((ASKS, PARTLY))


def _being_taken_down(post: dict[str, Any]) -> bool:
    return post["state"] == "published" and _reason(post) == "It is being taken down"


def _reason(post: dict[str, Any]) -> str:
    return post["state_reason"] or ""
