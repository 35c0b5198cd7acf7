-- How much an account may post: its ramp, its cap a day and the distance between two posts; and the buckets that all
-- workers take from before they call a platform.

alter table gr.account
  -- The first day of a new account's ramp, in its client's zone; null for one that is not ramped (any more).
  add column ramp_from date,
  add column daily_cap int not null default 25 check (daily_cap between 1 and 500),
  add column minutes_apart int not null default 0 check (minutes_apart between 0 and 1440);

-- A post that is due may have to wait for the one before it; its due time stays what was asked for.
alter table gr.post add column not_before timestamptz;
drop index gr.post_due;
create index post_due on gr.post (greatest(due_at, coalesce(not_before, due_at))) where state = 'scheduled';
create index post_account_due on gr.post (organisation_id, client_id, account_id, due_at);

drop function gr.due_posts(int);
create function gr.due_posts(most int) returns table (organisation_id uuid, client_id uuid, id uuid)
  language sql volatile security definer set search_path = gr, pg_temp
  as $$ select p.organisation_id, p.client_id, p.id from gr.post p
        join gr.client c on (c.organisation_id, c.id) = (p.organisation_id, p.client_id)
        join gr.organisation o on o.id = p.organisation_id
        where p.state = 'scheduled' and greatest(p.due_at, coalesce(p.not_before, p.due_at)) <= now()
          and c.status = 'active' and o.status = 'active'
        order by greatest(p.due_at, coalesce(p.not_before, p.due_at)) limit most for update of p skip locked $$;
select gr.definer('gr.due_posts(int)');

-- One bucket an account and operation, filled to `capacity` and refilled at `refill` a second. A platform that says
-- "slow down" closes it until `closed_until`.
create table gr.rate_bucket (
  organisation_id uuid not null,
  client_id uuid not null,
  account_id uuid not null,
  operation text not null check (operation ~ '^[a-z][a-z._]{0,59}$'),
  capacity double precision not null check (capacity >= 1),
  refill double precision not null check (refill > 0),
  level double precision not null check (level >= 0),
  filled_at timestamptz not null default clock_timestamp(),
  closed_until timestamptz,
  primary key (organisation_id, client_id, account_id, operation),
  foreign key (organisation_id, client_id, account_id) references gr.account (organisation_id, client_id, id)
);
select gr.secure('gr.rate_bucket');
