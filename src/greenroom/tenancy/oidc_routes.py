"""Single sign-on over HTTP: out to a provider and back at the door, and the providers in the settings."""

from typing import Annotated
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import RedirectResponse

from greenroom.infra.context import House
from greenroom.infra.http.context import Ctx, HouseOf, Identified
from greenroom.infra.http.cookies import read_session_cookie, set_session_cookie
from greenroom.infra.http.idempotency import AnswersOnce
from greenroom.infra.http.origin import origin
from greenroom.infra.http.paging import CursorText, Limit, Page, page_by
from greenroom.infra.http.versions import Version
from greenroom.kit.errors import TooMany
from greenroom.tenancy import oidc_begin, oidc_check, oidc_cookie, oidc_providers, oidc_return, sessions, sign_in
from greenroom.tenancy.oidc_contracts import (
    Leave,
    LeaveToConfirm,
    Leaving,
    NewProvider,
    Provider,
    ProviderChange,
    ProviderCheck,
)
from greenroom.tenancy.oidc_return import Arrival, Returned

router = APIRouter(tags=["single sign-on"], route_class=AnswersOnce)
# Percent-encoded they stay together under the 64 KiB that the server takes as an address.
_Text = Annotated[str, Query(max_length=300)]
_Code = Annotated[str, Query(max_length=4000)]


@router.get("/session/oidc/return", operation_id="finish_single_sign_on", status_code=303, response_class=Response)
async def finish_single_sign_on(
    request: Request, house: HouseOf, state: _Text = "", code: _Code = "", error: _Text = "", iss: _Text = ""
) -> Response:
    """Where the provider sends the browser back to. Leads into the client, or to its sign-in page with the reason."""
    address, agent = origin(request)
    session = read_session_cookie(request)
    returned = Returned(
        state, code, error, iss, oidc_cookie.read_cookie(request), session, _redirect(house, request), address, agent
    )
    try:
        arrival = await oidc_return.finish(house, returned)
    except TooMany:
        arrival = Arrival(reason="too-many")
    response = RedirectResponse(_page(arrival), status_code=303, headers={"Cache-Control": "no-store"})
    if arrival.reason != "elsewhere":
        oidc_cookie.clear_cookie(request, response)
    if arrival.token is not None:
        await sign_in.leave(house, session)
        set_session_cookie(request, response, arrival.token)
    return response


@router.post("/session/oidc/{provider_id}", operation_id="begin_single_sign_on")
async def begin_single_sign_on(
    provider_id: UUID, form: Leave, request: Request, response: Response, house: HouseOf
) -> Leaving:
    """The address at the provider to which the browser goes, within ten minutes and once."""
    departure = await oidc_begin.begin(
        house, provider_id, form.to, redirect=_redirect(house, request), address=origin(request)[0]
    )
    oidc_cookie.set_cookie(request, response, departure.browser)
    return Leaving(address=departure.address)


@router.post("/session/confirm/{provider_id}", operation_id="begin_confirmation")
async def begin_confirmation(
    provider_id: UUID, form: LeaveToConfirm, identity: Identified, request: Request, response: Response, house: HouseOf
) -> Leaving:
    """As `confirm_session`, for whoever is tied to a provider: it asks again who they are, and sends them to `to`."""
    redirect, address = _redirect(house, request), origin(request)[0]
    departure = await oidc_begin.begin_confirmation(
        house, identity, provider_id, form, redirect=redirect, address=address
    )
    oidc_cookie.set_cookie(request, response, departure.browser)
    return Leaving(address=departure.address)


@router.post("/profile/sign-in/providers/{provider_id}", operation_id="tie_identity_provider")
async def tie_identity_provider(
    provider_id: UUID, form: Leave, identity: Identified, request: Request, response: Response, house: HouseOf
) -> Leaving:
    """Tie your account here to yours at the provider: it asks who you are, and sends you back to `to`."""
    async with identity.context(house) as ctx:
        await sessions.require_confirmed(ctx, identity)
    redirect = _redirect(house, request)
    departure = await oidc_begin.begin_tie(house, identity, provider_id, form.to, redirect=redirect)
    oidc_cookie.set_cookie(request, response, departure.browser)
    return Leaving(address=departure.address)


@router.get("/identity-providers", operation_id="list_identity_providers")
async def list_identity_providers(
    ctx: Ctx, request: Request, cursor: CursorText = None, limit: Limit = 200
) -> Page[Provider]:
    """Who vouches for people here, by name. For super users."""
    found = await oidc_providers.list_providers(ctx, _redirect(ctx.house, request))
    return page_by(found, lambda one: (one.name.casefold(), one.id), cursor=cursor, limit=limit)


@router.post("/identity-providers", operation_id="create_identity_provider", status_code=201)
async def create_identity_provider(ctx: Ctx, identity: Identified, request: Request, form: NewProvider) -> Provider:
    """A provider; it is switched off until it is `enabled`. Asks first that you confirm who you are."""
    await sessions.require_confirmed(ctx, identity)
    return await oidc_providers.add_provider(ctx, form, _redirect(ctx.house, request))


@router.patch("/identity-providers/{provider_id}", operation_id="change_identity_provider")
async def change_identity_provider(
    ctx: Ctx, identity: Identified, request: Request, provider_id: UUID, version: Version, form: ProviderChange
) -> Provider:
    await sessions.require_confirmed(ctx, identity)
    return await oidc_providers.change_provider(ctx, provider_id, version, form, _redirect(ctx.house, request))


@router.delete("/identity-providers/{provider_id}", operation_id="delete_identity_provider", status_code=204)
async def delete_identity_provider(ctx: Ctx, identity: Identified, provider_id: UUID) -> None:
    """Take the provider away; whoever came in with it needs another way from now on."""
    await sessions.require_confirmed(ctx, identity)
    await oidc_providers.remove_provider(ctx, provider_id)


@router.post("/identity-providers/{provider_id}/check", operation_id="check_identity_provider")
async def check_identity_provider(identity: Identified, house: HouseOf, provider_id: UUID) -> ProviderCheck:
    """Ask the provider itself whether people can be sent there. Nobody is signed in."""
    async with identity.context(house, permission="manage") as ctx:
        provider = await oidc_providers.provider_row(ctx, provider_id)
    return await oidc_check.check(house, provider)


@router.delete(
    "/identity-providers/{provider_id}/people/{user_id}", operation_id="untie_from_identity_provider", status_code=204
)
async def untie_from_identity_provider(ctx: Ctx, identity: Identified, provider_id: UUID, user_id: UUID) -> None:
    """Forget which account there is this person's; they are tied anew, by their address or when they are signed in."""
    await sessions.require_confirmed(ctx, identity)
    await oidc_providers.untie(ctx, provider_id, user_id)


def _page(arrival: Arrival) -> str:
    """The client's page to go to. The challenge stands behind #, which no server and no log sees."""
    back = {"to": arrival.target} if arrival.target != "/" else {}
    if arrival.challenge is not None:
        return f"/sign-in{'?' if back else ''}{urlencode(back)}#code={arrival.challenge}"
    if arrival.reason is not None:
        return f"/sign-in?{urlencode({'failed': arrival.reason, **back})}"
    return arrival.target


def _redirect(house: House, request: Request) -> str:
    public = house.settings.public_url
    return oidc_begin.redirect_address(str(public) if public else None, str(request.url))
