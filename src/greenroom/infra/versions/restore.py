"""Bringing an earlier version back: as a change of today, through the room's own rules."""

from uuid import UUID

from pydantic import ValidationError

from greenroom.infra.context import Context
from greenroom.infra.versions import version_store as store
from greenroom.infra.versions.contracts import DefinitionVersion
from greenroom.infra.versions.diff import same
from greenroom.infra.versions.read import at
from greenroom.infra.versions.registry import definition_of
from greenroom.kit.errors import Conflict, Invalid


async def restore(
    ctx: Context, kind: str, definition: UUID, number: int, *, version: int, reason: str
) -> DefinitionVersion:
    """Make the definition say again what it said in this version; gives the version that this makes.

    `version` is the record's, as read. Raises NotFound, Forbidden, Stale, Conflict (it says that already), and
    Invalid when the rules of today refuse it, with the fields.
    """
    known = definition_of(kind)
    present = await known.read(ctx, definition)
    ctx.require(known.to_change, present.client)
    old = await store.one(ctx, kind, definition, number)
    if present.version == version and same(present.document, old["document"]):
        raise Conflict(f"It says what version {number} says already; there is nothing to restore")
    why = f"Version {number} again" + (f": {reason}" if reason else "")
    try:
        await known.apply(ctx, definition, old["document"], version, why)
    except ValidationError as error:
        fields = {".".join(map(str, one["loc"])): one["msg"] for one in error.errors()}
        raise Invalid(_refused(number, next(iter(fields.values()))), fields=fields) from error
    except Invalid as error:
        raise type(error)(_refused(number, error.detail), fields=error.fields, **error.extra) from error
    newest = await store.latest(ctx, kind, definition)
    return await at(ctx, kind, definition, newest["number"] if newest else number)


def _refused(number: int, why: str) -> str:
    return f"Version {number} can't come back as it is: {why}"
