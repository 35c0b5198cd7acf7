-- Outgoing webhooks: endpoints that are told what happened, and each delivery with its answers.

-- client_id is null for an endpoint that is told everything of the organisation. It may see what `user_id`, who answers
-- for it, manages at that moment. `after_xid` and `after_id` are its place in the events.
create table gr.webhook (
  organisation_id uuid not null references gr.organisation (id),
  client_id uuid,
  id uuid not null,
  user_id uuid not null,
  address text not null check (length(address) between 1 and 2000),
  description text not null default '' check (length(description) <= 200),
  kinds text[] not null check (cardinality(kinds) between 1 and 20),
  active boolean not null default true,
  disabled_reason text check (length(disabled_reason) between 1 and 500),
  secret_id uuid not null,
  -- After a rotation the old secret signs too, for a while.
  previous_secret_id uuid,
  previous_until timestamptz,
  after_xid xid8 not null,
  after_id uuid not null,
  failing_since timestamptz,
  -- Whoever delivers holds `claim` until `rests_until`; without a claim the endpoint is left in peace until then.
  claim uuid,
  rests_until timestamptz not null default now(),
  version int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (organisation_id, id),
  unique (organisation_id, client_id, id),
  foreign key (organisation_id, client_id) references gr.client (organisation_id, id),
  foreign key (organisation_id, user_id) references gr.app_user (organisation_id, id),
  check (disabled_reason is null or not active),
  check ((previous_secret_id is null) = (previous_until is null))
);
alter table gr.webhook enable row level security;
alter table gr.webhook force row level security;
create policy tenant on gr.webhook to greenroom_app
  using (organisation_id = (select gr.organisation())
         and (client_id is null or client_id = any((select gr.clients())::uuid[])))
  with check (organisation_id = (select gr.organisation())
         and (client_id is null or client_id = any((select gr.clients())::uuid[])));
grant select, insert, update, delete on gr.webhook to greenroom_app;

-- client_id is its endpoint's. `failed` is tried again at `next_at`, `dead` is not. `since` is when this round of
-- attempts began: a person may ask for another one, and what a person asks for goes first.
create table gr.webhook_delivery (
  organisation_id uuid not null,
  client_id uuid,
  webhook_id uuid not null,
  id uuid not null,
  event_xid xid8 not null,
  event_id uuid not null,
  kind text not null,
  state text not null default 'pending' check (state in ('pending', 'delivered', 'failed', 'dead')),
  attempts int not null default 0 check (attempts >= 0),
  next_at timestamptz not null default now(),
  since timestamptz not null default now(),
  by_hand boolean not null default false,
  status int check (status between 100 and 999),
  answer text not null default '' check (length(answer) <= 1024),
  error text not null default '' check (length(error) <= 500),
  duration_ms int check (duration_ms >= 0),
  tried_at timestamptz,
  created_at timestamptz not null default now(),
  delivered_at timestamptz,
  primary key (organisation_id, id),
  unique (organisation_id, webhook_id, event_id),
  foreign key (organisation_id, client_id, webhook_id) references gr.webhook (organisation_id, client_id, id),
  foreign key (organisation_id, client_id) references gr.client (organisation_id, id),
  check ((state = 'delivered') = (delivered_at is not null))
);
create index webhook_delivery_newest on gr.webhook_delivery (organisation_id, webhook_id, created_at desc, id desc);
create index webhook_delivery_waiting on gr.webhook_delivery (organisation_id, webhook_id, event_xid, event_id)
  where state in ('pending', 'failed');
create index webhook_delivery_age on gr.webhook_delivery (created_at);
alter table gr.webhook_delivery enable row level security;
alter table gr.webhook_delivery force row level security;
create policy tenant on gr.webhook_delivery to greenroom_app
  using (organisation_id = (select gr.organisation())
         and (client_id is null or client_id = any((select gr.clients())::uuid[])))
  with check (organisation_id = (select gr.organisation())
         and (client_id is null or client_id = any((select gr.clients())::uuid[])));
grant select, insert, update, delete on gr.webhook_delivery to greenroom_app;

-- The deliverer asks for all tenants which endpoints have something to hear, and gets back only where to look.
select gr.expose('gr.webhook'), gr.expose('gr.webhook_delivery', 'select, delete'), gr.expose('gr.event');
create function gr.webhooks_due(most int) returns table (organisation_id uuid, client_id uuid, id uuid)
  language sql stable security definer set search_path = gr, pg_temp
  as $$ select w.organisation_id, w.client_id, w.id from gr.webhook w
        where w.active and w.rests_until <= now()
          and (exists (select from gr.webhook_delivery d
                       where d.organisation_id = w.organisation_id and d.webhook_id = w.id
                         and d.state in ('pending', 'failed') and d.next_at <= now())
               or exists (select from gr.event e
                          where e.organisation_id = w.organisation_id and (e.xid, e.id) > (w.after_xid, w.after_id)
                            and e.xid < pg_snapshot_xmin(pg_current_snapshot())))
        order by w.rests_until, w.id limit most $$;
select gr.definer('gr.webhooks_due(int)');

create function gr.tidy_webhook_deliveries() returns void
  language sql volatile security definer set search_path = gr, pg_temp
  as $$ delete from gr.webhook_delivery
        where created_at < now() - interval '30 days' and state in ('delivered', 'dead') $$;
select gr.definer('gr.tidy_webhook_deliveries()');
