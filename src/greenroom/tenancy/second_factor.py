"""A person's authenticator app and recovery codes: set up, renewed, taken away."""

from uuid import UUID

from greenroom.infra import audit, events
from greenroom.infra.context import Context
from greenroom.kit.errors import Conflict, Invalid, NotFound
from greenroom.tenancy import passkey_store, second_factor_store, session_store, totp
from greenroom.tenancy.secrets import token_hash
from greenroom.tenancy.sign_in_contracts import NewAuthenticator, RecoveryCodes

KIND = "totp"
"""What the vault calls the secrets of authenticator apps."""
_NONE = "No authenticator app is set up; add one first"


async def begin(ctx: Context) -> NewAuthenticator:
    """A fresh secret, shown this once; nothing is asked for at sign-in until `finish` has seen a code of it."""
    user, secret = ctx.person(), totp.new_secret()
    app = await second_factor_store.app(ctx.db, user)
    if app is not None and app["active_at"] is not None:
        raise Conflict("You have an authenticator app already; remove it first")
    if app is not None:
        await _remove(ctx, user, app["secret_id"])
    kept = await ctx.house.vault.put(ctx, secret, kind=KIND, subject=("user", user), whole=True)
    await second_factor_store.add(
        ctx.db, {"organisation": ctx.organisation, "user": user, "secret": kept, "now": ctx.clock.now()}
    )
    email = (await session_store.password_of(ctx.db, user) or {})["email"]
    return NewAuthenticator(secret=secret, address=totp.address(secret, email=email))


async def finish(ctx: Context, code: str) -> RecoveryCodes:
    """Ask for the app at sign-in from now on; gives the recovery codes, this once. Invalid when the code is wrong."""
    user = ctx.person()
    app = await second_factor_store.app(ctx.db, user)
    if app is None:
        raise NotFound(_NONE)
    if app["active_at"] is not None:
        raise Conflict("This app is set up already")
    secret = await ctx.house.vault.open(ctx, app["secret_id"], why="an authenticator app is set up")
    step = totp.matching_step(secret.text(), totp.plain_code(code), ctx.clock.now())
    if step is None:
        sentence = "That code did not match; check that the phone's clock is right and take the next code"
        raise Invalid(sentence, fields={"code": sentence})
    await second_factor_store.use_step(ctx.db, user, step)
    await second_factor_store.activate(ctx.db, user, ctx.clock.now())
    await tell(ctx, "app_added")
    return await _new_codes(ctx, user)


async def renew_recovery_codes(ctx: Context) -> RecoveryCodes:
    """Ten new codes, shown this once; the earlier ones stop working."""
    user = ctx.person()
    if not await second_factor_store.is_asked_for(ctx.db, user):
        raise Conflict(_NONE)
    await tell(ctx, "recovery_codes_renewed")
    return await _new_codes(ctx, user)


async def remove(ctx: Context) -> None:
    """Ask for the password alone again."""
    user = ctx.person()
    app = await second_factor_store.app(ctx.db, user)
    if app is None:
        raise NotFound(_NONE)
    await _remove(ctx, user, app["secret_id"])
    await tell(ctx, "app_removed")


async def remove_all(ctx: Context, user: UUID) -> None:
    """Take every second factor of this person away: the way back in, for whoever holds the server."""
    app = await second_factor_store.app(ctx.db, user)
    if app is not None:
        await _remove(ctx, user, app["secret_id"])
    await passkey_store.remove_all(ctx.db, user)
    await session_store.end_sessions_of(ctx.db, user)


async def tell(ctx: Context, what: str) -> None:
    """That somebody changed how they sign in; how, stands in the audit trail only."""
    user = ctx.person()
    await events.emit(
        ctx, "tenancy.sign_in.changed", subject=("user", user), message="A sign-in was changed", whole=True
    )
    await audit.record(ctx, f"sign_in.{what}", ("user", user))


async def _remove(ctx: Context, user: UUID, secret: UUID) -> None:
    await second_factor_store.remove(ctx.db, user)
    await ctx.house.vault.forget(ctx, secret)


async def _new_codes(ctx: Context, user: UUID) -> RecoveryCodes:
    codes = totp.new_recovery_codes()
    hashes = [token_hash(totp.plain_code(code)) for code in codes]
    await second_factor_store.set_recovery_codes(ctx.db, ctx.organisation, user, hashes)
    return RecoveryCodes(codes=codes)
