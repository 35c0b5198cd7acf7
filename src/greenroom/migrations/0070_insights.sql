-- What readers did on the public pages, without anything that could tell who they were, and sums of it by the hour.

create table gr.page_hit (
  organisation_id uuid not null,
  client_id uuid not null,
  id uuid not null,
  kind text not null check (kind in ('view', 'click')),
  account_id uuid not null,
  post_id uuid,
  link_id uuid,
  source text not null check (source in ('direct', 'search', 'social', 'feed', 'page', 'site')),
  bot boolean not null default false,
  at timestamptz not null default now(),
  primary key (organisation_id, client_id, id),
  foreign key (organisation_id, client_id, account_id) references gr.account (organisation_id, client_id, id),
  foreign key (organisation_id, client_id, post_id) references gr.post (organisation_id, client_id, id),
  foreign key (organisation_id, client_id, link_id) references gr.link (organisation_id, client_id, id),
  check (kind <> 'view' or post_id is not null),
  check (kind <> 'click' or link_id is not null)
);
create index page_hit_at on gr.page_hit (organisation_id, client_id, at);
select gr.secure('gr.page_hit');

-- Hours with hits that the sums do not hold yet; they are counted from the hits until then.
create table gr.rollup_open (
  organisation_id uuid not null,
  client_id uuid not null,
  id uuid not null,
  hour timestamptz not null check (date_trunc('hour', hour, 'UTC') = hour),
  marked_at timestamptz not null default now(),
  primary key (organisation_id, client_id, id),
  foreign key (organisation_id, client_id) references gr.client (organisation_id, id)
);
create unique index rollup_open_hour on gr.rollup_open (organisation_id, client_id, hour);
select gr.secure('gr.rollup_open');
select gr.expose('gr.rollup_open');

create table gr.rollup_hour (
  organisation_id uuid not null,
  client_id uuid not null,
  hour timestamptz not null,
  kind text not null,
  account_id uuid not null,
  post_id uuid,
  link_id uuid,
  source text not null,
  hits int not null check (hits >= 0),
  bots int not null check (bots >= 0),
  foreign key (organisation_id, client_id) references gr.client (organisation_id, id)
);
create unique index rollup_hour_once on gr.rollup_hour
  (organisation_id, client_id, hour, kind, account_id, post_id, link_id, source) nulls not distinct;
create index rollup_hour_post on gr.rollup_hour (organisation_id, client_id, post_id, hour);
select gr.secure('gr.rollup_hour');

-- Who was here in the last half hour, as keyed hashes that name neither reader nor tenant. The key of a day is
-- thrown away after it, the hashes after half an hour; then nobody can tell a reader from another any more.
create table gr.reader_key (day date primary key, key bytea not null check (length(key) = 32));
create table gr.reader_seen (hash bytea primary key check (length(hash) = 16), at timestamptz not null default now());
create index reader_seen_at on gr.reader_seen (at);
grant select, insert, delete on gr.reader_key to greenroom_app;
grant select, insert, update, delete on gr.reader_seen to greenroom_app;

-- Views and clicks by the hour: the sums where they are made, the hits themselves where they are not yet.
create view gr.hit_count with (security_invoker = true) as
  select r.organisation_id, r.client_id, r.hour, r.kind, r.account_id, r.post_id, r.link_id, r.source, r.hits, r.bots
  from gr.rollup_hour r
  where not exists (select from gr.rollup_open o
                    where o.organisation_id = r.organisation_id and o.client_id = r.client_id and o.hour = r.hour)
  union all
  select h.organisation_id, h.client_id, o.hour, h.kind, h.account_id, h.post_id, h.link_id, h.source,
         (not h.bot)::int, h.bot::int
  from gr.rollup_open o join gr.page_hit h
    on h.organisation_id = o.organisation_id and h.client_id = o.client_id
   and h.at >= o.hour and h.at < o.hour + interval '1 hour';
grant select on gr.hit_count to greenroom_app;

-- Hours that are over for ten minutes, so that no hit of theirs is still on its way, and not summed up yet.
create function gr.open_hours(most int) returns table (organisation_id uuid, client_id uuid, id uuid)
  language sql stable security definer set search_path = gr, pg_temp
  as $$ select o.organisation_id, o.client_id, o.id from gr.rollup_open o
        where o.hour < date_trunc('hour', now() - interval '10 minutes', 'UTC') order by o.hour limit most $$;
select gr.definer('gr.open_hours(int)');
