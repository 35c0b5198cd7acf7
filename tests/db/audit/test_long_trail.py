"""A trail of years: checked and taken away part by part, in memory that does not grow with it."""

import json
import time
import tracemalloc
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import psycopg
import pytest
from psycopg.types.json import Jsonb

from greenroom.entrypoints.api import create_app
from greenroom.infra.audit import read
from greenroom.infra.audit.chain import START, canonical, entry_hash
from greenroom.infra.postgres.addresses import Addresses
from greenroom.kit.ids import uuid7
from greenroom.tenancy.sign_in import start_session
from tests.support.figures import Figures
from tests.support.house import Tenant

COLUMNS = (
    "organisation_id", "number", "client_id", "at", "actor", "actor_id", "action", "subject_type", "subject_id",
    "change", "reason", "source", "previous_hash", "hash",
)  # fmt: skip
MOST = 12_000_000
"""Bytes that reading may hold at its height, however long the trail is."""


def entries(tenant: Tenant, count: int) -> Iterator[dict[str, Any]]:
    """A chain as `record` writes it, without a transaction each."""
    previous, at, subject = START, datetime(2026, 1, 1, tzinfo=UTC), uuid7()
    for number in range(1, count + 1):
        entry = {
            "organisation_id": tenant.organisation, "number": number, "client_id": tenant.client,
            "at": at + timedelta(seconds=number), "actor": "user", "actor_id": tenant.user, "action": "post.changed",
            "subject_type": "post", "subject_id": subject,
            "change": {"caption": {"before": f"Words {number} " * 8, "after": f"Words {number + 1} " * 8}},
            "reason": "was changed", "source": {}, "previous_hash": previous,
        }  # fmt: skip
        previous = entry_hash(previous, json.loads(canonical(entry | {"previous_hash": None})) | {"at": entry["at"]})
        yield entry | {"hash": previous}


def write(tenant: Tenant, database: Addresses, count: int) -> None:
    """As whoever owns the database."""
    assert database.superuser is not None
    with psycopg.connect(database.superuser) as connection, connection.cursor() as cursor:
        last = START
        with cursor.copy(f"copy gr.audit_entry ({', '.join(COLUMNS)}) from stdin") as copy:
            for entry in entries(tenant, count):
                copy.write_row([Jsonb(entry[c]) if c in ("change", "source") else entry[c] for c in COLUMNS])
                last = entry["hash"]
        cursor.execute(
            "insert into gr.audit_head (organisation_id, number, hash) values (%s, %s, %s)",
            (tenant.organisation, count, last),
        )


async def read_whole(tenant: Tenant, count: int) -> dict[str, float]:
    """Check and export it, line by line; the seconds of both, and the most bytes held."""
    tracemalloc.start()
    try:
        began = time.monotonic()
        async with tenant.context() as ctx:
            verdict = await read.verify(ctx)
        checked = time.monotonic() - began
        assert (verdict.entries, verdict.broken_at) == (count, None)
        lines, after, began = 0, 0, time.monotonic()
        while after < count:
            async with tenant.context() as ctx:
                part = await read.export_part(ctx, after=after, until=count)
            lines, after = lines + len(part), part[-1].number
        assert lines == count
        return {"checked": checked, "exported": time.monotonic() - began, "most": tracemalloc.get_traced_memory()[1]}
    finally:
        tracemalloc.stop()


async def test_reading_holds_a_part_of_it_at_a_time(tenant: Tenant, database_urls: Addresses, figures: Figures) -> None:
    write(tenant, database_urls, 6000)
    took = await read_whole(tenant, 6000)
    figures("audit trail", f"6,000 entries, at most {took['most'] / 1e6:.1f} MB held")
    assert took["most"] < MOST


@pytest.mark.soak
async def test_two_hundred_thousand_entries(tenant: Tenant, database_urls: Addresses, figures: Figures) -> None:
    write(tenant, database_urls, 200_000)
    took = await read_whole(tenant, 200_000)
    figures(
        "audit trail, soak",
        f"200,000 entries checked in {took['checked']:.1f} s, exported in {took['exported']:.1f} s,"
        f" at most {took['most'] / 1e6:.1f} MB held",
    )
    assert took["most"] < MOST


async def test_the_export_is_every_entry_once_and_in_order(tenant: Tenant, database_urls: Addresses) -> None:
    write(tenant, database_urls, 1234)
    token = await start_session(tenant.house, tenant.organisation, tenant.user, address="", agent="test")
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app=create_app(tenant.house)),
        base_url="http://localhost/api/v1",
        headers={"Cookie": f"greenroom={token}"},
    ) as browser:
        answer = await browser.get("/audit/export")
    assert answer.headers["content-type"].startswith("application/x-ndjson")
    numbers = [json.loads(line)["number"] for line in answer.text.splitlines()]
    assert numbers == list(range(1, 1235))


async def test_an_entry_behind_the_end_shows(tenant: Tenant, database_urls: Addresses) -> None:
    write(tenant, database_urls, 3)
    assert database_urls.superuser is not None
    with psycopg.connect(database_urls.superuser) as connection:
        connection.execute(
            """insert into gr.audit_entry select organisation_id, 4, client_id, at, actor, actor_id, action,
                 subject_type, subject_id, change, reason, source, hash, previous_hash from gr.audit_entry
               where number = 3"""
        )
    async with tenant.context() as ctx:
        verdict = await read.verify(ctx)
    assert (verdict.broken_at, verdict.entries) == (4, 3)
