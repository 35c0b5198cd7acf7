"""Durable jobs: `enqueue` in your transaction; a worker runs the registered handler, elsewhere again if it dies.

Jobs are at-least-once: the stage in flight when a worker dies is run again, a committed one is not. PgQueuer only
wakes workers; gr.job is the truth. The worker itself (`infra.jobs.worker`) is imported by its entrypoint alone.
"""

from greenroom.infra.jobs.change import cancel, retry
from greenroom.infra.jobs.contracts import (
    Fenced,
    Interrupted,
    Job,
    JobCancelled,
    JobStatus,
    Released,
    RetryLater,
    State,
)
from greenroom.infra.jobs.enqueue import enqueue
from greenroom.infra.jobs.read import get_job, get_jobs, list_jobs
from greenroom.infra.jobs.registry import Registry
from greenroom.infra.jobs.rules import rule
from greenroom.infra.jobs.run import JobRun

__all__ = [
    "Fenced",
    "Interrupted",
    "Job",
    "JobCancelled",
    "JobRun",
    "JobStatus",
    "Registry",
    "Released",
    "RetryLater",
    "State",
    "cancel",
    "enqueue",
    "get_job",
    "get_jobs",
    "list_jobs",
    "retry",
    "rule",
]
