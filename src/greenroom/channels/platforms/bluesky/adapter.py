"""The adapter of Bluesky. Twice is impossible: a post's keys come from the post, and none is ever written over."""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import Any

from greenroom.channels.errors import NeedsPerson, Rejected, RetryLater, Unfinished
from greenroom.channels.platforms.adapter import (
    CALLS,
    Capabilities,
    Desk,
    Package,
    Partly,
    Prepared,
    Probe,
    Receipt,
    Seen,
)
from greenroom.channels.platforms.bluesky import files
from greenroom.channels.platforms.bluesky.facets import LONGEST_TAG, mentioned
from greenroom.channels.platforms.bluesky.keys import COLLECTION, following, key_in, key_of, link_of, uri_of
from greenroom.channels.platforms.bluesky.limits import LIMITS
from greenroom.channels.platforms.bluesky.line import Line, open_line
from greenroom.channels.platforms.bluesky.metrics import metrics
from greenroom.channels.platforms.bluesky.parts import parts
from greenroom.channels.platforms.bluesky.records import MARKER, PARTS, record
from greenroom.channels.platforms.bluesky.xrpc import Refused
from greenroom.infra.fetch.call import NoAnswer
from greenroom.kit import graphemes
from greenroom.kit.errors import Problem

_LONGEST_LINE = 200


class BlueskyAdapter:
    # No call makes a second post, but one that arrives late would bring back what was taken down: hence `settle`.
    capabilities = Capabilities(
        platform="bluesky",
        title="Bluesky",
        caption_longest=3000,
        hashtags_most=30,
        formats=("video", "image"),
        ai_label="both",
        probe="certain",
        settle=timedelta(seconds=10),
        take_down=True,
        count=graphemes.count,
        limits=LIMITS,
        # A server takes other words for a record, but AppViews go on showing the first ones.
        corrects_not="Bluesky shows a post as it went out and lets nobody edit it; take it down and post it again",
    )

    def validate(self, package: Package) -> tuple[str, ...]:
        reasons = []
        over = graphemes.count(package.text) - self.capabilities.caption_longest
        if over > 0:
            reasons.append(f"The caption is {over} characters too long for Bluesky, even as a thread; shorten it")
        if len(package.hashtags) > self.capabilities.hashtags_most:
            reasons.append(f"A post here takes {self.capabilities.hashtags_most} hashtags; remove some")
        reasons += [
            f"#{tag} is too long for Bluesky, which takes {LONGEST_TAG} characters; shorten it"
            for tag in package.hashtags
            if graphemes.count(tag) > LONGEST_TAG
        ]
        if graphemes.count(package.disclosure) > _LONGEST_LINE:
            reasons.append(f"The line that says it is AI has more than {_LONGEST_LINE} characters; shorten it")
        if package.duration > files.LONGEST_VIDEO:
            reasons.append("Bluesky takes videos of at most 3 minutes; make a shorter one")
        return tuple(reasons)

    async def prepare(self, desk: Desk, package: Package) -> Prepared:
        """Upload the files, and find out who is mentioned."""
        line = await open_line(desk)
        try:
            people = {handle: await _did_of(line, handle) for handle in mentioned(package.text)}
            embed = await files.embed(desk, line, package)
        except Refused as refused:
            raise line.meaning(refused) from refused
        except NoAnswer as error:
            raise RetryLater(error.detail, after=timedelta(seconds=30)) from error
        await line.works()
        return {
            CALLS: str(len(parts(package))),
            "embed": json.dumps(embed),
            "people": json.dumps({who: did for who, did in people.items() if did}),
        }

    async def commit(self, desk: Desk, package: Package, prepared: Prepared) -> Receipt:
        """Write the records of the thread in order; those that an earlier try wrote are left as they are. One that
        begins with other words, for its post was changed since, is taken as it is: `observe` tells."""
        line = await open_line(desk)
        texts, root, parent = parts(package), None, None
        at = line.now()
        for number, text in enumerate(texts):
            made = record(
                package, text, number=number, of=len(texts), at=at, people=json.loads(prepared["people"]),
                embed=json.loads(prepared["embed"]), root=root, parent=parent,
            )  # fmt: skip
            if number:
                await desk.arm()
            try:
                parent, said = await _put(line, package.marker, number, made, desk.in_time)
            except (Refused, RetryLater, Rejected, NeedsPerson) as error:
                meant = line.meaning(error) if isinstance(error, Refused) else error
                if number:
                    meant = await _taken_back(line, key_of(package.marker), number, meant, desk.in_time)
                raise meant from error
            if number == 0 and said != text:
                break
            root = root or parent
        return _receipt(line, key_of(package.marker))

    async def observe(self, desk: Desk, package: Package, receipt: Receipt) -> Seen:
        line = await open_line(desk)
        found = await line.record(key_in(receipt.remote_id))
        if found is None:
            return Seen(there=False, disclosed=False)
        value = found["value"]
        labels = [label["val"] for label in value.get("labels", {}).get("values", [])]
        return Seen(
            there=True,
            disclosed=package.disclosure in value.get("text", ""),
            detail={"line": package.disclosure, "labels": labels, "cid": found["cid"]},
            as_meant=await _says(line, key_in(receipt.remote_id), value, parts(package)),
        )

    async def probe(self, desk: Desk, marker: str) -> Probe:
        """Whether all of the thread is there, or its beginning: sending it again adds just what is missing."""
        line = await open_line(desk)
        first = await line.record(key_of(marker))
        if first is None or first["value"].get(MARKER) != marker:
            return "absent"
        for part in range(1, first["value"].get(PARTS, 1)):
            if await line.record(key_of(marker, part)) is None:
                return Partly(_receipt(line, key_of(marker)))
        return _receipt(line, key_of(marker))

    async def take_down(self, desk: Desk, receipt: Receipt) -> None:
        """Delete the thread, its first post last: as long as that is there it says how many there are."""
        line, key = await open_line(desk), key_in(receipt.remote_id)
        try:
            found = await line.record(key)
            if found is not None:
                await _remove(line, key, found["value"].get(PARTS, 1))
        except Refused as refused:
            raise line.meaning(refused) from refused

    async def there(self, desk: Desk, receipt: Receipt) -> bool:
        line = await open_line(desk)
        try:
            return await line.record(key_in(receipt.remote_id)) is not None
        except Refused as refused:
            raise line.meaning(refused) from refused

    async def metrics(self, desk: Desk, receipt: Receipt) -> Mapping[str, int] | None:
        """As an AppView counts them; None where none answers."""
        return await metrics(desk, receipt)


