"""How an agent comes in: it says who it is, signs what it is asked to, and alone speaks for itself then."""

import asyncio
import secrets
from typing import TypeVar
from uuid import UUID

from fastapi import WebSocket

from greenroom.infra.context import House
from greenroom.phones import agent_desk
from greenroom.phones.relay_wire import Ended, receive
from greenroom.wire import control
from greenroom.wire.errors import Malformed
from greenroom.wire.messages import FROM_STRANGER, Challenge, Hello, Proof, Refused

HANDSHAKE = 10.0
"""Seconds in which an agent has to say who it is."""
NO_MESSAGE = Refused("malformed", "This agent sent what is no message; upgrade it, or the server", again=False)
_LATE = Refused("slow", "This agent did not say who it is", again=True)
T = TypeVar("T")


async def sign_in(socket: WebSocket, house: House, connection: UUID) -> tuple[UUID, UUID]:
    """The agent and its organisation, from now on on this connection. Raises Ended."""
    try:
        async with asyncio.timeout(HANDSHAKE):
            return await _sign_in(socket, house, connection)
    except TimeoutError as error:
        raise Ended(_LATE) from error


async def _sign_in(socket: WebSocket, house: House, connection: UUID) -> tuple[UUID, UUID]:
    hello = await _next(socket, Hello)
    refused = agent_desk.check_version(hello)
    if refused is not None:
        raise Ended(refused)
    nonce = secrets.token_hex(32)
    await socket.send_text(control.write(Challenge(nonce)))
    proof = await _next(socket, Proof)
    async with house.database.transaction() as tx:
        ctx = await agent_desk.acting(tx, house, hello.agent)
        if ctx is None:
            raise Ended(agent_desk.FORGED)
        refused = await agent_desk.check_proof(ctx, hello.agent, nonce, proof.signature) or (
            await agent_desk.connect(ctx, hello.agent, connection, hello.program)
        )
        if refused is not None:
            raise Ended(refused)
        return hello.agent, ctx.organisation


async def _next(socket: WebSocket, kind: type[T]) -> T:
    try:
        message = control.read(await receive(socket), FROM_STRANGER)
    except Malformed as error:
        raise Ended(NO_MESSAGE) from error
    if not isinstance(message, kind):
        raise Ended(NO_MESSAGE)
    return message
