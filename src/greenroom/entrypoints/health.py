"""Whether a server lives, and whether it can serve: what supervisors and load balancers ask."""

import asyncio
import time
from typing import Literal

import psycopg
from fastapi import APIRouter, Request
from pydantic import BaseModel

from greenroom import __version__
from greenroom.infra.context import House
from greenroom.infra.database import Database
from greenroom.infra.jobs.board import read_workers
from greenroom.infra.jobs.registry import QUEUES
from greenroom.infra.migrate import names
from greenroom.kit.errors import Unavailable

router = APIRouter(tags=["installation"])

PATIENCE = 3.0
"""Seconds that the database has to answer; who asks for readiness does not wait long."""
GOOD_FOR = 1.0
"""Seconds that an answer is kept, for it is given to everybody and counted against nobody."""

Schema = Literal["current", "behind", "ahead"]


class Health(BaseModel):
    """What a server that can serve says of its installation."""

    status: Literal["ok"]
    version: str
    database: str
    """The version of PostgreSQL."""
    migrations: Schema
    """`ahead` while newer programs run beside this one."""
    workers: dict[str, int]
    """How many workers are heard of, by queue; 0 means that jobs of that queue wait."""


class Alive(BaseModel):
    status: Literal["ok"]
    version: str


@router.get("/health/live", operation_id="get_liveness")
async def get_liveness() -> Alive:
    """Whether this process answers; start it again when it does not. Asks nothing of the database."""
    return Alive(status="ok", version=__version__)


@router.get("/health", operation_id="get_health")
async def get_health(request: Request) -> Health:
    """Whether this server can serve: 503 while it stops, while its database is away or lacks migrations."""
    if getattr(request.app.state, "stopping", False):
        raise Unavailable("This server is stopping; ask another")
    readiness: Readiness = request.app.state.readiness
    return await readiness.look()


class Readiness:
    """Asks the database once a second at most, however many ask for the answer."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._one_at_a_time = asyncio.Lock()
        self._found: Health | Unavailable | None = None
        self._at = 0.0

    async def look(self) -> Health:
        """How this installation stands. Raises Unavailable."""
        async with self._one_at_a_time:
            if self._found is None or time.monotonic() - self._at > GOOD_FOR:
                try:
                    self._found = await self._ask()
                except Unavailable as error:
                    self._found = error
                self._at = time.monotonic()
            if isinstance(self._found, Unavailable):
                raise Unavailable(self._found.detail)
            return self._found

    async def _ask(self) -> Health:
        database = self._house.database
        try:
            async with asyncio.timeout(PATIENCE):
                schema = await schema_of(database)
                if schema == "behind":
                    raise Unavailable("The database lacks migrations of this version; bring it up to date first")
                async with database.transaction() as tx:
                    server = await tx.value("show server_version")
                    workers = await read_workers(tx)
        except (TimeoutError, psycopg.OperationalError) as error:
            raise Unavailable("The database does not answer") from error
        heard = {queue: sum(queue in one.queues and not one.silent for one in workers) for queue in QUEUES}
        return Health(status="ok", version=__version__, database=str(server), migrations=schema, workers=heard)


async def schema_of(database: Database) -> Schema:
    """How the database's schema stands to this version of the program."""
    try:
        async with database.transaction() as tx:
            ran = {row["name"] for row in await tx.all("select migrations() as name")}
    except (psycopg.errors.UndefinedFunction, psycopg.errors.InvalidSchemaName):  # older than the function, or empty
        return "behind"
    ours = set(names())
    if ours - ran:
        return "behind"
    return "ahead" if ran - ours else "current"
