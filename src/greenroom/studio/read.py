"""Finding videos: short for lists, whole for the page of one."""

from uuid import UUID

from greenroom.cast import facade as cast
from greenroom.cast.contracts import Presenter
from greenroom.infra import jobs
from greenroom.infra.context import Context
from greenroom.infra.database import Row
from greenroom.infra.http.paging import Page, page_of, read_cursor
from greenroom.media.contracts import file_url
from greenroom.studio import content_store, review_store, stage_store
from greenroom.studio.contracts import Brief, Script
from greenroom.studio.records import (
    BriefText,
    CheckView,
    Content,
    ContentCharacter,
    ContentDetail,
    Going,
    LoudnessView,
    ManifestView,
    RenderView,
    ReviewView,
    StageState,
    StageView,
)
from greenroom.studio.script_view import script_view
from greenroom.studio.steps import STEPS, share


async def list_contents(
    ctx: Context,
    *,
    status: str | None = None,
    character: UUID | None = None,
    words: str | None = None,
    rising: bool = False,
    cursor: str | None = None,
    limit: int = 50,
) -> Page[Content]:
    """Newest first unless `rising`. `words` as typed, found in topic and title."""
    rows = await content_store.page(
        ctx,
        status=status,
        character=character,
        words=(words or "").strip() or None,
        after=read_cursor(cursor),
        rising=rising,
        limit=limit + 1,
    )
    page = page_of(rows, limit, lambda row: (row["created_at"], row["id"]))
    return Page(items=await _contents(ctx, page.items), next=page.next)


async def summary(ctx: Context, content: UUID) -> Content:
    """One video as lists show it; NotFound also when it is somebody else's."""
    return (await _contents(ctx, [await content_store.listed(ctx, content)]))[0]


async def detail(ctx: Context, content: UUID) -> ContentDetail:
    """Everything about one video: brief, stages, script, render, checks, reviews."""
    short = await summary(ctx, content)
    row = await content_store.by_id(ctx, content)
    brief = Brief.model_validate(row["brief"])
    script = Script.model_validate(row["script"]) if row["script"] else None
    render = await review_store.render(ctx, row["render_id"]) if row["render_id"] else None
    checks = await review_store.checks(ctx, row["render_id"]) if row["render_id"] else []
    return ContentDetail(
        **dict(short),
        brief=BriefText(text=brief.text, text_name=brief.text_name if brief.text else None),
        stages=_stages(await stage_store.of_making(ctx, content, row["making"]), short.progress),
        script=script_view(script, edited=row["edited"]) if script else None,
        render=_render(render) if render else None,
        checks=tuple(
            CheckView(**{k: v for k, v in check.items() if k not in ("kind", "at_seconds")}, id=check["kind"],
                      at=check["at_seconds"])
            for check in checks
        ),
        reviews=tuple(ReviewView(**review) for review in await review_store.reviews(ctx, content)),
        job_id=row["job_id"],
    )  # fmt: skip


async def _contents(ctx: Context, rows: list[Row]) -> list[Content]:
    """With the names of their characters and the progress of those that are being made: one look-up each."""
    characters = await cast.presenters(ctx, {row["character_id"] for row in rows})
    working = [row["job_id"] for row in rows if row["status"] in content_store.WORKING and row["job_id"]]
    going = {job.id: job for job in await jobs.get_jobs(ctx, working)}
    return [
        Content(
            **{key: row[key] for key in _PLAIN},
            character=_character(characters[row["character_id"]]),
            progress=_going(going.get(row["job_id"])),
            thumbnail_url=_url(row["thumbnail_id"]),
        )
        for row in rows
    ]


_PLAIN = (
    "id", "client_id", "version", "topic", "format", "seconds", "status", "error", "duration", "created_at",
    "updated_at",
)  # fmt: skip


def _character(character: Presenter) -> ContentCharacter:
    return ContentCharacter(id=character.id, name=character.name, portrait_url=character.portrait_url)


def _going(job: jobs.JobStatus | None) -> Going | None:
    if job is None:
        return None
    return Going(
        stage=job.stage, fraction=job.fraction, message=job.message or "Waits for a worker", eta_seconds=job.eta_seconds
    )


def _stages(rows: dict[str, Row], going: Going | None) -> tuple[StageView, ...]:
    """Every stage in order, those that were not begun too."""
    overall = going.fraction if going else 0.0
    return tuple(_stage(step.name, step.title, rows.get(step.name), share(step.name).within(overall)) for step in STEPS)


def _stage(name: str, title: str, row: Row | None, fraction: float) -> StageView:
    if row is None:
        return StageView(
            name=name, title=title, state="waiting", fraction=0, started_at=None, ended_at=None, seconds=None,
            cached=False, starts=0, error=None,
        )  # fmt: skip
    state: StageState = "waiting" if row["state"] == "cancelled" else row["state"]
    return StageView(
        name=name,
        title=title,
        state=state,
        fraction={"done": 1.0, "running": fraction}.get(state, 0.0),
        **{key: row[key] for key in ("started_at", "ended_at", "seconds", "cached", "starts", "error")},
    )


def _render(row: Row) -> RenderView:
    manifest, loudness = row["manifest"], row["loudness"]
    return RenderView(
        **{key: row[key] for key in ("id", "width", "height", "fps", "duration", "size")},
        video_url=file_url(row["video_id"]),
        captions_url=_url(row["captions_id"]),
        transcript_url=_url(row["transcript_id"]),
        thumbnail_url=_url(row["thumbnail_id"]),
        loudness=LoudnessView(**loudness),
        manifest=ManifestView(
            state=manifest["state"],
            issuer=manifest["issuer"] or None,
            digital_source_type=manifest["digital_source_type"] or None,
        ),
    )


def _url(file: UUID | None) -> str | None:
    return file_url(file) if file else None
