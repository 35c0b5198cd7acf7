-- What a phone shows and where it hangs, why it is in its state, what happened to it; the apps that only a person tends.

alter table gr.phone
  add column front text not null default '' check (length(front) <= 120), -- the app in front
  add column port text not null default '' check (length(port) <= 120), -- on its computer's USB, hubs first
  -- Why people set its state, who, and when they did; null while nobody ever has.
  add column state_why text not null default '' check (length(state_why) <= 300),
  add column state_by uuid,
  add column state_at timestamptz,
  add foreign key (organisation_id, state_by) references gr.app_user (organisation_id, id);

-- Leases are not among it: they stand in gr.phone_lease and gr.phone_lease_past, and are read beside it.
create table gr.phone_history (
  organisation_id uuid not null references gr.organisation (id),
  client_id uuid, -- that had the phone then
  phone_id uuid not null,
  id uuid not null,
  kind text not null check (kind in ('came', 'went', 'given', 'left', 'state')),
  why text not null default '' check (length(why) <= 300),
  was text not null default '' check (length(was) <= 40), -- of a state
  becomes text not null default '' check (length(becomes) <= 40),
  by_id uuid, -- null: nobody's doing
  at timestamptz not null default clock_timestamp(),
  primary key (organisation_id, id)
);
create index phone_history_phone on gr.phone_history (organisation_id, phone_id, at desc, id desc);
create index phone_history_old on gr.phone_history (at) where kind in ('came', 'went');
alter table gr.phone_history enable row level security;
alter table gr.phone_history force row level security;
create policy tenant on gr.phone_history to greenroom_app
  using (organisation_id = (select gr.organisation())
         and (client_id is null or client_id = any((select gr.clients())::uuid[])))
  with check (organisation_id = (select gr.organisation())
         and (client_id is null or client_id = any((select gr.clients())::uuid[])));
grant select, insert on gr.phone_history to greenroom_app;
select gr.expose('gr.phone_history', 'select, delete');

create function gr.tidy_phone_history() returns void
  language sql volatile security definer set search_path = gr, pg_temp
  as $$ delete from gr.phone_history where kind in ('came', 'went') and at < now() - interval '90 days' $$;
select gr.definer('gr.tidy_phone_history()');

-- Apps that an organisation tends by hand besides those that ship with Greenroom.
create table gr.attended_app (
  organisation_id uuid not null references gr.organisation (id),
  id uuid not null,
  app text not null check (length(app) between 3 and 120 and app = lower(app)),
  name text not null default '' check (length(name) <= 120),
  added_by uuid,
  created_at timestamptz not null default now(),
  primary key (organisation_id, id),
  unique (organisation_id, app),
  foreign key (organisation_id, added_by) references gr.app_user (organisation_id, id)
);
select gr.secure('gr.attended_app', by => 'organisation');
