"""The programs beside the phones: enrolled with a one-time code, listed, and shut out again."""

import base64
import hashlib
import secrets
from datetime import timedelta
from uuid import UUID

from greenroom.infra import audit, events
from greenroom.infra.context import Actor, Context, House
from greenroom.infra.database import Row, Scope, Tx
from greenroom.kit.ids import uuid7
from greenroom.phones import agent_store as store
from greenroom.phones import report
from greenroom.phones.access import only_super
from greenroom.phones.contracts import Agent, AgentCode, Enrolled, Enrolment, NewAgent
from greenroom.phones.errors import CodeOver

LASTS = timedelta(minutes=10)
"""How long an enrolment code can be used."""
_BYTES = 10  # 80 random bits, for ten minutes, once
_OVER = "This code was used already or is too old; make a new one under Phones > Agents"


async def list_agents(ctx: Context) -> list[Agent]:
    """All of the organisation, those shut out too. Forbidden but for super users."""
    only_super(ctx)
    return [_shown(row) for row in await store.agents(ctx)]


async def add_agent(ctx: Context, form: NewAgent) -> AgentCode:
    """An agent that waits for its enrolment, with the code for it."""
    only_super(ctx)
    code, id = _new_code(), uuid7()
    expires = ctx.clock.now() + LASTS
    made_by = ctx.actor.id if ctx.actor.kind == "user" else None
    await store.add(ctx, {"id": id, "name": form.name, "hash": _hash(code), "expires": expires, "made_by": made_by})
    await _tell(ctx, "added", id, "An enrolment code for an agent was made")
    await audit.record(ctx, "agent.added", ("agent", id), after={"name": form.name})
    return AgentCode(agent=_shown(await store.agent(ctx, id)), code=code, expires_at=expires)


async def revoke_agent(ctx: Context, agent: UUID) -> None:
    """It may enter no more; its connection ends with its next beat, and its phones are offline now."""
    only_super(ctx)
    row = await store.agent(ctx, agent, lock=True)
    if not await store.revoke(ctx, agent, ctx.clock.now()):
        return
    await report.all_gone(ctx, agent, "its agent was shut out")
    await _tell(ctx, "revoked", agent, "An agent was shut out")
    await audit.record(ctx, "agent.revoked", ("agent", agent), before={"name": row["name"]})


async def enrol(tx: Tx, house: House, form: Enrolment) -> Enrolled:
    """Bind the agent's key to the code's organisation, in a transaction without a scope. Raises CodeOver."""
    hash = _hash(form.code)
    place = await store.place_of_code(tx, hash)
    if place is None:
        raise CodeOver(_OVER)
    actor = Actor("system", place["id"], "agent")
    await tx.enter(Scope(place["organisation_id"], (), str(actor)))
    ctx = Context(place["organisation_id"], (), None, actor, tx, house.clock, house)
    key, now = bytes.fromhex(form.public_key), house.clock.now()
    if not await store.enrol(ctx, place["id"], hash, key, form.program, now):
        raise CodeOver(_OVER)
    row = await store.agent(ctx, place["id"])
    await _tell(ctx, "enrolled", row["id"], "An agent was enrolled")
    await audit.record(ctx, "agent.enrolled", ("agent", row["id"]), after={"public_key": form.public_key})
    return Enrolled(agent_id=row["id"], name=row["name"])


def _shown(row: Row) -> Agent:
    fields = ("id", "name", "program", "made_by", "code_expires_at", "enrolled_at", "revoked_at", "last_seen_at",
              "created_at")  # fmt: skip
    state = "connected" if row["connection_id"] else "away"
    if row["enrolled_at"] is None:
        state = "waiting"
    if row["revoked_at"] is not None:
        state = "revoked"
    return Agent.model_validate({**{name: row[name] for name in fields}, "state": state})


def _new_code() -> str:
    """Sixteen letters and digits that nobody takes for one another, in fours."""
    text = base64.b32encode(secrets.token_bytes(_BYTES)).decode()
    return "-".join(text[at : at + 4] for at in range(0, len(text), 4))


def _hash(code: str) -> bytes:
    """Of the code as it was meant: typed small, or without its hyphens, it is the same."""
    return hashlib.sha256("".join(filter(str.isalnum, code)).upper().encode()).digest()


async def _tell(ctx: Context, done: str, agent: UUID, message: str) -> None:
    await events.emit(ctx, f"phones.agent.{done}", subject=("agent", agent), message=message, whole=True)
