"""Statements about identity providers, whom they know, and sign-ins under way. States are here only as hashes."""

from datetime import datetime
from typing import Any
from uuid import UUID

import psycopg

from greenroom.infra.database import Row, Tx
from greenroom.kit.errors import Conflict
from greenroom.tenancy import store

_PROVIDER = """select p.id, p.name, p.issuer, p.oauth_client_id, p.secret_id, p.enabled, p.shown,
                 p.trusts_second_factor, p.tie_domains, p.new_role, p.new_domains, p.version,
                 (select o.name from organisation o where o.id = p.organisation_id) as organisation,
                 (select count(*) from identity_link l
                  where l.organisation_id = p.organisation_id and l.provider_id = p.id) as people,
                 coalesce((select json_agg(json_build_object('client_id', a.client_id, 'level', a.level)
                                  order by a.client_id)
                           from identity_provider_access a
                           where a.organisation_id = p.organisation_id and a.provider_id = p.id), '[]') as access
               from identity_provider p where p.organisation_id = %(organisation)s"""


async def providers(tx: Tx, organisation: UUID) -> list[Row]:
    return await tx.all(_PROVIDER + " order by lower(p.name), p.id", {"organisation": organisation})


async def provider(tx: Tx, organisation: UUID, provider_id: UUID, *, lock: bool = False) -> Row:
    """One provider; with `lock` nobody else changes it until the transaction ends."""
    place = {"organisation": organisation, "id": provider_id}
    if lock:  # before it is read, so that whoever waited reads what was changed, its access too
        await tx.execute(
            "select id from identity_provider where organisation_id = %(organisation)s and id = %(id)s"
            " for no key update",
            place,
        )
    return await tx.one(_PROVIDER + " and p.id = %(id)s", place, missing="There is no such identity provider here")


async def add_provider(tx: Tx, row: dict[str, Any]) -> None:
    await tx.execute(
        """insert into identity_provider (organisation_id, id, name, issuer, oauth_client_id, secret_id, enabled,
             shown, trusts_second_factor, tie_domains, new_role, new_domains)
           values (%(organisation)s, %(id)s, %(name)s, %(issuer)s, %(oauth_client_id)s, %(secret_id)s, %(enabled)s,
             %(shown)s, %(trusts_second_factor)s, %(tie_domains)s, %(new_role)s, %(new_domains)s)""",
        row,
    )


async def change_provider(tx: Tx, row: dict[str, Any]) -> None:
    await tx.execute(
        """update identity_provider set name = %(name)s, issuer = %(issuer)s,
             oauth_client_id = %(oauth_client_id)s, secret_id = %(secret_id)s, enabled = %(enabled)s,
             shown = %(shown)s, trusts_second_factor = %(trusts_second_factor)s, new_role = %(new_role)s,
             new_domains = %(new_domains)s, tie_domains = %(tie_domains)s, version = version + 1, updated_at = now()
           where organisation_id = %(organisation)s and id = %(id)s""",
        row,
    )


async def set_access(tx: Tx, organisation: UUID, provider_id: UUID, access: list[dict[str, Any]]) -> None:
    """Replace what new people get; a client that is not the organisation's is refused by the foreign key."""
    place = {"organisation": organisation, "provider": provider_id}
    await tx.execute(
        "delete from identity_provider_access where organisation_id = %(organisation)s and provider_id = %(provider)s",
        place,
    )
    await tx.execute_many(
        """insert into identity_provider_access (organisation_id, provider_id, client_id, level)
           values (%(organisation)s, %(provider)s, %(client_id)s, %(level)s)""",
        [{**place, **row} for row in access],
    )


async def remove_provider(tx: Tx, organisation: UUID, provider_id: UUID) -> None:
    """Take it away with its links; whoever was tied to it signs in otherwise."""
    await tx.execute(
        "delete from identity_provider where organisation_id = %(organisation)s and id = %(id)s",
        {"organisation": organisation, "id": provider_id},
    )


async def place_of_provider(tx: Tx, provider_id: UUID) -> Row | None:
    """Whose provider this is: organisation and id; None when it is unknown or disabled."""
    return await tx.maybe("select * from identity_provider_place(%(id)s)", {"id": provider_id})


