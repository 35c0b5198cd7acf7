"""The adapter of Mastodon and of servers that speak its API.

Mastodon itself takes an idempotency key, so a second call within the hour makes no second post. Others may pass over
the key without a word: there a post that may be out is looked for, and never sent again while it was not found.
"""

import html
import json
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from uuid import uuid5

from greenroom.channels.errors import NeedsPerson, RetryLater, Unfinished
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
from greenroom.channels.platforms.mastodon.api import WITHIN, Refused, as_json
from greenroom.channels.platforms.mastodon.chain import chain
from greenroom.channels.platforms.mastodon.correct import CorrectWords
from greenroom.channels.platforms.mastodon.files import upload
from greenroom.channels.platforms.mastodon.known import Status, by_file, said, shows_words, thread, words_hash
from greenroom.channels.platforms.mastodon.limits import LIMITS
from greenroom.channels.platforms.mastodon.line import Line, later, open_line
from greenroom.channels.platforms.mastodon.trace import trace_of
from greenroom.channels.platforms.mastodon.words import length, parts
from greenroom.infra.fetch.call import NoAnswer
from greenroom.kit.errors import Problem

_LONGEST_LINE = 200
_QUEUED = timedelta(seconds=10)
"""How long a call that we gave up on may still wait in its server."""
_METRICS = {"likes": "favourites_count", "replies": "replies_count", "reposts": "reblogs_count"}


class MastodonAdapter(CorrectWords):
    # "certain": "absent" is said only where it is proved, and "unclear" elsewhere. While a call is being answered the
    # key does not hold yet, hence `settle`.
    capabilities = Capabilities(
        platform="mastodon",
        title="Mastodon",
        caption_longest=5000,
        hashtags_most=30,
        formats=("video", "image"),
        ai_label="caption",
        probe="certain",
        settle=WITHIN + _QUEUED,
        take_down=True,
        count=length,
        limits=LIMITS,
        corrects=("text",),
    )

    def validate(self, package: Package) -> tuple[str, ...]:
        """What holds on every server; its own limits are read when the post is prepared."""
        reasons = []
        over = length(package.text) - self.capabilities.caption_longest
        if over > 0:
            reasons.append(f"The caption is {over} characters too long for Mastodon, even as a thread; shorten it")
        if len(package.hashtags) > self.capabilities.hashtags_most:
            reasons.append(f"A post here takes {self.capabilities.hashtags_most} hashtags; remove some")
        if length(package.disclosure) > _LONGEST_LINE:
            reasons.append(f"The line that says it is AI has more than {_LONGEST_LINE} characters; shorten it")
        return tuple(reasons)

    async def prepare(self, desk: Desk, package: Package) -> Prepared:
        """Upload the file, and part the words as this server wants them."""
        line = await open_line(desk)
        try:
            instance = await line.instance()
            texts = parts(package, instance.characters, instance.link_length)
            media = await upload(line, instance, package)
        except Refused as refused:
            raise await line.meaning(refused) from refused
        except (NoAnswer, RetryLater) as error:
            await line.note(error)
            raise later(error) from error
        await line.works()
        return {
            CALLS: str(len(texts)),
            "media": media,
            # A part that is out already shows the file of an upload before this one.
            "earlier": json.dumps((await trace_of(desk, package.marker)).media),
            "texts": json.dumps(texts, ensure_ascii=False),
            "words": json.dumps([words_hash(text) for text in texts]),
        }

    async def commit(self, desk: Desk, package: Package, prepared: Prepared) -> Receipt:
        """Post the thread in order; parts that an earlier try made are found and left as they are. What begins with
        other words, for its post was changed since, is taken as it is: `observe` tells."""
        line = await open_line(desk)
        texts: list[str] = json.loads(prepared["texts"])
        there = await _already(line, package.marker, prepared)
        if there and not shows_words(there[0], texts[0]):
            return _receipt(there[0])
        for number in range(len(there), len(texts)):
            form: dict[str, object] = {"status": texts[number], "visibility": "public", "language": package.language}
            form |= {"in_reply_to_id": there[-1]["id"]} if number else {"media_ids": [prepared["media"]]}
            key = _key(package, number)
            await desk.arm()
            try:
                made = await line.post("/api/v1/statuses", as_json(form), key=key, before=desk.in_time)
            except (Refused, RetryLater) as error:
                meant = await line.meaning(error) if isinstance(error, Refused) else error
                if there:
                    meant = await _taken_back(line, [status["id"] for status in there], meant, desk.in_time)
                raise meant from error
            there.append(made.value)
        return _receipt(there[0])

    async def observe(self, desk: Desk, package: Package, receipt: Receipt) -> Seen:
        at = await open_line(desk)
        status = await at.status(receipt.remote_id)
        if status is None:
            return Seen(there=False, disclosed=False)
        line = said(html.escape(package.disclosure))
        disclosed = bool(line) and line in said(str(status.get("content") or ""))
        shown = status.get("media_attachments") or ()
        described = bool(shown) and all(one.get("description") for one in shown)
        detail = {"line": package.disclosure, "described": described}
        return Seen(there=True, disclosed=disclosed, detail=detail, as_meant=await _says(at, status, package))

    async def probe(self, desk: Desk, marker: str) -> Probe:
        """Whether all of the thread is there. Anything else is certain of Mastodon itself only: there the key lets
        what is sent again add no more than what is missing."""
        line = await open_line(desk)
        trace = await trace_of(desk, marker)
        statuses, whole = await line.statuses(trace.since)
        first = by_file(statuses, trace.media)
        if first is not None and len(thread(statuses, first, trace.words)) >= len(trace.words):
            return _receipt(first)
        if not whole or not (await line.instance()).keys:
            return "unclear"
        return "absent" if first is None else Partly(_receipt(first))

    async def take_down(self, desk: Desk, receipt: Receipt) -> None:
        """Delete the thread, its first post last. NeedsPerson where the server's API deletes nothing."""
        line = await open_line(desk)
        try:
            first = await line.status(receipt.remote_id)
            if first is not None:
                await _remove(line, await chain(line, first))
        except Refused as refused:
            raise await line.meaning(refused) from refused

    async def there(self, desk: Desk, receipt: Receipt) -> bool:
        line = await open_line(desk)
        try:
            return await line.status(receipt.remote_id) is not None
        except Refused as refused:
            raise await line.meaning(refused) from refused

    async def metrics(self, desk: Desk, receipt: Receipt) -> Mapping[str, int] | None:
        """Likes, replies and reposts, those of them that are told; None when the post is not there."""
        line = await open_line(desk)
        try:
            status = await line.status(receipt.remote_id)
        except Refused as refused:
            raise await line.meaning(refused) from refused
        told = {name: status.get(field) for name, field in _METRICS.items()} if status else {}
        return {name: value for name, value in told.items() if isinstance(value, int)} or None


