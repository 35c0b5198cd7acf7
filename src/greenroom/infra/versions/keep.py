"""Keeping a version with the change that makes it."""

import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from greenroom.infra.context import Context
from greenroom.infra.plain import plain_json
from greenroom.infra.versions import version_store as store
from greenroom.infra.versions.diff import same

_STOOD = {"author": "system", "author_id": None, "reason": "What stood here before; who wrote it was not kept"}


async def kept(
    ctx: Context,
    kind: str,
    definition: UUID,
    document: Mapping[str, Any],
    *,
    before: Mapping[str, Any] | None = None,
    reason: str = "",
) -> int:
    """Keep what the definition says now, for the context's one client; gives the number of its newest version.

    A document that says the same as the newest version adds none. `before` is what stood there until now: where the
    newest version does not say that (or there is none), it is kept first, without an author.
    """
    await store.hold(ctx, kind, definition)
    newest = await store.latest(ctx, kind, definition)
    place = {"client": ctx.one_client(), "kind": kind, "id": definition, "at": ctx.clock.now()}
    by = {"author": ctx.actor.kind, "author_id": ctx.actor.id, "reason": reason[:2000]}
    number, said = (newest["number"], newest["document"]) if newest else (0, None)
    for version, made in ((before, _STOOD), (document, by)):
        plain = None if version is None else _plain(version)
        if plain is not None and not (said is not None and same(said, plain)):
            number, said = number + 1, plain
            await store.add(ctx, {**place, **made, "number": number, "document": plain})
    return number


def _plain(document: Mapping[str, Any]) -> dict[str, Any]:
    plain: dict[str, Any] = json.loads(plain_json(dict(document)))
    return plain
