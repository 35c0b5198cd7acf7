"""A published post gets other words once it was asked for, whatever the platform does and wherever a worker dies."""

from datetime import timedelta

import pytest

from greenroom.channels import correct, looking, steps
from greenroom.channels import facade as channels
from greenroom.channels.contracts import Post
from greenroom.channels.errors import Rejected
from greenroom.channels.points import CORRECTING, Point
from greenroom.infra import jobs
from greenroom.kit.errors import Conflict, Invalid, NotFound, Stale
from tests.support.editing import Editable, EditFault, ask, later, settled
from tests.support.house import Tenant
from tests.support.platform import Died, Platform, at_platform, dying_at, pausing_at
from tests.support.publish import Desk

RIGHT = "Yeast eats sugar and breathes out carbon dioxide."


@pytest.fixture
def platform() -> Editable:
    return Editable()


@pytest.fixture
async def there(desk: Desk, platform: Editable) -> Desk:
    return await at_platform(desk, platform)


async def published(desk: Desk, title: str = "Why bread rises") -> Post:
    post = await settled(desk, await desk.planned(title))
    assert post.state == "published", post.state_reason
    return post


def said(platform: Editable) -> str:
    (text,) = platform.texts.values()
    return text


async def kinds(desk: Desk, post: Post) -> list[str]:
    async with desk.tenant.context() as ctx:
        rows = await ctx.db.all(
            """select kind from event where subject_id = %(id)s and kind like 'channels.post.%%correct%%'
               order by id""",
            {"id": post.id},
        )
    return [row["kind"] for row in rows]


async def test_the_words_of_before_are_kept_and_the_line_about_ai_stays(there: Desk, platform: Editable) -> None:
    post = await published(there)
    asked = await ask(there, post, RIGHT)
    assert (asked.state, asked.caption, asked.version) == ("published", post.caption, post.version + 1)
    assert [one.state for one in asked.corrections] == ["correcting"]
    done = await settled(there, post)
    (kept,) = done.corrections
    assert (kept.state, kept.before, kept.after, kept.asked_by) == ("corrected", post.caption, RIGHT, "Ada")
    assert kept.ended_at
    assert (done.caption, done.disclosure["read_back"], done.permalink) == (RIGHT, True, post.permalink)
    line = there.character.disclosure.caption
    assert said(platform) == f"{RIGHT}\n\n#bread #baking\n\n{line}"
    assert (len(platform.out), platform.commits, platform.edits) == (1, 1, [said(platform)])
    assert await kinds(there, post) == ["channels.post.correcting", "channels.post.corrected"]
    async with there.tenant.context() as ctx:
        trail = await ctx.db.all(
            "select action, change from audit_entry where subject_id = %(id)s order by number", {"id": post.id}
        )
    assert [entry["action"] for entry in trail][-2:] == ["post.correction_asked", "post.corrected"]
    assert trail[-1]["change"]["caption"] == {"before": post.caption, "after": RIGHT}


async def test_the_line_about_ai_cannot_be_written_away(there: Desk, platform: Editable) -> None:
    post = await published(there)
    line = there.character.disclosure.caption
    await ask(there, post, f"{line}\n{RIGHT}\n{line}")
    assert (await settled(there, post)).caption == RIGHT
    assert said(platform).count(line) == 1
    assert said(platform).endswith(line)


async def test_the_duplicate_guard_knows_the_corrected_words(there: Desk) -> None:
    post, other = await published(there), await published(there, "Why bread falls")
    with pytest.raises(Conflict, match=r"“Why bread falls”, is published on .* give this one other words") as refused:
        await ask(there, post, other.caption.upper())
    assert (set(refused.value.fields), refused.value.extra["post"]) == ({"caption"}, str(other.id))
    await ask(there, post, RIGHT)
    done = await settled(there, post)
    await ask(there, done, RIGHT.upper())  # its own words, written otherwise
    await settled(there, post)
    for words, refused_with in ((RIGHT, "with the same words"), (post.caption, None)):
        content = await there.approved(f"Once more: {words}", caption=words)
        async with there.tenant.context() as ctx:
            new = await channels.add_post(ctx, content=content, account=there.page.id)
            if refused_with:
                with pytest.raises(Conflict, match=refused_with):
                    await channels.claim(ctx, new.id)
            else:
                await channels.claim(ctx, new.id)


