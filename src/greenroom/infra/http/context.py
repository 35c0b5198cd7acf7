"""The context of a request: who asks, for which clients, in one transaction that ends with the answer."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Annotated, Protocol
from uuid import UUID

from fastapi import Depends, Query, Request

from greenroom.infra.context import Actor, Context, House, Origin
from greenroom.infra.database import Scope
from greenroom.infra.http.admit import count_address, count_caller
from greenroom.infra.http.cookies import read_session_cookie
from greenroom.infra.http.house import HouseOf, house_of
from greenroom.infra.http.idempotency import take_key
from greenroom.kit.errors import Forbidden, NotFound, SignedOut

PUBLIC = "public"


@dataclass(frozen=True, slots=True)
class Identity:
    """A signed-in person, or a program that acts for one, and what they may do, by client."""

    organisation: UUID
    user: UUID
    session: UUID | None
    """The browser's sign-in; None for a program, which has a token."""
    name: str
    role: str
    """The person's; `member` for a super user's token that was given less than everything."""
    grants: Mapping[UUID, frozenset[str]]
    token: UUID | None = None

    def clients(self, permission: str) -> tuple[UUID, ...]:
        return tuple(client for client, held in self.grants.items() if permission in held)

    @asynccontextmanager
    async def context(
        self, house: House, *, permission: str = "read", client: UUID | None = None, address: str = ""
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
            origin = Origin(address, self.token)
            whole = self.role == "super"
            yield Context(self.organisation, clients, client, actor, tx, house.clock, house, self.grants, origin, whole)


class Authenticator(Protocol):
    async def __call__(self, house: House, token: str) -> Identity | None:
        """The identity behind a session's token; None when it is unknown or over."""
        ...


class ProgramAuthenticator(Protocol):
    async def __call__(self, house: House, token: str, *, address: str) -> Identity | None:
        """The identity behind an API token used from this address; None when it is unknown or over."""
        ...


async def identify(request: Request) -> Identity:
    """Who asks: the bearer of an API token, else the browser's session. Raises SignedOut, Forbidden, TooMany."""
    bearer = _bearer(request)
    if bearer is not None:
        return await _identify_program(request, bearer)
    token = read_session_cookie(request)
    authenticate: Authenticator = request.app.state.authenticate
    identity = await authenticate(house_of(request), token) if token else None
    if identity is None:
        await count_address(request)
        raise SignedOut("Sign in and try again; nothing you typed is lost")
    await count_caller(request, identity)
    return identity


async def _identify_program(request: Request, token: str) -> Identity:
    authenticate: ProgramAuthenticator = request.app.state.authenticate_program
    address = request.client.host if request.client else ""
    identity = await authenticate(house_of(request), token, address=address)
    if identity is None:
        await count_address(request)
        raise SignedOut("This token is unknown, over or revoked; make a new one in Settings")
    await count_caller(request, identity)
    if request.scope["route"].operation_id in request.app.state.persons_only:
        raise Forbidden("A token can't do this; sign in with a browser")
    return identity


def _bearer(request: Request) -> str | None:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else None


OneClient = Annotated[UUID | None, Query(description="One client; all that you see when absent")]


async def open_context(
    request: Request, identity: Annotated[Identity, Depends(identify)], client: OneClient = None
) -> AsyncIterator[Context]:
    permissions: Mapping[str, str] = request.app.state.permissions
    permission = permissions[request.scope["route"].operation_id]
    address = request.client.host if request.client else ""
    async with identity.context(house_of(request), permission=permission, client=client, address=address) as ctx:
        await take_key(request, ctx.db, identity.organisation, identity.user)
        yield ctx


# Scope "function": the transaction is committed before the answer leaves, so an answer is never a promise.
Ctx = Annotated[Context, Depends(open_context, scope="function")]
Identified = Annotated[Identity, Depends(identify)]

__all__ = ["PUBLIC", "Authenticator", "Ctx", "HouseOf", "Identified", "Identity", "house_of", "identify"]
