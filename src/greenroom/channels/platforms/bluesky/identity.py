"""On which server an account lives: from its handle to its DID, from that to the address in its document."""

import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from greenroom.channels.errors import RetryLater
from greenroom.channels.platforms.bluesky.xrpc import Refused, ask
from greenroom.channels.platforms.service_address import service_address
from greenroom.infra.context import House
from greenroom.infra.fetch.call import call
from greenroom.infra.fetch.refuse import AddressRefused, AnswerRefused
from greenroom.kit.errors import Invalid, Unavailable

DIRECTORY = "https://plc.directory"
LARGEST_HOST = "https://bsky.social"
"""Asked where a handle's own host says nothing: it also reads handles that stand in the DNS."""

_WITHIN = timedelta(seconds=10)


async def service_of(house: House, identifier: str, given: str | None) -> str:
    """The server's address without a path: the given one, else the one that the account's document names.

    Raises Invalid, with the field, when there is none to be found or it is not one to send a password to.
    """
    if given:
        return service_address(given)
    try:
        did = identifier if identifier.startswith("did:") else await _did_of(house, identifier)
        return service_address(_server_in(await _document(house, did)))
    except (AddressRefused, AnswerRefused, Unavailable, Refused, RetryLater) as error:
        sentence = f"No server was found for {identifier}; check the handle, or give the server's address"
        raise Invalid(sentence, fields={"identifier": sentence}) from error


def named(identifier: str) -> str:
    """The handle or DID as it is meant: without the @ and the address of a profile before it."""
    name = identifier.strip().removeprefix("https://bsky.app/profile/").strip("/").removeprefix("@")
    return name if name.startswith("did:") else name.lower()


async def _did_of(house: House, handle: str) -> str:
    try:
        answer = await call(
            house.settings, "GET", f"https://{handle}/.well-known/atproto-did", limit_bytes=2000, within=_WITHIN
        )
        did = answer.content.decode("ascii", "replace").strip()
        if answer.status == 200 and did.startswith("did:"):
            return did
    except (AddressRefused, AnswerRefused, Unavailable):
        """Most handles stand in the DNS only."""
    said = await ask(house, LARGEST_HOST, "com.atproto.identity.resolveHandle", query={"handle": handle})
    return str(said.get("did", ""))


async def _document(house: House, did: str) -> Mapping[str, Any]:
    if did.startswith("did:web:"):
        address = f"https://{did.removeprefix('did:web:')}/.well-known/did.json"
    else:
        address = f"{DIRECTORY}/{did}"
    answer = await call(house.settings, "GET", address, limit_bytes=100_000, within=_WITHIN)
    try:
        document = json.loads(answer.content)
    except ValueError:
        document = None
    if answer.status != 200 or not isinstance(document, dict):
        raise AnswerRefused(f"There is no document for {did}")
    return document


def _server_in(document: Mapping[str, Any]) -> str:
    for service in document.get("service", ()):
        if str(service.get("id", "")).endswith("#atproto_pds"):
            return str(service.get("serviceEndpoint", ""))
    raise AnswerRefused("The account's document names no server")
