-- Greenroom's three roles and their rights in the database that you are connected to. An administrator runs it once
-- for a database elsewhere; the embedded server runs it by itself. It may be run again at any time.
--
--   createdb greenroom
--   PGOPTIONS="-c greenroom.owner_password=... -c greenroom.app_password=..." psql -d greenroom -f roles.sql
--
-- greenroom_owner   owns the database and the schema gr; runs migrations
-- greenroom_app     what servers and workers sign in as; owns nothing, cannot bypass row-level security
-- greenroom_lookup  nobody signs in as it; owns the few functions that look across tenants
do $$
declare
  role_name text;
  secret text;
begin
  foreach role_name in array array['greenroom_owner', 'greenroom_app', 'greenroom_lookup'] loop
    if not exists (select from pg_roles where rolname = role_name) then
      execute format('create role %I', role_name);
    end if;
    execute format('alter role %I nocreatedb nocreaterole noinherit %s', role_name,
                   case role_name when 'greenroom_lookup' then 'nologin' else 'login' end);
    -- A hosted PostgreSQL lets only its superuser touch these two, so they are changed only where they are wrong.
    if exists (select from pg_roles where rolname = role_name and (rolsuper or rolbypassrls)) then
      execute format('alter role %I nosuperuser nobypassrls', role_name);
    end if;
    execute format('alter role %I set search_path = gr, pg_temp', role_name);
    secret := nullif(current_setting(replace(role_name, '_', '.') || '_password', true), '');
    if secret is not null then
      execute format('alter role %I password %L', role_name, secret);
    end if;
  end loop;

  -- The owner hands functions over to the lookup role but never acts with its rights.
  if current_setting('server_version_num')::int >= 160000 then
    execute 'grant greenroom_lookup to greenroom_owner with inherit false, set true';
  else
    grant greenroom_lookup to greenroom_owner;
  end if;

  execute format('revoke all on database %I from public', current_database());
  execute format('grant connect on database %I to greenroom_app', current_database());
  revoke all on schema public from public;
  execute format('alter database %I owner to greenroom_owner', current_database());
end $$;
