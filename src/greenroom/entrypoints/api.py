"""The HTTP program: the API, the public pages and the web client on one port."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from fastapi import APIRouter, Depends, FastAPI
from fastapi.routing import APIRoute
from starlette.middleware.gzip import GZipMiddleware

from greenroom import __version__
from greenroom.entrypoints import health, wiring
from greenroom.entrypoints.answers import MORE
from greenroom.entrypoints.house import opened
from greenroom.entrypoints.permissions import ANY_QUERY, PERMISSIONS, PERSONS_ONLY, SECRET_ANSWERS
from greenroom.entrypoints.web import mount_web
from greenroom.infra.context import House
from greenroom.infra.http import idempotency, problems
from greenroom.infra.http.admit import count_public
from greenroom.infra.http.describe import describe
from greenroom.infra.http.guard import Guard
from greenroom.infra.http.limits import Limits
from greenroom.infra.http.query import known_queries, refuse_unknown
from greenroom.infra.http.steer import steer
from greenroom.tenancy import facade as tenancy

log = logging.getLogger(__name__)
API = "/api/v1"


def create_app(house: House) -> FastAPI:
    """The whole application over the parts of this process; its lifespan opens and closes them."""
    settings = house.settings

    @asynccontextmanager
    async def alive(app: FastAPI) -> AsyncIterator[None]:
        async with opened(house), wiring.beside_api(app):
            yield

    app = FastAPI(
        title="Greenroom",
        version=__version__,
        description="Brief in, measured post out: everything the product can do.",
        lifespan=alive,
        openapi_url=f"{API}/openapi.json",
        docs_url=None,
        redoc_url=None,
    )
    app.state.house = house
    app.state.limits = Limits(house)
    app.state.readiness = health.Readiness(house)
    app.state.authenticate = tenancy.identify
    app.state.authenticate_program = tenancy.identify_program
    app.state.permissions = PERMISSIONS
    app.state.persons_only = PERSONS_ONLY
    app.state.secret_answers = SECRET_ANSWERS
    wiring.furnish(app)
    routers = [health.router, *wiring.routers()]
    compare_permissions(routers)
    operations = [route for router in routers for route in router.routes if isinstance(route, APIRoute)]
    app.state.queries = known_queries(operations, free=ANY_QUERY)
    asked = Depends(refuse_unknown)
    app.include_router(health.router, prefix=API, dependencies=[asked])  # counted by nobody: counting asks the database
    for router in wiring.routers():
        app.include_router(steer(router, prefix=API), prefix=API, dependencies=[Depends(count_public), asked])
    for router in wiring.socket_routers():
        app.include_router(router, prefix=API)
    for router in wiring.public_routers():
        app.include_router(router, include_in_schema=False)
    mount_web(app, web_folder(), api=API, operations=operations)
    _describe(app)
    problems.install(app)
    idempotency.install(app)
    wiring.register_listeners()
    app.add_middleware(GZipMiddleware, minimum_size=1024, compresslevel=5)
    app.add_middleware(Guard, origins=[str(settings.public_url)] if settings.public_url else [])
    return app


def _describe(app: FastAPI) -> None:
    """Let the description say every error, with examples; made once, when first asked for."""
    plain = app.openapi

    def described() -> dict[str, Any]:
        if app.openapi_schema is None:
            describe(plain(), PERMISSIONS, MORE)
        return plain()

    app.openapi = described  # type: ignore[method-assign] # FastAPI's own way to extend it


def compare_permissions(routers: list[APIRouter]) -> None:
    """Refuse to start when a route has no permission, or a permission no route."""
    routes = [route for router in routers for route in router.routes]
    operations = {route.operation_id for route in routes if isinstance(route, APIRoute)}
    missing, unknown = operations - set(PERMISSIONS), set(PERMISSIONS) - operations
    if missing or unknown:
        raise RuntimeError(
            f"entrypoints/permissions.py lacks {sorted(map(str, missing))}, has too many {sorted(unknown)}"
        )


def web_folder() -> Path | None:
    """The built web client: inside the wheel, or in the clone it was built in."""
    package = Path(__file__).parents[1]
    for folder in (package / "web_dist", package.parents[1] / "web" / "dist"):
        if (folder / "index.html").is_file():
            return folder
    return None
