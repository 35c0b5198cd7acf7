"""What the three roles may and may not do, whatever the rooms' tables are."""

from importlib.resources import files

import psycopg
import pytest
from psycopg import errors

from greenroom.infra.postgres.addresses import Addresses
from greenroom.infra.postgres.roles import roles_sql


@pytest.mark.parametrize(
    "statement",
    [
        "set role greenroom_owner",
        "set role greenroom_lookup",
        "set session authorization greenroom_owner",
        "create table gr.mine (n int)",
        "create schema mine",
        "create temporary table mine (n int)",
        "alter table gr.organisation disable row level security",
        "alter table gr.organisation no force row level security",
        "alter role greenroom_app bypassrls",
        "grant greenroom_owner to greenroom_app",
        "truncate gr.organisation",
        "drop table gr.organisation",
        "copy (select 1) to program 'true'",
        "select pg_read_file('/etc/passwd')",
    ],
)
def test_the_application_may_not(database_urls: Addresses, statement: str) -> None:
    with psycopg.connect(database_urls.app) as connection, pytest.raises(errors.InsufficientPrivilege):
        connection.execute(statement)


def test_the_application_owns_nothing_and_cannot_bypass(database_urls: Addresses) -> None:
    with psycopg.connect(database_urls.app) as connection:
        roles = connection.execute(
            "select rolname, rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication, rolcanlogin"
            " from pg_roles where rolname like 'greenroom%' order by 1"
        ).fetchall()
        owned = connection.execute(
            "select count(*) from pg_shdepend where deptype = 'o' and refobjid = current_user::regrole"
        ).fetchone()
    assert roles == [
        ("greenroom_app", False, True),
        ("greenroom_lookup", False, False),
        ("greenroom_owner", False, True),
    ]
    assert owned == (0,)


def test_the_owner_acts_for_the_lookup_role_only_when_it_says_so(database_urls: Addresses) -> None:
    with psycopg.connect(database_urls.owner) as connection:
        inherits = connection.execute("select pg_has_role('greenroom_lookup', 'usage')").fetchone()
        connection.execute("set role greenroom_lookup")
        assert connection.execute("select current_user").fetchone() == ("greenroom_lookup",)
    assert inherits == (False,)


def test_both_roles_look_in_our_schema_first(database_urls: Addresses) -> None:
    for url in (database_urls.app, database_urls.owner):
        with psycopg.connect(url) as connection:
            assert connection.execute("show search_path").fetchone() == ("gr, pg_temp",)


def test_no_role_signs_in_without_its_password(database_urls: Addresses) -> None:
    for url in (database_urls.app, database_urls.owner):
        parts = psycopg.conninfo.conninfo_to_dict(url) | {"password": "wrong"}
        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            psycopg.connect(**parts)


def test_an_administrator_may_run_the_script_again(database_urls: Addresses) -> None:
    """Without passwords in the session the roles keep theirs."""
    assert roles_sql() == (files("greenroom.infra.postgres") / "roles.sql").read_text()
    assert database_urls.superuser is not None
    with psycopg.connect(database_urls.superuser) as connection:
        connection.execute(roles_sql())
    psycopg.connect(database_urls.app).close()
