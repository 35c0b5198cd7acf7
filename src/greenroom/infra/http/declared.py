"""What a route takes by name, its own and that of its dependencies: query parameters, headers."""

from collections.abc import Iterator

from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute


def query_names(route: APIRoute) -> frozenset[str]:
    return frozenset(one.alias for part in _parts(route.dependant) for one in part.query_params)


def header_names(route: APIRoute) -> frozenset[str]:
    """In lower case, as they stand in a request."""
    return frozenset(one.alias.lower() for part in _parts(route.dependant) for one in part.header_params)


def _parts(dependant: Dependant) -> Iterator[Dependant]:
    yield dependant
    for below in dependant.dependencies:
        yield from _parts(below)
