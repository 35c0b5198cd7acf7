"""What of a client is its definition: the settings that are kept by version. Whether it is archived is its state."""

from typing import Any

from greenroom.tenancy.contracts import Client

KIND = "client"
FIELDS = {"name", "colour", "zone"}


def said(client: Client) -> dict[str, Any]:
    """The document that the client's settings are."""
    return client.model_dump(include=FIELDS)
