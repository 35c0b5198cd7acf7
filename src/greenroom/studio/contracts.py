"""Shapes that the studio hands around and hands out: frozen, JSON-serialisable, no behaviour beyond sums."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

Hex = Annotated[str, Field(pattern=r"^#[0-9a-fA-F]{6}$")]
Level = Literal["block", "warn", "info"]
Origin = Literal["algorithmic", "trained", "composite"]


class Shape(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Brief(Shape):
    """What somebody asked for; `text` is the only place that claims may come from."""

    topic: str
    text: str | None = None
    text_name: str = "the given text"
    format: str = "explainer"
    seconds: int = Field(default=30, ge=15, le=60)
    language: str = "en"


class Persona(Shape):
    traits: tuple[str, ...] = ()
    tone: str = "friendly"
    values: tuple[str, ...] = ()
    vocabulary: tuple[str, ...] = ()
    never_says: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()


class Palette(Shape):
    paper: Hex = "#F6F1E7"
    ink: Hex = "#17202B"
    accent: Hex = "#F2542D"
    second: Hex = "#0E9594"


class VoiceChoice(Shape):
    """`speed` 1.0 is the voice's own pace; `pitch` is in semitones."""

    engine: str = "hibari"
    voice: str = "heart"
    speed: float = Field(default=1.0, ge=0.6, le=1.6)
    pitch: float = Field(default=0.0, ge=-8.0, le=8.0)


class Disclosure(Shape):
    """How the character says that it is AI: in its profile, under a post, and on the picture."""

    profile: str = "I am a virtual character. My videos are made with AI."
    caption: str = "Made with AI. The presenter is a virtual character."
    label: str = "AI-generated"


class CharacterSheet(Shape):
    name: str = "Greenroom"
    handle: str = "greenroom"
    persona: Persona = Persona()
    palette: Palette = Palette()
    voice: VoiceChoice = VoiceChoice()
    disclosure: Disclosure = Disclosure()
    seed: int = 1


class Source(Shape):
    """Where a claim was found: the text's name and the characters [offset, offset + length) in it."""

    name: str
    offset: int = Field(ge=0)
    length: int = Field(ge=0)
    quote: str


class Shot(Shape):
    """What to draw for a beat; `figures` are (label, value) pairs for charts, `words` the text in the picture."""

    kind: str
    words: str = ""
    figures: tuple[tuple[str, float], ...] = ()
    unit: str = ""


class Beat(Shape):
    """One thing said while one picture is seen. `id` names it in the timeline, the cache and the checks."""

    id: str
    narration: str
    on_screen: str
    picture: Shot
    source: Source | None = None


class Script(Shape):
    """All that is said and shown. `pace`, `pause` and `tail` were fitted to the seconds asked for when it was written;
    an edit keeps them, so that scenes whose words did not change stay as they are. `notes` tell what was left out.
    """

    title: str
    hook: str
    beats: tuple[Beat, ...]
    closing: str
    caption: str
    hashtags: tuple[str, ...]
    sources: tuple[Source, ...]
    language: str
    format: str = "explainer"
    notes: tuple[str, ...] = ()
    pace: float | None = None
    pause: float = 1.0
    tail: float = 2.0


class Word(Shape):
    """A written word and when it is heard, in seconds from the start of the video."""

    text: str
    start: float
    end: float


class Scene(Shape):
    """A stretch of the video: what is seen between `start` and `end`, and the words heard in it."""

    id: str
    kind: Literal["title", "beat", "end"]
    start: float
    end: float
    words: tuple[Word, ...]
    text: str


class Spoken(Shape):
    """Narration laid out in time. `timing` says how the word times came about."""

    engine: str
    voice: str
    timing: Literal["exact", "estimated"]
    words_per_second: float
    duration: float
    scenes: tuple[Scene, ...]
    notes: tuple[str, ...] = ()


class Loudness(Shape):
    """BS.1770 integrated loudness in LUFS and true peak in dBTP, measured on the encoded file."""

    integrated: float
    true_peak: float


class Rendered(Shape):
    width: int
    height: int
    fps: int
    duration: float
    frames: int
    size: int
    video_codec: str
    pixel_format: str
    audio_codec: str
    loudness: Loudness
    scenes_made: int
    scenes_reused: int
    caption_notes: tuple[str, ...] = ()


class Check(Shape):
    """One finding. `score` is 0 to 1, `at` seconds into the video, `measured` the figures behind the reason."""

    id: str
    title: str
    ok: bool
    level: Level
    score: float
    reason: str
    at: float | None = None
    measured: dict[str, float | int | str | bool] = {}


class Manifest(Shape):
    """Content Credentials as read back from the signed file."""

    state: Literal["Trusted", "Valid", "Invalid", "Missing"]
    issuer: str = ""
    digital_source_type: str = ""
    reasons: tuple[str, ...] = ()


class MakeInput(Shape):
    """All that decides what a video looks and sounds like. `script` replaces the writer when a person edited it."""

    brief: Brief
    character: CharacterSheet = CharacterSheet()
    script: Script | None = None


class Progress(Shape):
    """`fraction` is of the stage, `overall` of the whole video; `eta_seconds` is None until it can be told."""

    stage: str
    title: str
    fraction: float
    overall: float
    message: str
    eta_seconds: float | None = None


class StageTime(Shape):
    name: str
    title: str
    seconds: float
    cached: bool


class Made(Shape):
    """What one run made. Paths are strings so that the shape can be printed as it is."""

    script: Script
    spoken: Spoken
    rendered: Rendered
    checks: tuple[Check, ...]
    manifest: Manifest
    stages: tuple[StageTime, ...]
    video: str
    captions: str
    transcript: str
    thumbnail: str

    @property
    def blocking(self) -> tuple[Check, ...]:
        return tuple(check for check in self.checks if not check.ok and check.level == "block")


class KeptFile(Shape):
    """A file in the media room, by its id there; `hash` is its content's SHA-256."""

    id: UUID
    hash: str
    type: str
    size: int


class ApprovedContent(Shape):
    """What a person approved, and all that may go out of it. Only `facade.approved` makes one."""

    id: UUID
    client_id: UUID
    character_id: UUID
    version: int
    topic: str
    title: str
    caption: str
    hashtags: tuple[str, ...]
    transcript: str
    sources: tuple[Source, ...]
    language: str
    disclosure: Disclosure
    digital_source_type: str
    video: KeptFile
    captions: KeptFile | None
    poster: KeptFile | None
    duration: float
    width: int
    height: int
    approved_by: str
    approved_at: datetime
