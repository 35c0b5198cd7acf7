"""Enrolment: the one-time code goes to the server with a fresh key's public half; the private half stays here."""

from pathlib import Path
from uuid import UUID

import httpx
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from greenroom import __version__
from greenroom.agent.program.identity import Identity, checked_server, save
from greenroom.kit.errors import Invalid, Unavailable

_PATIENCE = 15.0


async def enrol(home: Path, address: str, code: str) -> str:
    """Make the key, hand in the code, keep who we are; gives the agent's name. Raises Invalid, Unavailable."""
    server, key = checked_server(address), Ed25519PrivateKey.generate()
    form = {"code": code, "public_key": key.public_key().public_bytes_raw().hex(), "program": __version__}
    try:
        async with httpx.AsyncClient(timeout=_PATIENCE) as client:
            answer = await client.post(f"{server}/api/v1/agents/enrolment", json=form)
    except httpx.HTTPError as error:
        raise Unavailable(f"{server} does not answer ({type(error).__name__}); is the address right?") from error
    said = _document(answer)
    if answer.status_code != 201:
        raise Invalid(str(said.get("detail", f"{server} answered {answer.status_code}; is it Greenroom?"))[:300])
    try:
        save(home, Identity(server, UUID(said["agent_id"]), key))
    except OSError as error:
        raise Unavailable(f"{home} can't be written ({error.strerror}); make a new code and enrol again") from error
    return str(said["name"])


def _document(answer: httpx.Response) -> dict[str, str]:
    try:
        said = answer.json()
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}