async def test_the_page_shows_the_new_words_at_the_same_address(desk: Desk) -> None:
    post = await published(desk)
    await ask(desk, post, RIGHT)
    done = await settled(desk, post)
    assert (done.caption, done.permalink, done.corrections[0].state) == (RIGHT, post.permalink, "corrected")
    async with desk.tenant.context() as ctx:
        rows = await ctx.db.all("select caption, disclosure from page_entry")
    assert [(row["caption"], row["disclosure"]) for row in rows] == [(RIGHT, desk.character.disclosure.caption)]


@pytest.mark.parametrize("point", CORRECTING)
@pytest.mark.parametrize("page", [True, False])
async def test_a_worker_that_dies_anywhere_leaves_the_right_words_and_one_post(
    desk: Desk, platform: Editable, point: Point, page: bool
) -> None:
    at = desk if page else await at_platform(desk, platform)
    post = await published(at)
    await ask(at, post, RIGHT)
    with dying_at(point), pytest.raises(Died):
        await at.run(post.id)
    done = await settled(at, post)
    assert (done.caption, [one.state for one in done.corrections]) == (RIGHT, ["corrected"])
    if not page:
        assert said(platform).startswith(RIGHT)
        assert (platform.commits, len(platform.out)) == (1, 1)


@pytest.mark.parametrize(
    ("fault", "state", "edits"),
    [
        ("lost before", "corrected", 1),
        ("lost after", "corrected", 1),
        ("slow down", "corrected", 1),
        ("refused", "failed", 0),
        ("locked out", "failed", 0),
        ("passed over", "failed", 0),
    ],
)
async def test_what_the_platform_does_with_the_call(
    there: Desk, platform: Editable, fault: EditFault, state: str, edits: int
) -> None:
    post = await published(there)
    platform.edit_faults = [fault]
    await ask(there, post, RIGHT)
    done = await settled(there, post)
    assert ([one.state for one in done.corrections], len(platform.edits)) == ([state], edits)
    assert done.caption == (RIGHT if state == "corrected" else post.caption)
    assert said(platform).startswith(done.caption)
    assert (done.state, platform.commits, len(platform.out)) == ("published", 1, 1)
    if state == "failed":
        assert len(done.corrections[0].reason or "") > 20
        assert (await kinds(there, post))[-1] == "channels.post.not_corrected"
        await ask(there, post, RIGHT)
        assert (await settled(there, post)).caption == RIGHT


async def test_a_call_that_arrives_late_is_waited_for_and_overwrites_nothing_after_it(desk: Desk) -> None:
    platform = Editable(settle=300)
    there = await at_platform(desk, platform)
    post = await published(there)
    platform.edit_faults = ["late"]
    await ask(there, post, RIGHT)
    wait = await there.run(post.id)
    assert wait is not None
    assert timedelta(seconds=290) < wait <= timedelta(seconds=300) + looking.GUARD
    seen = await there.post(post.id)
    assert (seen.corrections[0].state, "looking" in (seen.corrections[0].reason or "")) == ("correcting", True)
    with pytest.raises(Conflict, match="corrected already"):
        await ask(there, post, "Other words")
    platform.arrive()
    await later(there, post, minutes=6)
    done = await settled(there, post)
    assert (done.caption, len(platform.edits)) == (RIGHT, 1)


