"""The states of an account: which let it post, who may end which, and how each is said. Pure."""

from typing import Literal

from greenroom.kit.errors import Conflict

AccountState = Literal[
    "created",  # it is here, and nothing was decided about it yet
    "ramping",  # new: few posts a day, more from phase to phase
    "active",
    "resting",  # a person lets it rest until a time
    "cooldown",  # a rule lets it rest for a while: its health is low
    "paused",  # a person paused it
    "flagged",  # a rule stopped it: its health is very low, and a person has to look
    "restricted",  # its platform lets it do less
    "suspended",  # its platform has stopped it
    "banned",  # its platform has thrown it out
    "closed",  # it was unlinked, or its character is gone
]
MovedBy = Literal["person", "rule", "platform"]

POSTING: frozenset[AccountState] = frozenset({"created", "ramping", "active"})
"""What is due goes out. In every other state it waits, and a person is told."""

PASSING: frozenset[AccountState] = frozenset({"resting", "cooldown"})
"""They end by themselves at a time, so posts can be planned meanwhile."""

PLATFORMS_OWN: frozenset[AccountState] = frozenset({"restricted", "suspended", "banned"})
"""Only the platform moves an account there, and only the platform moves it away."""

_IN_WORDS: dict[AccountState, str] = {
    "resting": "is resting",
    "cooldown": "is in cooldown",
    "ramping": "is in its ramp",
    "created": "is new",
}


def in_words(state: AccountState) -> str:
    """As it stands in a sentence after the account's name."""
    return _IN_WORDS.get(state, f"is {state}")


def check_person_moves(name: str, platform: str, state: AccountState, why: str | None, to: AccountState) -> None:
    """Conflict, with who can do it, when a person may not move the account from this state to that one."""
    if state in PLATFORMS_OWN:
        said = f": {why.rstrip('.')}" if why else ""
        raise Conflict(
            f"{name} {in_words(state)} by {platform}{said}. Only {platform} can lift that; see to it there, and "
            "reconnect the account afterwards",
            state=state,
        )
    if state == "closed":
        raise Conflict(f"{name} is closed and stays so; link it again, or bring its character back", state=state)
    if to == state and to != "resting":
        raise Conflict(f"{name} {in_words(state)} already", state=state)


def check_reversal(name: str, platform: str, state: AccountState, why: str | None, *, by: str | None, who: str) -> None:
    """Conflict unless a rule made the account's last move: that is what a person may take back."""
    check_person_moves(name, platform, state, why, "created")
    if by == "platform":
        raise Conflict(f"{platform} moved {name}, no rule did; there is nothing to take back", state=state)
    if by != "rule":
        raise Conflict(f"No rule moved {name} last: {who or 'nobody'} did. Change its state instead", state=state)
