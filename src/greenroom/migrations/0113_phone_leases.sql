-- Who holds which phone. The epoch rises with every change of the holder, also to nobody; input of a lower one is
-- refused at the phone.

create table gr.phone_lease (
  organisation_id uuid not null references gr.organisation (id),
  client_id uuid, -- the phone's
  phone_id uuid not null,
  epoch bigint not null default 0 check (epoch >= 0),
  holder_kind text check (holder_kind in ('person', 'workflow')),
  holder_id uuid,
  taken_at timestamptz,
  expires_at timestamptz,
  input_at timestamptz,
  idle_asked_at timestamptz, -- since when it waits for an answer to "are you still there?"
  asked_by uuid, -- who wants it next
  asked_at timestamptz,
  asked_note text check (length(asked_note) <= 300),
  primary key (organisation_id, phone_id),
  foreign key (organisation_id, client_id, phone_id) references gr.phone (organisation_id, client_id, id)
    on update cascade,
  foreign key (organisation_id, asked_by) references gr.app_user (organisation_id, id),
  check (num_nonnulls(holder_kind, holder_id, taken_at, expires_at, input_at) in (0, 5)),
  check (holder_kind is not null or num_nonnulls(idle_asked_at, asked_by, asked_at, asked_note) = 0),
  check (num_nonnulls(asked_by, asked_at, asked_note) in (0, 3))
);
create index phone_lease_expiry on gr.phone_lease (expires_at) where holder_kind is not null;
alter table gr.phone_lease enable row level security;
alter table gr.phone_lease force row level security;
create policy tenant on gr.phone_lease to greenroom_app
  using (organisation_id = (select gr.organisation())
         and (client_id is null or client_id = any((select gr.clients())::uuid[])))
  with check (organisation_id = (select gr.organisation())
         and (client_id is null or client_id = any((select gr.clients())::uuid[])));
grant select, insert, update, delete on gr.phone_lease to greenroom_app;
select gr.expose('gr.phone_lease');

create function gr.phone_epoch_rises() returns trigger language plpgsql set search_path = gr, pg_temp as $$
begin
  if new.epoch < old.epoch or (new.epoch = old.epoch and (new.holder_kind, new.holder_id, new.taken_at)
                               is distinct from (old.holder_kind, old.holder_id, old.taken_at)) then
    raise exception 'a phone changes its holder with a higher epoch only';
  end if;
  return new;
end $$;
revoke all on function gr.phone_epoch_rises() from public;
create trigger phone_epoch_rises before update on gr.phone_lease
  for each row execute function gr.phone_epoch_rises();

-- Leases that ended, each with its reason. They stay with the client that had the phone then.
create table gr.phone_lease_past (
  organisation_id uuid not null references gr.organisation (id),
  client_id uuid,
  phone_id uuid not null,
  epoch bigint not null check (epoch > 0),
  holder_kind text not null check (holder_kind in ('person', 'workflow')),
  holder_id uuid not null,
  taken_at timestamptz not null,
  ended_at timestamptz not null,
  reason text not null
    check (reason in ('released', 'handed_over', 'broken_in', 'idle', 'expired', 'moved')),
  why text not null default '' check (length(why) <= 300),
  ended_by uuid, -- null: the holder, or a rule
  primary key (organisation_id, phone_id, epoch),
  check (reason <> 'broken_in' or (why <> '' and ended_by is not null))
);
alter table gr.phone_lease_past enable row level security;
alter table gr.phone_lease_past force row level security;
create policy tenant on gr.phone_lease_past to greenroom_app
  using (organisation_id = (select gr.organisation())
         and (client_id is null or client_id = any((select gr.clients())::uuid[])))
  with check (organisation_id = (select gr.organisation())
         and (client_id is null or client_id = any((select gr.clients())::uuid[])));
grant select, insert on gr.phone_lease_past to greenroom_app;

-- Leases that are over, and those of people of whom nothing was heard for `idle`, asked or not.
create function gr.phone_leases_to_settle(idle interval, grace interval, most int)
  returns table (organisation_id uuid, client_id uuid, phone_id uuid)
  language sql stable security definer set search_path = gr, pg_temp
  as $$ select l.organisation_id, l.client_id, l.phone_id from gr.phone_lease l
        where l.holder_kind is not null
          and (l.expires_at <= clock_timestamp()
               or (l.holder_kind = 'person' and l.input_at <= clock_timestamp() - idle
                   and (l.idle_asked_at is null or l.idle_asked_at <= clock_timestamp() - grace)))
        order by l.expires_at limit most $$;
select gr.definer('gr.phone_leases_to_settle(interval, interval, int)');
