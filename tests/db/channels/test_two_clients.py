"""Content of one client and an account of another: refused with a sentence, each by itself, whatever the way in."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from greenroom.channels import facade as channels
from greenroom.kit.errors import Conflict
from greenroom.kit.ids import uuid7
from greenroom.planner.bulk_contracts import Distribution, Target
from greenroom.planner.contracts import At
from greenroom.planner.distribute import distribute
from greenroom.planner.import_posts import import_posts
from greenroom.tenancy import store
from tests.support.publish import Desk, make_desk

WHY = "This content is Blue Door One’s and the account Theo Lindqvist is Two’s; choose an account of Blue Door One"
SOON = datetime.now(UTC).replace(hour=9, minute=0, second=0, microsecond=0, tzinfo=None) + timedelta(days=30)


@dataclass(frozen=True)
class Agency:
    """A desk, an account of another client of its organisation, and approved content of the desk's client."""

    desk: Desk
    other: Desk
    content: UUID

    @property
    def clients(self) -> tuple[UUID, ...]:
        return (self.desk.tenant.client, self.other.tenant.client)


@pytest.fixture
async def agency(desk: Desk) -> Agency:
    second = uuid7()
    async with desk.tenant.context() as ctx:
        row = {"id": second, "name": "Two", "colour": "#3f6b4f", "zone": "UTC"}
        await store.add_client(ctx.db, desk.tenant.organisation, row)
    return Agency(desk, await make_desk(replace(desk.tenant, client=second), "Theo Lindqvist"), await desk.approved())


async def test_a_post_or_its_preview_is_refused(agency: Agency) -> None:
    async with agency.desk.tenant.context(clients=agency.clients) as ctx:
        with pytest.raises(Conflict, match=WHY):
            await channels.add_post(ctx, content=agency.content, account=agency.other.page.id)
        with pytest.raises(Conflict, match=WHY):
            await channels.preview(
                ctx, content=agency.content, account=agency.other.page.id, caption=None, hashtags=None
            )


async def test_of_many_targets_only_the_other_clients_is_refused(agency: Agency) -> None:
    accounts = (agency.other.page.id, agency.desk.page.id)
    wanted = Distribution(
        content_id=agency.content,
        targets=tuple(Target(account_id=account) for account in accounts),
        at=At(wall=SOON, zone="UTC"),
    )
    async with agency.desk.tenant.context(clients=agency.clients) as ctx:
        refused, made = await distribute(ctx, wanted)
    assert refused.problem is not None
    assert refused.problem.detail == WHY
    assert made.post is not None
    assert made.post.account.id == agency.desk.page.id


async def test_a_dry_import_says_which_line(agency: Agency) -> None:
    lines = [f"{agency.content},{page.id},{SOON:%Y-%m-%d,%H:%M},,," for page in (agency.other.page, agency.desk.page)]
    table = "\n".join(["content,account,date,time,zone,caption,hashtags", *lines])
    async with agency.desk.tenant.context(clients=agency.clients) as ctx:
        found = await import_posts(ctx, table.encode(), dry=True)
    assert [row.problem for row in found.rows] == [WHY, None]
