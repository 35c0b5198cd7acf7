"""What phones hands out and takes in. Frozen; ids are UUID, times are aware, sizes in bytes or pixels."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from greenroom.kit.text import clean_line
from greenroom.phones.rules import HolderKind, KeptState, Reason, State
from greenroom.wire.messages import Ability

APP_ID = r"^[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)+$"
"""An Android package or an iOS bundle id; at least two words, so that none means every app there is."""


class Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


def _seen(value: str) -> str:
    """One line in which something can be seen."""
    if not (kept := clean_line(value)):
        raise ValueError("Write something that can be seen")
    return kept


def _each_once(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))


def _ids_once(ids: tuple[UUID, ...]) -> tuple[UUID, ...]:
    return tuple(dict.fromkeys(ids))


Name = Annotated[str, Field(max_length=120), AfterValidator(_seen)]
Label = Annotated[str, Field(max_length=200), AfterValidator(clean_line)]
Word = Annotated[str, Field(max_length=40), AfterValidator(_seen)]
Words = Annotated[tuple[Word, ...], Field(max_length=30), AfterValidator(_each_once)]
Why = Annotated[str, Field(max_length=300), AfterValidator(_seen)]
Ids = Annotated[tuple[UUID, ...], Field(min_length=1, max_length=200), AfterValidator(_ids_once)]
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
    """A lease that ended, why and by whom; `ended_by` is null for its holder and for rules.

    Of one that was handed over it is who got the phone.
    """

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
    """A phone. `client_id` is null until it is given to a client; `because` says how its agent finds it.

    `state_why`, `state_by` and `state_at`: what people said last when they put it out of work or back. `front` is the
    app in front, `attended` whether a person alone may act in it, `port` where on its computer's USB it hangs, hubs
    first ("1-4.2"); empty where nobody can tell. `abilities`: what can be done on it; none while it can't be reached.
    """

    id: UUID
    client_id: UUID | None
    agent_id: UUID
    agent_name: str
    name: str
    label: str
    tags: tuple[str, ...]
    groups: tuple[str, ...]
    state: State
    state_why: str
    state_by: UUID | None
    state_by_name: str | None
    state_at: datetime | None
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
    front: str
    attended: bool
    port: str
    abilities: tuple[Ability, ...]
    offline_since: datetime | None
    last_seen_at: datetime
    lease: Lease | None
    version: int
    created_at: datetime


class _Stating(Frozen):
    """`why` is needed to put a phone out of work, and is kept in its history."""

    state: KeptState | None = None
    why: Annotated[str, Field(max_length=300), AfterValidator(clean_line)] = ""


class PhoneChange(_Stating):
    """Absent fields stay. `why` is needed to put a phone out of work, and is kept in its history."""

    name: Name | None = None
    label: Label | None = None
    tags: Words | None = None
    groups: Words | None = None


class PhonesChange(_Stating):
    """The same for many phones; all of them are changed, or none."""

    phones: Ids
    add_tags: Words = ()
    remove_tags: Words = ()
    add_groups: Words = ()
    remove_groups: Words = ()


class PhoneGift(Frozen):
    """`client_id` null: nobody's again."""

    client_id: UUID | None


class PhonesGift(PhoneGift):
    """All of them are given, or none."""

    phones: Ids


class PhoneWords(Frozen):
    """The tags and groups in use, in the order of the alphabet."""

    tags: tuple[str, ...]
    groups: tuple[str, ...]


class PhoneMoment(Frozen):
    """Something that happened to a phone.

    `came`, `went` (`why` says how), `given` to the client `client_id` or taken from it (`left`), a new `state` (`was`,
    `becomes`), or a lease that ended (`held`, from `since` until `at`, with its `reason`). `by_id` is null where it was
    nobody's doing, and for a lease that its holder or a rule ended.
    """

    id: str
    at: datetime
    kind: Literal["came", "went", "given", "left", "state", "held"]
    client_id: UUID | None
    why: str
    was: str
    becomes: str
    by_id: UUID | None
    by_name: str | None
    since: datetime | None
    reason: Reason | None
    holder_name: str | None


class AttendedApp(Frozen):
    """An app, by Android package or iOS bundle id in small letters. What is `shipped` can't be removed."""

    id: UUID
    app: str
    name: str
    shipped: bool
    added_by: UUID | None
    created_at: datetime | None


class NewAttendedApp(Frozen):
    app: Annotated[
        str, Field(max_length=120, pattern=APP_ID, examples=["com.example.social"]), AfterValidator(str.lower)
    ]
    name: Annotated[str, Field(max_length=120), AfterValidator(clean_line)] = ""


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
    """A program beside phones. `state`: waits for its enrolment, is there, is not there, may no longer enter.

    `code_expires_at`: until when the code of a waiting one is good.
    """

    id: UUID
    name: str
    state: Literal["waiting", "connected", "away", "revoked"]
    program: str
    made_by: UUID | None
    code_expires_at: datetime | None
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
