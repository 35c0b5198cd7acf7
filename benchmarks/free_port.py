"""A port for a program that a benchmark starts."""

import socket


def free_port() -> int:
    """Nobody listens there now."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
