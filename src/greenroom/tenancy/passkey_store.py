"""Statements about passkeys: public keys and their counters."""

from datetime import datetime
from typing import Any
from uuid import UUID

from greenroom.infra.database import Row, Tx

_SHOWN = """select id, name, synced, created_at as created, used_at as used, version, credential_id, transports
            from passkey where user_id = %(user)s"""


async def of_user(tx: Tx, user_id: UUID) -> list[Row]:
    return await tx.all(_SHOWN + " order by created_at, id", {"user": user_id})


async def one(tx: Tx, user_id: UUID, passkey_id: UUID, *, lock: bool = False) -> Row:
    """One passkey; with `lock` nobody else changes it until the transaction ends."""
    return await tx.one(
        f"{_SHOWN} and id = %(id)s {'for no key update' if lock else ''}",
        {"user": user_id, "id": passkey_id},
        missing="You have no such passkey",
    )


async def add(tx: Tx, row: dict[str, Any]) -> None:
    await tx.execute(
        """insert into passkey (organisation_id, user_id, id, credential_id, public_key, sign_count, name,
             transports, synced, created_at)
           values (%(organisation)s, %(user)s, %(id)s, %(credential)s, %(key)s, %(count)s, %(name)s,
             %(transports)s, %(synced)s, %(now)s)""",
        row,
    )


async def by_credential(tx: Tx, user_id: UUID, credential_id: bytes) -> Row | None:
    """The person's passkey with this credential, locked until the transaction ends."""
    return await tx.maybe(
        """select id, public_key, sign_count from passkey
           where user_id = %(user)s and credential_id = %(credential)s for update""",
        {"user": user_id, "credential": credential_id},
    )


async def use(tx: Tx, passkey_id: UUID, sign_count: int, synced: bool, now: datetime) -> None:
    await tx.execute(
        "update passkey set sign_count = %(count)s, synced = %(synced)s, used_at = %(now)s where id = %(id)s",
        {"id": passkey_id, "count": sign_count, "synced": synced, "now": now},
    )


async def rename(tx: Tx, user_id: UUID, passkey_id: UUID, name: str) -> None:
    await tx.execute(
        "update passkey set name = %(name)s, version = version + 1 where user_id = %(user)s and id = %(id)s",
        {"user": user_id, "id": passkey_id, "name": name},
    )


async def remove(tx: Tx, user_id: UUID, passkey_id: UUID) -> bool:
    removed = await tx.execute(
        "delete from passkey where user_id = %(user)s and id = %(id)s", {"user": user_id, "id": passkey_id}
    )
    return removed == 1


async def remove_all(tx: Tx, user_id: UUID) -> None:
    await tx.execute("delete from passkey where user_id = %(user)s", {"user": user_id})
