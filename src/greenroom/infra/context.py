"""Who acts, for whom, in which transaction: the first parameter of everything a room does."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal
from uuid import UUID

from greenroom.infra.database import Database, Scope, Tx
from greenroom.kit.clock import Clock
from greenroom.kit.errors import Forbidden, Invalid, NotFound

if TYPE_CHECKING:
    from greenroom.infra.settings import Settings
    from greenroom.infra.store import MediaStore
    from greenroom.infra.vault.vault import Vault


@dataclass(frozen=True, slots=True)
class Actor:
    """Who or what acts. `id` is the user's or the job's."""

    kind: Literal["user", "job", "rule", "system", "command"]
    id: UUID | None
    name: str

    def __str__(self) -> str:
        return f"{self.kind}:{self.id or self.name}"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a request came from: the caller's address, and its API token when a program sent it."""

    address: str
    token: UUID | None = None


@dataclass(frozen=True, slots=True)
class House:
    """The parts that live as long as the process; the entrypoint makes them."""

    settings: "Settings"
    database: Database
    store: "MediaStore"
    clock: Clock
    vault: "Vault"


@dataclass(frozen=True, slots=True)
class Context:
    """One actor in one organisation, the clients it may see here, and the open transaction."""

    organisation: UUID
    clients: tuple[UUID, ...]
    client: UUID | None
    actor: Actor
    db: Tx
    clock: Clock
    house: House
    grants: Mapping[UUID, frozenset[str]] = field(default_factory=dict)
    """What the acting person may do, by client; empty for whoever is not a person."""
    origin: Origin | None = None
    whole: bool = False
    """Whether the acting person may everything here by this way in: a super user, not with a narrower token."""

    def require(self, permission: str, client: UUID) -> None:
        """Forbidden unless the acting person holds `permission` for this client."""
        if permission not in self.grants.get(client, frozenset()):
            raise Forbidden(f"Ask an administrator for the right to {permission} for this client")

    def person(self) -> UUID:
        """The id of the person who acts; Forbidden when none does."""
        if self.actor.kind != "user" or self.actor.id is None:
            raise Forbidden("Only a person can do this; sign in")
        return self.actor.id

    def one_client(self) -> UUID:
        """The client that a write is for; Invalid when none was named and several are possible."""
        if self.client is not None:
            return self.client
        if len(self.clients) == 1:
            return self.clients[0]
        raise Invalid("Say which client this is for", fields={"client": "Choose one client"})

    def within(self, client: UUID) -> "Context":
        """The same context for one of its clients; NotFound when it is not among them."""
        if client not in self.clients:
            raise NotFound("There is no such client here")
        return replace(self, client=client)

    @property
    def tenant(self) -> dict[str, object]:
        """The parameters `organisation` and `clients` that every statement names beside row-level security."""
        return {"organisation": self.organisation, "clients": list(self.clients)}

    def scope(self) -> Scope:
        return Scope(self.organisation, self.clients, str(self.actor))
