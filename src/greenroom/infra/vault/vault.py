"""The vault's door for rooms: put, open, replace, forget, describe. Whether somebody may is asked before, by the room.

Everything happens in the caller's transaction, the record of an opening too: end it before the value is used, so
that a use which fails is on record as well.
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

import psycopg

from greenroom.infra.context import Context
from greenroom.infra.database import Database
from greenroom.infra.events import emit
from greenroom.infra.vault import store
from greenroom.infra.vault.contracts import Described, described, place_of
from greenroom.infra.vault.data_keys import newest_key, open_key
from greenroom.infra.vault.errors import Erased, Expired, Unreadable
from greenroom.infra.vault.master import MasterKey, prepare
from greenroom.infra.vault.refused import report
from greenroom.infra.vault.seal import NotAuthentic, seal, unseal
from greenroom.infra.vault.secret import Secret, hint_of
from greenroom.kit.errors import Invalid, Stale, Unavailable
from greenroom.kit.ids import uuid7

LARGEST = 65_536
"""Bytes of a value; keys, tokens and passwords have far less."""

Value = Secret | bytes | str


class Vault:
    """One a process. Holds the master key and nothing else: data keys are read with what they sealed."""

    def __init__(self, master: MasterKey) -> None:
        self.master = master

    async def start(self, database: Database) -> None:
        """Make the first master key, or raise WrongKey when one that the database needs is not here."""
        async with database.transaction() as tx:
            prepare(self.master, await store.in_use(tx))

    async def put(
        self,
        ctx: Context,
        value: Value,
        *,
        kind: str,
        subject: tuple[str, UUID] | None = None,
        client: UUID | None = None,
        whole: bool = False,
        hint: bool = False,
        expires_at: datetime | None = None,
    ) -> UUID:
        """Seal a value for one client (the context's), or for the `whole` organisation; gives its id.

        `hint` keeps the last four characters readable, for keys that people tell apart by them.
        """
        secret, key = _checked(value), await newest_key(ctx, self.master)
        id = uuid7()
        row = {
            "organisation_id": ctx.organisation,
            "client_id": None if whole else client or ctx.one_client(),
            "id": id,
            "kind": kind,
            "subject_type": subject[0] if subject else None,
            "subject_id": subject[1] if subject else None,
            "key_version": key.version,
            "hint": hint_of(secret) if hint else "",
            "expires_at": expires_at,
        }
        await store.insert(ctx, {**row, "sealed": seal(key.key, place_of(row, version=1), secret.reveal())})
        await self._record(ctx, row, "vault.kept", "A secret was put into the vault")
        return id

    async def open(self, ctx: Context, id: UUID, *, why: str) -> Secret:
        """The value, with an event that says who and why.

        Raises NotFound, Expired, Erased, WrongKey, or Unreadable when what is stored was tampered with.
        """
        row = await store.secret(ctx, id)
        if row["expires_at"] is not None and row["expires_at"] <= ctx.clock.now():
            raise Expired("This secret is past its date; enter a new one")
        value = await self._unseal(ctx, row, why)
        await store.touch(ctx, id)
        await self._record(ctx, row, "vault.opened", "A secret was used", {"why": why})
        return Secret(value)

    async def replace(
        self,
        ctx: Context,
        id: UUID,
        value: Value,
        *,
        version: int | None = None,
        hint: bool = False,
        expires_at: datetime | None = None,
    ) -> int:
        """Put another value in its place; gives its new version. Raises Stale unless it still has `version`, if given.

        Of two that renew the same token with the version they read, one wins and the other reads again.
        """
        secret, row = _checked(value), await store.held(ctx, id)
        if version is not None and row["version"] != version:
            raise Stale("This secret was replaced meanwhile; read it again")
        key, next_version = await newest_key(ctx, self.master), int(row["version"]) + 1
        sealed = seal(key.key, place_of(row, next_version), secret.reveal())
        written = {"id": id, "sealed": sealed, "key_version": key.version, "version": next_version}
        shown = {"hint": hint_of(secret) if hint else "", "expires_at": expires_at}
        await store.write_value(ctx, {**written, **shown})
        await self._record(ctx, row, "vault.replaced", "A secret was replaced")
        return next_version

    async def forget(self, ctx: Context, id: UUID) -> None:
        """Remove it; NotFound when there is none."""
        row = await store.held(ctx, id)
        await store.delete(ctx, id)
        await self._record(ctx, row, "vault.forgotten", "A secret was removed from the vault")

    async def describe(self, ctx: Context, id: UUID) -> Described:
        return described(await store.secret(ctx, id))

    async def list(
        self, ctx: Context, *, kind: str | None = None, subject: tuple[str, UUID] | None = None
    ) -> list[Described]:
        """What the context may see, the oldest first, without values."""
        return [described(row) for row in await store.secrets(ctx, kind, subject)]

    async def erase(self, ctx: Context) -> int:
        """Destroy the organisation's data keys, so that none of its secrets opens ever again; gives their number.

        A backup from before still holds them, under the master key: wrap the others anew and destroy the old one.
        """
        erased = await store.erase_keys(ctx)
        await emit(
            ctx, "vault.erased", message="The keys of all secrets were destroyed", severity="warning", whole=True
        )
        return erased

    async def _unseal(self, ctx: Context, row: Mapping[str, Any], why: str) -> bytes:
        if row["erased_at"] is not None:
            raise Erased("The keys of this organisation's secrets were destroyed; enter this one again")
        try:
            return unseal(await open_key(self.master, row), place_of(dict(row)), row["sealed"])
        except (NotAuthentic, Unreadable):
            await _report_apart(ctx, row, why)
        raise Unreadable("What is stored for this secret was changed outside Greenroom; enter it again")

    async def _record(
        self, ctx: Context, row: Mapping[str, Any], kind: str, message: str, data: dict[str, Any] | None = None
    ) -> None:
        await emit(
            ctx,
            kind,
            subject=("secret", row["id"]),
            message=message,
            data={"kind": row["kind"]} | (data or {}),
            client=row["client_id"],
            whole=row["client_id"] is None,
        )


async def _report_apart(ctx: Context, row: Mapping[str, Any], why: str) -> None:
    """Record the refusal in a transaction of its own: the caller's is about to be rolled back."""
    with suppress(Unavailable, psycopg.Error):  # the log has it then
        async with ctx.house.database.transaction(ctx.scope()) as tx:
            await report(replace(ctx, db=tx), row, why)


def _checked(value: Value) -> Secret:
    secret = value if isinstance(value, Secret) else Secret(value)
    if not 0 < len(secret) <= LARGEST:
        raise Invalid(f"A secret has 1 to {LARGEST} bytes", fields={"secret": "Enter the secret itself"})
    return secret
