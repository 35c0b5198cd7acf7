"""Which identity providers the sign-in page offers to whoever stands before it, each with its organisation's name."""

from contextlib import suppress
from uuid import UUID

from greenroom.infra.context import House
from greenroom.kit.errors import NotFound
from greenroom.tenancy import oidc_store
from greenroom.tenancy.oidc_begin import enabled_provider, provider_at
from greenroom.tenancy.oidc_contracts import ProviderOffered

_MOST = 10


async def offered(house: House, asked: UUID | None = None) -> tuple[ProviderOffered, ...]:
    """The one that was asked for by its own address, else those of an organisation that is alone here, at most ten.

    Where several organisations are, none is named to everybody: each could write on the sign-in page of the others.
    """
    if asked is not None:
        with suppress(NotFound):
            row = await enabled_provider(house, asked)
            return (ProviderOffered(id=row["id"], name=row["name"], organisation=row["organisation"]),)
        return ()
    async with house.database.transaction() as tx:
        places = await oidc_store.places_shown(tx, _MOST)
    shown = []
    for place in places:
        with suppress(NotFound):  # switched off this moment
            row = await provider_at(house, place["organisation_id"], place["id"])
            shown.append(ProviderOffered(id=row["id"], name=row["name"], organisation=row["organisation"]))
    return tuple(shown)
