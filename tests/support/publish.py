"""Approved content without rendering it, accounts, and publishing jobs run step by step in this process."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import pytest

from greenroom.cast import facade as cast
from greenroom.cast.contracts import Character, NewCharacter, Profile
from greenroom.channels import facade as channels
from greenroom.channels import jobs as channel_jobs
from greenroom.channels.contracts import Account, Post, Resolution
from greenroom.entrypoints import wiring
from greenroom.infra.context import Context
from greenroom.infra.jobs import Registry
from greenroom.infra.jobs.batch import Batches
from greenroom.infra.jobs.execute import execute
from greenroom.infra.jobs.slots import Slots
from greenroom.infra.jobs.watch import Watch
from greenroom.kit.ids import uuid7
from greenroom.media import facade as media
from greenroom.studio import content_store, review_store
from greenroom.studio.contracts import CharacterSheet, Disclosure, Script
from greenroom.studio.make.checks.result import passed
from greenroom.studio.review import DECISIVE, script_hash
from tests.support.house import Tenant

_TITLE = "Why bread rises"
_WORDS = "Yeast eats sugar and breathes out gas."
VIDEO = bytes(range(256)) * 40
CAPTIONS = b"WEBVTT\n\n00:00.000 --> 00:02.000\nHello\n"


@dataclass(frozen=True)
class Desk:
    """A tenant with a character and its page, and the ways to publish on it."""

    tenant: Tenant
    character: Character
    page: Account

    async def approved(self, title: str = "Why bread rises", **words: object) -> UUID:
        async with self.tenant.context() as ctx:
            return await approved_content(ctx, self.character, title, **words)

    async def planned(self, title: str = "Why bread rises") -> Post:
        """A post of freshly approved content, claimed and waiting for a worker."""
        content = await self.approved(title)
        async with self.tenant.context() as ctx:
            post = await channels.add_post(ctx, content=content, account=self.page.id)
            await channels.claim(ctx, post.id)
            return await channels.get_post(ctx, post.id)

    async def post(self, post: UUID) -> Post:
        async with self.tenant.context() as ctx:
            return await channels.get_post(ctx, post)

    async def run(self, post: UUID) -> timedelta | None:
        """One start of the post's newest job; when it wants to start again, None when it has ended."""
        return await run_newest(self.tenant, post)


@pytest.fixture
async def desk(tenant: Tenant) -> Desk:
    return await make_desk(tenant)


async def make_desk(tenant: Tenant, name: str = "Mara Vale") -> Desk:
    wiring.register_listeners()
    async with tenant.context() as ctx:
        profile = Profile(biography="Short talks on how kitchens work.")
        character = await cast.create(ctx, NewCharacter(name=name, profile=profile))
        page = await channels.page_of(ctx, character.id)
    assert page is not None
    return Desk(tenant, character, page)


