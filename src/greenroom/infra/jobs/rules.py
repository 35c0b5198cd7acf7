"""What people may do with jobs of a kind, and what has to happen before one is tried again; rooms say it at start."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from uuid import UUID

from greenroom.infra.context import Context
from greenroom.infra.jobs import store

Again = Callable[[Context, UUID, UUID], Awaitable[None]]
"""Called with the job and its subject in the transaction that queues the job again; a Problem leaves the job ended."""


@dataclass(frozen=True, slots=True)
class Rule:
    """The right that it takes to cancel or retry jobs of a kind, and what puts their subject on its way again."""

    permission: str = "make"
    again: Again | None = None


_USUAL = Rule()
_rules: dict[str, Rule] = {}


def rule(kind: str, *, permission: str = "make", again: Again | None = None) -> None:
    """Hold jobs of this kind to it in this process; saying it twice changes nothing."""
    _rules[kind] = Rule(permission, again)


def rule_of(kind: str) -> Rule:
    return _rules.get(kind, _USUAL)


async def require(ctx: Context, job: UUID) -> None:
    """Forbidden unless the acting person holds, for the job's client, the right that its kind asks for."""
    row = await store.lock(ctx, job)
    ctx.require(rule_of(row["kind"]).permission, row["client_id"])
