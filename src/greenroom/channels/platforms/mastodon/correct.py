"""Other words for a post on a server that speaks Mastodon's API: each part is edited, its files stay with it."""

import html
import json
from collections.abc import Mapping

from greenroom.channels.errors import NeedsPerson, Rejected
from greenroom.channels.platforms.adapter import Desk, Package, Prepared, Receipt
from greenroom.channels.platforms.corrects import Reading
from greenroom.channels.platforms.mastodon.api import Refused, as_json
from greenroom.channels.platforms.mastodon.chain import chain
from greenroom.channels.platforms.mastodon.known import Status, said
from greenroom.channels.platforms.mastodon.line import Line, later, open_line
from greenroom.channels.platforms.mastodon.words import parts
from greenroom.infra.fetch.call import NoAnswer
from greenroom.kit.errors import Gone, Problem

_NO_SUCH_CALL = (404, 405, 410, 501)


class CorrectWords:
    async def plan_correction(
        self, desk: Desk, package: Package, receipt: Receipt, known: Mapping[str, str]
    ) -> Prepared:
        """A thread keeps the number of its parts: none is added and none is deleted."""
        line = await open_line(desk)
        try:
            first = await _there(line, receipt.remote_id)
            instance = await line.instance()
            texts = parts(package, instance.characters, instance.link_length)
            before = len(json.loads(known.get("texts", '[""]')))
            ids = (await chain(line, first))[:before] if before > 1 else [receipt.remote_id]
        except Refused as refused:
            raise await line.meaning(refused) from refused
        except NoAnswer as error:
            raise later(error) from error
        if len(texts) != before:
            raise Rejected(_other_number(len(texts), before), fields={"caption": "Write about as much as before"})
        if len(ids) < before:
            raise Rejected(
                f"Part {len(ids) + 1} of {before} was not found, so the post can't be corrected whole; take it down "
                "and post it again"
            )
        return {"texts": json.dumps(texts, ensure_ascii=False), "ids": json.dumps(ids)}

    async def correct_words(self, desk: Desk, receipt: Receipt, planned: Prepared) -> None:
        """Edit the parts that do not say it yet, in order."""
        line = await open_line(desk)
        ids, texts = json.loads(planned["ids"]), json.loads(planned["texts"])
        for number, (id, text) in enumerate(zip(ids, texts, strict=True)):
            try:
                status = await _there(line, id)
                if await _reading(line, status, text) == "corrected":
                    continue
                if number:
                    await desk.arm()
                await line.put(f"/api/v1/statuses/{id}", as_json(_form(status, text)), before=desk.in_time)
            except Refused as refused:
                raise _of_part(await _meaning(line, id, refused), number, len(ids)) from refused

    async def read_words(self, desk: Desk, receipt: Receipt, planned: Prepared) -> Reading:
        line = await open_line(desk)
        found: set[Reading] = set()
        try:
            for id, text in zip(json.loads(planned["ids"]), json.loads(planned["texts"]), strict=True):
                found.add(await _reading(line, await _there(line, id), text))
        except Refused as refused:
            raise await line.meaning(refused) from refused
        if len(found) == 1:
            return found.pop()
        return "unclear" if "before" not in found else "partly"


async def _there(line: Line, id: str) -> Status:
    status = await line.status(id)
    if status is None:
        raise Gone(f"It is not on {line.desk.account.name} any more")
    return status


async def _reading(line: Line, status: Status, text: str) -> Reading:
    """By its source where the server tells that; a status's HTML does not show every change of a sign."""
    try:
        source = str((await line.get(f"/api/v1/statuses/{status['id']}/source")).value["text"])
    except (Refused, LookupError, TypeError):
        source = ""
    if source.replace("\r\n", "\n").strip() == text.strip():
        return "corrected"
    same = said(str(status.get("content") or "")) == said(html.escape(text))
    return "unclear" if same else "before"


def _form(status: Status, text: str) -> dict[str, object]:
    """The whole status again: what an edit does not name is taken away, its files too."""
    return {
        "status": text,
        "media_ids": [shown["id"] for shown in status.get("media_attachments") or ()],
        "spoiler_text": status.get("spoiler_text") or "",
        "sensitive": bool(status.get("sensitive")),
        "language": status.get("language"),
    }


async def _meaning(line: Line, id: str, refused: Refused) -> Problem:
    if refused.status not in _NO_SUCH_CALL:
        return await line.meaning(refused)
    name = line.desk.account.name
    # A server that has no such call says so with the same number as one where the post is gone.
    if await line.status(id) is None:
        return Gone(f"It is not on {name} any more")
    return NeedsPerson(f"The server of {name} takes no corrections from programs; edit the post there")


def _of_part(why: Problem, number: int, of: int) -> Problem:
    """Says which part of a thread it is about, and that those before it say the new words already."""
    if of > 1 and isinstance(why, (Rejected, NeedsPerson)):
        done = f" The {number} before it say the new words." if number > 1 else ""
        done = " The one before it says the new words." if number == 1 else done
        why.detail = f"Part {number + 1} of {of}: {why.detail.rstrip('.')}.{done}"
    return why


def _other_number(wanted: int, out: int) -> str:
    """Why words that need another number of posts can't be set."""
    if out == 1:
        return f"These words need a thread of {wanted} posts on this server, and one is out; shorten them"
    return (
        f"These words need {wanted} {'post' if wanted == 1 else 'posts'} on this server, and the thread that is out "
        f"has {out}; write about as much as before, or take it down and post it again"
    )
