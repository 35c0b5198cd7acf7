"""The studio's jobs."""

from greenroom.infra.jobs import Registry
from greenroom.studio.create import JOB
from greenroom.studio.produce import make_content


def register(registry: Registry) -> None:
    """Rendering computes, so it has the queue where one job runs at a time."""
    registry.add(JOB, make_content, queue="cpu", max_starts=5)
