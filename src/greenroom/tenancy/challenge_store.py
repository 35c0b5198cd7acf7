"""Statements about challenges: what the server asked and waits for, here only as hashes."""

from datetime import datetime
from typing import Any
from uuid import UUID

from greenroom.infra.database import Row, Tx


async def add(tx: Tx, row: dict[str, Any]) -> None:
    await tx.execute(
        """insert into sign_in_challenge (organisation_id, user_id, id, purpose, hash, expires_at, method)
           values (%(organisation)s, %(user)s, %(id)s, %(purpose)s, %(hash)s, %(expires)s, %(method)s)""",
        row,
    )


async def place(tx: Tx, challenge_hash: bytes) -> Row | None:
    """Whose challenge this is: organisation (None when nobody is known yet) and id."""
    return await tx.maybe("select * from challenge_by_hash(%(hash)s)", {"hash": challenge_hash})


async def try_it(tx: Tx, challenge_id: UUID, purpose: str, now: datetime, most: int) -> Row | None:
    """Count one more try; None when it is over, tried out or for something else."""
    return await tx.maybe(
        """update sign_in_challenge set tries = tries + 1
           where id = %(id)s and purpose = %(purpose)s and expires_at > %(now)s and tries < %(most)s
           returning id, user_id, method""",
        {"id": challenge_id, "purpose": purpose, "now": now, "most": most},
    )


async def take(tx: Tx, challenge_id: UUID) -> bool:
    """End the challenge; False when somebody was faster."""
    return await tx.execute("delete from sign_in_challenge where id = %(id)s", {"id": challenge_id}) == 1


async def take_hash(tx: Tx, challenge_hash: bytes, purpose: str, user_id: UUID | None, now: datetime) -> bool:
    """End a living challenge of this person (None: nobody yet); False when there is none."""
    taken = await tx.execute(
        """delete from sign_in_challenge
           where hash = %(hash)s and purpose = %(purpose)s and user_id is not distinct from %(user)s
             and expires_at > %(now)s""",
        {"hash": challenge_hash, "purpose": purpose, "user": user_id, "now": now},
    )
    return taken == 1
