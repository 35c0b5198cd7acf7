"""The second step of a sign-in: after the right password, a code from the app or a recovery code."""

from datetime import timedelta
from uuid import UUID

from greenroom.infra.context import Actor, Context, House, Origin
from greenroom.infra.database import Scope
from greenroom.tenancy import challenge_store, second_factor_store, throttle, totp
from greenroom.tenancy.challenges import ask
from greenroom.tenancy.errors import ChallengeOver, SecondFactor, WrongCode
from greenroom.tenancy.secrets import new_token, token_hash
from greenroom.tenancy.sign_in_contracts import Method

TRIES = 5
"""Codes that one sign-in may try before the password is asked for again."""
_PURPOSE = "second_factor"
_OVER = "Sign in again: this took longer than five minutes, or too many codes were wrong"


async def demand(house: House, organisation: UUID, user: UUID, *, method: Method = "password") -> None:
    """Raises SecondFactor, with the challenge to be answered, when this person has an authenticator app."""
    async with house.database.transaction(_scope(organisation, user)) as tx:
        if not await second_factor_store.is_asked_for(tx, user):
            return
        challenge = new_token()
        await ask(tx, house, _PURPOSE, challenge.encode(), person=(organisation, user), method=method)
    raise SecondFactor(
        "Enter the code that your authenticator app shows, or one of your recovery codes", challenge=challenge
    )


async def answer(house: House, challenge: str, code: str, *, address: str) -> tuple[UUID, UUID, Method]:
    """Whose sign-in this code completes, and how it began. Each challenge, and each code, does so once.

    Raises WrongCode; ChallengeOver after five minutes or five codes; TooMany after ten of one person (see `check`).
    """
    async with house.database.transaction() as tx:
        place = await challenge_store.place(tx, token_hash(challenge))
    if place is None or place["organisation_id"] is None:
        raise ChallengeOver(_OVER)
    organisation = place["organisation_id"]
    scope = Scope(organisation, (), "system:sign-in")
    async with house.database.transaction(scope) as tx:
        row = await challenge_store.try_it(tx, place["id"], _PURPOSE, house.clock.now(), TRIES)
    if row is None:
        raise ChallengeOver(_OVER)
    await check(house, organisation, row["user_id"], code, address=address)
    async with house.database.transaction(scope) as tx:
        if not await challenge_store.take(tx, place["id"]):
            raise ChallengeOver(_OVER)
    return organisation, row["user_id"], row["method"]


async def check(house: House, organisation: UUID, user: UUID, code: str, *, address: str) -> None:
    """Use a code of this person up; raises WrongCode, and TooMany after ten tries (one more each minute).

    Codes from the app are short, so their tries are counted per person, wherever they come from; who is slowed so
    still enters with a recovery code, which can't be guessed and is counted per address, or with a passkey.
    """
    code = totp.plain_code(code)
    from_app = totp.is_from_app(code)
    key = ("second-factor", str(user), "" if from_app else address)
    await throttle.knock(house, *key, capacity=10, every=timedelta(minutes=1))
    async with house.database.transaction(_scope(organisation, user)) as tx:
        actor = Actor("user", user, "")
        ctx = Context(organisation, (), None, actor, tx, house.clock, house, origin=Origin(address))
        right = await (_app_code if from_app else _recovery_code)(ctx, user, code)
    if not right:
        raise WrongCode("Check the code; each works once, so wait for the next one if you used it already")
    await throttle.forget(house, *key)


async def _app_code(ctx: Context, user: UUID, code: str) -> bool:
    app = await second_factor_store.app(ctx.db, user)
    if app is None or app["active_at"] is None:
        return False
    secret = await ctx.house.vault.open(ctx, app["secret_id"], why="a code is checked")
    step = totp.matching_step(secret.text(), code, ctx.clock.now())
    return step is not None and await second_factor_store.use_step(ctx.db, user, step)


async def _recovery_code(ctx: Context, user: UUID, code: str) -> bool:
    return await second_factor_store.use_recovery_code(ctx.db, user, token_hash(code), ctx.clock.now())


def _scope(organisation: UUID, user: UUID) -> Scope:
    return Scope(organisation, (), f"user:{user}")