async def test_a_worker_that_stood_still_before_the_call_sends_nothing(
    there: Desk, platform: Editable, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(looking, "GUARD", timedelta(milliseconds=50))
    post = await published(there)
    await ask(there, post, RIGHT)
    with pausing_at("correcting.armed", seconds=0.2):
        assert await there.run(post.id) is not None
    assert platform.edits == []
    monkeypatch.undo()
    assert (await settled(there, post)).caption == RIGHT


async def test_nobody_knows_is_left_to_a_person_who_may_ask_again(there: Desk, platform: Editable) -> None:
    post = await published(there)
    platform.edit_faults = ["lost after"]
    await ask(there, post, RIGHT)
    assert await there.run(post.id) is not None
    platform.unreadable = True
    assert await there.run(post.id) is not None
    await later(there, post)
    left = await settled(there, post)
    (kept,) = left.corrections
    assert (kept.state, left.caption) == ("unknown", post.caption)
    assert "Look on Faulty account" in (kept.reason or "")
    assert (await kinds(there, post))[-1] == "channels.post.correction_unknown"
    platform.unreadable = False
    await ask(there, post, RIGHT)
    done = await settled(there, post)
    assert (done.caption, [one.state for one in done.corrections]) == (RIGHT, ["unknown", "corrected"])
    assert (len(platform.edits), platform.commits) == (1, 1)


async def test_what_never_arrives_fails_after_a_quarter_of_an_hour(there: Desk, platform: Editable) -> None:
    post = await published(there)
    platform.edit_faults = ["lost before", "lost before"]
    await ask(there, post, RIGHT)
    assert await there.run(post.id) is not None
    await later(there, post)
    done = await settled(there, post)
    assert [one.state for one in done.corrections] == ["failed"]
    assert "still says the words of before" in (done.corrections[0].reason or "")
    assert said(platform).startswith(post.caption)


async def test_a_post_that_is_gone_there_is_removed_here(there: Desk, platform: Editable) -> None:
    post = await published(there)
    platform.texts.clear()
    await ask(there, post, RIGHT)
    done = await settled(there, post)
    assert (done.state, [one.state for one in done.corrections]) == ("removed", ["failed"])
    assert "not on Faulty account any more" in (done.state_reason or "")
    with pytest.raises(Conflict, match="removed"):
        await ask(there, post, RIGHT)


async def test_a_take_down_wins_over_a_correction(there: Desk, platform: Editable) -> None:
    post = await published(there)
    await ask(there, post, RIGHT)

    async def take_down() -> None:
        async with there.tenant.context() as ctx:
            await steps.take_down(ctx, post.id)
        platform.texts.clear()

    platform.before_edit = take_down
    async with there.tenant.context() as ctx:
        correction = await ctx.db.value("select job_id from post_correction")
        await ctx.db.execute(
            "update job set created_at = now() + interval '1 minute' where id = %(id)s", {"id": correction}
        )
    done = await settled(there, post)
    assert [(one.state, one.reason) for one in done.corrections] == [("failed", "It was taken down meanwhile")]
    assert done.state == "published"
    async with there.tenant.context() as ctx:
        await ctx.db.execute(
            "update job set created_at = now() - interval '1 day' where id = %(id)s", {"id": correction}
        )
    assert (await settled(there, post)).state == "removed"
    assert platform.edits == []


async def test_while_it_is_taken_down_no_correction_is_taken(there: Desk) -> None:
    post = await published(there)
    async with there.tenant.context() as ctx:
        await steps.take_down(ctx, post.id)
    with pytest.raises(Conflict, match="being taken down"):
        await ask(there, post, RIGHT)


async def test_a_cancelled_correction_has_changed_nothing_or_asks_a_person(there: Desk, platform: Editable) -> None:
    for fault, state in (("slow down", "unknown"), (None, "failed")):
        post = await published(there, f"Bread with {fault}")
        await ask(there, post, RIGHT)
        if fault == "slow down":
            platform.edit_faults = ["lost after"]
            assert await there.run(post.id) is not None
        async with there.tenant.context() as ctx:
            (job,) = (await jobs.list_jobs(ctx, kind=correct.CORRECT, subject=post.id))[:1]
            await jobs.cancel(ctx, job.id)
        await settled(there, post)
        assert [one.state for one in (await there.post(post.id)).corrections] == [state]


async def test_words_that_may_not_be_are_refused_before_anything_is_done(there: Desk, platform: Editable) -> None:
    post = await published(there)
    with pytest.raises(Invalid, match="has already"):
        await ask(there, post, post.caption)
    async with there.tenant.context() as ctx:
        with pytest.raises(Stale):
            await correct.correct(ctx, post.id, post.version + 1, RIGHT)
    waits = await there.planned("Another loaf")
    with pytest.raises(Conflict, match="Only a post that is out"):
        await ask(there, waits, RIGHT)
    assert platform.edits == []


async def test_words_that_the_platform_would_not_take_are_refused_as_before_publishing(desk: Desk) -> None:
    post = await published(desk)
    with pytest.raises(Rejected, match="too long for this page; shorten it") as refused:
        await ask(desk, post, RIGHT * 150)
    assert "caption" in refused.value.fields
    assert (await desk.post(post.id)).corrections == ()


async def test_where_the_platform_corrects_nothing_the_way_out_is_said(desk: Desk) -> None:
    there = await at_platform(desk, Platform())
    post = await published(there)
    assert (post.corrects, post.corrects_not) == (
        (),
        "Faulty takes no corrections; take the post down and post it again",
    )
    with pytest.raises(Conflict, match="take the post down and post it again") as refused:
        await ask(there, post, RIGHT)
    assert refused.value.extra["instead"] == "take_down_and_post_again"


async def test_another_organisations_post_is_not_there(there: Desk, other_tenant: Tenant) -> None:
    post = await published(there)
    async with other_tenant.context() as ctx:
        with pytest.raises(NotFound):
            await correct.correct(ctx, post.id, post.version, RIGHT)
