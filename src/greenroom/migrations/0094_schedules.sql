-- Queue slots, and schedules: definitions that fill the calendar from a queue of approved content.

create table gr.slot (
  organisation_id uuid not null,
  client_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  weekday smallint not null check (weekday between 0 and 6), -- 0 is Monday
  at time(0) not null, -- on the wall, in the client's zone
  created_at timestamptz not null default now(),
  primary key (organisation_id, client_id, id),
  foreign key (organisation_id, client_id, account_id) references gr.account (organisation_id, client_id, id)
);
create unique index slot_once on gr.slot (organisation_id, client_id, account_id, weekday, at);
select gr.secure('gr.slot');

create table gr.schedule (
  organisation_id uuid not null,
  client_id uuid not null,
  id uuid not null,
  name text not null check (length(name) between 1 and 120),
  kind text not null check (kind in ('rule', 'window', 'slots')),
  rule text check (length(rule) <= 500),
  start timestamp not null, -- on the wall of `zone`
  zone text not null,
  without date[] not null default '{}',
  opens time(0),
  closes time(0),
  times int check (times between 1 and 24),
  apart_minutes int check (apart_minutes between 0 and 1440),
  seed text not null check (length(seed) between 1 and 40),
  pattern text not null check (pattern in ('each', 'rotate')),
  repeat_queue boolean not null default false,
  misfire text not null check (misfire in ('ask', 'skip')),
  state text not null default 'active' check (state in ('pending', 'active', 'paused', 'completed', 'cancelled')),
  fill_at timestamptz not null default now(), -- when the tick looks at it next
  version int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (organisation_id, client_id, id),
  foreign key (organisation_id, client_id) references gr.client (organisation_id, id),
  check (kind <> 'rule' or rule is not null),
  check ((kind = 'window') = (num_nonnulls(opens, closes, times, apart_minutes) = 4))
);
create index schedule_fill on gr.schedule (fill_at) where state in ('pending', 'active');
select gr.secure('gr.schedule');
select gr.expose('gr.schedule');

create table gr.schedule_account (
  organisation_id uuid not null,
  client_id uuid not null,
  schedule_id uuid not null,
  position int not null check (position >= 0),
  account_id uuid not null,
  primary key (organisation_id, client_id, schedule_id, position),
  foreign key (organisation_id, client_id, schedule_id) references gr.schedule (organisation_id, client_id, id),
  foreign key (organisation_id, client_id, account_id) references gr.account (organisation_id, client_id, id)
);
create unique index schedule_account_once
  on gr.schedule_account (organisation_id, client_id, schedule_id, account_id);
select gr.secure('gr.schedule_account');

-- The queue: what goes out, in this order. What was used is seen from the posts.
create table gr.schedule_content (
  organisation_id uuid not null,
  client_id uuid not null,
  schedule_id uuid not null,
  position int not null check (position >= 0),
  content_id uuid not null,
  primary key (organisation_id, client_id, schedule_id, position),
  foreign key (organisation_id, client_id, schedule_id) references gr.schedule (organisation_id, client_id, id),
  foreign key (organisation_id, client_id, content_id) references gr.content (organisation_id, client_id, id)
);
create unique index schedule_content_once
  on gr.schedule_content (organisation_id, client_id, schedule_id, content_id);
select gr.secure('gr.schedule_content');

-- Times that have no post, and why; told once, when they come to stand here.
create table gr.schedule_gap (
  organisation_id uuid not null,
  client_id uuid not null,
  schedule_id uuid not null,
  account_id uuid not null,
  occurrence text not null,
  wall timestamp not null,
  reason text not null check (length(reason) between 1 and 1000),
  created_at timestamptz not null default now(),
  primary key (organisation_id, client_id, schedule_id, account_id, occurrence),
  foreign key (organisation_id, client_id, schedule_id) references gr.schedule (organisation_id, client_id, id),
  foreign key (organisation_id, client_id, account_id) references gr.account (organisation_id, client_id, id)
);
select gr.secure('gr.schedule_gap');

-- The time of its schedule that a post was made for. However many ticks, crashes and restarts there are, a time makes
-- one post on an account. A post that its schedule takes back gives its time back; one that a person calls off keeps
-- it, so that the time stays empty.
alter table gr.post
  add column schedule_id uuid,
  add column occurrence text check (length(occurrence) <= 40),
  add column occurrence_wall timestamp,
  -- While it waits and its schedule is paused; what is on hold is not due.
  add column on_hold boolean not null default false,
  add foreign key (organisation_id, client_id, schedule_id) references gr.schedule (organisation_id, client_id, id),
  add check (occurrence is null or schedule_id is not null),
  add check ((occurrence is null) = (occurrence_wall is null));
create unique index post_occurrence on gr.post (organisation_id, client_id, schedule_id, account_id, occurrence)
  where occurrence is not null;

drop function gr.due_posts(int);
create function gr.due_posts(most int) returns table (organisation_id uuid, client_id uuid, id uuid)
  language sql volatile security definer set search_path = gr, pg_temp
  as $$ select p.organisation_id, p.client_id, p.id from gr.post p
        join gr.client c on (c.organisation_id, c.id) = (p.organisation_id, p.client_id)
        join gr.organisation o on o.id = p.organisation_id
        where p.state = 'scheduled' and greatest(p.due_at, coalesce(p.not_before, p.due_at)) <= now()
          and not p.on_hold and c.status = 'active' and o.status = 'active'
        order by greatest(p.due_at, coalesce(p.not_before, p.due_at)) limit most for update of p skip locked $$;
select gr.definer('gr.due_posts(int)');

create function gr.schedules_to_fill(most int) returns table (organisation_id uuid, client_id uuid, id uuid)
  language sql stable security definer set search_path = gr, pg_temp
  as $$ select s.organisation_id, s.client_id, s.id from gr.schedule s
        join gr.client c on (c.organisation_id, c.id) = (s.organisation_id, s.client_id)
        join gr.organisation o on o.id = s.organisation_id
        where s.state in ('pending', 'active') and s.fill_at <= now() and c.status = 'active' and o.status = 'active'
        order by s.fill_at limit most $$;
select gr.definer('gr.schedules_to_fill(int)');

-- Posts that wait for a time on a wall, after `after` in the order of their ids; what the clocks do may have changed.
create function gr.posts_on_the_wall(after uuid, most int)
  returns table (organisation_id uuid, client_id uuid, id uuid)
  language sql stable security definer set search_path = gr, pg_temp
  as $$ select p.organisation_id, p.client_id, p.id from gr.post p
        where p.state = 'scheduled' and p.wall_time is not null and p.due_at > now() and (after is null or p.id > after)
        order by p.id limit most $$;
select gr.definer('gr.posts_on_the_wall(uuid, int)');
