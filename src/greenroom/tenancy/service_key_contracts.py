"""What service keys are to people. The value goes in and never comes out."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, AwareDatetime, Field, SecretStr

from greenroom.tenancy.contracts import Frozen

KeyState = Literal["works", "ends_soon", "ended", "off"]


def _pasted(value: SecretStr) -> SecretStr:
    """Without what copying brings along at the ends."""
    stripped = value.get_secret_value().strip()
    if len(stripped) < LEAST:
        raise ValueError(f"Paste the whole key; it has at least {LEAST} characters")
    return SecretStr(stripped)


LEAST = 8
"""Characters of a key: a shorter one could be guessed from what is kept beside it."""

KeyValue = Annotated[SecretStr, Field(max_length=16_384), AfterValidator(_pasted)]
ServiceId = Annotated[str, Field(min_length=1, max_length=40, examples=["language_model"])]


class Service(Frozen):
    """An external service that takes a key."""

    id: str
    name: str
    about: str


class ServiceKey(Frozen):
    """A key without its value. `client_id` is null for the organisation's; `hint` is for who may manage it."""

    id: UUID
    client_id: UUID | None
    service: str
    hint: str
    state: KeyState
    active: bool
    expires_at: datetime | None
    last_used_at: datetime | None
    made_by: UUID | None
    created_at: datetime
    version: int


class NewServiceKey(Frozen):
    """`client_id` absent: the organisation's own key."""

    service: ServiceId
    value: KeyValue
    client_id: UUID | None = None
    expires_at: AwareDatetime | None = None


class ServiceKeyChange(Frozen):
    """Absent fields stay. A new value comes with its own date: without one it has none."""

    value: KeyValue | None = None
    active: bool | None = None
    expires_at: AwareDatetime | None = None


class ServiceShare(Frozen):
    """This client may use the organisation's key of this service where no key of its own works."""

    client_id: UUID
    service: str


class ServiceShareChange(Frozen):
    service: ServiceId
    shared: bool
