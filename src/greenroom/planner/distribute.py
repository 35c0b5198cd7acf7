"""One content to many accounts: each target by itself, so that one that is refused keeps no other back."""

from greenroom.channels import facade as channels
from greenroom.infra.context import Context
from greenroom.kit.errors import NotFound, Problem
from greenroom.planner.bulk_contracts import Distribution, Outcome, Target, refusal_of
from greenroom.planner.contracts import NewPost
from greenroom.planner.plan import plan
from greenroom.studio import facade as studio


class _Undone(Exception):
    """All that a dry run did."""


async def distribute(ctx: Context, wanted: Distribution) -> tuple[Outcome, ...]:
    """What came of each target. NotFound, and nothing is made, when the content or an account is not here."""
    await studio.clients_of(ctx, [wanted.content_id])
    await channels.lock_accounts(ctx, [target.account_id for target in wanted.targets])
    outcomes: list[Outcome] = []
    try:
        async with ctx.db.savepoint():
            outcomes += [await _one(ctx, wanted, target) for target in wanted.targets]
            if wanted.dry:
                raise _Undone
    except _Undone:
        return tuple(outcomes)
    return tuple(outcomes)


async def _one(ctx: Context, wanted: Distribution, target: Target) -> Outcome:
    new = NewPost(
        content_id=wanted.content_id,
        account_id=target.account_id,
        caption=target.caption,
        hashtags=target.hashtags,
        at=target.at or wanted.at,
        slot=wanted.slot and target.at is None,
        again=target.again,
    )
    try:
        async with ctx.db.savepoint():
            return Outcome(account_id=target.account_id, post=await plan(ctx, new))
    except NotFound:
        raise
    except Problem as refused:
        return Outcome(account_id=target.account_id, problem=refusal_of(refused))
