"""Renews the master key: a fresh version, and every organisation's data keys wrapped by it. No secret is touched."""

from greenroom.infra.context import House
from greenroom.infra.vault import store
from greenroom.infra.vault.acting import acting
from greenroom.infra.vault.data_keys import open_key

NAME = "vault rewrap"


async def rewrap(house: House) -> int:
    """Wrap by the newest master key what an older one wraps; gives how many data keys. Killed, it goes on next time.

    When all are wrapped by the newest one, a newer one is made first, where the master key can be made here.
    """
    master = house.vault.master
    async with house.database.transaction() as tx:
        wrapped_by = set(await store.in_use(tx))
    if wrapped_by <= set(master.ids()[:1]):
        master.make()
    newest = master.ids()[0]
    async with house.database.transaction() as tx:
        await store.await_sharers(tx)  # whoever adds a data key from here on sees the newest master key
    async with house.database.transaction() as tx:
        keys = await store.keys_everywhere(tx)
    count = 0
    for organisation in sorted({key["organisation_id"] for key in keys if key["wrapped_by"] != newest}):
        async with acting(house, organisation, NAME) as ctx:
            for row in await store.living_keys(ctx):
                if row["wrapped_by"] != newest:
                    wrapped = await master.wrap(await open_key(master, row))
                    await store.write_wrapped(ctx, row["version"], wrapped.by, wrapped.key)
                    count += 1
    return count
