"""Makes Greenroom's database and roles on a server whose superuser we are; see roles.sql."""

import hashlib
from functools import cache
from importlib.resources import files

DATABASE = "greenroom"


@cache
def roles_sql() -> str:
    """The statements of roles.sql, which an administrator can also run by hand."""
    return (files("greenroom.infra.postgres") / "roles.sql").read_text(encoding="utf-8")


def roles_checksum() -> str:
    return hashlib.sha256(roles_sql().encode()).hexdigest()


def make_roles(superuser_address: str, *, owner_password: str, app_password: str) -> None:
    """Create or mend the three roles and their rights in the address's database."""
    import psycopg

    with psycopg.connect(superuser_address) as connection:
        connection.execute(
            "select set_config('greenroom.owner_password', %s, true), set_config('greenroom.app_password', %s, true)",
            (owner_password, app_password),
        )
        connection.execute(roles_sql())


def make_database(superuser_address: str, name: str = DATABASE, *, template: str | None = None) -> None:
    """Create the database unless it exists; `superuser_address` is of another database on the same server."""
    import psycopg
    from psycopg.sql import SQL, Identifier

    with psycopg.connect(superuser_address, autocommit=True) as connection:
        if connection.execute("select 1 from pg_database where datname = %s", (name,)).fetchone():
            return
        statement = SQL("create database {}").format(Identifier(name))
        if template:
            statement += SQL(" owner greenroom_owner template {}").format(Identifier(template))
        connection.execute(statement)
