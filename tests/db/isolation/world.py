"""Two organisations with two clients each and four roles, over the real API, beside a model of who may what."""

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import httpx

from greenroom.entrypoints.api import create_app
from greenroom.infra.context import House
from greenroom.infra.database import Scope, Tx
from greenroom.kit.ids import uuid7
from greenroom.tenancy import store
from greenroom.tenancy.sign_in import start_session
from tests.db.isolation.catalogue import Table

ROLES = ("super", "admin", "member", "viewer")
LEVELS = ("full", "limited", "read")
# Written down again, so that a mistake in the product's table is not one in the model too.
MAKERS = {("admin", "full"), ("admin", "limited"), ("member", "full"), ("member", "limited")}


@dataclass
class Person:
    """Somebody as the model knows them; `access` is the level by client."""

    id: UUID
    organisation: UUID
    role: str
    cookie: str
    access: dict[UUID, str] = field(default_factory=dict)


@dataclass
class Character:
    """A record that moves about."""

    id: UUID
    organisation: UUID
    client: UUID
    version: int
    deleted: bool = False


class World:
    """The model, and the way to do things as somebody and look at what came of it."""

    def __init__(self, run: "asyncio.Runner", house: House, tables: dict[str, Table]) -> None:
        self._run = run
        self.house = house
        self._browser = httpx.AsyncClient(
            transport=httpx.ASGITransport(app=create_app(house)), base_url="http://localhost/api/v1"
        )
        self._strangers = _strangers(tables)
        self.begin()

    def begin(self) -> None:
        """Two fresh organisations; those of an earlier run stay, and must not be seen either."""
        self.clients: dict[UUID, UUID] = {}
        self.people: list[Person] = []
        self.characters: list[Character] = []
        self.do(self._begin())

    def do(self, work: Coroutine[Any, Any, Any]) -> Any:
        return self._run.run(work)

    def ask(self, person: Person, method: str, path: str, **options: Any) -> httpx.Response:
        answer: httpx.Response = self.do(self._ask(person, method, path, options))
        assert answer.status_code < 500, (method, path, answer.text)
        return answer

    def close(self) -> None:
        self.do(self._browser.aclose())

    # -- the model: whom a person sees, and what they may

    def reads(self, person: Person) -> set[UUID]:
        """The clients whose rows this person sees."""
        if person.role == "super":
            return {client for client, owner in self.clients.items() if owner == person.organisation}
        return set(person.access)

    def makes(self, person: Person) -> set[UUID]:
        """The clients for which this person makes characters."""
        if person.role == "super":
            return self.reads(person)
        return {client for client, level in person.access.items() if (person.role, level) in MAKERS}

    def manages(self, person: Person) -> set[UUID]:
        if person.role == "super":
            return self.reads(person)
        return {client for client, level in person.access.items() if (person.role, level) == ("admin", "full")}

    def expected(self, person: Person, held: Callable[[Person], set[UUID]], client: UUID) -> int:
        """The status for a record of a client: 200, 403 with the right nowhere at all, 404 for what is not theirs."""
        if not held(person) and person.role != "super":
            return 403
        return 200 if client in held(person) else 404

    # -- what is there, against the model

    def strangers(self, person: Person) -> list[str]:
        """Tables in which rows stand open to this person that the model says are not theirs."""

        async def look() -> list[str]:
            clients = tuple(sorted(self.reads(person)))
            async with self.house.database.transaction(Scope(person.organisation, clients, "user:test")) as tx:
                rows = await tx.all(self._strangers, {"organisation": person.organisation, "clients": list(clients)})
            return [f"{row['name']}: {row['found']} rows" for row in rows if row["found"]]

        found: list[str] = self.do(look())
        return found

    def listed(self, person: Person, *, deleted: bool) -> set[UUID]:
        """The characters that the API lists to this person, all pages of them."""
        found: set[UUID] = set()
        query: dict[str, Any] = {"limit": 200, "deleted": deleted}
        while True:
            answer = self.ask(person, "GET", "/characters", params=query)
            if answer.status_code == 403:
                assert not self.reads(person)
                return set()
            page = answer.json()
            found |= {UUID(item["id"]) for item in page["items"]}
            if page["next"] is None:
                return found
            query["cursor"] = page["next"]

    def moved(self, person: Person, character: Character, *, organisation: UUID, client: UUID) -> int:
        """How many rows a statement moves that hands a character to another client, past all of the API's checks."""

        async def move() -> int:
            clients = tuple(self.reads(person))
            async with self.house.database.transaction(Scope(person.organisation, clients, "user:test")) as tx:
                return await _move(tx, character.id, organisation, client)

        count: int = self.do(move())
        return count

    async def _begin(self) -> None:
        for number in range(2):
            organisation, clients = uuid7(), (uuid7(), uuid7())
            async with self.house.database.transaction(Scope(organisation, clients, "system:test")) as tx:
                await store.add_organisation(
                    tx, {"id": organisation, "name": f"Organisation {number}", "zone": "UTC", "demo": False}
                )
                for client in clients:
                    row = {"id": client, "name": f"Client {client}", "colour": "#3f6b4f", "zone": "UTC"}
                    await store.add_client(tx, organisation, row)
                    self.clients[client] = organisation
                people = [(uuid7(), role) for role in ROLES]
                for user, role in people:
                    await store.add_user(
                        tx, organisation,
                        {"id": user, "email": f"{user}@example.com", "name": role, "role": role, "status": "active",
                         "zone": "UTC", "password_hash": "chosen"},
                    )  # fmt: skip
            for user, role in people:
                token = await start_session(self.house, organisation, user, address="", agent="test")
                self.people.append(Person(user, organisation, role, f"greenroom={token}"))

    async def _ask(self, person: Person, method: str, path: str, options: dict[str, Any]) -> httpx.Response:
        headers = {"Cookie": person.cookie, **options.pop("headers", {})}
        return await self._browser.request(method, path, headers=headers, **options)


async def _move(tx: Tx, character: UUID, organisation: UUID, client: UUID) -> int:
    return await tx.execute(
        "update character set organisation_id = %(organisation)s, client_id = %(client)s where id = %(id)s",
        {"organisation": organisation, "client": client, "id": character},
    )


def _strangers(tables: dict[str, Table]) -> str:
    """Counts, table by table, the rows that the declared model does not give to an organisation and its clients."""
    parts = []
    for table in tables.values():
        kind = table.kind
        if kind is None or not table.may("select", table.tenant_columns):
            continue
        theirs = f"{table.organisation} = %(organisation)s"
        if kind.by_client:
            of_client = f"{table.client} = any(%(clients)s::uuid[])"
            theirs += f" and ({of_client} or {table.client} is null)" if kind.shared else f" and {of_client}"
        unowned = f" or {table.organisation} is null" if kind.unowned else ""
        parts.append(
            f"select '{table.name}' as name, count(*) as found from {table.name} where not coalesce({theirs}, false)"
            + (f" and not ({table.organisation} is null)" if unowned else "")
        )
    return " union all ".join(parts)
