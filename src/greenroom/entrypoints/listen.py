"""The port: bound and listening before anything else starts, so that nobody can take it in between."""

import errno
import socket
from ipaddress import ip_address

from greenroom.kit.errors import Unavailable

TRIES = 50
BACKLOG = 1024


def listen(host: str, port: int, *, tries: int = TRIES) -> socket.socket:
    """A listening socket on the port, or on the next free one of `tries` from it on. Raises Unavailable."""
    for candidate in range(port, min(port + tries, 65536)):
        try:
            return _bind(host, candidate)
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                continue
            if error.errno == errno.EACCES:
                raise Unavailable(f"You may not use port {candidate}; set GREENROOM_PORT to 1024 or more") from error
            if error.errno == errno.EADDRNOTAVAIL:
                raise Unavailable(f"{host} is no address of this machine; set GREENROOM_HOST to one") from error
            raise Unavailable(f"Cannot listen on {host}, port {candidate}: {error.strerror}") from error
    if tries == 1:
        raise Unavailable(f"Port {port} is busy; set GREENROOM_PORT to a free one")
    raise Unavailable(f"The ports {port} to {port + tries - 1} are all busy; set GREENROOM_PORT to a free one")


def url_of(host: str, port: int) -> str:
    """The address for a browser on this machine."""
    address = ip_address(host)
    if address.is_unspecified:  # every address of this machine: the loopback is one
        address = ip_address("127.0.0.1" if address.version == 4 else "::1")
    return f"http://[{address}]:{port}" if address.version == 6 else f"http://{address}:{port}"


def _bind(host: str, port: int) -> socket.socket:
    sock = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM)
    try:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        sock.bind((host, port))
        sock.listen(BACKLOG)
    except OSError:
        sock.close()
        raise
    return sock
