"""What stands behind the ? of an address: every name is one that the operation knows, or the request is refused."""

from collections.abc import Iterable

from fastapi import Request
from fastapi.routing import APIRoute

from greenroom.infra.http.declared import query_names
from greenroom.kit.errors import Invalid

_MOST = 10
"""Names that a refusal repeats."""


def known_queries(routes: Iterable[APIRoute], *, free: frozenset[str]) -> dict[str, frozenset[str]]:
    """By operation, the names it takes. Operations in `free` are left out: what others add to them is let be."""
    return {str(route.operation_id): query_names(route) for route in routes if route.operation_id not in free}


async def refuse_unknown(request: Request) -> None:
    """A dependency of every route. Raises Invalid: a misspelt filter would else answer with everything."""
    known: frozenset[str] | None = request.app.state.queries.get(request.scope["route"].operation_id)
    unknown = sorted(set(request.query_params) - known)[:_MOST] if known is not None else []
    if unknown:
        fields = {name[:60]: "Not a parameter of this operation" for name in unknown}
        raise Invalid("Leave out, or spell as the description does, what is named here", fields=fields)
