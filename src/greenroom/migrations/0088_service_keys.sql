-- Keys of external services: the values lie in gr.secret, here is whose they are, what for and until when.

-- client_id is null for a key that the organisation lends to its clients.
create table gr.service_key (
  organisation_id uuid not null references gr.organisation (id),
  client_id uuid,
  id uuid not null,
  service text not null check (service ~ '^[a-z][a-z0-9_]{0,39}$'),
  secret_id uuid not null,
  active boolean not null default true,
  expires_at timestamptz,
  warned_at timestamptz,
  made_by uuid, -- null: a command on the server
  version int not null default 1 check (version > 0),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (organisation_id, id),
  unique nulls not distinct (organisation_id, client_id, service),
  foreign key (organisation_id, client_id) references gr.client (organisation_id, id),
  -- Holds for a client's key; the organisation's has no client, and one transaction writes and removes both rows.
  foreign key (organisation_id, client_id, secret_id) references gr.secret (organisation_id, client_id, id),
  foreign key (organisation_id, made_by) references gr.app_user (organisation_id, id)
);
create index service_key_expiry on gr.service_key (expires_at) where active;
alter table gr.service_key enable row level security;
alter table gr.service_key force row level security;
create policy tenant on gr.service_key to greenroom_app
  using (organisation_id = (select gr.organisation())
         and (client_id is null or client_id = any((select gr.clients())::uuid[])))
  with check (organisation_id = (select gr.organisation())
         and (client_id is null or client_id = any((select gr.clients())::uuid[])));
grant select, insert, update, delete on gr.service_key to greenroom_app;
select gr.expose('gr.service_key');

-- A row: this client may use the organisation's key of this service where it has none of its own that works.
create table gr.service_share (
  organisation_id uuid not null,
  client_id uuid not null,
  service text not null check (service ~ '^[a-z][a-z0-9_]{0,39}$'),
  created_at timestamptz not null default now(),
  primary key (organisation_id, client_id, service),
  foreign key (organisation_id, client_id) references gr.client (organisation_id, id)
);
select gr.secure('gr.service_share');

-- Keys that end before `soon` and whose people were not told yet; told once before, and once when it is over.
create function gr.service_keys_to_warn(soon timestamptz, at timestamptz)
  returns table (organisation_id uuid, client_id uuid, id uuid)
  language sql stable security definer set search_path = gr, pg_temp
  as $$ select k.organisation_id, k.client_id, k.id from gr.service_key k
        where k.active and k.expires_at <= soon
          and (k.warned_at is null or (k.expires_at <= at and k.warned_at < k.expires_at))
        order by k.expires_at limit 500 $$;
select gr.definer('gr.service_keys_to_warn(timestamptz, timestamptz)');
