"""Numbered SQL migrations, forward only: each in a transaction of its own, recorded with its checksum."""

import hashlib
from importlib.resources import files

import psycopg

from greenroom.infra import locks
from greenroom.kit.errors import Conflict


def migrate(owner_url: str) -> list[str]:
    """Bring the database to this version's schema; gives the names of what ran.

    Raises Conflict when a migration that already ran was changed afterwards, or comes from a newer version.
    """
    known = _known()
    ran = []
    with psycopg.connect(owner_url, autocommit=True) as connection:
        connection.execute("select pg_advisory_lock(%s)", (locks.MIGRATIONS,))
        connection.execute("create schema if not exists gr")
        connection.execute(
            "create table if not exists gr.migration"
            " (name text primary key, checksum text not null, ran_at timestamptz not null default now())"
        )
        done: dict[str, str] = dict(connection.execute("select name, checksum from gr.migration").fetchall())
        _compare(known, done)
        for name, sql in known.items():
            if name in done:
                continue
            with connection.transaction():
                connection.execute(sql)
                connection.execute("insert into gr.migration values (%s, %s)", (name, _checksum(sql)))
            ran.append(name)
    return ran


def names() -> list[str]:
    """The migrations of this version, in their order."""
    return list(_known())


def _known() -> dict[str, str]:
    folder = files("greenroom") / "migrations"
    scripts = sorted((f for f in folder.iterdir() if f.name.endswith(".sql")), key=lambda f: f.name)
    return {f.name.removesuffix(".sql"): f.read_text(encoding="utf-8") for f in scripts}


def _compare(known: dict[str, str], done: dict[str, str]) -> None:
    for name, checksum in done.items():
        if name not in known:
            raise Conflict(f"The database is newer than this version (it has {name}); update Greenroom")
        if _checksum(known[name]) != checksum:
            raise Conflict(f"Migration {name} was changed after it ran; restore its file")


def _checksum(sql: str) -> str:
    return hashlib.sha256(sql.encode()).hexdigest()
