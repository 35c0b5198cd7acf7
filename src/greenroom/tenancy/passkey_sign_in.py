"""Signing in with a passkey: held and unlocked by the person, it counts as both factors."""

import logging
from typing import Any
from uuid import UUID

from greenroom.infra.context import House
from greenroom.infra.database import Scope, Tx
from greenroom.tenancy import ceremony, challenges, passkey_store, session_store
from greenroom.tenancy.errors import PasskeyRefused
from greenroom.tenancy.relying_party import RelyingParty
from greenroom.tenancy.sign_in import knock_from, may_enter
from greenroom.tenancy.sign_in_contracts import CeremonyOptions

log = logging.getLogger(__name__)
_PURPOSE = "passkey_sign_in"


async def begin(house: House, party: RelyingParty, *, address: str) -> CeremonyOptions:
    """What the browser has to ask the authenticator; the same for everybody, for five minutes."""
    await knock_from(house, address)
    challenge, options = ceremony.request_options(party)
    async with house.database.transaction() as tx:
        await challenges.ask(tx, house, _PURPOSE, challenge, person=None)
    return CeremonyOptions(options=options)


async def finish(house: House, party: RelyingParty, credential: dict[str, Any], *, address: str) -> tuple[UUID, UUID]:
    """Whose passkey answered what was asked: organisation and user. Raises PasskeyRefused."""
    await knock_from(house, address)
    try:
        challenge = ceremony.challenge_of(credential)
        organisation, user, key = ceremony.person_of(credential)
        async with house.database.transaction() as tx:
            asked = await challenges.answered(tx, house, _PURPOSE, challenge, user=None)
        if asked:
            async with house.database.transaction(Scope(organisation, (), f"user:{user}")) as tx:
                if may_enter(await session_store.password_of(tx, user)):
                    await _use(tx, house, party, credential, challenge, user, key)
                    return organisation, user
    except ceremony.NotVerified as error:
        log.info("a passkey was refused: %s", error)
    raise PasskeyRefused("Try again, or sign in with your password")


async def _use(
    tx: Tx, house: House, party: RelyingParty, credential: dict[str, Any], challenge: bytes, user: UUID, key: bytes
) -> None:
    row = await passkey_store.by_credential(tx, user, key)
    if row is None:
        raise ceremony.NotVerified("no such passkey")
    used = ceremony.verified_use(
        party, credential, challenge, public_key=bytes(row["public_key"]), sign_count=row["sign_count"]
    )
    await passkey_store.use(tx, row["id"], used.sign_count, used.synced, house.clock.now())
