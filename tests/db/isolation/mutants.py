"""Faults that a migration could bring in: one wrong policy, grant, function, key or role each, and where it shows."""

from dataclasses import dataclass

from tests.db.isolation.cells import ONE
from tests.db.isolation.declared import APP, OWNER

ORGANISATION = "organisation_id = (select gr.organisation())"
CLIENT = "client_id = any((select gr.clients())::uuid[])"
BOTH = f"{ORGANISATION} and {CLIENT}"


@dataclass(frozen=True)
class Mutant:
    """A fault: the statements that bring it in, and the tables whose cells may show it."""

    name: str
    statements: str
    tables: tuple[str, ...] = ("gr.post",)


def _policy(name: str, using: str, check: str | None = None, table: str = "gr.post") -> Mutant:
    """The tenants' policy changed; WITH CHECK says the same as USING where it is not given."""
    check = check or using
    return Mutant(name, f"alter policy tenant on {table} using ({using}) with check ({check})", (table,))


def _update_only(name: str, using: str, check: str) -> Mutant:
    """One policy a verb, right in all but the one for updates."""
    right = "".join(
        f"create policy {verb}_only on gr.post for {verb} to {APP} {text};"
        for verb, text in {
            "select": f"using ({BOTH})", "insert": f"with check ({BOTH})", "delete": f"using ({BOTH})",
            "update": f"using ({using}) with check ({check})",
        }.items()
    )  # fmt: skip
    return Mutant(name, f"drop policy tenant on gr.post; {right}")


def _more(name: str, verb: str, clause: str) -> Mutant:
    return Mutant(name, f"create policy more on gr.post for {verb} to {APP} {clause}")


POLICIES = (
    _policy("a policy that lets everything pass", "true", "true"),
    _policy("a policy that lets every new row pass", BOTH, "true"),
    _policy("a policy without the organisation", CLIENT, CLIENT),
    _policy("a policy without the organisation in USING", CLIENT, BOTH),
    _policy("a policy without the organisation in WITH CHECK", BOTH, CLIENT),
    _policy("a policy without the client", ORGANISATION, ORGANISATION),
    _policy("a policy without the client in USING", ORGANISATION, BOTH),
    _policy("a policy without the client in WITH CHECK", BOTH, ORGANISATION),
    _policy("a policy that opens without a scope", f"{BOTH} or (select gr.organisation()) is null"),
    _policy("a policy that asks per row", "organisation_id = gr.organisation() and client_id = any(gr.clients())"),
    _policy("events of an organisation shown to all", f"{BOTH} or client_id is null", table="gr.event"),
    _policy("an organisation's secrets without the client", ORGANISATION, ORGANISATION, table="gr.secret"),
    _policy("every organisation's name", "true", "id = (select gr.organisation())", table="gr.organisation"),
    _policy("every one-time link", "true", "true", table="gr.once_link"),
    _update_only("updates of another's rows", "true", BOTH),
    _update_only("updates that move a row to another organisation", BOTH, CLIENT),
    _update_only("updates that move a row to another client", BOTH, ORGANISATION),
    _more("a second policy to read by", "select", "using (true)"),
    _more("a second policy to write by", "insert", "with check (true)"),
    _more("a second policy to update by", "update", f"using ({CLIENT}) with check ({CLIENT})"),
    _more("a second policy to delete by", "delete", f"using ({CLIENT})"),
    Mutant("no policy at all", "drop policy tenant on gr.post"),
    Mutant("a policy for every role", f"create policy more on gr.post to public using ({BOTH}) with check ({BOTH})"),
)

SWITCHES = (
    Mutant("row-level security off", "alter table gr.post disable row level security"),
    Mutant("row-level security not forced", "alter table gr.post no force row level security"),
    Mutant("a child table without it", f"create table gr.more () inherits (gr.post); grant select on gr.more to {APP}",
           ("gr.post", "gr.more")),
    Mutant("a partition without it",
           f"""create table gr.sample (organisation_id uuid not null, client_id uuid not null, at date not null)
                 partition by range (at);
               create table gr.sample_one partition of gr.sample for values from ('2026-11-01') to ('2026-12-01');
               select gr.secure('gr.sample'); grant select on gr.sample_one to {APP}""",
           ("gr.sample", "gr.sample_one")),
    Mutant("a new table without it", f"create table gr.note (organisation_id uuid not null, client_id uuid not null);"
           f" grant select, insert on gr.note to {APP}", ("gr.note",)),
    Mutant("a new table without a tenant", f"create table gr.note (text text); grant select on gr.note to {APP}", ()),
    Mutant("an owner that may be missing", "alter table gr.rollup_hour alter organisation_id drop not null",
           ("gr.rollup_hour",)),
    Mutant("a scope that falls back on somebody",
           f"""create or replace function gr.organisation() returns uuid language sql stable as
               $$ select coalesce(nullif(current_setting('gr.organisation', true), ''), '{ONE}')::uuid $$""",
           ("gr.organisation",)),
)  # fmt: skip

