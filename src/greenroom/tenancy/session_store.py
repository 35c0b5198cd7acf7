"""Statements about sessions, links that work once, and failed sign-ins. Tokens are here only as hashes."""

from datetime import datetime
from typing import Any
from uuid import UUID

from greenroom.infra.database import Database, Row, Tx


async def candidates(tx: Tx, email: str) -> list[Row]:
    """Where people with this address are: organisation and id, at most five."""
    return await tx.all("select * from user_by_email(%(email)s) limit 5", {"email": email})


async def identity(database: Database, token_hash: bytes, now: datetime) -> Row | None:
    """The session with its person and the clients that they see, when neither is over; in one message."""
    return await database.by_itself(
        "select * from identity_of_session(%(hash)s, %(now)s)", {"hash": token_hash, "now": now}
    )


async def place_of_link(tx: Tx, token_hash: bytes) -> Row | None:
    return await tx.maybe("select * from link_by_token(%(hash)s)", {"hash": token_hash})


async def password_of(tx: Tx, user_id: UUID) -> Row | None:
    return await tx.maybe("select id, email, password_hash, status from app_user where id = %(id)s", {"id": user_id})


async def note_use(tx: Tx, session_id: UUID, user_id: UUID, now: datetime) -> None:
    await tx.execute("update session set used_at = %(now)s where id = %(id)s", {"id": session_id, "now": now})
    await tx.execute("update app_user set last_seen_at = %(now)s where id = %(id)s", {"id": user_id, "now": now})


async def add_session(tx: Tx, row: dict[str, Any]) -> None:
    await tx.execute(
        """insert into session (organisation_id, user_id, id, token_hash, created_at, used_at, confirmed_at,
             expires_at, agent, address, method)
           values (%(organisation)s, %(user)s, %(id)s, %(hash)s, %(now)s, %(now)s, %(now)s,
             %(expires)s, %(agent)s, %(address)s, %(method)s)""",
        row,
    )


async def sessions_of(tx: Tx, user_id: UUID, now: datetime, idle_since: datetime) -> list[Row]:
    """The person's living sessions, the one used last first."""
    return await tx.all(
        """select id, created_at as created, used_at as used, agent, address, method from session
           where user_id = %(user)s and expires_at > %(now)s and used_at >= %(idle)s
           order by used_at desc, id""",
        {"user": user_id, "now": now, "idle": idle_since},
    )


async def renew_session(tx: Tx, session_id: UUID, row: dict[str, Any]) -> bool:
    """Give the session another id and token; it ends no later for it. False when it is over."""
    renewed = await tx.execute(
        """update session set id = %(id)s, token_hash = %(hash)s, confirmed_at = %(now)s, used_at = %(now)s
           where id = %(session)s""",
        {"session": session_id, **row},
    )
    return renewed == 1


async def confirmed_at(tx: Tx, session_id: UUID) -> datetime | None:
    at: datetime | None = await tx.value("select confirmed_at from session where id = %(id)s", {"id": session_id})
    return at


async def end_session_of(tx: Tx, user_id: UUID, session_id: UUID) -> bool:
    ended = await tx.execute(
        "delete from session where user_id = %(user)s and id = %(id)s", {"user": user_id, "id": session_id}
    )
    return ended == 1


async def end_other_sessions(tx: Tx, user_id: UUID, kept: UUID) -> int:
    return await tx.execute(
        "delete from session where user_id = %(user)s and id <> %(kept)s", {"user": user_id, "kept": kept}
    )


async def end_session(tx: Tx, session_id: UUID) -> None:
    await tx.execute("delete from session where id = %(id)s", {"id": session_id})


async def end_sessions_of(tx: Tx, user_id: UUID) -> None:
    await tx.execute("delete from session where user_id = %(user)s", {"user": user_id})


async def add_link(tx: Tx, row: dict[str, Any]) -> None:
    await tx.execute(
        """insert into once_link (organisation_id, user_id, id, purpose, token_hash, expires_at)
           values (%(organisation)s, %(user)s, %(id)s, %(purpose)s, %(hash)s, %(expires)s)""",
        row,
    )


async def drop_links(tx: Tx, purpose: str, user_id: UUID | None) -> None:
    """Earlier links of this purpose stop working when a new one is made."""
    await tx.execute(
        "delete from once_link where purpose = %(purpose)s and user_id is not distinct from %(user)s",
        {"purpose": purpose, "user": user_id},
    )


async def link(tx: Tx, link_id: UUID) -> Row:
    return await tx.one(
        """select l.*, u.email from once_link l
           left join app_user u on u.organisation_id = l.organisation_id and u.id = l.user_id
           where l.id = %(id)s""",
        {"id": link_id},
    )


async def use_link(tx: Tx, link_id: UUID, now: datetime) -> bool:
    """Take the link; False when somebody was faster or it is over."""
    taken = await tx.execute(
        "update once_link set used_at = %(now)s where id = %(id)s and used_at is null and expires_at > %(now)s",
        {"id": link_id, "now": now},
    )
    return taken == 1


async def tidy(tx: Tx) -> None:
    """Forget, in every organisation, what is over: sessions, links, challenges, redirects; and tries of a day ago."""
    await tx.execute("select tidy_sign_ins(), tidy_challenges(), tidy_redirects()")


async def administrator_exists(tx: Tx) -> bool:
    return bool(await tx.value("select administrator_exists()"))


async def first_organisation(tx: Tx) -> UUID | None:
    """The oldest one that is not the demo's."""
    found: UUID | None = await tx.value("select first_organisation()")
    return found


async def take_token(tx: Tx, key: bytes, *, capacity: float, per_second: float) -> float:
    """Take one token from a bucket on the database's clock; gives the seconds to wait when it is empty, else 0.

    A refused try takes nothing, so that knocking on does not lengthen the wait.
    """
    place = {"key": key, "capacity": capacity, "rate": per_second}
    await tx.execute("insert into throttle (key, tokens) values (%(key)s, %(capacity)s) on conflict do nothing", place)
    left = await tx.value(
        """select least(%(capacity)s, tokens + extract(epoch from now() - at) * %(rate)s)::float8
           from throttle where key = %(key)s for update""",
        place,
    )
    if left < 1:
        return float((1 - left) / per_second)
    await tx.execute(
        "update throttle set tokens = %(left)s, at = now() where key = %(key)s",
        {"key": key, "left": left - 1},
    )
    return 0.0


async def forget_throttle(tx: Tx, key: bytes) -> None:
    await tx.execute("delete from throttle where key = %(key)s", {"key": key})