async def _put(
    line: Line, marker: str, number: int, made: dict[str, Any], before: Callable[[], None]
) -> tuple[dict[str, str], str]:
    """Write the record if its key is free; gives what a reply refers to, and the words that stand there. Rejected
    when another post has the key, Unfinished when it can't be seen which one has."""
    key = key_of(marker, number)
    form = {"repo": line.did, "collection": COLLECTION, "rkey": key, "record": made, "swapRecord": None}
    try:
        put = await line.do("com.atproto.repo.putRecord", form, before=before)
    except Refused as refused:
        if refused.error != "InvalidSwap":
            raise
        try:
            found = await line.record(key)
        except Refused as unseen:
            raise Unfinished.by(line.meaning(unseen)) from unseen
        except (RetryLater, NeedsPerson) as unseen:
            raise Unfinished.by(unseen) from unseen
        if found is None or found["value"].get(MARKER) != marker:
            raise Rejected("Another post has this one's place on Bluesky; make a new post") from refused
        put, made = found, found["value"]
    return {"uri": put["uri"], "cid": put["cid"]}, made.get("text", "")


async def _says(line: Line, key: str, first: Mapping[str, Any], texts: Sequence[str]) -> bool:
    """Whether the thread says this, part by part; a server keeps words as they are."""
    if first.get(PARTS, 1) != len(texts) or first.get("text") != texts[0]:
        return False
    for number, text in enumerate(texts[1:], start=1):
        part = await line.record(following(key, number))
        if part is None or part["value"].get("text") != text:
            return False
    return True


async def _taken_back(line: Line, first: str, number: int, why: Problem, before: Callable[[], None]) -> Problem:
    """After part `number` was refused: `why`, when it is final and the parts ahead of it could be deleted."""
    if isinstance(why, RetryLater):
        return Unfinished.by(why)
    try:
        await _remove(line, first, number, before)
    except (Refused, Problem):
        return Unfinished.by(why)
    return why


async def _remove(line: Line, first: str, number: int, before: Callable[[], None] | None = None) -> None:
    for part in reversed(range(number)):
        place = {"repo": line.did, "collection": COLLECTION, "rkey": following(first, part)}
        await line.do("com.atproto.repo.deleteRecord", place, before=before)


async def _did_of(line: Line, handle: str) -> str | None:
    """Whose handle it is; None when the server knows nobody of that name."""
    try:
        said = await line.query("com.atproto.identity.resolveHandle", handle=handle)
    except Refused as refused:
        if refused.status == 429:
            raise
        return None
    did: str | None = said.get("did")
    return did


def _receipt(line: Line, key: str) -> Receipt:
    return Receipt(uri_of(line.did, key), link_of(line.did, key))
