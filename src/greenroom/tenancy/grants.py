"""What a person may do at this moment, by client, from role and access."""

from typing import Any
from uuid import UUID

from greenroom.infra.database import Tx
from greenroom.tenancy import store
from greenroom.tenancy.rules import PERMISSIONS, allowed


async def grants_of(tx: Tx, organisation: UUID, user: UUID, role: str) -> dict[UUID, frozenset[str]]:
    """The permissions held, for every active client that this person sees."""
    clients = [c for c in await store.clients(tx, organisation) if c["status"] == "active"]
    if role == "super":
        return {client["id"]: frozenset(PERMISSIONS) for client in clients}
    person = await store.user(tx, organisation, user)
    levels: dict[str, Any] = {row["client_id"]: row["level"] for row in person["access"]}
    return {client["id"]: allowed(role, levels[str(client["id"])]) for client in clients if str(client["id"]) in levels}
