"""The session cookie: `__Host-` where the browser treats the connection as secure, plain otherwise."""

from fastapi import Request, Response

_SECURE = "__Host-greenroom"
_PLAIN = "greenroom"
_LOOPBACK = ("localhost", "127.0.0.1", "::1")


def read_session_cookie(request: Request) -> str | None:
    return request.cookies.get(_name(request))


def set_session_cookie(request: Request, response: Response, token: str) -> None:
    response.set_cookie(
        _name(request), token, max_age=60 * 60 * 24 * 30, httponly=True, samesite="lax", path="/",
        secure=_is_secure(request),
    )  # fmt: skip


def clear_session_cookie(request: Request, response: Response) -> None:
    response.delete_cookie(_name(request), httponly=True, samesite="lax", path="/", secure=_is_secure(request))


def _name(request: Request) -> str:
    return _SECURE if _is_secure(request) else _PLAIN


def _is_secure(request: Request) -> bool:
    """Browsers take secure cookies over TLS, and over plain HTTP from loopback."""
    return request.url.scheme == "https" or request.url.hostname in _LOOPBACK
