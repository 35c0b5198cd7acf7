-- The ground under every room: row-level security helpers, organisations, clients, users, sessions, events.
-- Roles greenroom_owner, greenroom_app and greenroom_lookup exist already (infra/postgres/roles.sql).

grant usage on schema gr to greenroom_app, greenroom_lookup;

-- The scope of the transaction. After a transaction a setting reads '', not null.
create function gr.organisation() returns uuid language sql stable parallel safe
  as $$ select nullif(current_setting('gr.organisation', true), '')::uuid $$;
create function gr.clients() returns uuid[] language sql stable parallel safe
  as $$ select coalesce(nullif(current_setting('gr.clients', true), '')::uuid[], '{}') $$;

-- Puts a table under row-level security, forced, and gives the application its rights.
create procedure gr.secure_table(tab regclass, by_client boolean) language plpgsql as $$
declare
  condition text := 'organisation_id = (select gr.organisation())';
begin
  if by_client then
    condition := condition || ' and client_id = any((select gr.clients())::uuid[])';
  end if;
  execute format('alter table %s enable row level security', tab);
  execute format('alter table %s force row level security', tab);
  execute format('create policy tenant on %s to greenroom_app using (%s) with check (%s)', tab, condition, condition);
  execute format('grant select, insert, update, delete on %s to greenroom_app', tab);
end $$;

create function gr.secure(tab regclass, by text default 'client') returns void language plpgsql as $$
begin
  if by not in ('client', 'organisation') then raise exception 'by is client or organisation, not %', by; end if;
  call gr.secure_table(tab, by = 'client');
end $$;

-- Lets the lookup role, which owns the security-definer functions, read a table across tenants.
create function gr.expose(tab regclass, verbs text default 'select') returns void language plpgsql as $$
begin
  execute format('create policy lookup on %s to greenroom_lookup using (true) with check (true)', tab);
  execute format('grant %s on %s to greenroom_lookup', verbs, tab);
end $$;

-- Finishes a security-definer function: owned by the lookup role, callable by the application only.
create function gr.definer(f regprocedure) returns void language plpgsql as $$
begin
  execute format('revoke all on function %s from public', f);
  execute format('grant execute on function %s to greenroom_app', f);
  execute format('grant create on schema gr to greenroom_lookup');
  execute format('alter function %s owner to greenroom_lookup', f);
  execute format('revoke create on schema gr from greenroom_lookup');
end $$;
revoke all on procedure gr.secure_table(regclass, boolean) from public;
revoke all on function gr.secure(regclass, text), gr.expose(regclass, text), gr.definer(regprocedure) from public;

