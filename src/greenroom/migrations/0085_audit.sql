-- The audit trail: what was changed by whom, chained by hashes and append-only for the application. Personal values
-- stand apart, with a salted digest of each in the chain, so that erasing them leaves the chain whole.

create table gr.audit_entry (
  organisation_id uuid not null references gr.organisation (id),
  number bigint not null check (number >= 1),
  client_id uuid,
  at timestamptz not null,
  actor text not null,
  actor_id uuid,
  action text not null check (action ~ '^[a-z_]+(\.[a-z_]+)+$'),
  subject_type text not null,
  subject_id uuid not null,
  change jsonb not null,
  reason text not null default '' check (length(reason) <= 2000),
  source jsonb not null,
  previous_hash bytea not null check (length(previous_hash) = 32),
  hash bytea not null check (length(hash) = 32),
  primary key (organisation_id, number),
  unique (organisation_id, client_id, number),
  foreign key (organisation_id, client_id) references gr.client (organisation_id, id)
);
create index audit_entry_subject on gr.audit_entry (organisation_id, subject_id, number);
alter table gr.audit_entry enable row level security;
alter table gr.audit_entry force row level security;
create policy tenant on gr.audit_entry to greenroom_app
  using (organisation_id = (select gr.organisation())
         and (client_id is null or client_id = any((select gr.clients())::uuid[])))
  with check (organisation_id = (select gr.organisation())
         and (client_id is null or client_id = any((select gr.clients())::uuid[])));
grant select, insert on gr.audit_entry to greenroom_app;

-- The last entry of each chain. Whoever appends holds this row until the end of the transaction.
create table gr.audit_head (
  organisation_id uuid primary key references gr.organisation (id),
  number bigint not null,
  hash bytea not null check (length(hash) = 32)
);
select gr.secure('gr.audit_head', by => 'organisation');
revoke delete on gr.audit_head from greenroom_app;

create table gr.audit_value (
  organisation_id uuid not null,
  id uuid not null,
  number bigint not null,
  client_id uuid,
  -- Whose value it is: erasing a person erases theirs.
  person_id uuid,
  value jsonb,
  salt bytea,
  primary key (organisation_id, id),
  foreign key (organisation_id, client_id, number) references gr.audit_entry (organisation_id, client_id, number),
  foreign key (organisation_id, client_id) references gr.client (organisation_id, id)
);
create index audit_value_entry on gr.audit_value (organisation_id, number);
create index audit_value_person on gr.audit_value (organisation_id, person_id);
alter table gr.audit_value enable row level security;
alter table gr.audit_value force row level security;
create policy tenant on gr.audit_value to greenroom_app
  using (organisation_id = (select gr.organisation())
         and (client_id is null or client_id = any((select gr.clients())::uuid[])))
  with check (organisation_id = (select gr.organisation())
         and (client_id is null or client_id = any((select gr.clients())::uuid[])));
grant select, insert, update (value, salt) on gr.audit_value to greenroom_app;