# Roles are the server's own: tests beside this one change them too, and wait for each other here.
_ALONE = "lock table pg_authid in share row exclusive mode;"

ROLES = (
    Mutant("the application past row-level security", f"{_ALONE} alter role {APP} bypassrls"),
    Mutant("the application as the owner's member", f"{_ALONE} grant {OWNER} to {APP}"),
    Mutant("the application as a reader of all data", f"{_ALONE} grant pg_read_all_data to {APP}"),
    Mutant("the application as a table's owner", f"alter table gr.post owner to {APP}"),
    Mutant("the application as a maker of functions", f"grant create on schema gr to {APP}"),
    Mutant("the application with temporary tables",
           f"do $$ begin execute format('grant temporary on database %I to {APP}', current_database()); end $$"),
    Mutant("the application without foreign keys", f"grant set on parameter session_replication_role to {APP}"),
)  # fmt: skip

GRANTS = (
    Mutant("truncate", f"grant truncate on gr.post to {APP}"),
    Mutant("triggers", f"grant trigger on gr.post to {APP}"),
    Mutant("references", f"grant references on gr.post to {APP}"),
    Mutant("references of one column", f"grant references (id) on gr.post to {APP}"),
    Mutant("a grant to hand on", f"grant select on gr.post to {APP} with grant option"),
    Mutant("a grant to everybody", "grant select on gr.post to public"),
    Mutant("a grant on all that is to come", f"alter default privileges in schema gr grant select on tables to {APP}"),
    Mutant("a table of nobody laid open", f"grant select on gr.migration to {APP}", ()),
    Mutant("a column of a table of nobody laid open", f"grant update (key) on gr.reader_key to {APP}", ()),
    Mutant("a review that can be changed", f"grant update on gr.review to {APP}", ("gr.review",)),
    Mutant("a sequence laid open", f"grant select on sequence pgq.pgqueuer_log_id_seq to {APP}", ()),
    Mutant("a table that counts", "alter table gr.post add number bigint generated always as identity", ()),
)

FUNCTIONS = (
    Mutant("a definer function nobody declared",
           """create function gr.peek() returns setof gr.post language sql security definer
              set search_path = gr, pg_temp as $$ select * from gr.post $$; select gr.definer('gr.peek()')""", ()),
    Mutant("a definer function for everybody", "grant execute on function gr.user_by_email(text) to public", ()),
    Mutant("a definer function without a path", "alter function gr.user_by_email(text) reset search_path", ()),
    Mutant("a definer function of the owner's", f"alter function gr.user_by_email(text) owner to {OWNER}", ()),
    Mutant("the scope with another's rights", "alter function gr.organisation() security definer", ()),
    Mutant("a view with its owner's rights", "alter view gr.hit_count set (security_invoker = false)",
           ("gr.hit_count",)),
    Mutant("a new view with its owner's rights",
           f"create view gr.glance with (security_barrier) as select * from gr.post;"
           f" grant select on gr.glance to {APP}",
           ("gr.glance",)),
    Mutant("a materialised view", f"create materialized view gr.glance as select * from gr.post;"
           f" grant select on gr.glance to {APP}", ()),
)  # fmt: skip

KEYS = (
    Mutant("a key to any organisation's row", """alter table gr.account add unique (id);
           alter table gr.post add constraint loose foreign key (account_id)
             references gr.account (id) not valid""", ()),
    Mutant("a key to any client's row", """alter table gr.account add unique (organisation_id, id);
           alter table gr.post add constraint loose foreign key (organisation_id, account_id)
             references gr.account (organisation_id, id) not valid""", ()),
    Mutant("a key that takes the tenant away", """alter table gr.post add constraint loose
           foreign key (organisation_id, client_id, job_id) references gr.job on delete set null not valid""", ()),
    Mutant("a name unique over all organisations", 'create unique index on gr."character" (handle)', ()),
)  # fmt: skip

MUTANTS = POLICIES + SWITCHES + ROLES + GRANTS + FUNCTIONS + KEYS
