"""Asking for a video: the brief is judged where it is typed, kept, and given to a worker."""

import asyncio
from datetime import timedelta
from uuid import UUID

from greenroom.cast import facade as cast
from greenroom.cast.contracts import Character
from greenroom.infra import events, jobs
from greenroom.infra.context import Context
from greenroom.kit.errors import Conflict, TooMany
from greenroom.kit.ids import uuid7
from greenroom.kit.text import clean_line, clean_text
from greenroom.studio import content_store
from greenroom.studio.contracts import Brief
from greenroom.studio.make.script.write import write
from greenroom.studio.read import summary
from greenroom.studio.records import NewContent, Started
from greenroom.studio.sheet import sheet_of

JOB = "studio.make"

# Each takes a core and a thread; those beyond are asked to come back.
_judging = asyncio.Semaphore(8)


async def speaker(ctx: Context, new: NewContent) -> Character:
    """The character that is to speak. Raises Conflict when it is deleted, NotFound."""
    character = await cast.find(ctx, new.character_id)
    if character.deleted_at is not None:
        raise Conflict(f"{character.name} is deleted; restore it or choose another character")
    return character


async def judge(new: NewContent, character: Character) -> Brief:
    """The brief as it will be kept. Tries the writer on it, which takes up to seconds: outside of any transaction.

    Raises Invalid or Refused with what to change, TooMany when many briefs are being judged.
    """
    if _judging.locked():
        raise TooMany("Many videos are being asked for; try again in a moment", after=timedelta(seconds=5))
    async with _judging:
        return await asyncio.to_thread(read_brief, new, character)


async def create(ctx: Context, new: NewContent, brief: Brief | None = None) -> Started:
    """Keep the brief and start the making; one that was not judged before is judged now.

    Raises what `judge` raises, and Conflict when the character is deleted.
    """
    character = await speaker(ctx, new)
    ctx = ctx.within(character.client_id)
    brief = brief or await judge(new, character)
    content = uuid7()
    row = {
        "client": character.client_id,
        "id": content,
        "character": character.id,
        "topic": brief.topic,
        "format": brief.format,
        "seconds": brief.seconds,
        "brief": brief.model_dump(mode="json"),
        "sheet": sheet_of(character).model_dump(mode="json"),
    }
    await content_store.insert(ctx, row)
    job = await start(ctx, content, brief.topic)
    await events.emit(
        ctx, "studio.content.created", subject=("content", content), message=f"“{brief.topic}” is being made"
    )
    return Started(content=await summary(ctx, content), job_id=job)


async def start(ctx: Context, content: UUID, topic: str) -> UUID:
    """Give the content to a worker, in the caller's transaction."""
    job = await jobs.enqueue(ctx, JOB, {"content": str(content)}, subject=("content", content), title=f"Make: {topic}")
    await content_store.set_job(ctx, content, job)
    return job


def read_brief(new: NewContent, character: Character) -> Brief:
    """The brief, cleaned, and tried on the writer, so that what it refuses is refused here. Takes up to seconds."""
    text = clean_text(new.text) if new.text else None
    topic = clean_line(new.topic)
    brief = Brief(
        topic=topic,
        text=text or None,
        text_name=clean_line(new.text_name or "") or "the given text",
        format=new.format,
        seconds=new.seconds,
        language=character.profile.language,
    )
    write(brief, sheet_of(character))
    return brief
