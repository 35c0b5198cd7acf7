"""W3C actions as WebDriverAgent takes them: one or more fingers that move, press, rest and lift."""

import asyncio
from typing import Any

from greenroom.agent.virtual.handset import STEP
from greenroom.agent.virtual.iphone.session import Session, bad_argument

MOST = 60.0  # seconds of one chain


async def perform(it: Session, body: dict[str, Any]) -> None:
    """All chains side by side; keys are typed where a chain is of keys."""
    chains = body.get("actions")
    if not isinstance(chains, list):
        raise bad_argument("'actions' is a list of chains")
    works = []
    for number, chain in enumerate(chains):
        steps = chain.get("actions", [])
        if sum(float(step.get("duration") or 0) for step in steps) > MOST * 1000:
            raise bad_argument(f"a chain takes longer than {MOST:.0f} s")
        works.append(_keys(it, steps) if chain.get("type") == "key" else _finger(it, steps, number))
    await asyncio.gather(*works)


async def _finger(it: Session, steps: list[dict[str, Any]], pointer: int) -> None:
    x = y = 0.0
    down = False
    try:
        for step in steps:
            seconds = float(step.get("duration") or 0) / 1000
            match step.get("type"):
                case "pointerMove":
                    goal = _goal(it, step, (x, y))
                    if down:
                        await _move(it, (x, y), goal, seconds, pointer)
                    x, y = goal
                case "pointerDown":
                    it.handset.touch("down", round(x), round(y), pointer)
                    down = True
                case "pointerUp":
                    it.handset.touch("up", round(x), round(y), pointer)
                    down = False
                case "pause":
                    await asyncio.sleep(seconds)
    finally:
        if down:
            it.handset.touch("up", round(x), round(y), pointer)


def _goal(it: Session, step: dict[str, Any], here: tuple[float, float]) -> tuple[float, float]:
    x, y = float(step.get("x", 0)) * it.scale, float(step.get("y", 0)) * it.scale
    origin = step.get("origin", "viewport")
    if origin == "pointer":
        return here[0] + x, here[1] + y
    if isinstance(origin, dict):
        middle = it.again(str(origin.get("ELEMENT") or next(iter(origin.values()), ""))).middle()
        return middle[0] + x, middle[1] + y
    return x, y


async def _move(
    it: Session, start: tuple[float, float], end: tuple[float, float], seconds: float, pointer: int
) -> None:
    count = max(1, round(seconds / STEP))
    for at in range(1, count + 1):
        if count > 1:
            await asyncio.sleep(STEP)
        part = at / count
        it.handset.touch(
            "move", round(start[0] + (end[0] - start[0]) * part), round(start[1] + (end[1] - start[1]) * part), pointer
        )


async def _keys(it: Session, steps: list[dict[str, Any]]) -> None:
    for step in steps:
        if step.get("type") == "keyDown":
            it.handset.text(str(step.get("value", "")))
