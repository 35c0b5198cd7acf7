"""The job `studio.make`: runs the stages as durable steps, from the first that is not done yet."""

import asyncio
import os
import socket
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from greenroom.infra.context import Context
from greenroom.infra.jobs import JobCancelled, JobRun
from greenroom.studio import content_store, stage_store
from greenroom.studio.contracts import Brief, CharacterSheet, MakeInput, Rendered, Script
from greenroom.studio.errors import Cancelled
from greenroom.studio.finish import finish
from greenroom.studio.keep import Kept, keep_files, kept_stage, store_files
from greenroom.studio.make.profile import PROFILES, Profile
from greenroom.studio.make.stages import STAGES, SceneCache, Stage, StageResult, Work, address
from greenroom.studio.news import changed
from greenroom.studio.pace import Pace
from greenroom.studio.provenance import signing_folder
from greenroom.studio.scratch import prune, scenes, scratch
from greenroom.studio.steps import status_during

WORKER = f"{socket.gethostname()}:{os.getpid()}"


@dataclass(frozen=True, slots=True)
class Task:
    """What this run makes, read once at its start."""

    content: UUID
    client: UUID
    making: int
    edited: bool
    topic: str
    input: MakeInput
    profile: Profile

    def place(self, stage: Stage) -> dict[str, Any]:
        return {"client": self.client, "content": self.content, "making": self.making, "stage": stage.name}


async def make_content(run: JobRun) -> dict[str, Any]:
    """Make the content of the job's payload. What an earlier start finished is taken as it is.

    Each stage is done in a thread, its files are stored, then its row is committed in a fenced transaction: a
    worker that dies repeats at most the stage it was in.
    """
    task = await _read(run)
    if task is None:
        return {"outcome": "nothing was left to do"}
    home, pace = run.house.settings.home, Pace(run)
    results: dict[str, StageResult] = {}
    with scratch(home, [stage.name for stage in STAGES]) as folders:
        for stage in STAGES:
            run.check()
            results[stage.name] = await _step(run, task, stage, results, folders[stage.name], pace)
    await asyncio.to_thread(prune, scenes(home))
    return {"content": str(task.content), "making": task.making}


async def _read(run: JobRun) -> Task | None:
    """The task; None when the content is made already, was cancelled, or belongs to a newer job."""
    content = UUID(run.job.payload["content"])
    async with run.context() as ctx:
        row = await content_store.by_id(ctx, content)
    if row["status"] not in content_store.WORKING or row["job_id"] != run.job.id:
        return None
    script = Script.model_validate(row["script"]) if row["edited"] else None
    sheet = CharacterSheet.model_validate(row["sheet"])
    return Task(
        content=content,
        client=row["client_id"],
        making=row["making"],
        edited=row["edited"],
        topic=row["topic"],
        input=MakeInput(brief=Brief.model_validate(row["brief"]), character=sheet, script=script),
        profile=PROFILES[run.house.settings.render_profile],
    )


async def _step(
    run: JobRun, task: Task, stage: Stage, results: dict[str, StageResult], folder: Path, pace: Pace
) -> StageResult:
    """The stage's result: kept from before, or made now."""
    credentials = signing_folder(run.house.settings)
    key = await asyncio.to_thread(address, stage, task.input, results, task.profile, credentials)
    kept = await _kept(run, task, stage, key)
    if kept is not None:
        pace.skip(stage)
        return await asyncio.to_thread(kept.result, run.house.store, folder)
    home = run.house.settings.home
    work = Work(
        folder=folder,
        cache=SceneCache(scenes(home)),
        credentials=credentials,
        profile=task.profile,
        progress=pace.begin(stage),
        cancelled=lambda: run.interrupted is not None,
    )
    started = time.monotonic()
    try:
        result = await asyncio.to_thread(stage.run, task.input, results, work)
    except Cancelled:
        run.check()  # the same stop in the words of jobs: cancelled, fenced or released
        raise
    seconds = time.monotonic() - started
    stored = await asyncio.to_thread(store_files, run.house.store, result)
    async with run.context() as ctx:
        files = await keep_files(ctx, result, stored, _rendered(results, result))
        await stage_store.finish(ctx, task.place(stage), data=result.data, files=files, seconds=seconds)
        await _done(ctx, run, task, stage, result.data)
    pace.end(stage, seconds)
    return result


async def _kept(run: JobRun, task: Task, stage: Stage, key: str) -> Kept | None:
    """The stage's result when there is one of this key; else None, and the stage is begun."""
    async with run.context() as ctx:
        await _advance(ctx, run, task, stage)
        kept = await kept_stage(ctx, task.place(stage), key)
        if kept is None or not kept.complete(run.house.store):
            await stage_store.begin(ctx, task.place(stage), key=key, epoch=run.job.epoch, job=run.job.id, worker=WORKER)
            await changed(ctx, task.content, f"{stage.title}: “{task.topic}”", stage=stage.name, state="running")
            return None
        if not kept.own:
            await stage_store.take_over(ctx, task.place(stage), key=key, data=kept.data, files=kept.files)
            await _done(ctx, run, task, stage, kept.data)
        return kept


async def _done(ctx: Context, run: JobRun, task: Task, stage: Stage, data: dict[str, Any]) -> None:
    """What follows from a finished stage, in the transaction that records it."""
    await _advance(ctx, run, task, stage)
    if stage.name == "script" and not task.edited:
        await content_store.set_written(ctx, task.content, data["script"])
    message, said = f"{stage.title}: done", {"stage": stage.name, "state": "done"}
    if stage is STAGES[-1]:
        blocking = await finish(ctx, task.content, task.client, task.making)
        message = f"“{task.topic}” waits for a review"
        if blocking:
            message = f"“{task.topic}” is blocked by a check: {blocking[0].reason}"
        said |= {"status": "review"}
    await changed(ctx, task.content, message, **said)


async def _advance(ctx: Context, run: JobRun, task: Task, stage: Stage) -> None:
    """Hold the content for this transaction and show its stage; stop when a person took it from this job."""
    if not await content_store.advance(ctx, task.content, run.job.id, status_during(stage.name)):
        raise JobCancelled(f"“{task.topic}” was cancelled, deleted or changed")


def _rendered(results: dict[str, StageResult], result: StageResult) -> Rendered | None:
    """The render's measures, once there are any."""
    data = result.data if "rendered" in result.data else results["render"].data if "render" in results else None
    return Rendered.model_validate(data["rendered"]) if data else None
