-- The inventory of phones: what people say of them, and what their agent saw of them last.

-- client_id is null until somebody gives the phone to a client.
create table gr.phone (
  organisation_id uuid not null references gr.organisation (id),
  client_id uuid,
  id uuid not null,
  agent_id uuid not null,
  serial text not null check (length(serial) between 1 and 120),
  name text not null check (length(name) between 1 and 120),
  label text not null default '' check (length(label) <= 200),
  tags text[] not null default '{}' check (cardinality(tags) <= 30),
  groups text[] not null default '{}' check (cardinality(groups) <= 30),
  state text not null default 'active' check (state in ('active', 'maintenance', 'failed', 'quarantined')),
  platform text not null check (platform in ('android', 'ios')),
  model text not null default '' check (length(model) <= 120),
  system text not null default '' check (length(system) <= 120),
  width int not null default 0 check (width between 0 and 65535),
  height int not null default 0 check (height between 0 and 65535),
  battery smallint check (battery between 0 and 100),
  charging boolean not null default false,
  temperature real, -- degrees Celsius
  storage_free bigint check (storage_free >= 0), -- bytes
  storage_total bigint check (storage_total >= 0),
  alive text not null default 'unknown' check (length(alive) between 1 and 20),
  because text not null default '' check (length(because) <= 200),
  offline_since timestamptz, -- null: it is there
  last_seen_at timestamptz not null default now(),
  version int not null default 1 check (version > 0), -- of what people say, not of what the agent sees
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (organisation_id, id),
  unique (organisation_id, client_id, id),
  unique (organisation_id, agent_id, serial),
  foreign key (organisation_id, client_id) references gr.client (organisation_id, id),
  foreign key (organisation_id, agent_id) references gr.agent (organisation_id, id)
);
create index phone_name on gr.phone (organisation_id, lower(name) collate "C", id);
alter table gr.phone enable row level security;
alter table gr.phone force row level security;
create policy tenant on gr.phone to greenroom_app
  using (organisation_id = (select gr.organisation())
         and (client_id is null or client_id = any((select gr.clients())::uuid[])))
  with check (organisation_id = (select gr.organisation())
         and (client_id is null or client_id = any((select gr.clients())::uuid[])));
grant select, insert, update, delete on gr.phone to greenroom_app;
