"""What a handler's failure means for its job: try again, or tell a person. Pure."""

import errno
from dataclasses import dataclass
from datetime import timedelta

import psycopg

from greenroom.infra.jobs.contracts import RetryLater
from greenroom.kit.errors import DiskFull, Problem, TooMany, Unavailable

_LONGEST_WAIT = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Verdict:
    """`after` None: the job has failed. `free`: the start that just ended does not count."""

    sentence: str
    after: timedelta | None
    free: bool = False


def judge(error: Exception, *, starts: int, max_starts: int) -> Verdict:
    """A sentence for people, and when the job should start again.

    Problems are final, for trying again would not change them, except those that say that they pass. Anything else
    is tried again until the starts are used up.
    """
    match error:
        case RetryLater():
            return Verdict(error.reason, error.after, free=True)
        case TooMany():
            return Verdict(error.detail, error.after, free=True)
        case OSError(errno=errno.ENOSPC | errno.EDQUOT) | psycopg.errors.DiskFull():
            return Verdict(f"{DiskFull.title}. Free some space and try again; what was finished is kept", None)
        case Problem() if not isinstance(error, Unavailable):
            return Verdict(error.detail, None)
    sentence = _sentence(error)
    return Verdict(sentence, wait_before(starts) if starts < max_starts else None)


def wait_before(starts: int) -> timedelta:
    """2, 4, 8, 16 … seconds after the first, second, third … start, at most five minutes."""
    return min(timedelta(seconds=2 ** min(starts, 10)), _LONGEST_WAIT)


def exhausted(starts: int) -> str:
    """What to say of a job whose workers died every time."""
    return (
        f"It was started {starts} times and the worker died each time. Look at the workers' log and at memory and "
        "disk, then try again"
    )


def _sentence(error: Exception) -> str:
    if isinstance(error, Problem):
        return error.detail
    if isinstance(error, psycopg.OperationalError):
        return "The database did not answer in time; try again"
    said = " ".join(str(error).split())[:200]
    return f"Something broke on our side ({type(error).__name__}{': ' if said else ''}{said}). The log has the rest"
