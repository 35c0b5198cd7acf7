"""A call to a platform within its limits: taken from before it, and set right by what the answer says after it."""

import logging
from collections.abc import Awaitable, Callable, Iterable, Mapping
from datetime import datetime
from typing import TypeVar

from greenroom.channels import rate
from greenroom.channels.platforms.adapter import Desk
from greenroom.channels.rate import Limit, Told

log = logging.getLogger(__name__)

T = TypeVar("T")
Heard = Callable[[Mapping[str, str]], None]

CALL = "call"
"""The operation that every call is."""


async def metered(
    desk: Desk,
    limits: Iterable[Limit],
    operation: str,
    call: Callable[[Heard], Awaitable[T]],
    *,
    told: Callable[[Mapping[str, str]], Told | None],
) -> T:
    """Do the `call` once its turn has come, Queued before; it hands over the headers of its answer, whatever that is.

    "publish" has had its turn when its attempt was armed: nothing of ours comes between that and the call.
    """
    mine = tuple(limit for limit in limits if limit.operation in (operation, CALL))
    client, account = desk.account.client_id, desk.account.id
    if operation != "publish":
        async with desk.open() as ctx:
            for name in dict.fromkeys((operation, CALL)):
                await rate.take_turn(ctx, client, account, mine, name)
    heard: list[Mapping[str, str]] = []
    try:
        return await call(heard.append)
    finally:
        for headers in heard:
            await _believe(desk, mine, told(headers))


def told_by(
    headers: Mapping[str, str], prefix: str, moment: Callable[[str], datetime], now: datetime
) -> tuple[int, int, datetime] | None:
    """Limit, what is left and until when, as headers of these names say it; None when they don't."""
    try:
        most, left = (int(headers[f"{prefix}-{name}"]) for name in ("limit", "remaining"))
        return most, max(0, left), max(now, moment(headers[f"{prefix}-reset"]))
    except (KeyError, ValueError, OverflowError, OSError):
        return None


async def _believe(desk: Desk, limits: Iterable[Limit], told: Told | None) -> None:
    """Write down what is said when it is less than half: above that our own count is near enough."""
    if told is None or told.left * 2 > told.most:
        return
    try:
        for limit in limits:
            if (limit.most, told.per or limit.per) == (told.most, limit.per):
                async with desk.open() as ctx:
                    await rate.believe(ctx, desk.account.client_id, desk.account.id, limit, told)
                return
    except Exception:
        # The call is done, whatever becomes of this; our own count goes on.
        log.warning("account %s: what is left of its limit could not be kept", desk.account.id, exc_info=True)
