"""Tenancy's door: what other rooms and the entrypoints may ask for."""

from collections.abc import Collection
from uuid import UUID

from greenroom.infra.context import Context
from greenroom.infra.database import Tx
from greenroom.infra.http.context import Identity
from greenroom.tenancy import second_factor, session_store, store
from greenroom.tenancy.contracts import (
    Client,
    Session,
    SessionClient,
    SessionOrganisation,
    SessionUser,
)
from greenroom.tenancy.demo import DemoPeople, demo_people
from greenroom.tenancy.links import first_run_link, password_link
from greenroom.tenancy.service_key_use import service_key
from greenroom.tenancy.session_store import first_organisation
from greenroom.tenancy.sign_in import identify, start_session
from greenroom.tenancy.tokens import identify_program

__all__ = [
    "DemoPeople",
    "client_of",
    "client_zone",
    "clients_of",
    "demo_people",
    "describe_session",
    "first_organisation",
    "first_run_link",
    "identify",
    "identify_program",
    "names_of",
    "password_link",
    "people_with_email",
    "reset_sign_in",
    "service_key",
    "start_session",
]


async def people_with_email(tx: Tx, email: str) -> list[tuple[UUID, UUID]]:
    """Where somebody with this address is: organisation and user, at most five."""
    return [(row["organisation_id"], row["id"]) for row in await session_store.candidates(tx, email.strip().lower())]


async def names_of(ctx: Context, people: Collection[UUID]) -> dict[UUID, str]:
    """The names of those of these people that are still in the organisation."""
    return {row["id"]: row["name"] for row in await store.names(ctx, list(people))}


async def reset_sign_in(ctx: Context, user_id: UUID) -> str:
    """Take a person's second factors away and end their sessions; gives the path of a link for a new password."""
    await second_factor.remove_all(ctx, user_id)
    return await password_link(ctx.db, ctx.house, ctx.organisation, user_id)


async def client_of(ctx: Context, client_id: UUID) -> Client:
    """One client; NotFound when it is not among the context's."""
    ctx.within(client_id)
    return Client(**await store.client(ctx.db, ctx.organisation, client_id))


async def clients_of(tx: Tx, organisation: UUID) -> tuple[UUID, ...]:
    """The ids of all clients of an organisation whose rows the transaction sees, for who serves them all."""
    return tuple(row["id"] for row in await store.clients(tx, organisation))


async def client_zone(ctx: Context, client_id: UUID) -> str:
    """The IANA name of the client's time zone."""
    return (await client_of(ctx, client_id)).zone


async def describe_session(ctx: Context, identity: Identity) -> Session:
    """Who is signed in and what they see, for the first request of a page."""
    person = await store.user(ctx.db, ctx.organisation, identity.user)
    organisation = await store.organisation(ctx.db, ctx.organisation)
    clients = await store.clients(ctx.db, ctx.organisation)
    return Session(
        user=SessionUser(**{k: person[k] for k in SessionUser.model_fields}),
        organisation=SessionOrganisation(**{k: organisation[k] for k in SessionOrganisation.model_fields}),
        clients=tuple(
            SessionClient(
                **{k: c[k] for k in ("id", "name", "colour", "zone")},
                permissions=tuple(sorted(identity.grants[c["id"]])),
            )
            for c in clients
            if c["id"] in identity.grants
        ),
    )
