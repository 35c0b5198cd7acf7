"""Who may open a wall's socket: a person's session, from a page of this installation, a few at a time."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit
from uuid import UUID

from fastapi import WebSocket

from greenroom.infra.http.context import Authenticator, Identity
from greenroom.infra.http.cookies import read_session_cookie
from greenroom.infra.http.limits import Limits
from greenroom.kit.errors import TooMany
from greenroom.phones.relay_wire import Ended
from greenroom.wire.messages import Refused

MOST_WALLS = 8
"""Sockets of one person on this server."""
SIGNED_OUT = Refused("unknown", "Sign in and open the wall again", again=False)
_NO_PHONES = Refused("unknown", "Ask an administrator for the right to see phones", again=False)
_MANY = Refused("second", f"You have {MOST_WALLS} walls open already; close one and try again", again=False)
_OFTEN = Refused("slow", "You open walls too often; wait a minute and try again", again=True)


class Doors:
    """How many sockets each person has open on this process."""

    def __init__(self) -> None:
        self._open: Counter[UUID] = Counter()

    @contextmanager
    def entered(self, person: UUID) -> Iterator[None]:
        """Raises Ended when it is one too many."""
        if self._open[person] >= MOST_WALLS:
            raise Ended(_MANY)
        self._open[person] += 1
        try:
            yield
        finally:
            self._open[person] -= 1
            if not self._open[person]:
                del self._open[person]


def from_own_page(socket: WebSocket) -> bool:
    """A browser sends the cookie with every socket and says which page opens it; another site's may not."""
    origin, scheme = socket.headers.get("origin"), "https" if socket.url.scheme == "wss" else "http"
    public = socket.app.state.house.settings.public_url
    own = {f"{scheme}://{socket.headers.get('host', '')}"}
    if public is not None:
        parts = urlsplit(str(public))
        own.add(f"{parts.scheme}://{parts.netloc}")
    return origin in own


async def identify(socket: WebSocket) -> Identity:
    """The person whose session this is, asked anew each time. Raises Ended."""
    authenticate: Authenticator = socket.app.state.authenticate
    token = read_session_cookie(socket)
    identity = await authenticate(socket.app.state.house, token) if token else None
    if identity is None:
        raise Ended(SIGNED_OUT)
    if not identity.clients("read") and identity.role != "super":
        raise Ended(_NO_PHONES)
    return identity


async def enter(socket: WebSocket) -> Identity:
    """As `identify`, counted as a request of this person, or of who is unknown at this address. Raises Ended."""
    limits: Limits = socket.app.state.limits
    try:
        try:
            identity = await identify(socket)
        except Ended:
            await limits.take_address(socket.client.host if socket.client else "")
            raise
        await limits.take_caller(identity.organisation, identity.user, None)
        return identity
    except TooMany as error:
        raise Ended(_OFTEN) from error


def may_operate(identity: Identity, client: UUID | None) -> bool:
    """Phones that no client has are a super user's."""
    return identity.role == "super" if client is None else "operate" in identity.grants.get(client, frozenset())
