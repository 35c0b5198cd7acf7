"""The cookie that a browser keeps on its way to a provider and back; without it nobody's sign-in is completed."""

from fastapi import Request, Response

from greenroom.tenancy.oidc_begin import LASTS

_SECURE, _PLAIN = "__Host-greenroom-sso", "greenroom-sso"


def read_cookie(request: Request) -> str:
    return request.cookies.get(_name(request), "")


def set_cookie(request: Request, response: Response, browser: str) -> None:
    """Lax, for the way back is a navigation from another site."""
    response.set_cookie(
        _name(request), browser, max_age=round(LASTS.total_seconds()), httponly=True, samesite="lax", path="/",
        secure=_is_secure(request),
    )  # fmt: skip


def clear_cookie(request: Request, response: Response) -> None:
    response.delete_cookie(_name(request), httponly=True, samesite="lax", path="/", secure=_is_secure(request))


def _name(request: Request) -> str:
    return _SECURE if _is_secure(request) else _PLAIN


def _is_secure(request: Request) -> bool:
    return request.url.scheme == "https"
