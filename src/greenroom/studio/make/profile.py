"""How large, how often and how carefully a video is drawn and encoded."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Profile:
    """Every length in the drawing is a share of `width` or `height`, so one design serves all sizes."""

    name: str
    width: int
    height: int
    fps: int
    preset: str
    crf: int
    threads: int = 2
    audio_rate: int = 48_000
    audio_bits: int = 160_000


FINAL = Profile("final", 1080, 1920, 30, "veryfast", 20)
DRAFT = Profile("draft", 270, 480, 15, "ultrafast", 26)
SQUARE = Profile("square", 1080, 1080, 30, "veryfast", 20)
PORTRAIT = Profile("portrait", 1080, 1350, 30, "veryfast", 20)
WIDE = Profile("wide", 1920, 1080, 30, "veryfast", 20)

PROFILES = {profile.name: profile for profile in (FINAL, DRAFT, SQUARE, PORTRAIT, WIDE)}
