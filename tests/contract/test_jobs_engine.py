"""The pinned job engine is the one we read: its schema, its calls, and the statements that we replace."""

import re
from importlib.metadata import version
from importlib.resources import files
from inspect import getsource, signature

from pgqueuer.adapters.persistence.queries import Queries
from pgqueuer.adapters.persistence.schema_ddl import render_install
from pgqueuer.core import buffers, heartbeat, qm

from greenroom.infra.jobs.engine import Line, engine_settings
from greenroom.infra.jobs.fenced import FencedQueries

MIGRATION = files("greenroom") / "migrations" / "0010_jobs.sql"
FENCED = ("log_jobs", "retry_job", "update_heartbeat")


def test_the_shipped_schema_is_what_the_pinned_version_would_install() -> None:
    shipped = MIGRATION.read_text().split("-- begin pgqueuer\n")[1].split("-- end pgqueuer\n")[0]
    assert shipped.strip() == render_install(engine_settings()).strip(), (
        f"PgQueuer {version('pgqueuer')} has another schema than the migrations; see `pgq sql upgrade`"
    )


def test_the_engine_calls_nothing_that_we_have_not_read() -> None:
    called = set(re.findall(r"self\.queries\.(\w+)", getsource(qm)))
    sunk = set(re.findall(r"self\.repository\.(\w+)", getsource(buffers) + getsource(heartbeat)))
    assert called == {
        "aggregate_logs", "dequeue", "driver", "eligible_queued_work", "has_table", "has_user_defined_enum",
        "next_deferred_eta", "notify_health_check", "qbe", "queued_work", "retry_job", "table_has_column",
        "table_has_index",
    }  # fmt: skip
    assert sunk == {"log_jobs", "update_heartbeat"}


def test_what_we_fence_is_what_the_engine_leaves_unfenced() -> None:
    for name in FENCED:
        assert getattr(FencedQueries, name) is not getattr(Queries, name)
        assert list(signature(getattr(FencedQueries, name)).parameters) == list(
            signature(getattr(Queries, name)).parameters
        )
    assert list(signature(FencedQueries.dequeue).parameters) == list(signature(Queries.dequeue).parameters)


def test_the_engine_says_of_each_run_that_it_ended_and_keeps_count_of_them() -> None:
    source = getsource(qm.QueueManager.run)
    assert "task.add_done_callback(functools.partial(self.forget_job, job.id, context))" in source
    assert source.index("self.job_context[job.id] = context") < source.index("asyncio.create_task(self._dispatch(")
    assert list(signature(Line.forget_job).parameters) == list(signature(qm.QueueManager.forget_job).parameters)
