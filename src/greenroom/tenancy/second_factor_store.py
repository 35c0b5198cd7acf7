"""Statements about authenticator apps and recovery codes. Secrets lie in the vault, codes are here only as hashes."""

from datetime import datetime
from typing import Any
from uuid import UUID

from greenroom.infra.database import Row, Tx


async def app(tx: Tx, user_id: UUID) -> Row | None:
    return await tx.maybe(
        "select secret_id, active_at from authenticator_app where user_id = %(user)s", {"user": user_id}
    )


async def is_asked_for(tx: Tx, user_id: UUID) -> bool:
    """Whether this person's sign-in takes a second step."""
    return bool(
        await tx.value(
            "select true from authenticator_app where user_id = %(user)s and active_at is not null", {"user": user_id}
        )
    )


async def add(tx: Tx, row: dict[str, Any]) -> None:
    """Keep where the secret of an app lies that no code has shown yet."""
    await tx.execute(
        """insert into authenticator_app (organisation_id, user_id, secret_id, created_at)
           values (%(organisation)s, %(user)s, %(secret)s, %(now)s)""",
        row,
    )


async def activate(tx: Tx, user_id: UUID, now: datetime) -> bool:
    changed = await tx.execute(
        "update authenticator_app set active_at = %(now)s where user_id = %(user)s and active_at is null",
        {"user": user_id, "now": now},
    )
    return changed == 1


async def use_step(tx: Tx, user_id: UUID, step: int) -> bool:
    """Remember the time step of a right code; False when it or a later one was used before."""
    used = await tx.execute(
        "update authenticator_app set last_step = %(step)s where user_id = %(user)s and last_step < %(step)s",
        {"user": user_id, "step": step},
    )
    return used == 1


async def remove(tx: Tx, user_id: UUID) -> None:
    """Take the app and its recovery codes away."""
    await tx.execute("delete from recovery_code where user_id = %(user)s", {"user": user_id})
    await tx.execute("delete from authenticator_app where user_id = %(user)s", {"user": user_id})


async def set_recovery_codes(tx: Tx, organisation_id: UUID, user_id: UUID, hashes: list[bytes]) -> None:
    """Replace the person's recovery codes."""
    await tx.execute("delete from recovery_code where user_id = %(user)s", {"user": user_id})
    await tx.execute_many(
        """insert into recovery_code (organisation_id, user_id, code_hash)
           values (%(organisation)s, %(user)s, %(hash)s)""",
        [{"organisation": organisation_id, "user": user_id, "hash": one} for one in hashes],
    )


async def use_recovery_code(tx: Tx, user_id: UUID, code_hash: bytes, now: datetime) -> bool:
    """Use the code up; False when there is none like it or it was used before."""
    used = await tx.execute(
        """update recovery_code set used_at = %(now)s
           where user_id = %(user)s and code_hash = %(hash)s and used_at is null""",
        {"user": user_id, "hash": code_hash, "now": now},
    )
    return used == 1


async def recovery_codes_left(tx: Tx, user_id: UUID) -> int:
    left: int = await tx.value(
        "select count(*) from recovery_code where user_id = %(user)s and used_at is null", {"user": user_id}
    )
    return left
