-- The vault: secrets sealed under a data key per organisation; the master key that wraps those lies elsewhere.

-- The newest version seals, all that are there open. An erased key stays as a row without its key, so that what it
-- sealed is known to be gone for good.
create table gr.data_key (
  organisation_id uuid not null references gr.organisation (id),
  version int not null check (version > 0),
  wrapped bytea,
  wrapped_by text check (length(wrapped_by) between 1 and 200), -- the master key's id, which tells nothing of it
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  erased_at timestamptz,
  primary key (organisation_id, version),
  check ((wrapped is null) = (wrapped_by is null)),
  check ((wrapped is null) = (erased_at is not null))
);
select gr.secure('gr.data_key', by => 'organisation');
select gr.expose('gr.data_key');

-- client_id is null for what the whole organisation uses. `version` counts replacements and is sealed in.
create table gr.secret (
  organisation_id uuid not null references gr.organisation (id),
  client_id uuid,
  id uuid not null,
  kind text not null check (kind ~ '^[a-z][a-z0-9_.]{0,59}$'),
  subject_type text check (length(subject_type) between 1 and 60),
  subject_id uuid,
  sealed bytea not null,
  key_version int not null,
  version int not null default 1 check (version > 0),
  hint text not null default '' check (length(hint) <= 5),
  expires_at timestamptz,
  last_used_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (organisation_id, id),
  unique (organisation_id, client_id, id),
  foreign key (organisation_id, client_id) references gr.client (organisation_id, id),
  foreign key (organisation_id, key_version) references gr.data_key (organisation_id, version),
  check ((subject_type is null) = (subject_id is null))
);
create index secret_subject on gr.secret (organisation_id, subject_type, subject_id);
create index secret_key on gr.secret (organisation_id, key_version, id);
alter table gr.secret enable row level security;
alter table gr.secret force row level security;
create policy tenant on gr.secret to greenroom_app
  using (organisation_id = (select gr.organisation())
         and (client_id is null or client_id = any((select gr.clients())::uuid[])))
  with check (organisation_id = (select gr.organisation())
         and (client_id is null or client_id = any((select gr.clients())::uuid[])));
grant select, insert, update, delete on gr.secret to greenroom_app;

-- What is sealed only moves forward: another value is a higher version, another data key a newer one.
create function gr.secret_moves_forward() returns trigger language plpgsql set search_path = gr, pg_temp as $$
begin
  if new.version < old.version or new.key_version < old.key_version
     or (new.sealed <> old.sealed and new.version = old.version and new.key_version = old.key_version) then
    raise exception 'a secret does not go back to what it was; replace it by a higher version';
  end if;
  return new;
end $$;
revoke all on function gr.secret_moves_forward() from public;
create trigger secret_moves_forward before update on gr.secret
  for each row execute function gr.secret_moves_forward();

-- Which master key each living data key needs: for the check at start, and for wrapping them all anew.
create function gr.vault_keys() returns table (organisation_id uuid, version int, wrapped_by text)
  language sql stable security definer set search_path = gr, pg_temp
  as $$ select k.organisation_id, k.version, k.wrapped_by from gr.data_key k
        where k.erased_at is null order by k.organisation_id, k.version $$;
select gr.definer('gr.vault_keys()');
