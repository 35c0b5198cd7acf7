"""A person's passkeys: made, named, removed."""

from typing import Any
from uuid import UUID

from greenroom.infra.context import Context
from greenroom.infra.database import Row
from greenroom.kit.errors import Conflict, Invalid, NotFound, Stale
from greenroom.kit.ids import uuid7
from greenroom.tenancy import ceremony, challenges, oidc_store, passkey_store, second_factor_store, session_store, store
from greenroom.tenancy.relying_party import RelyingParty
from greenroom.tenancy.second_factor import tell
from greenroom.tenancy.sign_in_contracts import CeremonyOptions, KnownAt, NewPasskey, Passkey, SignInWays

MOST = 20
"""Passkeys of one person."""
_PURPOSE = "passkey_add"


async def sign_in_ways(ctx: Context) -> SignInWays:
    """How the acting person signs in, with or beyond a password."""
    user = ctx.person()
    app = await second_factor_store.app(ctx.db, user)
    person = await session_store.password_of(ctx.db, user)
    return SignInWays(
        has_password=person is not None and person["password_hash"] is not None,
        providers=tuple(KnownAt(**row) for row in await oidc_store.providers_of(ctx.db, user)),
        providers_to_tie=tuple(KnownAt(**row) for row in await oidc_store.providers_to_tie(ctx.db, user)),
        authenticator_since=app["active_at"] if app else None,
        recovery_codes_left=await second_factor_store.recovery_codes_left(ctx.db, user),
        passkeys=tuple(_shown(row) for row in await passkey_store.of_user(ctx.db, user)),
    )


async def begin(ctx: Context, party: RelyingParty) -> CeremonyOptions:
    """What the browser has to ask the authenticator, for five minutes."""
    user = ctx.person()
    present = await passkey_store.of_user(ctx.db, user)
    if len(present) >= MOST:
        raise Conflict(f"You have {MOST} passkeys; remove one first")
    who = await store.user(ctx.db, ctx.organisation, user)
    challenge, options = ceremony.creation_options(
        party, ctx.organisation, user, email=who["email"], name=who["name"],
        present=[row["credential_id"] for row in present],
    )  # fmt: skip
    await challenges.ask(ctx.db, ctx.house, _PURPOSE, challenge, person=(ctx.organisation, user))
    return CeremonyOptions(options=options)


async def finish(ctx: Context, party: RelyingParty, form: NewPasskey) -> Passkey:
    """Keep the passkey that the browser made. Raises Invalid when the answer is not to what was asked."""
    user = ctx.person()
    key = await _verified(ctx, party, user, form.credential)
    row: dict[str, Any] = {
        "organisation": ctx.organisation, "user": user, "id": uuid7(), "credential": key.credential_id,
        "key": key.public_key, "count": key.sign_count, "name": form.name, "transports": key.transports,
        "synced": key.synced, "now": ctx.clock.now(),
    }  # fmt: skip
    await passkey_store.add(ctx.db, row)
    await tell(ctx, "passkey_added")
    return _shown(await passkey_store.one(ctx.db, user, row["id"]))


async def rename(ctx: Context, passkey_id: UUID, version: int, name: str) -> Passkey:
    user = ctx.person()
    before = _shown(await passkey_store.one(ctx.db, user, passkey_id, lock=True))
    if before.version != version:
        raise Stale("This passkey was changed meanwhile; look again", present=before.model_dump(mode="json"))
    await passkey_store.rename(ctx.db, user, passkey_id, name)
    return _shown(await passkey_store.one(ctx.db, user, passkey_id))


async def remove(ctx: Context, passkey_id: UUID) -> None:
    if not await passkey_store.remove(ctx.db, ctx.person(), passkey_id):
        raise NotFound("You have no such passkey")
    await tell(ctx, "passkey_removed")


async def _verified(ctx: Context, party: RelyingParty, user: UUID, credential: dict[str, Any]) -> ceremony.NewKey:
    try:
        challenge = ceremony.challenge_of(credential)
        if await challenges.answered(ctx.db, ctx.house, _PURPOSE, challenge, user=user):
            return ceremony.verified_key(party, credential, challenge)
    except ceremony.NotVerified:
        """The same sentence, whatever it was."""
    sentence = "This passkey was not made for what was asked here, or too late; try once more"
    raise Invalid(sentence, fields={"credential": sentence})


def _shown(row: Row) -> Passkey:
    return Passkey(**{name: row[name] for name in Passkey.model_fields})
