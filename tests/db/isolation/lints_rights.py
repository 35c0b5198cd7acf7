"""Lints over rights: roles, grants, functions, views, sequences. Each finding is a sentence."""

from collections.abc import Iterator

from tests.db.isolation.catalogue import OURS, Connection
from tests.db.isolation.declared import APP, DEFINERS, GLOBAL, LOOKUP, NEVER_CHANGED, OWNER, SEQUENCES

_NAMED = f"from pg_class c join pg_namespace n on n.oid = c.relnamespace where {OURS}"


def definers(connection: Connection) -> Iterator[str]:
    """Functions with another's rights are those declared, owned by the lookup role, closed to everybody else."""
    found = connection.execute(
        f"""select n.nspname || '.' || p.proname || '(' || array_to_string(array(
                     select format_type(t, null) from unnest(p.proargtypes::oid[]) t), ',') || ')',
                   pg_get_userbyid(p.proowner),
                   exists (select from unnest(p.proconfig) s where s = 'search_path=gr, pg_temp'),
                   exists (select from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
                           where a.grantee not in (p.proowner, '{APP}'::regrole))
            from pg_proc p join pg_namespace n on n.oid = p.pronamespace where p.prosecdef and {OURS}"""
    ).fetchall()
    for name, owner, path, open_to_others in found:
        if name not in DEFINERS:
            yield f"{name} runs with its owner's rights: declare in DEFINERS why, or make it an ordinary function"
        if owner != LOOKUP:
            yield f"{name} belongs to {owner}: finish it with gr.definer()"
        if not path:
            yield f"{name} takes its caller's search_path: add `set search_path = gr, pg_temp`"
        if open_to_others:
            yield f"{name} may be called by others than the application: finish it with gr.definer()"
    for name in set(DEFINERS) - {row[0] for row in found}:
        yield f"{name} is declared in DEFINERS but does not exist: remove the declaration"


def views(connection: Connection) -> Iterator[str]:
    """A view that the application reads runs with the application's rights; materialised views it reads none."""
    found = connection.execute(
        f"""select n.nspname || '.' || c.relname, c.relkind::text,
                   coalesce((select option_value::boolean from pg_options_to_table(c.reloptions)
                             where option_name = 'security_invoker'), false)
            {_NAMED} and c.relkind in ('v', 'm') and has_any_column_privilege('{APP}', c.oid, 'select')"""
    ).fetchall()
    for name, kind, invoker in found:
        if kind == "m":
            yield f"{name} is materialised and knows no tenants: revoke it from {APP}"
        elif not invoker:
            yield f"{name} reads with its owner's rights: add `with (security_invoker = true)`"


def role(connection: Connection) -> Iterator[str]:
    """The application's role is nobody special, belongs to no other role, and owns nothing."""
    powers = "rolsuper", "rolbypassrls", "rolcreaterole", "rolcreatedb", "rolreplication"
    for name in (APP, LOOKUP):
        found = connection.execute(f"select {', '.join(powers)} from pg_roles where rolname = %s", (name,)).fetchone()
        assert found is not None
        for power, has in zip(powers, found, strict=True):
            if has:
                yield f"{name} has {power}: take it away"
    for group, member in connection.execute(
        """select roleid::regrole::text, member::regrole::text from pg_auth_members
           where roleid::regrole::text = any (%(ours)s) or member::regrole::text = any (%(ours)s)""",
        {"ours": [APP, LOOKUP, OWNER]},
    ):
        if (group, member) != (LOOKUP, OWNER):
            yield f"{member} is a member of {group}: revoke it"
    for database, kind in connection.execute(
        """select dbid, classid::regclass::text from pg_shdepend
           where deptype = 'o' and refclassid = 'pg_authid'::regclass and refobjid = %s::regrole
             and dbid in (0, (select oid from pg_database where datname = current_database()))""",
        (APP,),
    ):
        yield f"{APP} owns something in {kind} (database {database}): give it to {OWNER}"
    if connection.execute(f"select has_parameter_privilege('{APP}', 'session_replication_role', 'set')").fetchone() != (
        False,
    ):
        yield f"{APP} may switch triggers and foreign keys off by session_replication_role: revoke it"