async def _already(line: Line, marker: str, prepared: Prepared) -> list[Status]:
    """The parts that are out, known by their file: those of this try, or of an earlier one."""
    try:
        trace = await trace_of(line.desk, marker)
        statuses, _ = await line.statuses(trace.since)
    except Refused as refused:
        raise await line.meaning(refused) from refused
    except NoAnswer as error:
        raise later(error) from error
    first = by_file(statuses, {prepared["media"], *trace.media})
    return thread(statuses, first, json.loads(prepared["words"])) if first is not None else []


async def _taken_back(line: Line, ids: Sequence[str], why: Problem, before: Callable[[], None]) -> Problem:
    """After the next part was refused: `why`, when it is final and the parts ahead of it could be deleted."""
    if isinstance(why, RetryLater):
        return Unfinished.by(why)
    try:
        await _remove(line, ids, before)
    except (Refused, Problem):
        return Unfinished.by(why)
    return why


async def _remove(line: Line, ids: Sequence[str], before: Callable[[], None] | None = None) -> None:
    for id in reversed(ids):
        try:
            await line.delete(f"/api/v1/statuses/{id}", before=before)
        except Refused as refused:
            if refused.status not in (404, 405, 410, 501):
                raise
            # A server that has no such call says so with the same number as one where the post is gone.
            if await line.status(id) is not None:
                name = line.desk.account.name
                raise NeedsPerson(f"The server of {name} lets only its owner delete posts; do it there") from refused


def _key(package: Package, number: int) -> str:
    """The same for every try of this part of the post, as long as the post says the same."""
    return str(uuid5(package.post, f"{number} {words_hash(package.text)}"))


async def _says(line: Line, first: Status, package: Package) -> bool:
    """Whether the thread says what the package does, part by part, as this server shows words."""
    instance = await line.instance()
    texts = parts(package, instance.characters, instance.link_length)
    replies: Sequence[Status] = ()
    if len(texts) > 1:
        replies = (await line.get(f"/api/v1/statuses/{first['id']}/context")).value.get("descendants") or ()
    part: Status | None = first if shows_words(first, texts[0]) else None
    for text in texts[1:]:
        after = [one for one in replies if part is not None and one.get("in_reply_to_id") == part["id"]]
        part = next((one for one in after if shows_words(one, text)), None)
    return part is not None


def _receipt(status: Status) -> Receipt:
    return Receipt(status["id"], status.get("url"))