async def places_shown(tx: Tx, most: int) -> list[Row]:
    """Where the providers are that everybody may see at the door: organisation and id."""
    return await tx.all("select * from shown_identity_providers(%(most)s)", {"most": most})


async def begin(tx: Tx, row: dict[str, Any]) -> None:
    await tx.execute(
        """insert into sign_in_redirect (organisation_id, provider_id, id, state_hash, browser_hash, issuer,
             session_id, ties, target, created_at, expires_at)
           values (%(organisation)s, %(provider)s, %(id)s, %(state)s, %(browser)s, %(issuer)s,
             %(session)s, %(ties)s, %(target)s, %(now)s, %(expires)s)""",
        row,
    )


async def place_of_redirect(tx: Tx, state_hash: bytes) -> Row | None:
    return await tx.maybe("select * from redirect_by_state(%(hash)s)", {"hash": state_hash})


async def take_redirect(tx: Tx, redirect_id: UUID, browser_hash: bytes, now: datetime) -> Row | None:
    """End a living redirect of this browser; None when it is over, taken, or another browser's."""
    return await tx.maybe(
        """delete from sign_in_redirect
           where id = %(id)s and browser_hash = %(browser)s and expires_at > %(now)s
           returning organisation_id, provider_id, issuer, session_id, ties, target, created_at""",
        {"id": redirect_id, "browser": browser_hash, "now": now},
    )


async def user_of(tx: Tx, issuer: str, subject: str) -> UUID | None:
    """Who this subject is here, if they came before; notes that they came again."""
    found: UUID | None = await tx.value(
        """update identity_link set used_at = now() where issuer = %(issuer)s and subject = %(subject)s
           returning user_id""",
        {"issuer": issuer, "subject": subject},
    )
    return found


async def link_of(tx: Tx, provider_id: UUID, user_id: UUID) -> Row | None:
    return await tx.maybe(
        "select issuer, subject from identity_link where provider_id = %(provider)s and user_id = %(user)s",
        {"provider": provider_id, "user": user_id},
    )


async def add_person(tx: Tx, organisation: UUID, person: dict[str, Any]) -> None:
    """Raises Conflict when somebody with this address was made at the same moment."""
    try:
        await store.add_user(tx, organisation, person)
    except psycopg.errors.UniqueViolation as error:
        raise Conflict("Somebody with this address was added just now; sign in again") from error


async def add_link(tx: Tx, row: dict[str, Any]) -> None:
    await tx.execute(
        """insert into identity_link (organisation_id, provider_id, user_id, issuer, subject)
           values (%(organisation)s, %(provider)s, %(user)s, %(issuer)s, %(subject)s)""",
        row,
    )


async def remove_link(tx: Tx, provider_id: UUID, user_id: UUID) -> bool:
    removed = await tx.execute(
        "delete from identity_link where provider_id = %(provider)s and user_id = %(user)s",
        {"provider": provider_id, "user": user_id},
    )
    return removed == 1


async def remove_links(tx: Tx, provider_id: UUID) -> None:
    """Forget everybody whom this provider knew."""
    await tx.execute("delete from identity_link where provider_id = %(provider)s", {"provider": provider_id})


async def providers_of(tx: Tx, user_id: UUID) -> list[Row]:
    """The enabled providers that know this person."""
    return await tx.all(
        """select p.id, p.name from identity_link l
           join identity_provider p on p.organisation_id = l.organisation_id and p.id = l.provider_id
           where l.user_id = %(user)s and p.enabled order by lower(p.name), p.id""",
        {"user": user_id},
    )


async def providers_to_tie(tx: Tx, user_id: UUID) -> list[Row]:
    """The enabled providers of the organisation that do not know this person yet."""
    return await tx.all(
        """select p.id, p.name from identity_provider p
           where p.enabled and not exists (
             select from identity_link l where l.organisation_id = p.organisation_id and l.provider_id = p.id
               and l.user_id = %(user)s)
           order by lower(p.name), p.id""",
        {"user": user_id},
    )


async def activate(tx: Tx, organisation: UUID, user_id: UUID) -> None:
    """Whoever was invited and has shown who they are is in."""
    await tx.execute(
        """update app_user set status = 'active', version = version + 1, updated_at = now()
           where organisation_id = %(organisation)s and id = %(id)s and status = 'invited'""",
        {"organisation": organisation, "id": user_id},
    )
