-- Sign-in beyond a password: authenticator apps, recovery codes, passkeys, and the challenges between two steps.

-- When the person last showed who they are; what changes the sign-in itself asks again after a while.
alter table gr.session add column confirmed_at timestamptz not null default now();

-- One app per person. Its shared secret lies in the vault; it is asked for once a code of it was right.
create table gr.authenticator_app (
  organisation_id uuid not null,
  user_id uuid not null,
  secret_id uuid not null,
  active_at timestamptz,
  last_step bigint not null default 0,
  created_at timestamptz not null default now(),
  primary key (organisation_id, user_id),
  foreign key (organisation_id, user_id) references gr.app_user (organisation_id, id) on delete cascade
);
select gr.secure('gr.authenticator_app', by => 'organisation');

create table gr.recovery_code (
  organisation_id uuid not null,
  user_id uuid not null,
  code_hash bytea not null,
  used_at timestamptz,
  primary key (organisation_id, user_id, code_hash),
  foreign key (organisation_id, user_id) references gr.app_user (organisation_id, id) on delete cascade
);
select gr.secure('gr.recovery_code', by => 'organisation');

create table gr.passkey (
  organisation_id uuid not null,
  user_id uuid not null,
  id uuid not null,
  credential_id bytea not null,
  public_key bytea not null,
  sign_count bigint not null default 0,
  name text not null check (length(name) between 1 and 200),
  transports text[] not null default '{}',
  synced boolean not null default false,
  created_at timestamptz not null default now(),
  used_at timestamptz,
  primary key (organisation_id, id),
  unique (organisation_id, credential_id),
  foreign key (organisation_id, user_id) references gr.app_user (organisation_id, id) on delete cascade
);
create index passkey_by_user on gr.passkey (organisation_id, user_id);
select gr.secure('gr.passkey', by => 'organisation');

-- What the server asked and waits for. Whoever signs in with a passkey is nobody yet: organisation_id is null then.
create table gr.sign_in_challenge (
  organisation_id uuid,
  user_id uuid,
  id uuid primary key,
  purpose text not null check (purpose in ('second_factor', 'passkey_add', 'passkey_sign_in')),
  hash bytea not null unique,
  tries int not null default 0,
  expires_at timestamptz not null,
  foreign key (organisation_id, user_id) references gr.app_user (organisation_id, id) on delete cascade
);
alter table gr.sign_in_challenge enable row level security;
alter table gr.sign_in_challenge force row level security;
create policy tenant on gr.sign_in_challenge to greenroom_app
  using (organisation_id = (select gr.organisation()) or organisation_id is null)
  with check (organisation_id = (select gr.organisation()) or organisation_id is null);
grant select, insert, update, delete on gr.sign_in_challenge to greenroom_app;
select gr.expose('gr.sign_in_challenge', 'select, delete');

create function gr.challenge_by_hash(asked bytea) returns table (organisation_id uuid, id uuid)
  language sql stable security definer set search_path = gr, pg_temp
  as $$ select c.organisation_id, c.id from gr.sign_in_challenge c where c.hash = asked $$;
select gr.definer('gr.challenge_by_hash(bytea)');

create function gr.tidy_challenges() returns void
  language sql volatile security definer set search_path = gr, pg_temp
  as $$ delete from gr.sign_in_challenge where expires_at < now() - interval '1 hour' $$;
select gr.definer('gr.tidy_challenges()');
