"""What webhooks are to people and programs. The secret itself is in one answer only."""

import re
from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, Field

from greenroom.tenancy.contracts import Frozen, Name

DeliveryState = Literal["pending", "delivered", "failed", "dead"]

_KIND = re.compile(r"\*|[a-z_]+(\.[a-z_]+)*(\.\*)?")


def _kind(value: str) -> str:
    if not _KIND.fullmatch(value):
        raise ValueError("Name a kind such as channels.post.published, all of a part as channels.post.*, or *")
    return value


Kind = Annotated[str, Field(max_length=100), AfterValidator(_kind)]
Kinds = Annotated[
    tuple[Kind, ...], Field(min_length=1, max_length=20, examples=[["channels.post.*", "studio.content.changed"]])
]
Address = Annotated[str, Field(min_length=1, max_length=2000, examples=["https://example.com/greenroom"])]


class Webhook(Frozen):
    """An endpoint. `client_id` is null for one that is told everything; `last_*` is its newest answer."""

    id: UUID
    client_id: UUID | None
    address: str
    description: str
    kinds: tuple[str, ...]
    active: bool
    disabled_reason: str | None
    failing_since: datetime | None
    rests_until: datetime | None
    last_state: DeliveryState | None
    last_status: int | None
    last_error: str
    last_at: datetime | None
    waiting: int
    previous_secret_until: datetime | None
    version: int
    created_at: datetime


class NewWebhook(Frozen):
    """`client_id` absent: everything that happens in the organisation, which only a super user may ask for."""

    address: Address
    description: Name | Literal[""] = ""
    kinds: Kinds = ("*",)
    client_id: UUID | None = None


class WebhookChange(Frozen):
    """What is absent stays. Whoever changes it answers for it; what happened while it was off is not sent."""

    address: Address | None = None
    description: Name | Literal[""] | None = None
    kinds: Kinds | None = None
    active: bool | None = None


class MadeWebhook(Frozen):
    """The only answer that holds the secret."""

    secret: str
    made: Webhook


class Delivery(Frozen):
    """One event for one endpoint. `failed` is tried again at `next_at`; `dead` is not."""

    id: UUID
    event_id: UUID
    kind: str
    state: DeliveryState
    attempts: int
    next_at: datetime | None
    status: int | None
    answer: str
    error: str
    duration_ms: int | None
    tried_at: datetime | None
    created_at: datetime
    delivered_at: datetime | None
