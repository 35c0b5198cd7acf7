"""People who work on posts while everything goes wrong: a seeded row of acts; what is refused changes nothing."""

import asyncio
import random
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from greenroom.channels import account_acts, account_store
from greenroom.channels import facade as channels
from greenroom.channels.contracts import Post
from greenroom.channels.states import State
from greenroom.infra.context import Context
from greenroom.infra.jobs.contexts import AWAY
from greenroom.kit.errors import Problem
from greenroom.planner import facade as planner
from greenroom.planner.contracts import PostChange
from tests.support.house import Tenant

PAUSED = 2.0
"""Seconds until somebody lets a paused account post again."""
WAITING: list[State] = ["scheduled"]
STARTABLE: list[State] = ["scheduled", "cancelled", "failed", "missed"]


@dataclass
class People:
    """`acts` of them evenly over `seconds`, by a generator with this seed; `done` and `refused` count them by kind."""

    tenant: Tenant
    seed: int
    seconds: float
    acts: int
    done: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    _paused: set[UUID] = field(default_factory=set)

    def __str__(self) -> str:
        acts = ", ".join(f"{self.done[kind]} {kind}" for kind in sorted(self.done))
        return f"people: {acts}; {self.refused.total()} acts refused or lost with the database"

    async def work(self) -> None:
        """Act until all is done; then every account posts again."""
        chance = random.Random(self.seed)
        kinds: dict[str, Callable[[random.Random], Awaitable[bool]]] = {
            "edited": self._edit, "moved": self._move, "cancelled": self._cancel, "sent twice at once": self._send,
            "taken down": self._take_down, "accounts paused": self._pause,
        }  # fmt: skip
        resuming: list[asyncio.Task[None]] = []
        for number in range(self.acts):
            await asyncio.sleep(self.seconds / self.acts * chance.uniform(0.5, 1.5))
            kind = list(kinds)[number % len(kinds)]
            try:
                happened = await kinds[kind](chance)
            except (Problem, *AWAY):
                happened = False
            (self.done if happened else self.refused)[kind] += 1
            if kind == "accounts paused":
                resuming += [asyncio.create_task(self._resume(account, PAUSED)) for account in self._paused]
        await asyncio.gather(*resuming)

    async def _edit(self, chance: random.Random) -> bool:
        async with self.tenant.context() as ctx:
            if (post := await _one(ctx, chance, WAITING)) is None:
                return False
            caption = f"Better words {chance.getrandbits(32):x}. {post.caption}"
            await planner.change(ctx, post.id, post.version, PostChange(caption=caption))
        return True

    async def _move(self, chance: random.Random) -> bool:
        async with self.tenant.context() as ctx:
            if (post := await _one(ctx, chance, WAITING)) is None:
                return False
            due = await channels.database_now(ctx) + timedelta(seconds=chance.uniform(0, 4))
            await channels.schedule(ctx, post.id, wall=None, zone=None, due=due, note=None)
        return True

    async def _cancel(self, chance: random.Random) -> bool:
        async with self.tenant.context() as ctx:
            if (post := await _one(ctx, chance, WAITING)) is None:
                return False
            await planner.cancel(ctx, post.id)
        return True

    async def _send(self, chance: random.Random) -> bool:
        """Two who press the same button at once."""
        async with self.tenant.context() as ctx:
            post = await _one(ctx, chance, STARTABLE)
        if post is None:
            return False
        pressed = await asyncio.gather(self._pressed(post.id), self._pressed(post.id))
        return any(pressed)

    async def _pressed(self, post: UUID) -> bool:
        try:
            async with self.tenant.context() as ctx:
                await planner.publish_now(ctx, post)
        except (Problem, *AWAY):
            return False
        return True

    async def _take_down(self, chance: random.Random) -> bool:
        async with self.tenant.context() as ctx:
            if (post := await _one(ctx, chance, ["published"])) is None:
                return False
            await planner.take_down(ctx, post.id)
        return True

    async def _pause(self, chance: random.Random) -> bool:
        async with self.tenant.context() as ctx:
            if (post := await _one(ctx, chance, WAITING)) is None:
                return False
            before = await account_store.account(ctx, post.account.id, lock=True)
            await account_acts.pause(ctx, before)
        self._paused.add(post.account.id)
        return True

    async def _resume(self, account: UUID, after: float) -> None:
        """Until it is so: the pause was somebody's own, and its end is not to be lost."""
        self._paused.discard(account)
        while True:
            await asyncio.sleep(after)
            try:
                async with self.tenant.context() as ctx:
                    before = await account_store.account(ctx, account, lock=True)
                    if before["state"] == "paused":
                        await account_acts.resume(ctx, before)
                    return
            except AWAY:
                after = 0.5


async def _one(ctx: Context, chance: random.Random, states: list[State]) -> Post | None:
    found = [post for _, post in await channels.list_posts(ctx, states=states, limit=500)]
    found = [post for post in found if post.account.name != "Spaced account"]
    return chance.choice(found) if found else None
