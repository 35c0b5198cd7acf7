"""The statements on gr.idempotent_answer. An answer is kept with the work that it tells of, or not at all."""

from uuid import UUID

from psycopg.types.json import Jsonb

from greenroom.infra.database import Row, Tx

_PLACE = "organisation_id = %(organisation)s and user_id = %(user)s and key = %(key)s"


async def take(tx: Tx, organisation: UUID, user: UUID, key: str, request_hash: bytes) -> Row | None:
    """Take the key for this transaction; gives the kept answer when it was taken before, after waiting for its end.

    Raises psycopg's LockNotAvailable when the first one is not done within 10 s.
    """
    place = {"organisation": organisation, "user": user, "key": key, "hash": request_hash}
    await tx.execute("set local lock_timeout = '10s'")
    # What is older than a day is over, even where nobody has cleared it away yet.
    await tx.execute(
        f"delete from idempotent_answer where {_PLACE} and created_at < now() - interval '24 hours'", place
    )
    taken = await tx.execute(
        """insert into idempotent_answer (organisation_id, user_id, key, request_hash)
           values (%(organisation)s, %(user)s, %(key)s, %(hash)s) on conflict do nothing""",
        place,
    )
    await tx.execute("set local lock_timeout = 0")
    if taken:
        return None
    return await tx.one(f"select request_hash, status, headers, body from idempotent_answer where {_PLACE}", place)


async def keep(
    tx: Tx, organisation: UUID, user: UUID, key: str, *, status: int, headers: dict[str, str], body: bytes | None
) -> None:
    await tx.execute(
        f"update idempotent_answer set status = %(status)s, headers = %(headers)s, body = %(body)s where {_PLACE}",
        {
            "organisation": organisation,
            "user": user,
            "key": key,
            "status": status,
            "headers": Jsonb(headers),
            "body": body,
        },
    )


async def tidy(tx: Tx) -> None:
    """Forget answers of more than a day ago, in every organisation."""
    await tx.execute("select tidy_idempotent_answers()")
