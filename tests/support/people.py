"""People of a tenant besides its super user."""

from dataclasses import replace

from greenroom.kit.ids import uuid7
from greenroom.tenancy import store
from tests.support.house import Tenant


async def add_person(tenant: Tenant, name: str, role: str = "member", level: str = "full") -> Tenant:
    """The same tenant, acting as somebody else, who has this access to its client."""
    user = uuid7()
    async with tenant.context() as ctx:
        row = {"id": user, "email": f"{user}@example.com", "name": name, "role": role, "status": "active",
               "zone": "UTC"}  # fmt: skip
        await store.add_user(ctx.db, tenant.organisation, row)
        await store.set_access(ctx.db, tenant.organisation, user, [{"client_id": tenant.client, "level": level}])
    return replace(tenant, user=user)
