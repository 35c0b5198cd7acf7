"""When a lease may be taken, when it is asked after and when it ends, and in what state a phone is shown. Pure."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

LEASE = timedelta(seconds=60)
"""How long a lease holds without being renewed."""
IDLE = timedelta(minutes=15)
"""How long a person may hold a phone without touching it before they are asked."""
GRACE = timedelta(seconds=60)
"""How long they have to answer."""

_STEP = re.compile(r"step \d+ of \d+")

HolderKind = Literal["person", "workflow"]
Reason = Literal["released", "handed_over", "broken_in", "idle", "expired", "moved"]
KeptState = Literal["active", "maintenance", "failed", "quarantined"]
State = Literal["active", "maintenance", "failed", "quarantined", "offline"]
Settle = Literal["nothing", "ask", "idle", "expired"]


@dataclass(frozen=True, slots=True)
class Standing:
    """A lease that somebody holds, as far as its end depends on it."""

    kind: HolderKind
    expires_at: datetime
    input_at: datetime
    asked_at: datetime | None = None


def settle(one: Standing, now: datetime) -> Settle:
    """What time does to it. A workflow is never idle: it renews as long as it works."""
    if one.expires_at <= now:
        return "expired"
    if one.kind == "workflow" or one.input_at > now - IDLE:
        return "nothing"
    if one.asked_at is None:
        return "ask"
    return "idle" if one.asked_at <= now - GRACE else "nothing"


def is_stale(sent: int, present: int, *, held: bool) -> bool:
    """Whether input of this epoch is refused: only the present holder's reaches the phone."""
    return not held or sent != present


def shown_state(state: KeptState, offline_since: datetime | None) -> State:
    """What was decided about a phone says more than that it is not there."""
    return "offline" if state == "active" and offline_since is not None else state


def why_not(state: State, kind: HolderKind, alive: str = "", because: str = "") -> str | None:
    """Why a phone in this state can't be taken; None where it can. People may, to see to it.

    `because`: its agent's sentence, which says what to do where the phone is plugged in and wants something.
    """
    if state == "offline":
        if because and (alive == "unauthorised" or _STEP.search(because)):
            return f"This phone can't be used yet: {because}"
        return "This phone is offline; see that it is plugged in and that its agent runs"
    if kind == "workflow" and state != "active":
        return f"This phone is out of work ({state}); set it to active first"
    return None


def ending(reason: Reason, by: str | None, why: str) -> str:
    """The sentence for who held it: why they no longer do, and what to do."""
    match reason:
        case "released":
            return "You gave this phone back; take it again to go on"
        case "handed_over":
            return f"This phone was handed over to {by or 'who asked for it'}; ask for it if you still need it"
        case "broken_in":
            return f"{by or 'An administrator'} took this phone over: {why}"
        case "idle":
            return "Nobody touched this phone for 15 minutes, so it was given back; take it again to go on"
        case "expired":
            return "Nothing was heard of you for a minute, so the phone was given back; take it again to go on"
        case "moved":
            return "This phone was given to another client"
