"""The context of a request: who asks, for which clients, in one transaction that ends with the answer."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Annotated, Protocol
from uuid import UUID

from fastapi import Depends, Query, Request

from greenroom.infra.context import Actor, Context, House
from greenroom.infra.database import Scope
from greenroom.infra.http.cookies import read_session_cookie
from greenroom.infra.http.house import HouseOf, house_of
from greenroom.kit.errors import Forbidden, NotFound, SignedOut

PUBLIC = "public"


@dataclass(frozen=True, slots=True)
class Identity:
    """A signed-in person and what they may do, by client."""

    organisation: UUID
    user: UUID
    session: UUID
    name: str
    role: str
    grants: Mapping[UUID, frozenset[str]]

    def clients(self, permission: str) -> tuple[UUID, ...]:
        return tuple(client for client, held in self.grants.items() if permission in held)

    @asynccontextmanager
    async def context(
        self, house: House, *, permission: str = "read", client: UUID | None = None
    ) -> AsyncIterator[Context]:
        """A context in a fresh transaction, over the clients where the permission is held.

        Forbidden when it is held nowhere (super users hold every permission, even with no client yet);
        NotFound when the named client is not one that this person sees.
        """
        clients = self.clients(permission)
        if not clients and self.role != "super":
            raise Forbidden(f"Ask an administrator for the right to {permission}")
        if client is not None:
            if client not in self.grants:
                raise NotFound("There is no such client here")
            if client not in clients:
                raise Forbidden(f"Ask an administrator for the right to {permission} for this client")
            clients = (client,)
        actor = Actor("user", self.user, self.name)
        async with house.database.transaction(Scope(self.organisation, clients, str(actor))) as tx:
            yield Context(self.organisation, clients, client, actor, tx, house.clock, house, self.grants)


class Authenticator(Protocol):
    async def __call__(self, house: House, token: str) -> Identity | None:
        """The identity behind a session's token; None when it is unknown or over."""
        ...


async def identify(request: Request) -> Identity:
    """Who asks; SignedOut when nobody is signed in."""
    token = read_session_cookie(request)
    authenticate: Authenticator = request.app.state.authenticate
    identity = await authenticate(house_of(request), token) if token else None
    if identity is None:
        raise SignedOut("Sign in and try again; nothing you typed is lost")
    return identity


OneClient = Annotated[UUID | None, Query(description="One client; all that you see when absent")]


async def open_context(
    request: Request, identity: Annotated[Identity, Depends(identify)], client: OneClient = None
) -> AsyncIterator[Context]:
    permissions: Mapping[str, str] = request.app.state.permissions
    permission = permissions[request.scope["route"].operation_id]
    async with identity.context(house_of(request), permission=permission, client=client) as ctx:
        yield ctx


# Scope "function": the transaction is committed before the answer leaves, so an answer is never a promise.
Ctx = Annotated[Context, Depends(open_context, scope="function")]
Identified = Annotated[Identity, Depends(identify)]

__all__ = ["PUBLIC", "Authenticator", "Ctx", "HouseOf", "Identified", "Identity", "house_of", "identify"]
