"""What the cast hands out and takes in, and the one thing it asks of the room above: a hand and a voice."""

import re
from datetime import datetime
from typing import Annotated, Literal, Protocol
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from greenroom.kit.text import clean_line, clean_text

Status = Literal["active", "resting"]

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def _something(value: str) -> str:
    value = clean_line(value)
    if not value:
        raise ValueError("Write something that can be seen")
    return value


def _few(values: tuple[str, ...]) -> tuple[str, ...]:
    kept = (clean_line(value) for value in values)
    return tuple(dict.fromkeys(value for value in kept if value))


def _language(value: str) -> str:
    if not _LANGUAGE.fullmatch(value):
        raise ValueError("Write a language tag, such as en or pt-BR")
    return value


Name = Annotated[str, Field(min_length=1, max_length=80), AfterValidator(_something)]
Line = Annotated[str, Field(max_length=200), AfterValidator(clean_line)]
Lines = Annotated[tuple[Annotated[str, Field(max_length=200)], ...], Field(max_length=24), AfterValidator(_few)]
Text = Annotated[str, Field(max_length=2000), AfterValidator(clean_text)]
Statement = Annotated[str, Field(max_length=300), AfterValidator(_something)]
Language = Annotated[str, Field(max_length=35), AfterValidator(_language)]
Colour = Annotated[str, Field(pattern=r"^#[0-9a-fA-F]{6}$"), AfterValidator(str.lower)]
Seed = Annotated[int, Field(ge=0, le=2**53 - 1)]
"""A whole number that JavaScript reads without loss."""


class Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Profile(Frozen):
    biography: Text = ""
    pronouns: Line = ""
    language: Language = "en"
    interests: Lines = ()


class Persona(Frozen):
    """How a character speaks. `never_says` are words that no script of it may have."""

    traits: Lines = ()
    tone: Line = "friendly"
    values: Lines = ()
    vocabulary: Lines = ()
    never_says: Lines = ()
    examples: Lines = ()


class Palette(Frozen):
    paper: Colour = "#f6f1e7"
    ink: Colour = "#17202b"
    accent: Colour = "#f2542d"
    second: Colour = "#0e9594"


class Voice(Frozen):
    """`speed` 1.0 is the voice's own pace; `pitch` is in semitones."""

    engine: Annotated[str, Field(max_length=40)] = "hibari"
    voice: Annotated[str, Field(max_length=80)] = "heart"
    speed: Annotated[float, Field(ge=0.6, le=1.6)] = 1.0
    pitch: Annotated[float, Field(ge=-8, le=8)] = 0.0


class Disclosure(Frozen):
    """How the character says that it is AI: in its profile, under each post, and on the picture."""

    profile: Statement = "I am a virtual character. My videos are made with AI."
    caption: Statement = "Made with AI. The presenter is a virtual character."
    label: Annotated[str, Field(max_length=40), AfterValidator(_something)] = "AI-generated"


class Character(Frozen):
    """A virtual presenter. `page_url` is its public page, once it has one."""

    id: UUID
    client_id: UUID
    version: int
    name: str
    handle: str
    status: Status
    profile: Profile
    persona: Persona
    palette: Palette
    seed: int
    voice: Voice
    disclosure: Disclosure
    portrait_url: str | None
    page_url: str | None
    created_at: datetime
    updated_at: datetime
    deleted_at: datetime | None


class Presenter(Frozen):
    """A character as lists of its work show it."""

    id: UUID
    name: str
    portrait_url: str | None


class NewCharacter(Frozen):
    """A character from a template or from nothing; what is not given comes from the template, then the defaults."""

    name: Name | None = None
    template: Annotated[str, Field(max_length=40)] | None = None
    profile: Profile | None = None
    persona: Persona | None = None
    palette: Palette | None = None
    voice: Voice | None = None
    disclosure: Disclosure | None = None
    seed: Seed | None = None


class CharacterChange(Frozen):
    """What is absent stays as it is."""

    name: Name | None = None
    status: Status | None = None
    profile: Profile | None = None
    persona: Persona | None = None
    palette: Palette | None = None
    voice: Voice | None = None
    disclosure: Disclosure | None = None


class Redraw(Frozen):
    """Draw the portrait from this seed; from a fresh one when there is none."""

    seed: Seed | None = None


class Template(Frozen):
    """A character to begin with."""

    id: str
    name: str
    description: str
    profile: Profile
    persona: Persona
    palette: Palette
    voice: Voice
    disclosure: Disclosure
    seed: int


class AvailableVoice(Frozen):
    engine: str
    voice: str
    name: str
    language: str
    note: str


class Sample(Frozen):
    """A sentence to hear in a voice."""

    engine: Annotated[str, Field(max_length=40)]
    voice: Annotated[str, Field(max_length=80)]
    speed: Annotated[float, Field(ge=0.6, le=1.6)] = 1.0
    pitch: Annotated[float, Field(ge=-8, le=8)] = 0.0
    text: Annotated[str, Field(min_length=1, max_length=200), AfterValidator(_something)]


class Artist(Protocol):
    """Who draws and speaks for the cast: the studio, put in place by the entrypoint. Blocking; called in a thread."""

    def portrait(self, *, name: str, palette: Palette, seed: int) -> bytes:
        """A square PNG, the same for the same name, palette and seed."""
        ...

    def voices(self) -> tuple[AvailableVoice, ...]:
        """The voices that can speak on this machine."""
        ...

    def known(self, engine: str, voice: str) -> bool:
        """Whether there is such a voice, installed here or not."""
        ...

    def sample(self, voice: Voice, text: str) -> bytes:
        """The sentence as a WAV file."""
        ...