async def approved_content(
    ctx: Context,
    character: Character,
    title: str = _TITLE,
    *,
    caption: str | None = None,
    hashtags: Sequence[str] = ("bread", "baking"),
    transcript: str = "Yeast eats sugar. It breathes out gas. The dough holds it.",
    disclosure: Disclosure | None = None,
    video: bytes | None = None,
    poster: bytes | None = None,
    duration: float = 21.4,
    checked: bool = True,
) -> UUID:
    """Content as the pipeline leaves it after a person's approval, with a file of `video`'s bytes."""
    ctx = ctx.within(character.client_id)
    content, render = uuid7(), uuid7()
    # Of each title its own words, and of each content its own file, or a second post would be taken for the first one.
    caption = caption if caption is not None else _WORDS if title == _TITLE else f"{title}. {_WORDS}"
    video = video or VIDEO[:-16] + content.bytes
    sheet = CharacterSheet(
        name=character.name,
        handle=character.handle,
        disclosure=disclosure or Disclosure(**character.disclosure.model_dump()),
    ).model_dump(mode="json")
    script = Script(
        title=title, hook="Look at this.", beats=(), closing="That is all.", caption=caption,
        hashtags=tuple(hashtags), sources=(), language="en",
    ).model_dump(mode="json")  # fmt: skip
    await content_store.insert(
        ctx,
        {
            "client": character.client_id, "id": content, "character": character.id, "topic": title[:300],
            "format": "explainer", "seconds": 20, "brief": {"topic": title}, "sheet": sheet,
        },
    )  # fmt: skip
    await content_store.set_written(ctx, content, script)
    kept = [
        await media.keep(ctx, video, type="video/mp4", name="video.mp4", width=1080, height=1920, duration=duration),
        await media.keep(ctx, CAPTIONS, type="text/vtt", name="captions.vtt"),
        await media.keep(ctx, transcript.encode(), type="text/plain", name="transcript.txt"),
        await media.keep(ctx, poster or video[:64], type="image/jpeg", name="thumbnail.jpg"),
    ]
    await review_store.insert_render(
        ctx,
        {
            "client": character.client_id, "id": render, "content": content, "making": 1, "video": kept[0].id,
            "captions": kept[1].id, "transcript": kept[2].id, "thumbnail": kept[3].id, "width": 1080,
            "height": 1920, "fps": 30, "duration": duration, "size": kept[0].size,
            "loudness": {"integrated": -14.0, "true_peak": -1.2},
            "manifest": {"state": "Valid", "issuer": "Test", "digital_source_type": "trainedAlgorithmicMedia"},
        },
    )  # fmt: skip
    if checked:
        checks = [passed(kind, kind, "Seen.").model_dump(mode="json") for kind in DECISIVE]
        await review_store.insert_checks(ctx, character.client_id, render, checks)
    await content_store.set_made(ctx, content, render)
    await approve(ctx, content)
    return content


async def approve(ctx: Context, content: UUID) -> None:
    row = await content_store.by_id(ctx, content)
    review = uuid7()
    video = await media.get(ctx, (await review_store.render(ctx, row["render_id"]))["video_id"])
    await review_store.insert_review(
        ctx,
        {
            "client": row["client_id"], "id": review, "content": content, "version": row["version"],
            "render": row["render_id"], "video_hash": video.hash, "script_hash": script_hash(row),
            "reviewer_id": ctx.actor.id, "reviewer": ctx.actor.name, "decision": "approve", "note": "",
            "at_seconds": None,
        },
    )  # fmt: skip
    await content_store.set_decided(ctx, content, "approved", review)


async def no_call_is_left(desk: Desk, post: UUID) -> None:
    """As if so much time had gone by that no call for the post can arrive any more."""
    async with desk.tenant.context() as ctx:
        await ctx.db.execute(
            "update publish_attempt set armed_at = armed_at - interval '10 minutes' where post_id = %(id)s",
            {"id": post},
        )


async def taken_for_not_out(desk: Desk, post: UUID, words: str) -> None:
    """Its answer was lost; a person says that it is not there, gives it other words and sends it again."""
    await no_call_is_left(desk, post)
    async with desk.tenant.context() as ctx:
        await channels.resolve(ctx, post, Resolution(published=False))
        await channels.change_text(ctx, post, words, None)
        await channels.claim(ctx, post)


async def run_newest(tenant: Tenant, subject: UUID) -> timedelta | None:
    async with tenant.context() as ctx:
        newest: UUID = await ctx.db.value(
            "select id from job where subject_id = %(id)s order by created_at desc, id desc limit 1", {"id": subject}
        )
    return await run_job(tenant, newest)


async def run_job(tenant: Tenant, id: UUID) -> timedelta | None:
    registry = Registry()
    channel_jobs.register(registry)
    async with tenant.context() as ctx:
        job = await ctx.db.one("select id, kind, doorbell from job where id = %(id)s", {"id": id})
    address = {"organisation": str(tenant.organisation), "client": str(tenant.client), "job": str(job["id"])}
    kind, house = registry.kinds[job["kind"]], tenant.house
    doorbell = json.dumps(address).encode()
    return await execute(house, kind, job["doorbell"], doorbell, Watch(house), Batches(house), Slots(1))
