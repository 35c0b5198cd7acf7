-- Accounts on platforms elsewhere: who they are there, how we sign in, and whether that still works.

alter table gr.account
  add column needs_reconnect boolean not null default false,
  add column last_error text check (length(last_error) <= 1000),
  add column last_error_at timestamptz,
  add column linked_at timestamptz;
-- One account of a platform is linked once in a client; its platform's id is what it is known by.
create unique index account_remote on gr.account (organisation_id, client_id, platform, remote_id)
  where remote_id is not null and state <> 'closed';

-- How we sign in there. The values themselves lie in the vault; who renews a session locks this row.
create table gr.account_login (
  organisation_id uuid not null,
  client_id uuid not null,
  account_id uuid not null,
  service text not null check (length(service) <= 300 and service ~ '^https?://'),
  password_id uuid not null,
  session_id uuid not null,
  refreshed_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (organisation_id, client_id, account_id),
  foreign key (organisation_id, client_id, account_id) references gr.account (organisation_id, client_id, id),
  foreign key (organisation_id, client_id, password_id) references gr.secret (organisation_id, client_id, id),
  foreign key (organisation_id, client_id, session_id) references gr.secret (organisation_id, client_id, id)
);
select gr.secure('gr.account_login');
