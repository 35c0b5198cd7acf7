"""The organisation and its clients."""

from uuid import UUID

from greenroom.infra import audit, events, versions
from greenroom.infra.context import Context
from greenroom.infra.database import Row
from greenroom.kit.errors import Forbidden, Stale
from greenroom.kit.ids import uuid7
from greenroom.tenancy import store
from greenroom.tenancy.client_definition import KIND, said
from greenroom.tenancy.contracts import Client, ClientChange, NewClient, OrganisationChange, SessionOrganisation
from greenroom.tenancy.people import is_super


async def list_clients(
    ctx: Context, *, after: tuple[str, UUID] | None = None, limit: int | None = None
) -> list[Client]:
    """The clients that the reader sees, those after a name and id; a super user also sees archived ones."""
    seen = None if await is_super(ctx) else ctx.clients
    return [Client(**row) for row in await store.clients_page(ctx, seen, after, limit)]


async def add_client(ctx: Context, form: NewClient) -> Client:
    """Only a super user adds a client: nobody else would see it afterwards."""
    if not await is_super(ctx):
        raise Forbidden("Ask a super user to add a client")
    client = uuid7()
    await store.add_client(ctx.db, ctx.organisation, {"id": client, **form.model_dump()})
    await _tell(ctx, "tenancy.client.created", client, "A client was added")
    made = Client(**await store.client(ctx.db, ctx.organisation, client))
    await audit.record(ctx, "client.created", ("client", client), after=made.model_dump())
    return made


async def change_client(ctx: Context, client_id: UUID, version: int, form: ClientChange, *, reason: str = "") -> Client:
    """Change what is given, and keep the settings as a version; an archived client's are kept once it is back."""
    if not await is_super(ctx):
        ctx.within(client_id)
    before = Client(**await store.client(ctx.db, ctx.organisation, client_id, lock=True))
    if before.version != version:
        raise Stale("This client was changed meanwhile; look again", present=before.model_dump(mode="json"))
    await store.change_client(ctx, client_id, form.model_dump())
    await _tell(ctx, "tenancy.client.changed", client_id, "A client was changed")
    after = Client(**await store.client(ctx.db, ctx.organisation, client_id))
    if client_id in ctx.clients:
        within = ctx.within(client_id)
        await versions.kept(within, KIND, client_id, said(after), before=said(before), reason=reason)
    await audit.record(
        ctx,
        "client.changed",
        ("client", client_id),
        before=before.model_dump(),
        after=after.model_dump(),
        reason=reason,
    )
    return after


async def change_organisation(ctx: Context, version: int, form: OrganisationChange) -> SessionOrganisation:
    """Change the organisation's own name and zone."""
    if not await is_super(ctx):
        raise Forbidden("Ask a super user to change the organisation")
    before = await store.organisation(ctx.db, ctx.organisation, lock=True)
    if before["version"] != version:
        present = _shown(before).model_dump(mode="json")
        raise Stale("The organisation was changed meanwhile; look again", present=present)
    await store.change_organisation(ctx, form.model_dump())
    after = await store.organisation(ctx.db, ctx.organisation)
    await audit.record(ctx, "organisation.changed", ("organisation", ctx.organisation), before=before, after=after)
    return _shown(after)


def _shown(row: Row) -> SessionOrganisation:
    return SessionOrganisation(**{name: row[name] for name in SessionOrganisation.model_fields})


async def _tell(ctx: Context, kind: str, client: UUID, message: str) -> None:
    await events.emit(ctx, kind, subject=("client", client), message=message, whole=True)
