"""Tenancy over HTTP: links that work once, people, clients. Signing in is in `sign_in_routes`."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request

from greenroom.infra.context import Context
from greenroom.infra.http.context import Ctx, HouseOf
from greenroom.infra.http.idempotency import AnswersOnce
from greenroom.infra.http.paging import CursorText, Limit, Page, page_from, read_key
from greenroom.infra.http.versions import Version
from greenroom.tenancy import clients, links, oidc_offer, oidc_reasons, people
from greenroom.tenancy.contracts import (
    Client,
    ClientChange,
    Frozen,
    Invited,
    NewClient,
    NewUser,
    OnceLink,
    OrganisationChange,
    ProfileChange,
    SessionOrganisation,
    SessionUser,
    User,
    UserChange,
)
from greenroom.tenancy.oidc_contracts import ProviderOffered
from greenroom.tenancy.session_store import administrator_exists

router = APIRouter(tags=["tenancy"], route_class=AnswersOnce)


class SignInState(Frozen):
    """Whether the first administrator is still to be made, who vouches for people, and what went wrong just now."""

    first_run: bool
    providers: tuple[ProviderOffered, ...]
    failed: str | None


class Link(Frozen):
    link: str


@router.get("/sign-in", operation_id="get_sign_in")
async def get_sign_in(
    house: HouseOf, failed: Annotated[str | None, Query(max_length=60)] = None, provider: UUID | None = None
) -> SignInState:
    """What the sign-in page shows. `failed` is the reason that a sign-in with a provider came back with.

    `provider` is the one whose own address was opened. Else providers are named only where one organisation is alone.
    """
    async with house.database.transaction() as tx:
        first_run = not await administrator_exists(tx)
    providers = await oidc_offer.offered(house, provider)
    return SignInState(first_run=first_run, providers=providers, failed=oidc_reasons.sentence(failed))


@router.get("/links-once/{token}", operation_id="get_once_link")
async def get_once_link(token: str, house: HouseOf) -> OnceLink:
    return await links.look_at_link(house, token)


@router.patch("/organisation", operation_id="change_organisation")
async def change_organisation(ctx: Ctx, version: Version, form: OrganisationChange) -> SessionOrganisation:
    """Change your organisation; its version is in the session."""
    return await clients.change_organisation(ctx, version, form)


@router.patch("/profile", operation_id="change_profile")
async def change_profile(ctx: Ctx, version: Version, form: ProfileChange) -> SessionUser:
    """Change yourself; your version is in the session."""
    return await people.change_profile(ctx, version, form)


@router.get("/clients", operation_id="list_clients")
async def list_clients(ctx: Ctx, cursor: CursorText = None, limit: Limit = 200) -> Page[Client]:
    """The clients that you see, by name."""
    found = await clients.list_clients(ctx, after=read_key(cursor, str, UUID), limit=limit + 1)
    return page_from(found, limit, lambda one: (one.name, one.id))


@router.post("/clients", operation_id="create_client", status_code=201)
async def create_client(ctx: Ctx, form: NewClient) -> Client:
    return await clients.add_client(ctx, form)


@router.patch("/clients/{client_id}", operation_id="change_client")
async def change_client(ctx: Ctx, client_id: UUID, version: Version, form: ClientChange) -> Client:
    return await clients.change_client(ctx, client_id, version, form)


@router.get("/users", operation_id="list_users")
async def list_users(ctx: Ctx, cursor: CursorText = None, limit: Limit = 200) -> Page[User]:
    """Everybody whom you share a client with, by name."""
    found = await people.list_users(ctx, after=read_key(cursor, str, UUID), limit=limit + 1)
    return page_from(found, limit, lambda one: (one.name, one.id))


@router.post("/users", operation_id="invite_user", status_code=201)
async def invite_user(ctx: Ctx, form: NewUser, request: Request) -> Invited:
    invited = await people.invite(ctx, form)
    return invited.model_copy(update={"link": _absolute(ctx, request, invited.link)})


@router.patch("/users/{user_id}", operation_id="change_user")
async def change_user(ctx: Ctx, user_id: UUID, version: Version, form: UserChange) -> User:
    return await people.change_user(ctx, user_id, version, form)


@router.post("/users/{user_id}/link", operation_id="renew_user_link")
async def renew_user_link(ctx: Ctx, user_id: UUID, request: Request) -> Link:
    return Link(link=_absolute(ctx, request, await people.renew_link(ctx, user_id)))


def _absolute(ctx: Context, request: Request, path: str) -> str:
    public = ctx.house.settings.public_url
    return f"{str(public).rstrip('/') if public else f'{request.url.scheme}://{request.url.netloc}'}{path}"
