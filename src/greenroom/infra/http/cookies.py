"""The session cookie: bound to the host by `__Host-` over TLS, under a plain name over HTTP."""

from fastapi import Request, Response
from starlette.requests import HTTPConnection

from greenroom.infra.http.house import house_of

_SECURE = "__Host-greenroom"
_PLAIN = "greenroom"


def cookie_name(*, secure: bool) -> str:
    """Not every browser keeps secure cookies over plain HTTP from loopback, so the scheme alone decides."""
    return _SECURE if secure else _PLAIN


def read_session_cookie(request: HTTPConnection) -> str | None:
    return request.cookies.get(cookie_name(secure=_is_secure(request)))


def set_session_cookie(request: Request, response: Response, token: str) -> None:
    """Hand the token to the browser for as long as a session can last."""
    response.set_cookie(
        cookie_name(secure=_is_secure(request)),
        token,
        max_age=round(house_of(request).settings.session_absolute.total_seconds()),
        httponly=True,
        samesite="lax",
        path="/",
        secure=_is_secure(request),
    )


def clear_session_cookie(request: Request, response: Response) -> None:
    secure = _is_secure(request)
    response.delete_cookie(cookie_name(secure=secure), httponly=True, samesite="lax", path="/", secure=secure)


def _is_secure(request: HTTPConnection) -> bool:
    return request.url.scheme in ("https", "wss")
