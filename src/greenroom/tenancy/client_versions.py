"""Clients' settings as definitions with versions; restoring them takes the right to manage."""

from typing import Any
from uuid import UUID

from greenroom.infra.context import Context
from greenroom.infra.versions import Definition, Present
from greenroom.tenancy import store
from greenroom.tenancy.client_definition import KIND, said
from greenroom.tenancy.clients import change_client
from greenroom.tenancy.contracts import Client, ClientChange


async def present(ctx: Context, client_id: UUID) -> Present:
    """The client's settings as they stand."""
    ctx.within(client_id)
    client = Client(**await store.client(ctx.db, ctx.organisation, client_id))
    return Present(client.id, client.version, said(client))


async def apply(ctx: Context, client_id: UUID, document: dict[str, Any], version: int, reason: str) -> None:
    """Change the settings to what the document says. Raises Stale, ValidationError."""
    await change_client(ctx, client_id, version, ClientChange.model_validate(document), reason=reason)


CLIENT = Definition(kind=KIND, title="Client", read=present, apply=apply, to_change="manage")
