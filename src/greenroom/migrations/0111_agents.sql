-- Agents: the programs beside the phones. Each belongs to one organisation and signs in with its own key.

create table gr.agent (
  organisation_id uuid not null references gr.organisation (id),
  id uuid not null,
  name text not null check (length(name) between 1 and 120),
  -- Of the one-time code that it is enrolled with; gone once that was used.
  code_hash bytea unique check (length(code_hash) = 32),
  code_expires_at timestamptz,
  public_key bytea check (length(public_key) = 32), -- Ed25519
  program text not null default '' check (length(program) <= 120),
  made_by uuid,
  enrolled_at timestamptz,
  revoked_at timestamptz,
  -- The one connection that speaks for it; it is over when it was not heard of for a while.
  connection_id uuid,
  last_seen_at timestamptz,
  created_at timestamptz not null default now(),
  primary key (organisation_id, id),
  foreign key (organisation_id, made_by) references gr.app_user (organisation_id, id),
  check ((public_key is null) = (enrolled_at is null)),
  check ((code_hash is null) = (code_expires_at is null)),
  check (connection_id is null or last_seen_at is not null)
);
select gr.secure('gr.agent', by => 'organisation');
select gr.expose('gr.agent');

create function gr.agent_by_code(hash bytea) returns table (organisation_id uuid, id uuid)
  language sql stable security definer set search_path = gr, pg_temp
  as $$ select a.organisation_id, a.id from gr.agent a where a.code_hash = hash $$;
select gr.definer('gr.agent_by_code(bytea)');

create function gr.agent_place(agent uuid) returns table (organisation_id uuid)
  language sql stable security definer set search_path = gr, pg_temp
  as $$ select a.organisation_id from gr.agent a where a.id = agent and a.public_key is not null $$;
select gr.definer('gr.agent_place(uuid)');

-- Agents whose connection was not heard of for `patience`.
create function gr.agents_silent(patience interval, most int) returns table (organisation_id uuid, id uuid)
  language sql stable security definer set search_path = gr, pg_temp
  as $$ select a.organisation_id, a.id from gr.agent a
        where a.connection_id is not null and a.last_seen_at < clock_timestamp() - patience
        order by a.last_seen_at limit most $$;
select gr.definer('gr.agents_silent(interval, int)');
