-- Single sign-on with OpenID Connect: an organisation's identity providers, whom they know, and sign-ins under way.

-- How a session began.
alter table gr.session add column method text not null default 'password'
  check (method in ('password', 'passkey', 'link', 'single_sign_on'));
-- What the second step completes.
alter table gr.sign_in_challenge add column method text not null default 'password'
  check (method in ('password', 'link', 'single_sign_on'));

-- The provider's name for us and our secret there (in the vault) are what the organisation registered with it.
-- Nobody new comes in while new_role is null; else those whose verified address lies in one of the domains.
create table gr.identity_provider (
  organisation_id uuid not null references gr.organisation (id),
  id uuid not null,
  name text not null check (length(name) between 1 and 200),
  issuer text not null check (length(issuer) between 1 and 1000),
  oauth_client_id text not null check (length(oauth_client_id) between 1 and 500),
  secret_id uuid,
  enabled boolean not null default false,
  shown boolean not null default true,
  trusts_second_factor boolean not null default false,
  new_role text check (new_role in ('admin', 'member', 'viewer')),
  new_domains text[] not null default '{}',
  version int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (organisation_id, id),
  unique (organisation_id, issuer),
  foreign key (organisation_id, secret_id) references gr.secret (organisation_id, id),
  check ((new_role is null) = (cardinality(new_domains) = 0))
);
select gr.secure('gr.identity_provider', by => 'organisation');
select gr.expose('gr.identity_provider');

-- The clients that new people get, and how far.
create table gr.identity_provider_access (
  organisation_id uuid not null,
  provider_id uuid not null,
  client_id uuid not null,
  level text not null check (level in ('full', 'limited', 'read')),
  primary key (organisation_id, provider_id, client_id),
  foreign key (organisation_id, provider_id) references gr.identity_provider (organisation_id, id) on delete cascade,
  foreign key (organisation_id, client_id) references gr.client (organisation_id, id)
);
select gr.secure('gr.identity_provider_access', by => 'organisation');

-- Who somebody is at an issuer. Made once, by a verified address; from then on only issuer and subject count.
create table gr.identity_link (
  organisation_id uuid not null,
  provider_id uuid not null,
  user_id uuid not null,
  issuer text not null,
  subject text not null check (length(subject) between 1 and 255),
  created_at timestamptz not null default now(),
  used_at timestamptz not null default now(),
  primary key (organisation_id, issuer, subject),
  unique (organisation_id, provider_id, user_id),
  foreign key (organisation_id, provider_id) references gr.identity_provider (organisation_id, id) on delete cascade,
  foreign key (organisation_id, user_id) references gr.app_user (organisation_id, id) on delete cascade
);
create index identity_link_by_user on gr.identity_link (organisation_id, user_id);
select gr.secure('gr.identity_link', by => 'organisation');

-- A browser that was sent to a provider and has to come back. `session_id` when it is to show again who it is.
create table gr.sign_in_redirect (
  organisation_id uuid not null,
  provider_id uuid not null,
  id uuid not null,
  state_hash bytea not null unique,
  browser_hash bytea not null,
  issuer text not null,
  session_id uuid,
  target text not null check (length(target) between 1 and 1000),
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  primary key (organisation_id, id),
  foreign key (organisation_id, provider_id) references gr.identity_provider (organisation_id, id) on delete cascade
);
create index sign_in_redirect_by_provider on gr.sign_in_redirect (organisation_id, provider_id);
select gr.secure('gr.sign_in_redirect', by => 'organisation');
select gr.expose('gr.sign_in_redirect', 'select, delete');

create function gr.identity_provider_place(asked uuid) returns table (organisation_id uuid, id uuid)
  language sql stable security definer set search_path = gr, pg_temp
  as $$ select p.organisation_id, p.id from gr.identity_provider p where p.id = asked and p.enabled $$;
select gr.definer('gr.identity_provider_place(uuid)');

create function gr.shown_identity_providers(most int) returns table (organisation_id uuid, id uuid)
  language sql stable security definer set search_path = gr, pg_temp
  as $$ select p.organisation_id, p.id from gr.identity_provider p
        where p.enabled and p.shown order by p.created_at, p.id limit most $$;
select gr.definer('gr.shown_identity_providers(int)');

create function gr.redirect_by_state(asked bytea) returns table (organisation_id uuid, id uuid)
  language sql stable security definer set search_path = gr, pg_temp
  as $$ select r.organisation_id, r.id from gr.sign_in_redirect r where r.state_hash = asked $$;
select gr.definer('gr.redirect_by_state(bytea)');

create function gr.tidy_redirects() returns void
  language sql volatile security definer set search_path = gr, pg_temp
  as $$ delete from gr.sign_in_redirect where expires_at < now() - interval '1 hour' $$;
select gr.definer('gr.tidy_redirects()');
