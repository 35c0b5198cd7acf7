"""API tokens: made by a person for a program, never with more rights than the person has at the moment of use."""

from datetime import timedelta
from uuid import UUID

from greenroom.infra import audit, events
from greenroom.infra.context import Context, House
from greenroom.infra.database import Scope
from greenroom.infra.http.context import Identity
from greenroom.kit.errors import Forbidden, Invalid, NotFound
from greenroom.kit.ids import uuid7
from greenroom.tenancy import token_store
from greenroom.tenancy.grants import grants_of
from greenroom.tenancy.rules import PERMISSIONS, TOKEN_SCOPES
from greenroom.tenancy.secrets import new_token, token_hash
from greenroom.tenancy.token_contracts import ApiToken, MadeApiToken, NewApiToken

PREFIX = "gr_"
"""What a token begins with, so that scanners for leaked secrets can know one."""
_SHOWN = 7
_UNSAID = {"used_at", "used_from"}


async def list_tokens(ctx: Context) -> list[ApiToken]:
    """The acting person's tokens, the newest first."""
    return [ApiToken(**row) for row in await token_store.tokens_of(ctx, ctx.person())]


async def create_token(ctx: Context, form: NewApiToken) -> MadeApiToken:
    """A new token for the acting person. Raises Invalid, and Forbidden for a scope that the person does not hold."""
    held = frozenset[str]().union(*ctx.grants.values()) if ctx.grants else frozenset(PERMISSIONS)
    for scope in form.scopes:
        if scope not in held:
            raise Forbidden(f"You don't hold the right to {scope} yourself; leave it out")
    if form.clients is not None:
        if "manage" in form.scopes:
            sentence = "A token that manages is for all your clients; leave out either manage or the clients"
            raise Invalid(sentence, fields={"clients": sentence})
        if any(client not in ctx.clients for client in form.clients):
            raise NotFound("There is no such client here")
    token, row = PREFIX + new_token(), uuid7()
    await token_store.add(
        ctx,
        ctx.person(),
        {
            "id": row,
            "name": form.name,
            "hash": token_hash(token),
            "hint": token[:_SHOWN],
            "scopes": list(form.scopes),
            "clients": None if form.clients is None else list(form.clients),
            "expires": ctx.clock.now() + timedelta(days=form.days),
        },
    )
    await events.emit(ctx, "tenancy.token.created", subject=("token", row), message="An API token was made", whole=True)
    made = ApiToken(**await token_store.token(ctx, ctx.person(), row))
    await audit.record(ctx, "token.created", ("token", row), after=made.model_dump(exclude=_UNSAID))
    return MadeApiToken(token=token, made=made)


async def delete_token(ctx: Context, token_id: UUID) -> None:
    """End one of the acting person's tokens at once."""
    before = ApiToken(**await token_store.token(ctx, ctx.person(), token_id))
    await token_store.remove(ctx, ctx.person(), token_id)
    await events.emit(
        ctx, "tenancy.token.ended", subject=("token", token_id), message="An API token was ended", whole=True
    )
    await audit.record(ctx, "token.ended", ("token", token_id), before=before.model_dump(exclude=_UNSAID))


async def identify_program(house: House, token: str, *, address: str) -> Identity | None:
    """Who the token acts for, with what both the token and its person may; None when it is unknown or over."""
    if not token.startswith(PREFIX):
        return None
    async with house.database.transaction() as tx:
        place = await token_store.place(tx, token_hash(token))
        if place is None:
            return None
        organisation = place["organisation_id"]
        await tx.enter(Scope(organisation, (), f"token:{place['id']}"))
        row = await token_store.live(tx, place["id"], house.clock.now(), address)
        if row is None:
            return None
        grants = await grants_of(tx, organisation, row["user_id"], row["role"])
    scopes = frozenset(row["scopes"])
    within = None if row["clients"] is None else set(row["clients"])
    narrowed = {client: held & scopes for client, held in grants.items() if within is None or client in within}
    # A super user may act where there is no client yet; a token only if it holds all that a token can.
    whole = within is None and scopes == frozenset(TOKEN_SCOPES)
    role = row["role"] if whole or row["role"] != "super" else "member"
    name = f"{row['name']} ({row['token_name']})"
    return Identity(organisation, row["user_id"], None, name, role, narrowed, token=row["id"])
