"""The job that gives a published post other words: done, or said why not, whatever dies on the way.

Each step is written down before it is taken (`post_correction.phase`): asked → armed → sent. What a run finds armed it
knows nothing about: it waits until no call can arrive any more, reads what the post says, and sets the words again when
they are not there. No call of this job makes a post.
"""

import logging
from datetime import timedelta
from typing import Any
from uuid import UUID

from greenroom.channels import correct_outcome, post_store, publish
from greenroom.channels import correct_store as store
from greenroom.channels.correct import package_for
from greenroom.channels.correct_going import Correcting, begin
from greenroom.channels.errors import Held, NeedsPerson, Rejected, RetryLater
from greenroom.channels.package import check, marker_of
from greenroom.channels.platforms.adapter import Package, Partly, Prepared, Receipt
from greenroom.channels.platforms.corrects import Reading
from greenroom.channels.points import reached
from greenroom.infra import jobs
from greenroom.infra.fetch.call import NoAnswer
from greenroom.infra.jobs import Fenced, JobRun
from greenroom.kit.errors import Conflict, Gone, Problem

log = logging.getLogger(__name__)

NOBODY_KNOWS = "It may say the new words or not. Greenroom is looking and does nothing else meanwhile"
_LOOKS = (timedelta(seconds=1), timedelta(seconds=30))
"""Between two tries: as long as it took so far, within these."""


async def correct(run: JobRun) -> dict[str, Any] | None:
    """Correct the post of this job's payload; does nothing when that is settled."""
    post = UUID(run.job.payload["post"])
    going = await begin(run, post)
    if going is not None:
        reached("correcting.begun")
        try:
            await (_send(going) if going.row["phase"] == "asked" else _look(going))
        except Gone:
            async with run.context() as ctx:
                await correct_outcome.gone(ctx, going.row)
        reached("correcting.done")
    return {"post": str(post)}


async def _send(going: Correcting) -> None:
    """Set the words, unless the post says them already."""
    try:
        planned, receipt = await _plan(going)
        said = await going.corrects.read_words(going.desk, receipt, planned)
    except (Held, Rejected, NeedsPerson, Conflict) as refused:
        return await going.fail(refused.detail)
    except (RetryLater, NoAnswer) as wait:
        return await _wait(going, wait)
    reached("correcting.read")
    told = {"remote_id": receipt.remote_id, **({"permalink": receipt.permalink} if receipt.permalink else {})}
    await going.arm({**planned, **told})
    if said != "corrected":
        reached("correcting.armed")
        try:
            going.arming.in_time()
            await going.corrects.correct_words(going.desk, receipt, planned)
        except (Rejected, NeedsPerson) as refused:
            await going.refused()
            return await going.fail(refused.detail)
        except (jobs.RetryLater, Fenced, Gone):
            raise
        except Exception as error:
            raise await _look_later(going, error) from error
        reached("correcting.sent")
    await going.sent()
    return await _look(going)


async def _plan(going: Correcting) -> tuple[Prepared, Receipt]:
    """What is to be set, and where. Raises what the platform or its rules have against these words."""
    async with going.run.context() as ctx:
        package = await package_for(ctx, going.post, going.row["after"])
        check(going.adapter, package)
        tries = await post_store.attempts(ctx, [package.post])
        known = {**(tries[-1]["remote"] if tries else {}), **await store.last_remote(ctx, package.post)}
    receipt = await _receipt(going, package)
    return await going.corrects.plan_correction(going.desk, package, receipt, known), receipt


async def _receipt(going: Correcting, package: Package) -> Receipt:
    """The post out there. One that a person reported is known by its marker alone."""
    if going.post["remote_id"]:
        return Receipt(going.post["remote_id"], going.post["permalink"])
    found = await going.adapter.probe(going.desk, marker_of(package.post))
    if isinstance(found, Partly):
        return found.receipt
    if isinstance(found, Receipt):
        return found
    raise NeedsPerson(f"It was not found on {going.account.name}; correct it there by hand")


async def _look(going: Correcting) -> None:
    """What the post says after a call: the new words, or what to do about it."""
    tried, since = await going.times()
    answered = going.row["phase"] == "sent"
    if not answered and since < going.proof:
        await going.note(NOBODY_KNOWS)
        raise jobs.RetryLater("A call may still arrive", after=going.proof - since)
    said = await _said(going)
    if said == "corrected" or (answered and (said == "unclear" or (said is None and tried >= publish.PATIENCE))):
        await _finish(going)
    elif said is None and tried >= publish.PATIENCE:
        async with going.run.context() as ctx:
            await correct_outcome.leave_to_person(ctx, going.row, going.account.name)
    elif said is None or (answered and since < going.proof):
        raise jobs.RetryLater("Looking at what the post says", after=min(max(since, _LOOKS[0]), _LOOKS[1]))
    elif answered:
        await going.fail(f"{_still(said)}, though {going.account.name} took the new ones; look at it there")
    elif tried < publish.PATIENCE:
        await _send(going)
    else:
        await going.fail(f"{_still(said)}; correct it again, or take it down and post it again")


async def _said(going: Correcting) -> Reading | None:
    """None when the platform does not tell."""
    try:
        return await going.corrects.read_words(going.desk, going.receipt, going.row["remote"])
    except Gone:
        raise
    except Exception as error:
        log.warning("post %s: what it says could not be read", going.post["id"], exc_info=error)
        return None


async def _finish(going: Correcting) -> None:
    reached("correcting.seen")
    disclosure = await _observe(going)
    async with going.run.context() as ctx:
        await correct_outcome.corrected(ctx, going.row, disclosure)


async def _observe(going: Correcting) -> dict[str, Any]:
    """Whether the line about AI is still seen out there. A look that fails never makes a correction fail."""
    try:
        async with going.run.context() as ctx:
            package = await package_for(ctx, going.post, going.row["after"])
        seen = await going.adapter.observe(going.desk, package, going.receipt)
    except Exception as error:
        log.warning("post %s: could not be looked at", going.post["id"], exc_info=error)
        return {"read_back": None}
    return {"sent": {"line": package.disclosure, "label": package.label}, "read_back": seen.disclosed, **seen.detail}


async def _look_later(going: Correcting, error: Exception) -> jobs.RetryLater:
    """The start to ask for when nobody knows what a call did."""
    log.warning("post %s: unknown whether it was corrected", going.post["id"], exc_info=error)
    await going.note(NOBODY_KNOWS)
    after = max(going.proof, timedelta(seconds=1))
    if isinstance(error, RetryLater):
        after = max(after, error.after)
    return jobs.RetryLater("Looking at the post before anything else", after=after)


async def _wait(going: Correcting, wait: Problem) -> None:
    """Ask for another start; after publishing's patience it failed, and nothing was changed."""
    tried, _ = await going.times()
    after = wait.after if isinstance(wait, RetryLater) else timedelta(seconds=30)
    if tried + after > publish.PATIENCE:
        return await going.fail(f"{wait.detail.rstrip('.')}. It says what it said before; correct it again later")
    await going.note(wait.detail)
    raise jobs.RetryLater(wait.detail, after=max(after, min(tried, timedelta(minutes=2))))


def _still(said: Reading) -> str:
    return "Only a part of it says the new words" if said == "partly" else "It still says the words of before"
