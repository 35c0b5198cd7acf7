"""Tenancy over HTTP: sign-in, links that work once, people, clients."""

from uuid import UUID

from fastapi import APIRouter, Request, Response

from greenroom.infra.context import Context, House
from greenroom.infra.http.context import Ctx, HouseOf, Identified
from greenroom.infra.http.cookies import clear_session_cookie, set_session_cookie
from greenroom.infra.http.paging import Page
from greenroom.infra.http.versions import Version
from greenroom.kit.errors import SignedOut
from greenroom.tenancy import clients, facade, links, people, sign_in
from greenroom.tenancy.contracts import (
    Client,
    ClientChange,
    FirstRun,
    Frozen,
    Invited,
    NewClient,
    NewPassword,
    NewUser,
    OnceLink,
    OrganisationChange,
    ProfileChange,
    Session,
    SignIn,
    User,
    UserChange,
)
from greenroom.tenancy.session_store import administrator_exists

router = APIRouter(tags=["tenancy"])


class SignInState(Frozen):
    """Whether the first administrator is still to be made."""

    first_run: bool


class Link(Frozen):
    link: str


@router.get("/sign-in", operation_id="get_sign_in")
async def get_sign_in(house: HouseOf) -> SignInState:
    async with house.database.transaction() as tx:
        return SignInState(first_run=not await administrator_exists(tx))


@router.post("/session", operation_id="start_session")
async def start_session(form: SignIn, request: Request, response: Response, house: HouseOf) -> Session:
    address, agent = _origin(request)
    token = await sign_in.sign_in(house, form.email, form.password, address=address, agent=agent)
    return await _entered(house, token, request, response)


@router.get("/session", operation_id="get_session")
async def get_session(ctx: Ctx, identity: Identified) -> Session:
    return await facade.describe_session(ctx, identity)


@router.delete("/session", operation_id="end_session", status_code=204)
async def end_session(identity: Identified, request: Request, response: Response, house: HouseOf) -> None:
    await sign_in.sign_out(house, identity)
    clear_session_cookie(request, response)


@router.get("/links-once/{token}", operation_id="get_once_link")
async def get_once_link(token: str, house: HouseOf) -> OnceLink:
    return await links.look_at_link(house, token)


@router.post("/first-run", operation_id="first_run")
async def first_run(form: FirstRun, request: Request, response: Response, house: HouseOf) -> Session:
    organisation, user = await links.first_run(house, form)
    return await _enter(house, organisation, user, request, response)


@router.post("/password", operation_id="choose_password")
async def choose_password(form: NewPassword, request: Request, response: Response, house: HouseOf) -> Session:
    organisation, user = await links.choose_password(house, form)
    return await _enter(house, organisation, user, request, response)


@router.patch("/organisation", operation_id="change_organisation", status_code=204)
async def change_organisation(ctx: Ctx, form: OrganisationChange) -> None:
    await clients.change_organisation(ctx, form)


@router.patch("/profile", operation_id="change_profile", status_code=204)
async def change_profile(ctx: Ctx, form: ProfileChange) -> None:
    await people.change_profile(ctx, form)


@router.get("/clients", operation_id="list_clients")
async def list_clients(ctx: Ctx) -> Page[Client]:
    return Page(items=await clients.list_clients(ctx))


@router.post("/clients", operation_id="create_client", status_code=201)
async def create_client(ctx: Ctx, form: NewClient) -> Client:
    return await clients.add_client(ctx, form)


@router.patch("/clients/{client_id}", operation_id="change_client")
async def change_client(ctx: Ctx, client_id: UUID, version: Version, form: ClientChange) -> Client:
    return await clients.change_client(ctx, client_id, version, form)


@router.get("/users", operation_id="list_users")
async def list_users(ctx: Ctx) -> Page[User]:
    return Page(items=await people.list_users(ctx))


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


async def _enter(house: House, organisation: UUID, user: UUID, request: Request, response: Response) -> Session:
    address, agent = _origin(request)
    token = await sign_in.start_session(house, organisation, user, address=address, agent=agent)
    return await _entered(house, token, request, response)


async def _entered(house: House, token: str, request: Request, response: Response) -> Session:
    identity = await sign_in.identify(house, token)
    if identity is None:
        raise SignedOut("Your session ended at once; sign in again")
    set_session_cookie(request, response, token)
    async with identity.context(house) as ctx:
        return await facade.describe_session(ctx, identity)


def _origin(request: Request) -> tuple[str, str]:
    address = request.client.host if request.client else ""
    return address, request.headers.get("user-agent", "")


def _absolute(ctx: Context, request: Request, path: str) -> str:
    public = ctx.house.settings.public_url
    return f"{str(public).rstrip('/') if public else f'{request.url.scheme}://{request.url.netloc}'}{path}"
