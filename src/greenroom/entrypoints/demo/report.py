"""What the demo hands out: one document whose JSON Schema `greenroom demo --schema` prints."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

Outcome = Literal["done", "waits for a person", "blocked by a check", "outcome unknown"]
EXIT: dict[Outcome, int] = {"done": 0, "waits for a person": 3, "blocked by a check": 4, "outcome unknown": 5}


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid")


class CheckReport(Part):
    """One check of the finished video."""

    id: str
    title: str
    ok: bool
    level: str = Field(description="block, warn or info")
    reason: str


class VideoReport(Part):
    """The file that was made, as it is published."""

    path: str | None = Field(description="The file in this machine's media store, when it lies here")
    sha256: str | None
    bytes: int
    width: int
    height: int
    fps: float
    duration_seconds: float
    loudness_lufs: float | None = Field(description="Integrated loudness, ITU-R BS.1770")
    true_peak_dbtp: float | None
    manifest: str = Field(description="State of the Content Credentials as read back from the signed file")


class Report(Part):
    """The whole demo: what was made, where it is, how long each stage took."""

    outcome: Outcome
    reason: str | None = Field(None, description="Why it did not go to the end")
    topic: str
    organisation: str = Field(description="Id of the demo organisation")
    character: str | None = Field(None, description="Name of the character")
    character_id: str | None = None
    content_id: str | None = None
    post_id: str | None = None
    title: str | None = None
    caption: str | None = None
    instance: str = Field(description="Address of the running product")
    page_url: str | None = Field(None, description="The post's public page")
    feed_urls: list[str] = Field(default_factory=list)
    in_feeds: bool = False
    video: VideoReport | None = None
    checks: list[CheckReport] = Field(default_factory=list)
    approved_by: str | None = None
    published_at: str | None = None
    views: int = Field(0, description="Views counted on the server for this post")
    seconds: dict[str, float] = Field(default_factory=dict, description="Wall seconds per stage, and `total`")
