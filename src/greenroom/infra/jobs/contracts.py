"""What jobs are to the rooms: the job itself, its states, and how a handler says that it did not simply end."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal
from uuid import UUID

from pydantic import BaseModel

State = Literal["queued", "running", "done", "failed", "cancelled"]
ENDED: tuple[State, ...] = ("done", "failed", "cancelled")


@dataclass(frozen=True, slots=True)
class Job:
    """One start of a job, as its handler sees it. `epoch` is this start's number and fences what it writes."""

    id: UUID
    kind: str
    title: str
    payload: dict[str, Any]
    organisation: UUID
    client: UUID
    subject: tuple[str, UUID] | None
    epoch: int
    starts: int


class JobStatus(BaseModel):
    """A job as people see it."""

    id: UUID
    client_id: UUID
    kind: str
    title: str
    subject_type: str | None
    subject_id: UUID | None
    state: State
    stage: str | None
    fraction: float
    message: str
    eta_seconds: float | None
    error: str | None
    starts: int
    created_at: datetime
    started_at: datetime | None
    ended_at: datetime | None


class RetryLater(Exception):
    """Raised by a handler that cannot go on now and asks for another start; costs none of the job's starts."""

    def __init__(self, reason: str, *, after: timedelta) -> None:
        super().__init__(reason)
        self.reason = reason
        self.after = after


class Interrupted(BaseException):
    """Stops a run from outside. No Exception, so that `except Exception` in a handler does not swallow it."""


class JobCancelled(Interrupted):
    """A person cancelled the job. A handler may catch it to put its records in order, within a context."""


class Fenced(Interrupted):
    """Another worker has this job now; whatever this run still wrote would be wrong, so it cannot."""


class Released(Interrupted):
    """This worker stops; the job goes on elsewhere from its last committed stage."""
