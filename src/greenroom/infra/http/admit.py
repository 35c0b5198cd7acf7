"""Counting a request against the limits: once, by who sends it, or by address when that is not known."""

from typing import TYPE_CHECKING

from fastapi import Request

from greenroom.infra.http.limits import Limits, Taken, policy_header, state_header

if TYPE_CHECKING:
    from greenroom.infra.http.context import Identity

_COUNTED = "counted"
HEADERS = "rate_limit_headers"
"""Where in a request's state the guard finds the headers of the limit."""


async def count_caller(request: Request, identity: "Identity") -> None:
    """Raises TooMany when this person, token or organisation sends more than the limits allow."""
    if _first_time(request):
        _note(request, await _limits(request).take_caller(identity.organisation, identity.user, identity.token))


async def count_address(request: Request) -> None:
    """Raises TooMany when this address sends more, without a sign-in, than the limits allow."""
    if _first_time(request):
        address = request.client.host if request.client else ""
        _note(request, await _limits(request).take_address(address))


async def count_public(request: Request) -> None:
    """A dependency of every route: what answers without a sign-in is counted by address."""
    if request.app.state.permissions.get(request.scope["route"].operation_id) == "public":
        await count_address(request)


def _first_time(request: Request) -> bool:
    """A request that asks again who it is from (a live stream does) stays one request."""
    if getattr(request.state, _COUNTED, False):
        return False
    setattr(request.state, _COUNTED, True)
    return True


def _limits(request: Request) -> Limits:
    limits: Limits = request.app.state.limits
    return limits


def _note(request: Request, taken: Taken | None) -> None:
    if taken is not None:
        headers = {
            "RateLimit-Policy": policy_header(taken.limit),
            "RateLimit": state_header(taken.limit, taken.remaining, taken.limit.window),
        }
        setattr(request.state, HEADERS, headers)
