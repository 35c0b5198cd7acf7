"""What happened: a row in the caller's transaction, listeners in the same transaction, a ping for live pages."""

from collections import defaultdict
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from psycopg.types.json import Jsonb

from greenroom.infra.context import Actor, Context
from greenroom.kit.ids import uuid7

# Carries the organisation's id only: NOTIFY knows no tenants, and readers fetch under their own scope.
CHANNEL = "greenroom_event"

Severity = Literal["info", "warning", "error", "critical"]


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened to one subject."""

    id: UUID
    kind: str
    client: UUID | None
    subject: tuple[str, UUID] | None
    message: str
    severity: Severity
    at: datetime
    data: dict[str, Any] = field(default_factory=dict)

    @property
    def about(self) -> UUID:
        """The subject's id, for listeners of kinds that always have one."""
        if self.subject is None:
            raise LookupError(f"{self.kind} has no subject")
        return self.subject[1]


Listener = Callable[[Context, Event], Awaitable[None]]
_listeners: dict[str, list[Listener]] = defaultdict(list)


def listen(kind: str, listener: Listener) -> None:
    """Run `listener` inside the transaction of every event of this kind; entrypoints register, once."""
    if listener not in _listeners[kind]:
        _listeners[kind].append(listener)


@dataclass(frozen=True, slots=True)
class News:
    """An event to be: what `emit_all` records of it."""

    kind: str
    actor: Actor
    client: UUID | None
    subject: tuple[str, UUID] | None
    message: str = ""
    severity: Severity = "info"
    data: dict[str, Any] = field(default_factory=dict)


async def emit(
    ctx: Context,
    kind: str,
    *,
    subject: tuple[str, UUID] | None = None,
    message: str = "",
    severity: Severity = "info",
    data: dict[str, Any] | None = None,
    client: UUID | None = None,
    whole: bool = False,
) -> Event:
    """Record an event with the caller's transaction and tell the listeners.

    `client` defaults to the context's. A `whole` event is the organisation's: everybody in it may read it, so its
    message names nobody and no client.
    """
    belongs = None if whole else client or ctx.client
    event = Event(uuid7(), kind, belongs, subject, message, severity, ctx.clock.now(), data or {})
    await ctx.db.execute(
        """with made as (
             insert into event (organisation_id, client_id, id, kind, severity, subject_type, subject_id,
                                message, data, actor)
             values (%(organisation)s, %(client)s, %(id)s, %(kind)s, %(severity)s, %(subject_type)s,
                     %(subject_id)s, %(message)s, %(data)s, %(actor)s))
           select pg_notify(%(channel)s, %(organisation)s::text)""",
        {
            "organisation": ctx.organisation,
            "client": event.client,
            "id": event.id,
            "kind": kind,
            "severity": severity,
            "subject_type": subject[0] if subject else None,
            "subject_id": subject[1] if subject else None,
            "message": message,
            "data": Jsonb(event.data),
            "actor": str(ctx.actor),
            "channel": CHANNEL,
        },
    )
    for listener in _listeners[kind]:
        await listener(ctx, event)
    return event


async def emit_all(ctx: Context, news: Sequence[News]) -> None:
    """`emit` for several events of the context's organisation at once, each with its own actor."""
    at = ctx.clock.now()
    made = [Event(uuid7(), one.kind, one.client, one.subject, one.message, one.severity, at, one.data) for one in news]
    rows = [
        {
            "client_id": event.client,
            "id": event.id,
            "kind": event.kind,
            "severity": event.severity,
            "subject_type": event.subject[0] if event.subject else None,
            "subject_id": event.subject[1] if event.subject else None,
            "message": event.message,
            "data": event.data,
            "actor": str(one.actor),
        }
        for one, event in zip(news, made, strict=True)
    ]
    await ctx.db.execute(
        """with made as (
             insert into event (organisation_id, client_id, id, kind, severity, subject_type, subject_id, message, data,
                                actor)
             select %(organisation)s, one.* from jsonb_to_recordset(%(rows)s) as one (
               client_id uuid, id uuid, kind text, severity text, subject_type text, subject_id uuid, message text,
               data jsonb, actor text))
           select pg_notify(%(channel)s, %(organisation)s::text)""",
        {"organisation": ctx.organisation, "rows": Jsonb(rows), "channel": CHANNEL},
    )
    for one, event in zip(news, made, strict=True):
        for listener in _listeners[event.kind]:
            await listener(replace(ctx, actor=one.actor), event)
