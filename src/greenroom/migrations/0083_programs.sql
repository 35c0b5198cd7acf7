-- Programs as callers: tokens with scopes, and the answers to requests that carry an idempotency key.

create table gr.api_token (
  organisation_id uuid not null,
  id uuid not null,
  user_id uuid not null,
  name text not null check (length(name) between 1 and 200),
  token_hash bytea not null unique check (length(token_hash) = 32),
  hint text not null check (length(hint) between 1 and 20),
  scopes text[] not null check (cardinality(scopes) between 1 and 20),
  -- Null: every client that its person sees, those of tomorrow included.
  clients uuid[],
  expires_at timestamptz not null,
  used_at timestamptz,
  used_from text not null default '',
  created_at timestamptz not null default now(),
  primary key (organisation_id, id),
  foreign key (organisation_id, user_id) references gr.app_user (organisation_id, id) on delete cascade
);
select gr.secure('gr.api_token', by => 'organisation');
select gr.expose('gr.api_token');

create function gr.token_by_hash(hash bytea) returns table (organisation_id uuid, id uuid)
  language sql stable security definer set search_path = gr, pg_temp
  as $$ select t.organisation_id, t.id from gr.api_token t where t.token_hash = hash $$;
select gr.definer('gr.token_by_hash(bytea)');

-- The row is written before the work and completed after it, in the same transaction: a second request with the same
-- key waits for the first one's end, and then finds either its answer or nothing.
create table gr.idempotent_answer (
  organisation_id uuid not null,
  user_id uuid not null,
  key text not null check (length(key) between 1 and 200),
  request_hash bytea not null check (length(request_hash) = 32),
  status int,
  type text,
  body bytea,
  created_at timestamptz not null default now(),
  primary key (organisation_id, user_id, key),
  foreign key (organisation_id, user_id) references gr.app_user (organisation_id, id) on delete cascade
);
create index idempotent_answer_age on gr.idempotent_answer (created_at);
select gr.secure('gr.idempotent_answer', by => 'organisation');
select gr.expose('gr.idempotent_answer', 'select, delete');

create function gr.tidy_idempotent_answers() returns void
  language sql volatile security definer set search_path = gr, pg_temp
  as $$ delete from gr.idempotent_answer where created_at < now() - interval '24 hours' $$;
select gr.definer('gr.tidy_idempotent_answers()');
