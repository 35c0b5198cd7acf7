"""What tenancy hands out and takes in. Frozen; ids are UUID, times are aware."""

import re
import unicodedata
from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID
from zoneinfo import available_timezones

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

Role = Literal["super", "admin", "member", "viewer"]
Level = Literal["full", "limited", "read"]

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")


def _zone(value: str) -> str:
    if value not in available_timezones():
        raise ValueError(f"{value[:60]!r} is no time zone; use a name such as Europe/Berlin")
    return value


def _email(value: str) -> str:
    value = value.strip().lower()
    if not _EMAIL.fullmatch(value):
        raise ValueError("Write an e-mail address, such as name@example.com")
    return value


def _line(value: str) -> str:
    """One line of text: no control or direction-changing characters, no space around it."""
    kept = "".join(c for c in value if unicodedata.category(c) not in ("Cc", "Cf", "Cs") or c == "\u200d")
    kept = kept.strip()
    if not kept:
        raise ValueError("Write something that can be seen")
    return kept


Zone = Annotated[str, Field(max_length=64), AfterValidator(_zone)]
Email = Annotated[str, Field(max_length=320), AfterValidator(_email)]
Name = Annotated[str, Field(max_length=200), AfterValidator(_line)]
Colour = Annotated[str, Field(pattern=r"^#[0-9a-f]{6}$")]


class Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Client(Frozen):
    """A customer of the organisation."""

    id: UUID
    name: str
    colour: str
    zone: str
    status: Literal["active", "archived"]
    version: int


class Access(Frozen):
    client_id: UUID
    level: Level


class User(Frozen):
    """A person with a role, without anything secret."""

    id: UUID
    name: str
    email: str
    role: Role
    status: Literal["invited", "active", "disabled"]
    zone: str
    access: tuple[Access, ...]
    last_seen_at: datetime | None
    version: int


class SessionUser(Frozen):
    id: UUID
    name: str
    email: str
    role: Role
    zone: str
    version: int


class SessionOrganisation(Frozen):
    id: UUID
    name: str
    zone: str
    demo: bool
    version: int


class SessionClient(Frozen):
    id: UUID
    name: str
    colour: str
    zone: str
    permissions: tuple[str, ...]


class Session(Frozen):
    """Who is signed in, and what they see."""

    user: SessionUser
    organisation: SessionOrganisation
    clients: tuple[SessionClient, ...]


class OnceLink(Frozen):
    """What a link that works once is for, and whether it still does."""

    purpose: Literal["first_run", "password"] | None
    email: str | None
    valid: bool
    reason: str | None


class SignIn(Frozen):
    email: Annotated[str, Field(max_length=320)]
    password: Annotated[str, Field(max_length=1000)]


class FirstRun(Frozen):
    token: Annotated[str, Field(max_length=200)]
    name: Name
    email: Email
    password: Annotated[str, Field(max_length=1000)]
    organisation: Name
    client: Name
    zone: Zone


class NewPassword(Frozen):
    token: Annotated[str, Field(max_length=200)]
    password: Annotated[str, Field(max_length=1000)]


class NewClient(Frozen):
    name: Name
    colour: Colour = "#3f6b4f"
    zone: Zone = "UTC"


class ClientChange(Frozen):
    name: Name | None = None
    colour: Colour | None = None
    zone: Zone | None = None
    status: Literal["active", "archived"] | None = None


class OrganisationChange(Frozen):
    name: Name | None = None
    zone: Zone | None = None


class NewUser(Frozen):
    name: Name
    email: Email
    role: Role = "member"
    access: tuple[Access, ...] = ()


class UserChange(Frozen):
    name: Name | None = None
    role: Role | None = None
    status: Literal["active", "disabled"] | None = None
    zone: Zone | None = None
    access: tuple[Access, ...] | None = None


class ProfileChange(Frozen):
    name: Name | None = None
    zone: Zone | None = None


class Invited(Frozen):
    """A person and the link, shown once, with which they choose a password."""

    user: User
    link: str
