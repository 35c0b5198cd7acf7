-- Versions of definitions (characters, clients' settings; later screens, workflows, rules): what each said, who made it
-- so and why. Append-only for the application. No reference to the definition itself, so that its deletion leaves them.

create table gr.definition_version (
  organisation_id uuid not null,
  client_id uuid not null,
  kind text not null check (kind ~ '^[a-z]+(_[a-z]+)*$' and length(kind) <= 40),
  definition_id uuid not null,
  number int not null check (number >= 1),
  -- The version before must be there: numbers have no holes, whoever writes.
  previous int generated always as (nullif(number - 1, 0)) stored,
  document jsonb not null check (jsonb_typeof(document) = 'object'),
  author text not null,
  author_id uuid,
  reason text not null default '' check (length(reason) <= 2000),
  at timestamptz not null,
  primary key (organisation_id, client_id, kind, definition_id, number),
  foreign key (organisation_id, client_id) references gr.client (organisation_id, id),
  foreign key (organisation_id, client_id, kind, definition_id, previous)
    references gr.definition_version (organisation_id, client_id, kind, definition_id, number)
);
select gr.secure('gr.definition_version');
revoke update, delete on gr.definition_version from greenroom_app;
select gr.expose('gr.definition_version');

-- Which organisations have definitions, for the command on the server that exports them.
create function gr.organisations_with_definitions() returns setof uuid
  language sql stable security definer set search_path = gr, pg_temp
  as $$ select distinct v.organisation_id from gr.definition_version v $$;
select gr.definer('gr.organisations_with_definitions()');
