"""The version of the wire. Both ends have the same one, or the connection says which end to upgrade."""

VERSION = 3
"""Rises with every change of a message or a frame, however small: there is no half-understood connection."""


def mismatch(server: int, agent: int) -> str | None:
    """The one sentence for two versions that differ; None where they are the same."""
    if server == agent:
        return None
    older, newer = ("agent", "server") if agent < server else ("server", "agent")
    return (
        f"Upgrade the {older}: it speaks version {min(server, agent)} and the {newer} speaks version"
        f" {max(server, agent)}; both need the same"
    )
