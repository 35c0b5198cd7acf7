"""What a person may do at this moment, by client, from role and access."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from greenroom.infra.database import Tx
from greenroom.tenancy import store
from greenroom.tenancy.rules import PERMISSIONS, allowed


async def grants_of(tx: Tx, organisation: UUID, user: UUID, role: str) -> dict[UUID, frozenset[str]]:
    """The permissions held, for every active client that this person sees."""
    clients = [c for c in await store.clients(tx, organisation) if c["status"] == "active"]
    levels: dict[str, Any] = {}
    if role != "super":
        levels = {row["client_id"]: row["level"] for row in (await store.user(tx, organisation, user))["access"]}
        clients = [client for client in clients if str(client["id"]) in levels]
    return grants_from(role, [one["id"] for one in clients], [levels.get(str(one["id"])) for one in clients])


def grants_from(role: str, clients: Sequence[UUID], levels: Sequence[str | None]) -> dict[UUID, frozenset[str]]:
    """The permissions held for each of the clients, with the level of access to it; super users need none."""
    if role == "super":
        return dict.fromkeys(clients, frozenset(PERMISSIONS))
    return {client: allowed(role, level) for client, level in zip(clients, levels, strict=True) if level is not None}