def makings(connection: Connection) -> Iterator[str]:
    """The application makes nothing: no schema, table, temporary table or default right."""
    for (schema,) in connection.execute(
        f"select n.nspname from pg_namespace n where n.nspname !~ '^pg_(toast|temp)' and"
        f" has_schema_privilege('{APP}', n.oid, 'create')"
    ):
        yield f"{APP} may create things in the schema {schema}: revoke create"
    for (right,) in connection.execute(
        f"select r from unnest(array['create', 'temporary']) r"
        f" where has_database_privilege('{APP}', current_database(), r)"
    ):
        yield f"{APP} has {right} on the database: revoke it"
    for grantee, right in connection.execute(
        f"""select a.grantee::regrole::text, a.privilege_type from pg_default_acl d, aclexplode(d.defaclacl) a
            where a.grantee in (0, '{APP}'::regrole)"""
    ):
        yield f"{right} on what is made later goes to {grantee} by itself: grant table by table"


def grants(connection: Connection) -> Iterator[str]:
    """The application reads and writes rows, and has no other right on any table; nobody else has one at all."""
    found = connection.execute(
        f"""select c.nspname || '.' || c.relname, a.grantee::regrole::text, a.privilege_type, a.is_grantable
            from (select c.oid, c.relname, n.nspname, c.relowner, a.acl from pg_class c
                  join pg_namespace n on n.oid = c.relnamespace,
                  lateral (select c.relacl as acl union all
                           select attacl from pg_attribute where attrelid = c.oid and attacl is not null) a
                  where {OURS} and c.relkind <> 'S') c, aclexplode(c.acl) a
            where a.grantee <> c.relowner"""
    ).fetchall()
    for table, grantee, right, again in found:
        if grantee not in (APP, LOOKUP):
            yield f"{'everybody' if grantee == '-' else grantee} has {right} on {table}: revoke it"
        elif right not in ("SELECT", "INSERT", "UPDATE", "DELETE"):
            yield f"{grantee} has {right} on {table}, which row-level security does not hold: revoke it"
        elif again:
            yield f"{grantee} may hand on {right} on {table}: revoke the grant option"


def declared_grants(connection: Connection) -> Iterator[str]:
    """On tables of nobody the application may do exactly what is declared; what stays as it was it cannot change."""
    for table, (declared, _) in GLOBAL.items():
        rights = _rights(connection, table)
        if rights != set(declared.split()):
            yield f"{APP} may {sorted(rights) or 'nothing'} on {table}, declared is {declared or 'nothing'}: change one"
    for table, verbs in NEVER_CHANGED.items():
        for verb in set(verbs.split()) & _rights(connection, table):
            yield f"{APP} may {verb} {table}, whose rows stay what they were: revoke it"


def sequences(connection: Connection) -> Iterator[str]:
    """Sequences tell how much others do: the application has those declared, and no tenant's table counts."""
    found = connection.execute(
        f"""select n.nspname || '.' || c.relname,
                   has_sequence_privilege('{APP}', c.oid, 'usage') or has_sequence_privilege('{APP}', c.oid, 'select')
                   or has_sequence_privilege('{APP}', c.oid, 'update'),
                   (select m.nspname || '.' || t.relname from pg_depend d join pg_class t on t.oid = d.refobjid
                    join pg_namespace m on m.oid = t.relnamespace
                    where d.objid = c.oid and d.classid = 'pg_class'::regclass and d.refclassid = d.classid
                      and d.deptype in ('a', 'i') limit 1)
            {_NAMED} and c.relkind = 'S'"""
    ).fetchall()
    for name, open_to_app, table in found:
        if open_to_app and name not in SEQUENCES:
            yield f"{APP} may read or advance {name}: ids are made in the application, revoke it"
        if table and table not in GLOBAL:
            yield f"{table} counts its rows over all tenants by {name}: use ids made in the application"


def _rights(connection: Connection, table: str) -> set[str]:
    """What the application may do with the table or with some of its columns."""
    found = connection.execute(
        f"""select v from unnest(array['select', 'insert', 'update']) v
            where has_any_column_privilege('{APP}', %(table)s, v)
            union all select 'delete' where has_table_privilege('{APP}', %(table)s, 'delete')""",
        {"table": table},
    ).fetchall()
    return {row[0] for row in found}
