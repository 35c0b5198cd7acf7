"""One entry of the audit trail, written with the change that it tells of."""

import json
import secrets
from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from greenroom.infra.audit import audit_store
from greenroom.infra.audit.chain import entry_hash, value_digest
from greenroom.infra.context import Context
from greenroom.infra.plain import plain_json
from greenroom.kit.ids import uuid7

_TIMES = frozenset({"version", "updated_at", "created_at", "last_seen_at"})
"""Fields that change with every change and say nothing."""


async def record(
    ctx: Context,
    action: str,
    subject: tuple[str, UUID],
    *,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    personal: Collection[str] = (),
    person: UUID | None = None,
    client: UUID | None = None,
    reason: str = "",
) -> None:
    """Append what changed between `before` and `after` (None: was not there, is no longer there).

    The fields named `personal` are kept apart as `person`'s, so that they can be erased. Appending waits for other
    changes of the same organisation that are not committed yet, so it is best the last thing that a change does.
    """
    change = _differences(_plain(before), _plain(after))
    values: list[dict[str, Any]] = []

    def apart(value: Any, whose: UUID | None) -> dict[str, str]:
        id, salt = uuid7(), secrets.token_bytes(16)
        values.append({"id": id, "person": whose, "value": value, "salt": salt})
        return {"personal": str(id), "digest": value_digest(salt, value)}

    for field in personal:
        if field in change:
            change[field] = {side: apart(value, person) for side, value in change[field].items()}
    number, previous = await audit_store.locked_head(ctx)
    entry = {
        "organisation_id": ctx.organisation,
        "number": number + 1,
        "client_id": client,
        "at": ctx.clock.now(),
        "actor": ctx.actor.kind,
        "actor_id": ctx.actor.id,
        "action": action,
        "subject_type": subject[0],
        "subject_id": subject[1],
        "change": change,
        "reason": reason[:2000],
        "source": _source(ctx, apart),
        "previous_hash": previous,
    }
    await audit_store.append(ctx, {**entry, "hash": entry_hash(previous, entry)}, values)


async def last_person(ctx: Context, subject: UUID) -> UUID | None:
    """Who of the people changed this last, for an entry about what then happened by itself."""
    return await audit_store.last_person(ctx, subject)


def _source(ctx: Context, apart: Any) -> dict[str, Any]:
    if ctx.origin is None:
        return {}
    source: dict[str, Any] = {"address": apart(ctx.origin.address, ctx.actor.id)} if ctx.origin.address else {}
    if ctx.origin.token is not None:
        source["token"] = str(ctx.origin.token)
    return source


def _differences(before: dict[str, Any], after: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The fields that differ, with what stood there before and what stands there now."""
    fields = sorted((before.keys() | after.keys()) - _TIMES)
    return {
        field: {side: document[field] for side, document in (("before", before), ("after", after)) if field in document}
        for field in fields
        if (field in before) != (field in after) or before.get(field) != after.get(field)
    }


def _plain(document: Mapping[str, Any] | None) -> dict[str, Any]:
    """As the database will give it back, so that what is read has the hash of what was written; fractions as text."""
    plain: dict[str, Any] = json.loads(plain_json(dict(document or {})), parse_float=str)
    return plain
