"""Whether there is another organisation makes no difference to one: it is answered byte for byte the same."""

from dataclasses import replace

import httpx

from greenroom.infra.context import House
from greenroom.kit.clock import FixedClock
from tests.flow.test_canaries import act
from tests.flow.test_two_tenants import KINDS, Side, furnish, ids_of, operations
from tests.support.figures import Figures
from tests.support.house import Tenant, make_tenant

MOVES_ON = {"list_sessions", "get_session", "get_health"}
"""They tell the time of the last use, which moves with every question."""


async def everything(side: Side, house: House) -> dict[str, bytes]:
    """What every reading operation answers, its headers too but for the moment and what is left of the limits."""
    found = {}
    for method, path, operation in operations(house):
        name = operation["operationId"]
        places = {place["name"]: side.ids.get(KINDS.get(place["name"], "")) for place in ids_of(operation)
                  if place["in"] == "path"}  # fmt: skip
        if method != "GET" or path == "/events" or name in MOVES_ON or None in places.values():
            continue
        for place, id in places.items():
            path = path.replace(f"{{{place}}}", str(id))
        found[name] = whole(await side.ask("GET", path))
    return found


def whole(answer: httpx.Response) -> bytes:
    kept = [
        f"{name}: {value}"
        for name, value in answer.headers.items()
        if name != "date" and not name.startswith(("ratelimit", "x-ratelimit", "retry-after"))
    ]
    return "\n".join([str(answer.status_code), *kept, ""]).encode() + answer.content


async def test_another_organisation_changes_nothing_for_one(house: House, tenant: Tenant, figures: Figures) -> None:
    # Time stands still: when somebody was seen last is written down once a minute.
    house = replace(house, clock=FixedClock(house.clock.now()))
    mine = await furnish(replace(tenant, house=house), "Own")
    before = await everything(mine, house)
    assert await everything(mine, house) == before, "an answer changes by itself; say in MOVES_ON which and why"
    theirs = await furnish(await make_tenant(house, "Red Gate"), "Theirs")
    for _ in range(2):
        await act(theirs, "Theirs")
    after = await everything(mine, house)
    differing = {name: (before[name], after[name]) for name in before if before[name] != after[name]}
    figures("one organisation without and with another", f"{len(before)} answers, {len(differing)} differ")
    assert differing == {}
    assert len(before) > 20
    for side in (mine, theirs):
        await side.browser.aclose()
