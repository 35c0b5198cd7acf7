"""What API tokens are to their owner. The token itself is in one answer only."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field, field_validator

from greenroom.tenancy.contracts import Frozen, Name
from greenroom.tenancy.rules import TOKEN_SCOPES

LONGEST = 366
"""Days that a token lasts at most."""


class ApiToken(Frozen):
    """A program's way in: it may what its person may, within its scopes and clients, until it ends."""

    id: UUID
    name: str
    hint: str
    scopes: tuple[str, ...]
    clients: tuple[UUID, ...] | None
    expires_at: datetime
    used_at: datetime | None
    used_from: str
    created_at: datetime


class NewApiToken(Frozen):
    """`clients` absent: all that the person sees. A token that manages people and settings is never for some only."""

    name: Name
    scopes: Annotated[tuple[str, ...], Field(min_length=1, max_length=20, examples=[["read", "publish"]])]
    clients: Annotated[tuple[UUID, ...], Field(min_length=1, max_length=200)] | None = None
    days: Annotated[int, Field(ge=1, le=LONGEST)] = 90

    @field_validator("scopes")
    @classmethod
    def _known(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        unknown = [scope for scope in value if scope not in TOKEN_SCOPES]
        if unknown:
            raise ValueError(f"{unknown[0][:40]!r} is no scope; choose among {', '.join(TOKEN_SCOPES)}")
        return tuple(scope for scope in TOKEN_SCOPES if scope in value)


class MadeApiToken(Frozen):
    """The only answer that holds the token."""

    token: str
    made: ApiToken