-- Organisation > client > everything else.
create table gr.organisation (
  id uuid primary key,
  name text not null check (length(name) between 1 and 200),
  zone text not null default 'UTC',
  demo boolean not null default false,
  settings jsonb not null default '{}',
  status text not null default 'active' check (status in ('active', 'closed')),
  version int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
alter table gr.organisation enable row level security;
alter table gr.organisation force row level security;
create policy tenant on gr.organisation to greenroom_app
  using (id = (select gr.organisation())) with check (id = (select gr.organisation()));
grant select, insert, update on gr.organisation to greenroom_app;

create table gr.client (
  organisation_id uuid not null references gr.organisation (id),
  id uuid not null,
  name text not null check (length(name) between 1 and 200),
  colour text not null default '#3f6b4f' check (colour ~ '^#[0-9a-f]{6}$'),
  zone text not null default 'UTC',
  status text not null default 'active' check (status in ('active', 'archived')),
  rules jsonb not null default '{}',
  version int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (organisation_id, id)
);
-- Every member of an organisation may know its clients' ids; which of them a person sees is access.
select gr.secure('gr.client', by => 'organisation');

create table gr.app_user (
  organisation_id uuid not null references gr.organisation (id),
  id uuid not null,
  email text not null check (email = lower(email) and length(email) between 3 and 320),
  name text not null check (length(name) between 1 and 200),
  role text not null check (role in ('super', 'admin', 'member', 'viewer')),
  status text not null default 'active' check (status in ('invited', 'active', 'disabled')),
  zone text not null default 'UTC',
  password_hash text,
  version int not null default 1,
  last_seen_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (organisation_id, id)
);
create unique index app_user_email on gr.app_user (organisation_id, email);
create index app_user_by_email on gr.app_user (email);
select gr.secure('gr.app_user', by => 'organisation');

create table gr.client_access (
  organisation_id uuid not null,
  client_id uuid not null,
  user_id uuid not null,
  level text not null check (level in ('full', 'limited', 'read')),
  created_at timestamptz not null default now(),
  primary key (organisation_id, client_id, user_id),
  foreign key (organisation_id, client_id) references gr.client (organisation_id, id),
  foreign key (organisation_id, user_id) references gr.app_user (organisation_id, id) on delete cascade
);
select gr.secure('gr.client_access', by => 'organisation');

create table gr.session (
  organisation_id uuid not null,
  user_id uuid not null,
  id uuid not null,
  token_hash bytea not null unique,
  created_at timestamptz not null default now(),
  used_at timestamptz not null default now(),
  expires_at timestamptz not null,
  agent text not null default '',
  address text not null default '',
  primary key (organisation_id, id),
  foreign key (organisation_id, user_id) references gr.app_user (organisation_id, id) on delete cascade
);
select gr.secure('gr.session', by => 'organisation');

-- Links that work once: the first administrator, an invitation, a new password.
create table gr.once_link (
  organisation_id uuid references gr.organisation (id),
  user_id uuid,
  id uuid primary key,
  purpose text not null check (purpose in ('first_run', 'password')),
  token_hash bytea not null unique,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  used_at timestamptz,
  foreign key (organisation_id, user_id) references gr.app_user (organisation_id, id) on delete cascade
);
alter table gr.once_link enable row level security;
alter table gr.once_link force row level security;
-- The first-run link belongs to nobody yet: organisation_id is null until an administrator exists.
create policy tenant on gr.once_link to greenroom_app
  using (organisation_id = (select gr.organisation()) or organisation_id is null)
  with check (organisation_id = (select gr.organisation()) or organisation_id is null);
grant select, insert, update, delete on gr.once_link to greenroom_app;

-- Failed sign-ins by address and by account; no tenant is known yet when they happen.
create table gr.throttle (
  key bytea primary key,
  tokens double precision not null,
  at timestamptz not null default now()
);
grant select, insert, update, delete on gr.throttle to greenroom_app;

-- What happened, for people and for live pages. `xid` orders by commit horizon: a reader that stays below the
-- oldest running transaction loses no event, whatever the order of commits.
create table gr.event (
  organisation_id uuid not null references gr.organisation (id),
  client_id uuid,
  id uuid not null,
  xid xid8 not null default pg_current_xact_id(),
  kind text not null,
  severity text not null default 'info' check (severity in ('info', 'warning', 'error', 'critical')),
  subject_type text,
  subject_id uuid,
  message text not null default '',
  data jsonb not null default '{}',
  actor text not null,
  at timestamptz not null default now(),
  primary key (organisation_id, id),
  foreign key (organisation_id, client_id) references gr.client (organisation_id, id)
);
create index event_order on gr.event (organisation_id, xid, id);
alter table gr.event enable row level security;
alter table gr.event force row level security;
create policy tenant on gr.event to greenroom_app
  using (organisation_id = (select gr.organisation())
         and (client_id is null or client_id = any((select gr.clients())::uuid[])))
  with check (organisation_id = (select gr.organisation())
         and (client_id is null or client_id = any((select gr.clients())::uuid[])));
grant select, insert on gr.event to greenroom_app;

-- Sign-in looks across tenants, and gets back only where to look.
select gr.expose('gr.app_user'), gr.expose('gr.session'), gr.expose('gr.once_link'), gr.expose('gr.organisation');

create function gr.user_by_email(address text) returns table (organisation_id uuid, id uuid)
  language sql stable security definer set search_path = gr, pg_temp
  as $$ select u.organisation_id, u.id from gr.app_user u where u.email = lower(address) $$;
select gr.definer('gr.user_by_email(text)');

create function gr.session_by_token(hash bytea) returns table (organisation_id uuid, id uuid)
  language sql stable security definer set search_path = gr, pg_temp
  as $$ select s.organisation_id, s.id from gr.session s where s.token_hash = hash $$;
select gr.definer('gr.session_by_token(bytea)');

create function gr.link_by_token(hash bytea) returns table (organisation_id uuid, id uuid)
  language sql stable security definer set search_path = gr, pg_temp
  as $$ select l.organisation_id, l.id from gr.once_link l where l.token_hash = hash $$;
select gr.definer('gr.link_by_token(bytea)');

-- Forgets sign-ins that are over: ended sessions, old links, buckets that have long been full again.
grant select, delete on gr.throttle to greenroom_lookup;
grant delete on gr.session, gr.once_link to greenroom_lookup;
create function gr.tidy_sign_ins() returns void
  language sql volatile security definer set search_path = gr, pg_temp
  as $$ delete from gr.throttle where at < now() - interval '1 day';
        delete from gr.session where expires_at < now();
        delete from gr.once_link where expires_at < now() - interval '30 days' $$;
select gr.definer('gr.tidy_sign_ins()');

-- Whether an administrator of a real (not demo) organisation exists.
create function gr.administrator_exists() returns boolean
  language sql stable security definer set search_path = gr, pg_temp
  as $$ select exists (select from gr.app_user u join gr.organisation o on o.id = u.organisation_id
                       where u.role = 'super' and u.password_hash is not null and not o.demo) $$;
select gr.definer('gr.administrator_exists()');

create function gr.demo_organisation() returns uuid
  language sql stable security definer set search_path = gr, pg_temp
  as $$ select id from gr.organisation where demo order by created_at limit 1 $$;
select gr.definer('gr.demo_organisation()');
