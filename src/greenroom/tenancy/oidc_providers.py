"""An organisation's identity providers. Who controls one can come in as anybody here, so super users alone decide."""

from typing import Any
from uuid import UUID

from pydantic import SecretStr

from greenroom.infra import audit, events
from greenroom.infra.context import Context
from greenroom.infra.database import Row
from greenroom.kit.errors import Conflict, Forbidden, Invalid, NotFound, Stale
from greenroom.kit.ids import uuid7
from greenroom.tenancy import oidc_store
from greenroom.tenancy.oidc_contracts import NewPeople, NewProvider, Provider, ProviderChange
from greenroom.tenancy.people import is_super

KIND = "oidc"
"""What the vault calls the secrets that providers gave us."""
MOST = 20
"""Providers of one organisation."""
_UNSAID = {"people", "redirect_address"}


async def list_providers(ctx: Context, redirect: str) -> list[Provider]:
    """All of them, by name. `redirect` is the address to be registered there."""
    await _check_super(ctx)
    return [_shown(row, redirect) for row in await oidc_store.providers(ctx.db, ctx.organisation)]


async def add_provider(ctx: Context, form: NewProvider, redirect: str) -> Provider:
    """A provider, its secret in the vault. Raises Conflict when the issuer is here already."""
    await _check_super(ctx)
    await _check_new(ctx, form.issuer)
    _check_access(ctx, form.new_people)
    id = uuid7()
    secret = await _keep(ctx, id, form.secret) if form.secret else None
    await oidc_store.add_provider(ctx.db, _row(ctx, id, form.model_dump(exclude={"secret"}), secret))
    await _set_access(ctx, id, form.new_people)
    made = await _one(ctx, id, redirect)
    await _tell(ctx, "added", made, None, made)
    return made


async def change_provider(
    ctx: Context, provider_id: UUID, version: int, form: ProviderChange, redirect: str
) -> Provider:
    """Change what the form names. Another issuer knows nobody yet: its people are tied anew."""
    row = await oidc_store.provider(ctx.db, ctx.organisation, provider_id, lock=True)
    before = _shown(row, redirect)
    await _check_super(ctx)
    if before.version != version:
        raise Stale("This provider was changed meanwhile; look again", present=before.model_dump(mode="json"))
    given = {name: getattr(form, name) for name in form.model_fields_set}
    fields = before.model_dump() | {k: v for k, v in given.items() if v is not None or k == "new_people"}
    new_people = form.new_people if "new_people" in given else before.new_people
    if fields["issuer"] != before.issuer:
        await _check_new(ctx, fields["issuer"])
        if before.has_secret and not form.secret:
            sentence = "Another issuer must not learn the secret of this one; enter the new one's"
            raise Invalid(sentence, fields={"secret": sentence})
        await oidc_store.remove_links(ctx.db, provider_id)
    if "new_people" in given:
        _check_access(ctx, new_people)
    secret = row["secret_id"]
    if form.secret and secret:
        await ctx.house.vault.replace(ctx, secret, form.secret.get_secret_value())
    elif form.secret:
        secret = await _keep(ctx, provider_id, form.secret)
    fields["new_people"] = new_people.model_dump() if new_people else None
    await oidc_store.change_provider(ctx.db, _row(ctx, provider_id, fields, secret))
    await _set_access(ctx, provider_id, new_people)
    after = await _one(ctx, provider_id, redirect)
    await _tell(ctx, "changed", after, before, after, secret_replaced=bool(form.secret))
    return after


async def remove_provider(ctx: Context, provider_id: UUID) -> None:
    """Take it away with its secret and its links. Sessions that began with it go on until they end."""
    row = await oidc_store.provider(ctx.db, ctx.organisation, provider_id)
    await _check_super(ctx)
    await oidc_store.remove_provider(ctx.db, ctx.organisation, provider_id)
    if row["secret_id"]:
        await ctx.house.vault.forget(ctx, row["secret_id"])
    before = _shown(row, "")
    await _tell(ctx, "removed", before, before, None)


