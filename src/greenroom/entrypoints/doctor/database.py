"""The database: which server, whether it answers, its roles, its schema, its clock."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from greenroom.entrypoints.doctor.finding import Finding, broken, ok, warn
from greenroom.infra.postgres.binaries import find_binaries
from greenroom.infra.postgres.place import place_of
from greenroom.infra.postgres.server import EmbeddedPostgres
from greenroom.infra.settings import Settings
from greenroom.kit.errors import Problem

FAST_OR_SLOW = timedelta(seconds=2)


def check_database(settings: Settings) -> Iterator[Finding]:
    """The server; where it runs, also what only it can tell."""
    if settings.database_url:
        yield from _ask(settings.database_url, "elsewhere")
        if not settings.owner_database_url:
            mend = "Set GREENROOM_OWNER_DATABASE_URL, or run the migrations yourself at each update."
            yield warn("migrations", "`greenroom up` cannot run them without the owner's address", mend)
        return
    server = EmbeddedPostgres(settings.home, pg_bin=settings.pg_bin)
    try:
        status = server.status()
        binaries = find_binaries(settings.pg_bin, major=status.major)
        addresses = server.addresses()
    except Problem as problem:
        yield broken("database", str(problem), "Then run this again.")
        return
    told = f"PostgreSQL {binaries.version} from the {binaries.source}"
    if status.running and addresses:
        yield from _ask(addresses.app, told)
    else:
        made = "with data" if status.major else "not used yet"
        yield ok("database", f"{told}, {made} in {status.data}; it starts with `greenroom up`")
    yield from _set_aside(settings)


def _ask(url: str, told: str) -> Iterator[Finding]:
    import psycopg

    try:
        with psycopg.connect(url, connect_timeout=5) as connection:
            before = datetime.now(UTC)
            facts: Any = connection.execute(
                """select current_setting('server_version'), current_setting('server_version_num')::int,
                          clock_timestamp(), r.rolsuper or r.rolbypassrls, to_regclass('gr.migration') is not null
                   from pg_roles r where rolname = current_user"""
            ).fetchone()
            after = datetime.now(UTC)
    except psycopg.Error as error:
        reason = str(error).strip().splitlines()[-1]
        yield broken("database", f"It does not answer: {reason}", "See home/logs/postgres.log, or the address.")
        return
    version, number, now, bypasses, has_schema = facts
    if number < 150000:
        yield broken("database", f"PostgreSQL {version}", "Use PostgreSQL 15 to 18.")
    else:
        yield ok("database", f"PostgreSQL {version} answers ({told})")
    if bypasses:
        mend = "Put greenroom_app into GREENROOM_DATABASE_URL; roles.sql makes it."
        yield broken("roles", "The application's role bypasses row-level security", mend)
    if not has_schema:
        yield warn("migrations", "The database is empty", "`greenroom up` makes the schema.")
    yield _clock(max(before - now, now - after, timedelta(0)))


def _clock(difference: timedelta) -> Finding:
    told = f"{difference.total_seconds():.1f} s between this machine's clock and the database's"
    if difference > FAST_OR_SLOW:
        mend = "Set both machines' clocks (timedatectl set-ntp true); posts go out by the database's."
        return broken("clock", told, mend)
    return ok("clock", told)


def _set_aside(settings: Settings) -> Iterator[Finding]:
    """Data of an earlier home of the same name, kept when that home was removed; only root has it."""
    data = place_of(settings.home).data
    for old in sorted(data.parent.parent.glob(f"{data.parent.name}.old*")):
        yield warn("old data", f"{old} belongs to an earlier {settings.home}", "Remove it if nobody misses it.")
