"""Linking accounts in the browser, over HTTP: out to a server whose owner lets us in, and back."""

from typing import Annotated
from urllib.parse import urlencode, urlsplit
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import RedirectResponse

from greenroom.channels import linking_oauth
from greenroom.channels.linking_contracts import Leaving, NewAuthorisation
from greenroom.channels.linking_oauth import LASTS, RETURN, Departure, Returned
from greenroom.infra.context import House
from greenroom.infra.http.idempotency import AnswersOnce
from greenroom.infra.http.steps import InSteps

router = APIRouter(tags=["channels"], route_class=AnswersOnce)
_Text = Annotated[str, Query(max_length=4000)]
_SECURE, _PLAIN = "__Host-greenroom-link", "greenroom-link"


@router.post("/accounts/authorisations", operation_id="begin_account_link")
async def begin_account_link(steps: InSteps, form: NewAuthorisation, request: Request, response: Response) -> Leaving:
    """The address at a Mastodon server where the account's owner lets us in, within ten minutes and once."""
    return _leaving(request, response, await linking_oauth.begin(steps, form, _redirect(steps.house, request)))


@router.post("/accounts/{account_id}/authorisation", operation_id="begin_account_reconnect")
async def begin_account_reconnect(steps: InSteps, account_id: UUID, request: Request, response: Response) -> Leaving:
    """As `begin_account_link`, for an account that is linked; the server's answer for another one is refused."""
    departure = await linking_oauth.begin_again(steps, account_id, _redirect(steps.house, request))
    return _leaving(request, response, departure)


@router.get("/accounts/return", operation_id="finish_account_link", status_code=303, response_class=Response)
async def finish_account_link(
    steps: InSteps, request: Request, state: _Text = "", code: _Text = "", error: _Text = ""
) -> Response:
    """Where the server sends the browser back to. Leads to the accounts' page, with the account or the reason."""
    returned = Returned(state, code, error, request.cookies.get(_cookie(request), ""), _redirect(steps.house, request))
    found = await linking_oauth.finish(steps, returned)
    told = {"failed": found} if isinstance(found, str) else {"linked": str(found.id)}
    response = RedirectResponse(f"/accounts?{urlencode(told)}", status_code=303, headers={"Cache-Control": "no-store"})
    if found != "elsewhere":
        response.delete_cookie(_cookie(request), httponly=True, samesite="lax", path="/", secure=_is_secure(request))
    return response


def _leaving(request: Request, response: Response, departure: Departure) -> Leaving:
    # Lax, for the way back is a navigation from another site.
    response.set_cookie(
        _cookie(request), departure.browser, max_age=round(LASTS.total_seconds()), httponly=True, samesite="lax",
        path="/", secure=_is_secure(request),
    )  # fmt: skip
    return Leaving(address=departure.address)


def _redirect(house: House, request: Request) -> str:
    """Where the server is told to send the browser: the settings' public address, else the one that was asked."""
    public = house.settings.public_url
    parts = urlsplit(str(public) if public else str(request.url))
    return f"{parts.scheme}://{parts.netloc}{RETURN}"


def _cookie(request: Request) -> str:
    return _SECURE if _is_secure(request) else _PLAIN


def _is_secure(request: Request) -> bool:
    return request.url.scheme == "https"
