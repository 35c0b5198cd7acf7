"""Group commit: what is asked while the last transaction is on its way goes into the next one, all of it."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

log = logging.getLogger(__name__)

Q = TypeVar("Q")
A = TypeVar("A")

_MOST = 64


class Together(Generic[Q, A]):
    """Has `write` answer several questions at once. Nobody waits for company: the first question goes at once."""

    def __init__(self, write: Callable[[list[Q]], Awaitable[list[A | None]]]) -> None:
        self._write = write
        self._waiting: list[tuple[Q, asyncio.Future[A | None]]] = []
        self._task: asyncio.Task[None] | None = None

    async def ask(self, question: Q) -> A | None:
        """The answer; None when it could not be had with the others', for whatever reason, and must be sought alone."""
        answer: asyncio.Future[A | None] = asyncio.get_running_loop().create_future()
        self._waiting.append((question, answer))
        if self._task is None:
            self._task = asyncio.create_task(self._drain())
        return await answer

    async def _drain(self) -> None:
        try:
            await asyncio.sleep(0)  # whoever was woken by the same thing asks in the same turn of the loop
            while self._waiting:
                now, self._waiting = self._waiting[:_MOST], self._waiting[_MOST:]
                await self._settle(now)
        finally:
            self._task = None
            for _, answer in self._waiting:  # only when this task was cancelled
                answer.cancel()
            self._waiting.clear()

    async def _settle(self, now: list[tuple[Q, asyncio.Future[A | None]]]) -> None:
        answers: list[A | None] = [None] * len(now)
        try:
            answers = await self._write([question for question, _ in now])
        except Exception as error:  # each of them is tried alone next, and says what is wrong with it
            log.info("%s jobs could not be written together: %s", len(now), type(error).__name__)
        finally:
            for (_, future), answer in zip(now, answers, strict=True):
                if not future.done():
                    future.set_result(answer)
