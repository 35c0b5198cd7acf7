"""A real Bluesky server's limits: what its answers say is left is kept for all workers, and nobody asks in vain."""

from datetime import timedelta

import pytest

from greenroom.channels import allowance
from greenroom.channels.contracts import DayRoom
from tests.support.bluesky import Linked, Pds, link_at
from tests.support.lossy import lossy
from tests.support.publish import Desk

AWAY = "203.0.113.7"
"""An address for documentation: from loopback the server lets anybody do anything."""


class Spender:
    """Somebody else who writes to the same account, until so many points of its hour are left."""

    def __init__(self, linked: Linked) -> None:
        self.linked = linked
        login = {"identifier": linked.member.did, "password": linked.member.app_password}
        said = linked.pds.ask("POST", "com.atproto.server.createSession", json=login)
        self.token = said.raise_for_status().json()["accessJwt"]

    def until(self, left: int) -> None:
        while (spare := self._write(1) - left) >= 3:
            self._write(min(200, spare // 3))

    def _write(self, number: int) -> int:
        """Ask for so many records, which are 3 points each; what is left of the hour.

        It says of itself that it comes too late, so nothing is written; asking has cost its points all the same.
        """
        (post, *_) = self.linked.posts()
        record = {"$type": "app.greenroom.test"}
        made = {"$type": "com.atproto.repo.applyWrites#create", "collection": "app.greenroom.test", "value": record}
        form = {
            "repo": self.linked.member.did, "validate": False, "writes": [made] * number, "swapCommit": post["cid"],
        }  # fmt: skip
        said = self.linked.pds.ask("POST", "com.atproto.repo.applyWrites", token=self.token, json=form, away=AWAY)
        if said.status_code == 429:
            return 0
        assert (said.status_code, said.json()["error"]) == (400, "InvalidSwap"), said.text
        # An answer tells of the limit that is the nearest: at first that of all calls from an address.
        left = {"3000;w=300": 5000, "5000;w=3600": int(said.headers["ratelimit-remaining"])}
        return left[said.headers["ratelimit-policy"]]


async def buckets(linked: Linked) -> dict[str, tuple[int, bool]]:
    """By bucket what it holds, and whether it is closed."""
    async with linked.desk.tenant.context() as ctx:
        rows = await ctx.db.all("select operation, level, closed_until > now() as closed from rate_bucket")
        return {row["operation"]: (int(row["level"]), bool(row["closed"])) for row in rows}


async def todays_room(linked: Linked) -> int:
    async with linked.desk.tenant.context() as ctx:
        zone = await ctx.db.value("select zone from client where id = %(id)s", {"id": linked.desk.tenant.client})
        today = await ctx.db.value("select (now() at time zone %(zone)s)::date", {"zone": zone})
        room = DayRoom(account_id=linked.account.id, day=today, cap=25_000, used=0, phase=None)
        (found,) = await allowance.within_limits(ctx, [room])
    return found.cap


@pytest.mark.timeout(240)
async def test_what_others_used_up_is_believed_and_then_nobody_asks(desk: Desk, pds: Pds) -> None:
    async with lossy(pds.port, "putRecord", seed=1) as way:
        way.come_from = AWAY
        linked = await link_at(desk, pds, through=way.address, allow=f"{pds.allow}, {way.allow}")
        first = await linked.desk.planned("One")
        assert await linked.desk.run(first.id) is None
        held = await buckets(linked)
        assert (held["points.hour"], held["points.day"], held["upload"]) == (
            (4998, False), (34_998, False), (998, False),
        )  # fmt: skip
        assert await todays_room(linked) == 1000

        others = Spender(linked)
        others.until(40)
        second = await linked.desk.planned("Two")
        assert await linked.desk.run(second.id) is None
        assert 0 < (await buckets(linked))["points.hour"][0] < 40

        others.until(1)
        third = await linked.desk.planned("Three")
        await linked.desk.run(third.id)
        assert (await linked.desk.post(third.id)).state != "published"
        assert (await buckets(linked))["points.hour"][1]
        asked = way.seen
        fourth = await linked.desk.planned("Four")
        wait = await linked.desk.run(fourth.id)
        assert wait is None or wait > timedelta(minutes=1)
        assert way.seen == asked
        assert [record["value"]["embed"]["$type"] for record in linked.posts()] == ["app.bsky.embed.video"] * 2
