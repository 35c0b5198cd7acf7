"""The HTTP program: the API, the public pages and the web client on one port."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import APIRouter, FastAPI
from fastapi.routing import APIRoute
from pydantic import BaseModel
from starlette.middleware.gzip import GZipMiddleware

from greenroom import __version__
from greenroom.entrypoints import wiring
from greenroom.entrypoints.house import opened
from greenroom.entrypoints.permissions import PERMISSIONS, PERSONS_ONLY, SECRET_ANSWERS
from greenroom.entrypoints.web import mount_web
from greenroom.infra.context import House
from greenroom.infra.http import idempotency, problems
from greenroom.infra.http.context import HouseOf
from greenroom.infra.http.guard import Guard
from greenroom.tenancy import facade as tenancy

log = logging.getLogger(__name__)
API = "/api/v1"

_health = APIRouter(tags=["installation"])


class Health(BaseModel):
    """Whether the installation answers, and with what."""

    status: str
    version: str
    database: str


class ProblemDocument(BaseModel):
    """RFC 9457: what went wrong, and in `detail` what to do."""

    type: str
    title: str
    status: int
    detail: str
    errors: dict[str, str] | None = None


@_health.get("/health", operation_id="get_health")
async def get_health(house: HouseOf) -> Health:
    async with house.database.transaction() as tx:
        server = await tx.value("show server_version")
    return Health(status="ok", version=__version__, database=str(server))


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
        responses={code: {"model": ProblemDocument} for code in (401, 403, 404, 409, 412, 422, 429)},
    )
    app.state.house = house
    app.state.authenticate = tenancy.identify
    app.state.authenticate_program = tenancy.identify_program
    app.state.permissions = PERMISSIONS
    app.state.persons_only = PERSONS_ONLY
    app.state.secret_answers = SECRET_ANSWERS
    routers = [_health, *wiring.routers()]
    compare_permissions(routers)
    for router in routers:
        app.include_router(router, prefix=API)
    for router in wiring.public_routers():
        app.include_router(router, include_in_schema=False)
    mount_web(app, web_folder(), api=API)
    problems.install(app)
    idempotency.install(app)
    wiring.register_listeners()
    app.add_middleware(GZipMiddleware, minimum_size=1024, compresslevel=5)
    app.add_middleware(Guard, origins=[str(settings.public_url)] if settings.public_url else [])
    return app


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
