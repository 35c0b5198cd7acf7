"""The studio's records as the API shows and takes them. The pipeline's own shapes are in `contracts`."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from greenroom.kit.text import clean_line, clean_text

Status = Literal[
    "scripting", "generating", "assembling", "checking", "review", "approved", "rejected", "failed", "cancelled"
]
StageState = Literal["waiting", "running", "done", "failed"]
Decision = Literal["approve", "changes"]

Line = Annotated[str, Field(max_length=500), AfterValidator(clean_line)]
Text = Annotated[str, Field(max_length=2200), AfterValidator(clean_text)]
Tag = Annotated[str, Field(max_length=60), AfterValidator(lambda value: clean_line(value).lstrip("#").replace(" ", ""))]


class Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class NewContent(Frozen):
    """A brief. Claims come from `text` alone; a topic alone makes a video that claims nothing."""

    character_id: UUID
    topic: str
    text: str | None = None
    text_name: Annotated[str, Field(max_length=200)] | None = None
    format: Annotated[str, Field(max_length=40)] = "explainer"
    seconds: Annotated[int, Field(ge=15, le=60)] = 30


class ContentCharacter(Frozen):
    id: UUID
    name: str
    portrait_url: str | None


class Going(Frozen):
    """How far the work is in all; `eta_seconds` is None until it can be told."""

    stage: str | None
    fraction: float
    message: str
    eta_seconds: float | None


class Content(Frozen):
    """One video from brief to approval."""

    id: UUID
    client_id: UUID
    version: int
    character: ContentCharacter
    topic: str
    format: str
    seconds: int
    status: Status
    progress: Going | None
    error: str | None
    thumbnail_url: str | None
    duration: float | None
    created_at: datetime
    updated_at: datetime


class BriefText(Frozen):
    text: str | None
    text_name: str | None


class StageView(Frozen):
    """One step as it stands. `cached` says that an earlier result was taken; `starts` how often it was begun."""

    name: str
    title: str
    state: StageState
    fraction: float
    started_at: datetime | None
    ended_at: datetime | None
    seconds: float | None
    cached: bool
    starts: int
    error: str | None


class BeatView(Frozen):
    """One thing said. `picture` names the kind of drawing; `source` quotes what the claim rests on."""

    id: str
    narration: str
    on_screen: str
    picture: str
    source: str | None


class ScriptView(Frozen):
    title: str
    hook: str
    beats: tuple[BeatView, ...]
    closing: str
    caption: str
    hashtags: tuple[str, ...]
    sources: tuple[str, ...]
    language: str
    notes: tuple[str, ...]
    edited: bool


class BeatEdit(Frozen):
    """A beat as a person wants it. A known `id` keeps its picture and source; an unknown one begins a new beat."""

    id: Annotated[str, Field(min_length=1, max_length=60, pattern=r"^[A-Za-z0-9_-]+$")]
    narration: Text
    on_screen: Line = ""
    picture: str | None = None
    source: str | None = None


class ScriptEdit(Frozen):
    """What is absent stays as it is."""

    title: Line | None = None
    hook: Text | None = None
    beats: Annotated[tuple[BeatEdit, ...], Field(min_length=1, max_length=40)] | None = None
    closing: Text | None = None
    caption: Text | None = None
    hashtags: Annotated[tuple[Tag, ...], Field(max_length=30)] | None = None


class LoudnessView(Frozen):
    integrated: float
    true_peak: float


class ManifestView(Frozen):
    state: str
    issuer: str | None
    digital_source_type: str | None


class RenderView(Frozen):
    id: UUID
    video_url: str
    captions_url: str | None
    transcript_url: str | None
    thumbnail_url: str | None
    width: int
    height: int
    fps: float
    duration: float
    size: int
    loudness: LoudnessView
    manifest: ManifestView


class CheckView(Frozen):
    id: str
    title: str
    ok: bool
    level: Literal["block", "warn", "info"]
    score: float
    reason: str
    at: float | None


class ReviewView(Frozen):
    """A decision about one version. Earlier ones stay."""

    id: UUID
    reviewer: str
    decision: Decision
    note: str
    at_seconds: float | None
    created_at: datetime
    version: int


class ContentDetail(Content):
    brief: BriefText
    stages: tuple[StageView, ...]
    script: ScriptView | None
    render: RenderView | None
    checks: tuple[CheckView, ...]
    reviews: tuple[ReviewView, ...]
    job_id: UUID | None


class Started(Frozen):
    """What was asked for, and the job that makes it."""

    content: Content
    job_id: UUID


class NewReview(Frozen):
    """A decision about the version that was looked at. Sending back takes a note."""

    decision: Decision
    note: Annotated[str, Field(max_length=4000), AfterValidator(clean_text)] = ""
    at_seconds: Annotated[float, Field(ge=0, le=3600)] | None = None
    version: int


class Format(Frozen):
    id: str
    name: str
    description: str


class Provenance(Frozen):
    """The video's Content Credentials as read from the file now; `manifest` is the whole manifest store."""

    state: str
    issuer: str | None
    digital_source_type: str | None
    reasons: tuple[str, ...]
    manifest: dict[str, Any]