async def provider_row(ctx: Context, provider_id: UUID) -> Row:
    """The provider as it is stored, for a check. Raises NotFound, Forbidden."""
    row = await oidc_store.provider(ctx.db, ctx.organisation, provider_id)
    await _check_super(ctx)
    return row


async def untie(ctx: Context, provider_id: UUID, user_id: UUID) -> None:
    """Forget who this person is at the provider; when they come again they are tied anew."""
    await oidc_store.provider(ctx.db, ctx.organisation, provider_id)
    await _check_super(ctx)
    link = await oidc_store.link_of(ctx.db, provider_id, user_id)
    if link is None or not await oidc_store.remove_link(ctx.db, provider_id, user_id):
        raise NotFound("This person isn't tied to this provider")
    await audit.record(
        ctx, "sign_in.provider_untied", ("user", user_id),
        before={"provider": str(provider_id), **link}, personal=("subject",), person=user_id,
    )  # fmt: skip


async def _check_super(ctx: Context) -> None:
    if not await is_super(ctx):
        raise Forbidden("Ask a super user: whoever controls an identity provider decides who comes in")


async def _check_new(ctx: Context, issuer: str) -> None:
    present = await oidc_store.providers(ctx.db, ctx.organisation)
    if any(row["issuer"] == issuer for row in present):
        raise Conflict("This issuer is here already; change that one", fields={"issuer": "Already in use here"})
    if len(present) >= MOST:
        raise Conflict(f"There are {MOST} identity providers; remove one first")


def _check_access(ctx: Context, new_people: NewPeople | None) -> None:
    if new_people and any(one.client_id not in ctx.clients for one in new_people.access):
        raise NotFound("There is no such client here")


async def _keep(ctx: Context, provider_id: UUID, secret: SecretStr) -> UUID:
    plain = secret.get_secret_value()
    return await ctx.house.vault.put(ctx, plain, kind=KIND, subject=("identity_provider", provider_id), whole=True)


async def _set_access(ctx: Context, provider_id: UUID, new_people: NewPeople | None) -> None:
    access = [one.model_dump() for one in new_people.access] if new_people else []
    await oidc_store.set_access(ctx.db, ctx.organisation, provider_id, access)


async def _one(ctx: Context, provider_id: UUID, redirect: str) -> Provider:
    return _shown(await oidc_store.provider(ctx.db, ctx.organisation, provider_id), redirect)


def _row(ctx: Context, provider_id: UUID, fields: dict[str, Any], secret: UUID | None) -> dict[str, Any]:
    new_people = fields["new_people"]
    return {
        **fields,
        "organisation": ctx.organisation,
        "id": provider_id,
        "secret_id": secret,
        "tie_domains": list(fields["tie_domains"]),
        "new_role": new_people["role"] if new_people else None,
        "new_domains": list(new_people["domains"]) if new_people else [],
    }


def _shown(row: Row, redirect: str) -> Provider:
    new_people = (
        NewPeople(domains=tuple(row["new_domains"]), role=row["new_role"], access=tuple(row["access"]))
        if row["new_role"]
        else None
    )
    plain = {name: row[name] for name in Provider.model_fields if name in row}
    return Provider(**plain, has_secret=row["secret_id"] is not None, new_people=new_people, redirect_address=redirect)


async def _tell(
    ctx: Context, what: str, about: Provider, before: Provider | None, after: Provider | None, **more: Any
) -> None:
    await events.emit(
        ctx, "tenancy.sign_in.provider", subject=("identity_provider", about.id),
        message="An identity provider was changed", whole=True,
    )  # fmt: skip
    await audit.record(
        ctx,
        f"identity_provider.{what}",
        ("identity_provider", about.id),
        before=before.model_dump(mode="json", exclude=_UNSAID) if before else None,
        after=after.model_dump(mode="json", exclude=_UNSAID) | more if after else None,
    )
