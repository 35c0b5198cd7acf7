"""Enrolment: the one-time code goes to the server with a fresh key's public half; the private half stays here."""

from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from greenroom import __version__
from greenroom.agent.program.identity import Identity, checked_server, save
from greenroom.kit.errors import Invalid, Unavailable

_PATIENCE = 15.0


async def enrol(home: Path, address: str, code: str) -> str:
    """Make the key, hand in the code, keep who we are; gives the agent's name.

    Raises Invalid where this code will never do, Unavailable where it may another time.
    """
    server, key = checked_server(address), Ed25519PrivateKey.generate()
    form = {"code": code, "public_key": key.public_key().public_bytes_raw().hex(), "program": __version__}
    try:
        async with httpx.AsyncClient(timeout=_PATIENCE) as client:
            answer = await client.post(f"{server}/api/v1/agents/enrolment", json=form)
    except httpx.HTTPError as error:
        raise Unavailable(f"{server} does not answer ({type(error).__name__}); is the address right?") from error
    said, odd = _document(answer), f"{server} answered {answer.status_code}; is it Greenroom?"
    if answer.status_code != 201:
        sentence = str(said.get("detail", odd))[:300]
        raise Invalid(sentence) if _refuses_code(answer.status_code, said) else Unavailable(sentence)
    try:
        agent, name = UUID(str(said["agent_id"])), str(said["name"])
    except (KeyError, ValueError) as error:
        raise Unavailable(odd) from error
    try:
        save(home, Identity(server, agent, key))
    except OSError as error:
        raise Unavailable(f"{home} can't be written ({error.strerror}); make a new code and enrol again") from error
    return name


def _refuses_code(status: int, said: dict[str, Any]) -> bool:
    """It is over, or none at all; what else a server or something before it answers says nothing of the code."""
    if status == 410:
        return str(said.get("type")).endswith("/code-over")
    errors = said.get("errors")
    return status == 422 and isinstance(errors, dict) and "code" in errors


def _document(answer: httpx.Response) -> dict[str, Any]:
    try:
        said = answer.json()
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}
