"""What phones hands out and takes in. Frozen; ids are UUID, times are aware, sizes in bytes or pixels."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from greenroom.kit.text import clean_line
from greenroom.phones.rules import HolderKind, KeptState, Reason, State


class Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


def _seen(value: str) -> str:
    """One line in which something can be seen."""
    if not (kept := clean_line(value)):
        raise ValueError("Write something that can be seen")
    return kept


def _each_once(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))


Name = Annotated[str, Field(max_length=120), AfterValidator(_seen)]
Label = Annotated[str, Field(max_length=200), AfterValidator(clean_line)]
Word = Annotated[str, Field(max_length=40), AfterValidator(_seen)]
Words = Annotated[tuple[Word, ...], Field(max_length=30), AfterValidator(_each_once)]
Why = Annotated[str, Field(max_length=300), AfterValidator(_seen)]
Epoch = Annotated[int, Field(ge=1, le=2**63 - 1)]


class Asked(Frozen):
    """Who wants the phone next, since when and what for."""

    by: UUID
    name: str
    at: datetime
    note: str


class Lease(Frozen):
    """Who holds a phone. `still_there` is when the holder was asked whether they are, until they answer."""

    phone_id: UUID
    epoch: int
    holder_kind: HolderKind
    holder_id: UUID
    holder_name: str
    taken_at: datetime
    expires_at: datetime
    input_at: datetime
    still_there: datetime | None
    asked: Asked | None


class PastLease(Frozen):
    """A lease that ended, why and by whom; `ended_by` is null for its holder and for rules."""

    phone_id: UUID
    epoch: int
    holder_kind: HolderKind
    holder_id: UUID
    holder_name: str
    taken_at: datetime
    ended_at: datetime
    reason: Reason
    why: str
    ended_by: UUID | None
    ended_by_name: str | None


class Phone(Frozen):
    """A phone. `client_id` is null until it is given to a client; `because` says how its agent finds it."""

    id: UUID
    client_id: UUID | None
    agent_id: UUID
    name: str
    label: str
    tags: tuple[str, ...]
    groups: tuple[str, ...]
    state: State
    platform: Literal["android", "ios"]
    model: str
    system: str
    serial: str
    width: int
    height: int
    battery: int | None
    charging: bool
    temperature: float | None
    storage_free: int | None
    storage_total: int | None
    alive: str
    because: str
    offline_since: datetime | None
    last_seen_at: datetime
    lease: Lease | None
    version: int
    created_at: datetime


class PhoneChange(Frozen):
    """Absent fields stay."""

    name: Name | None = None
    label: Label | None = None
    tags: Words | None = None
    groups: Words | None = None
    state: KeptState | None = None


class PhoneGift(Frozen):
    """`client_id` null: nobody's again."""

    client_id: UUID | None


class LeaseRenewal(Frozen):
    """`touched`: whether there was input since the last renewal, or the answer to being asked."""

    epoch: Epoch
    touched: bool = False


class LeaseEnd(Frozen):
    epoch: Epoch


class LeaseAsk(Frozen):
    note: Annotated[str, Field(max_length=300), AfterValidator(clean_line)] = ""


class BreakIn(Frozen):
    """`why` is shown to who held the phone, and kept."""

    why: Why


class Agent(Frozen):
    """A program beside phones. `state`: waits for its enrolment, is there, is not there, may no longer enter."""

    id: UUID
    name: str
    state: Literal["waiting", "connected", "away", "revoked"]
    program: str
    made_by: UUID | None
    enrolled_at: datetime | None
    revoked_at: datetime | None
    last_seen_at: datetime | None
    created_at: datetime


class NewAgent(Frozen):
    name: Annotated[Name, Field(examples=["Shelf 1"])]


class AgentCode(Frozen):
    """The code is shown here only; it works once and until `expires_at`."""

    agent: Agent
    code: Annotated[str, Field(examples=["K7QM-3XWD-5RTA-BN2H"])]
    expires_at: datetime


class Enrolment(Frozen):
    """What an agent sends with its code: its Ed25519 public key in hexadecimal, and its release."""

    code: Annotated[str, Field(min_length=1, max_length=60, examples=["K7QM-3XWD-5RTA-BN2H"])]
    public_key: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$", examples=["3b" * 32])]
    program: Annotated[str, Field(max_length=120), AfterValidator(clean_line)] = ""


class Enrolled(Frozen):
    agent_id: UUID
    name: str
