"""A correction on its way: what a run holds of it, and how it is written down."""

from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from greenroom.channels import account_store, correct_outcome, looking
from greenroom.channels import correct_store as store
from greenroom.channels import post_store as posts_store
from greenroom.channels.arming import Arming
from greenroom.channels.contracts import Account
from greenroom.channels.correct import being_taken_down
from greenroom.channels.platforms.adapter import Adapter, Desk, Receipt
from greenroom.channels.platforms.corrects import Corrects
from greenroom.channels.platforms.registry import adapter_for
from greenroom.infra import jobs
from greenroom.infra.database import Row
from greenroom.infra.jobs import JobRun


@dataclass(slots=True)
class Correcting:
    """The run that has it, its post, and its record as last read."""

    run: JobRun
    post: Row
    row: Row
    account: Account
    arming: Arming = field(default_factory=Arming)
    adapter: Adapter = field(init=False)
    desk: Desk = field(init=False)

    def __post_init__(self) -> None:
        self.adapter = adapter_for(self.account.platform)
        self.desk = Desk(self.account, self.run.context, self.arming.in_time, self.arm)

    @property
    def corrects(self) -> Corrects:
        if not isinstance(self.adapter, Corrects):
            raise TypeError(f"{self.account.platform} corrects nothing, though something was to be corrected there")
        return self.adapter

    @property
    def receipt(self) -> Receipt:
        return Receipt(self.row["remote"]["remote_id"], self.row["remote"].get("permalink"))

    @property
    def proof(self) -> timedelta:
        """How long after its arming a call may still arrive."""
        settle = self.adapter.capabilities.settle
        return looking.proof(settle)

    async def arm(self, remote: dict[str, str] | None = None) -> None:
        """A call may begin from now on; Fenced when another worker has the job."""
        self.arming.begin()
        async with self.run.context() as ctx:
            await store.arm(ctx, self.row["id"], remote)
        self.row = {**self.row, "phase": "armed", "remote": {**self.row["remote"], **(remote or {})}}

    async def sent(self) -> None:
        """The platform said yes."""
        async with self.run.context() as ctx:
            await store.write_sent(ctx, self.row["id"])
        self.row = {**self.row, "phase": "sent"}

    async def refused(self) -> None:
        """The platform said no, so no call of this correction is under way any more."""
        async with self.run.context() as ctx:
            await store.disarm(ctx, self.row["id"])

    async def note(self, reason: str) -> None:
        async with self.run.context() as ctx:
            await store.write_reason(ctx, self.row["id"], reason)

    async def times(self) -> tuple[timedelta, timedelta]:
        """How long it has been tried, and how long ago it was armed, on the database's clock."""
        async with self.run.context() as ctx:
            tried, armed = await store.ages(ctx, self.row["id"])
        return timedelta(seconds=tried), timedelta(seconds=armed)

    async def fail(self, why: str) -> None:
        async with self.run.context() as ctx:
            await correct_outcome.failed(ctx, self.row, why)


async def begin(run: JobRun, post: UUID) -> Correcting | None:
    """The correction of this job; None when it has ended. Says so, and ends it, when there is nothing to correct."""
    async with run.context() as ctx:
        row = await posts_store.by_id(ctx, post, lock=True)
        correction = await store.live(ctx, post)
        if correction is None or correction["job_id"] != run.job.id:
            return None
        if correction["phase"] == "asked" and (row["state"] != "published" or await being_taken_down(ctx, row)):
            await correct_outcome.failed(ctx, correction, "It was taken down meanwhile")
            return None
        await store.begin(ctx, correction["id"])
        unanswered = await store.seconds_since_unanswered(ctx, post)
        going = Correcting(run, row, correction, Account(**await account_store.account(ctx, row["account_id"])))
    if unanswered is not None and (left := going.proof - timedelta(seconds=unanswered)) > timedelta(0):
        raise jobs.RetryLater("A call of the correction before may still arrive", after=left)
    return going
