"""Which content fits a time of a schedule: next in the queue, approved, and not out on that account already."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from greenroom.channels import facade as channels
from greenroom.infra.context import Context
from greenroom.infra.database import Row
from greenroom.kit.errors import NotFound
from greenroom.planner.occurrences import Occurrence, Plan
from greenroom.planner.queue import Queue
from greenroom.studio import facade as studio
from greenroom.studio.contracts import ApprovedContent
from greenroom.studio.errors import NotApproved


@dataclass(slots=True)
class Fitting:
    """What was chosen so far. All accounts of one time get the same content; with slots each has its own turns."""

    plan: Plan
    queue: Queue
    of_time: dict[str, UUID]
    out: set[tuple[UUID, UUID]]
    """(account, content) pairs that are out or planned."""
    approved: dict[UUID, ApprovedContent | None] = field(default_factory=dict)

    async def content(self, ctx: Context, one: Occurrence) -> ApprovedContent | None:
        """The content for this time; None when none fits."""
        if self._shared() and one.key in self.of_time:
            chosen = self.of_time[one.key]
            return await self._fit(ctx, one.account, chosen)
        waiting = set(self.queue.contents)
        while (chosen_next := self.queue.next(self._lane(one), waiting)) is not None:
            if fit := await self._fit(ctx, one.account, chosen_next):
                return fit
            waiting.discard(chosen_next)
        return None

    def take(self, one: Occurrence, content: UUID) -> None:
        """A post of it was made for this time."""
        if not (self._shared() and one.key in self.of_time):
            self.queue.take(self._lane(one), content)
        self.of_time[one.key] = content
        self.out.add((one.account, content))

    def why_none(self, one: Occurrence) -> str:
        if self._shared() and one.key in self.of_time:
            return "What goes out elsewhere at this time is out on this account already, or is not approved any more"
        if not self.queue.contents:
            return "Its queue is empty; add approved content"
        return "Its queue has no approved content left; add some, approve what waits, or repeat the queue"

    def _shared(self) -> bool:
        return self.plan.draft.kind != "slots"

    def _lane(self, one: Occurrence) -> UUID | None:
        return None if self._shared() else one.account

    async def _fit(self, ctx: Context, account: UUID, content: UUID) -> ApprovedContent | None:
        if not self.queue.repeat and (account, content) in self.out:
            return None
        if content not in self.approved:
            try:
                self.approved[content] = await studio.approved(ctx, content)
            except (NotApproved, NotFound):
                self.approved[content] = None
        return self.approved[content]


async def fitting_of(ctx: Context, plan: Plan, posts: Sequence[Row]) -> Fitting:
    """With the turns that the schedule's posts have taken. What a person called off has had its turn."""
    draft = plan.draft
    shared = draft.kind != "slots"
    turns: Counter[tuple[UUID | None, UUID]] = Counter()
    for account, _, content in {(None if shared else p["account_id"], p["occurrence"], p["content_id"]) for p in posts}:
        turns[account, content] += 1
    return Fitting(
        plan,
        Queue(draft.contents, draft.repeat_queue, turns),
        {post["occurrence"]: post["content_id"] for post in posts} if shared else {},
        await channels.standing_on(ctx, draft.accounts, draft.contents),
    )
