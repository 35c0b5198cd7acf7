"""Posts on a platform that lies, by workers that are killed and frozen over a database that crashes: each once."""

import asyncio
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from greenroom.entrypoints.house import make_house, opened
from greenroom.infra.jobs.contexts import AWAY
from greenroom.infra.postgres.addresses import Addresses
from greenroom.infra.postgres.server import EmbeddedPostgres
from greenroom.infra.settings import Settings
from greenroom_dev.faulty.client import serving
from greenroom_dev.faulty.nursery import Nursery
from tests.chaos.havoc import Havoc
from tests.chaos.people import People
from tests.support.faulty import know, plan_many
from tests.support.figures import Figures
from tests.support.house import Tenant, make_tenant
from tests.support.publish import make_desk
from tests.support.verdict import attempts_of, ends, journal, judged, settled


@dataclass(frozen=True)
class Plan:
    """One run: what is sent over how many seconds, and what happens to its workers meanwhile."""

    posts: int
    seconds: float
    workers: int
    kills: int
    stops: int
    restarts: int
    patience: float  # seconds that an outcome is looked into where a look proves no absence
    after: float  # seconds that it may take to come to rest at the end
    acts: int  # of people
    spaced: int  # posts beside on an account that keeps a minute between two
    seed: int = 2026


SHORT = Plan(
    posts=60, seconds=14, workers=3, kills=6, stops=3, restarts=1, patience=15, after=200, acts=30, spaced=2,
)  # fmt: skip
LONG = Plan(
    posts=2000, seconds=720, workers=4, kills=220, stops=120, restarts=11, patience=60, after=300, acts=600, spaced=10,
)  # fmt: skip


@pytest.fixture
def platform(tmp_path: Path) -> Iterator[int]:
    with serving(tmp_path / "platform", seed=4) as port:
        yield port


async def test_short(own_postgres: EmbeddedPostgres, platform: int, tmp_path: Path, figures: Figures) -> None:
    await survived(SHORT, own_postgres, platform, tmp_path, figures)


@pytest.mark.soak
@pytest.mark.timeout(1800)
async def test_soak(own_postgres: EmbeddedPostgres, platform: int, tmp_path: Path, figures: Figures) -> None:
    await survived(LONG, own_postgres, platform, tmp_path, figures)


async def survived(plan: Plan, server: EmbeddedPostgres, port: int, folder: Path, figures: Figures) -> None:
    """No post twice, none lost, none against what a person decided, nothing asked that the platform could have told."""
    know(port)
    addresses = server.addresses()
    assert isinstance(addresses, Addresses)
    home = folder / "home"
    async with opened(make_house(Settings(home=home), addresses.app, connections=6)) as house:
        tenant = await make_tenant(house, "Blue Door")
        desk = await make_desk(tenant)
        over = timedelta(seconds=plan.seconds * 0.8)
        await plan_many(desk, plan.posts, found=0.2, over=over, threads=0.25, spaced=plan.spaced)
        nursery = Nursery("greenroom_dev.faulty.worker", addresses.app, str(home), str(port), str(plan.patience))
        try:
            havoc = Havoc(
                nursery, plan.workers, plan.seed, plan.seconds, plan.kills, plan.stops, plan.restarts,
                restart=lambda: server.restart("immediate"),
            )  # fmt: skip
            people = People(tenant, plan.seed, plan.seconds, plan.acts)
            began = time.monotonic()
            await asyncio.gather(havoc.wreak(), people.work())
            found = await at_rest(tenant, until=began + plan.seconds + plan.after)
            lasted = time.monotonic() - began
        finally:
            nursery.end()
        verdict = judged(found, journal(folder / "platform"))
        how = await attempts_of(tenant, verdict.wrong)
    figures(
        "publishing under fire",
        f"{verdict}; {havoc.killed} kill -9, {havoc.stopped} SIGSTOP, {havoc.restarted} database crashes, "
        f"{plan.workers} workers, {lasted:.0f} s; {people}",
    )
    states = {str(post["id"]): (post["state"], post["state_reason"]) for post in found}
    assert verdict.clean, f"{verdict}; {[(one, states.get(one[-36:])) for one in verdict.wrong]}; {how}"
    assert verdict.posts == plan.posts + plan.spaced
    assert (havoc.killed, havoc.stopped, havoc.restarted) == (plan.kills, plan.stops, plan.restarts)


async def at_rest(tenant: Tenant, *, until: float) -> list[dict[str, Any]]:
    """The posts once nothing moves any more, or as they are when it is too late for that."""
    while True:
        try:
            found = await ends(tenant)
        except AWAY:
            found = []
        if found and (settled(found) or time.monotonic() > until):
            return found
        await asyncio.sleep(1)
