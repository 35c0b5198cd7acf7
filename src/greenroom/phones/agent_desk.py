"""An agent's connection as the database sees it: who it is, that it alone speaks for the agent, that it is alive."""

from datetime import timedelta
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from greenroom.infra.context import Actor, Context, House
from greenroom.infra.database import Scope, Tx
from greenroom.phones import agent_store as store
from greenroom.phones import report
from greenroom.tenancy import facade as tenancy
from greenroom.wire.messages import Hello, Refused
from greenroom.wire.proof import signed_bytes
from greenroom.wire.version import VERSION, mismatch

BEAT = timedelta(seconds=2)
"""How often an agent is heard of."""
PATIENCE = timedelta(seconds=7)
"""After how long without a beat a connection is over."""

FORGED = Refused("forged", "This agent's key does not fit; enrol it again with a new code", again=False)
_REVOKED = Refused("revoked", "This agent was shut out; enrol it again with a new code", again=False)
_SECOND = Refused(
    "second", "This agent is connected already; stop the other one, or wait ten seconds if it has just ended",
    again=True,
)  # fmt: skip


def check_version(hello: Hello) -> Refused | None:
    """The refusal of an agent that speaks another version, which says which side to upgrade."""
    sentence = mismatch(VERSION, hello.version)
    return Refused("version", sentence, again=False) if sentence else None


async def acting(tx: Tx, house: House, agent: UUID) -> Context | None:
    """The agent's context over all clients of its organisation; None when no such agent was enrolled."""
    organisation = await store.place(tx, agent)
    if organisation is None:
        return None
    actor = Actor("system", agent, "agent")
    await tx.enter(Scope(organisation, (), str(actor)))
    clients = await tenancy.clients_of(tx, organisation)
    await tx.enter(Scope(organisation, clients, str(actor)))
    return Context(organisation, clients, None, actor, tx, house.clock, house)


async def check_proof(ctx: Context, agent: UUID, nonce: str, signature: str) -> Refused | None:
    """Why this connection is not the agent's; None where its signature fits."""
    row = await store.key(ctx, agent)
    if row is None:
        return FORGED
    try:
        Ed25519PublicKey.from_public_bytes(row["public_key"]).verify(
            bytes.fromhex(signature), signed_bytes(nonce, agent)
        )
    except (InvalidSignature, ValueError):
        return FORGED
    return _REVOKED if row["revoked_at"] is not None else None


async def connect(ctx: Context, agent: UUID, connection: UUID, program: str) -> Refused | None:
    """Let this connection speak for the agent; the refusal while another one does."""
    return None if await store.connect(ctx, agent, connection, program, PATIENCE) else _SECOND


async def beat(ctx: Context, agent: UUID, connection: UUID) -> Refused | None:
    """Heard of; the refusal once the agent was shut out or another connection speaks for it."""
    if await store.beat(ctx, agent, connection):
        return None
    row = await store.key(ctx, agent)
    return _REVOKED if row is None or row["revoked_at"] is not None else _SECOND


async def disconnect(ctx: Context, agent: UUID, connection: UUID) -> None:
    """The connection ended: its phones are offline."""
    if await store.disconnect(ctx, agent, connection):
        await report.all_gone(ctx, agent, "its agent is not connected")


async def give_up(ctx: Context, agent: UUID) -> bool:
    """End a connection that was not heard of for too long; whether that was so."""
    silent = await store.give_up(ctx, agent, PATIENCE)
    if silent:
        await report.all_gone(ctx, agent, "nothing is heard of its agent")
    return silent
