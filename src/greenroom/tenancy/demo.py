"""The organisation that shows the main job by itself: marked demo, with a producer and a reviewer of its own."""

from dataclasses import dataclass
from uuid import UUID

from greenroom.infra.context import House
from greenroom.infra.database import Scope, Tx
from greenroom.kit.ids import uuid7
from greenroom.tenancy import demo_store, store
from greenroom.tenancy.sign_in import start_session

PRODUCER = "producer@demo.invalid"
REVIEWER = "reviewer@demo.invalid"


@dataclass(frozen=True, slots=True)
class DemoPeople:
    """The demo's client, and a session's token for each of its two people."""

    organisation: UUID
    client: UUID
    producer: str
    reviewer: str


async def demo_people(house: House) -> DemoPeople:
    """Sign the demo's producer and reviewer in, making their organisation on the first call.

    They have no password, so nobody else signs in as them; their sessions reach the demo organisation only.
    """
    async with house.database.transaction() as tx:
        organisation = await demo_store.demo_organisation(tx)
        if organisation is None:
            organisation = uuid7()
            await _make(tx, organisation)
    async with house.database.transaction(Scope(organisation, (), "command:demo")) as tx:
        client: UUID = (await store.clients(tx, organisation))[0]["id"]
        ids = {row["email"]: row["id"] for row in await demo_store.people(tx, organisation)}
    tokens = [
        await start_session(house, organisation, ids[email], address="this machine", agent="greenroom demo")
        for email in (PRODUCER, REVIEWER)
    ]
    return DemoPeople(organisation, client, *tokens)


async def _make(tx: Tx, organisation: UUID) -> None:
    await demo_store.enter(tx, organisation)
    client = uuid7()
    await store.add_organisation(tx, {"id": organisation, "name": "Greenroom demo", "zone": "UTC", "demo": True})
    await store.add_client(tx, organisation, {"id": client, "name": "Demo client", "colour": "#3f6b4f", "zone": "UTC"})
    for email, name in ((PRODUCER, "Demo producer"), (REVIEWER, "Demo reviewer")):
        user = uuid7()
        await store.add_user(
            tx,
            organisation,
            {"id": user, "email": email, "name": name, "role": "member", "status": "active", "zone": "UTC"},
        )
        level = "full" if email == REVIEWER else "limited"
        await store.set_access(tx, organisation, user, [{"client_id": client, "level": level}])
