"""Finding a request's route among those of many routers without asking all of them."""

from fastapi import APIRouter
from fastapi.routing import APIRoute
from starlette.routing import Match
from starlette.types import Scope


def steer(router: APIRouter, *, prefix: str) -> APIRouter:
    """The router, to be included under the prefix: passes over at once what begins unlike each of its own paths."""
    heads = {route.path.split("/")[1] for route in router.routes if isinstance(route, APIRoute)}
    if len(router.routes) > sum(isinstance(route, APIRoute) for route in router.routes) or any("{" in h for h in heads):
        return router
    ask = APIRouter.matches.__get__(router)
    begin = f"{prefix}/"

    def matches(scope: Scope) -> tuple[Match, Scope]:
        path: str = scope["path"]
        if not scope.get("root_path") and not (
            path.startswith(begin) and path[len(begin) :].partition("/")[0] in heads
        ):
            return Match.NONE, {}
        found: tuple[Match, Scope] = ask(scope)
        return found

    router.matches = matches  # type: ignore[method-assign] # what an including router asks; it has no other place
    return router
