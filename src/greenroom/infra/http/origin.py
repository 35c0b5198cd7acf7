"""Where a request came from: the address of its peer, and what its browser calls itself."""

from fastapi import Request


def origin(request: Request) -> tuple[str, str]:
    """Address and user agent; each is empty when it is unknown."""
    return request.client.host if request.client else "", request.headers.get("user-agent", "")
