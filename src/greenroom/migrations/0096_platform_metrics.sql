-- Accounts linked in a browser (OAuth), and what platforms say how often a post was liked, answered and shared.

-- Somebody who was sent to a server to let us in, and has to come back. State and browser are here only as hashes;
-- what the server gave us to come with lies in the vault. With `account_id` a linked account is connected again.
create table gr.link_redirect (
  organisation_id uuid not null,
  client_id uuid not null,
  id uuid not null,
  user_id uuid not null,
  state_hash bytea not null,
  browser_hash bytea not null,
  platform text not null check (platform ~ '^[a-z_]{2,20}$'),
  service text not null check (length(service) <= 300 and service ~ '^https?://'),
  app_id uuid not null,
  character_id uuid,
  account_id uuid,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  primary key (organisation_id, client_id, id),
  unique (organisation_id, state_hash),
  foreign key (organisation_id, user_id) references gr.app_user (organisation_id, id) on delete cascade,
  foreign key (organisation_id, client_id, app_id) references gr.secret (organisation_id, client_id, id),
  foreign key (organisation_id, client_id, character_id) references gr.character (organisation_id, client_id, id),
  foreign key (organisation_id, client_id, account_id) references gr.account (organisation_id, client_id, id)
);
create index link_redirect_user on gr.link_redirect (organisation_id, user_id);
select gr.secure('gr.link_redirect');

-- One look at a post's numbers on its platform; begun before `taken_at` says when. What the platform did not tell is
-- null, which is not zero.
create table gr.post_metric (
  organisation_id uuid not null,
  client_id uuid not null,
  post_id uuid not null,
  age interval not null, -- how old the post was to be: one look for each age
  platform text not null,
  begun_at timestamptz not null default now(),
  taken_at timestamptz,
  views int check (views >= 0),
  likes int check (likes >= 0),
  replies int check (replies >= 0),
  reposts int check (reposts >= 0),
  quotes int check (quotes >= 0),
  primary key (organisation_id, client_id, post_id, age),
  foreign key (organisation_id, client_id, post_id) references gr.post (organisation_id, client_id, id)
);
select gr.secure('gr.post_metric');

-- Posts whose numbers are to be looked at: as old as one of the ages, and no look begun for it or a later one.
create function gr.posts_to_measure(ages interval[], most int)
  returns table (organisation_id uuid, client_id uuid, id uuid, age interval)
  language sql stable security definer set search_path = gr, pg_temp
  as $$ select distinct on (p.organisation_id, p.client_id, p.id) p.organisation_id, p.client_id, p.id, a.age
        from gr.post p
        join gr.account c on c.organisation_id = p.organisation_id and c.client_id = p.client_id
                         and c.id = p.account_id
        cross join unnest(ages) as a (age)
        where p.state = 'published' and p.remote_id is not null and c.remote_id is not null
          and not c.needs_reconnect and c.state <> 'closed'
          and p.posted_at > now() - interval '31 days' and p.posted_at + a.age <= now()
          and not exists (select from gr.post_metric m
                          where m.organisation_id = p.organisation_id and m.client_id = p.client_id
                            and m.post_id = p.id and m.age >= a.age)
        order by p.organisation_id, p.client_id, p.id, a.age desc limit most $$;
select gr.definer('gr.posts_to_measure(interval[],int)');
select gr.expose('gr.post_metric');

-- How many days ahead somebody was told that an account's login is dead and posts wait for it; null: not since.
alter table gr.account add column warned_days int check (warned_days in (7, 1));

-- What waits for an account with a dead login is not due: it goes out if that is mended within the hour, and is missed
-- after it.
drop function gr.due_posts(int);
create function gr.due_posts(most int) returns table (organisation_id uuid, client_id uuid, id uuid)
  language sql volatile security definer set search_path = gr, pg_temp
  as $$ select p.organisation_id, p.client_id, p.id from gr.post p
        join gr.client c on (c.organisation_id, c.id) = (p.organisation_id, p.client_id)
        join gr.organisation o on o.id = p.organisation_id
        join gr.account a on (a.organisation_id, a.client_id, a.id) = (p.organisation_id, p.client_id, p.account_id)
        where p.state = 'scheduled' and greatest(p.due_at, coalesce(p.not_before, p.due_at)) <= now()
          and not p.on_hold and c.status = 'active' and o.status = 'active'
          and (not a.needs_reconnect or greatest(p.due_at, coalesce(p.not_before, p.due_at)) < now() - interval '1 hour')
        order by greatest(p.due_at, coalesce(p.not_before, p.due_at)) limit most for update of p skip locked $$;
select gr.definer('gr.due_posts(int)');

-- Accounts with a dead login for which posts wait: of the next week, and once more when it is the next day.
create function gr.accounts_to_warn_of(most int)
  returns table (organisation_id uuid, client_id uuid, id uuid, days int)
  language sql stable security definer set search_path = gr, pg_temp
  as $$ select a.organisation_id, a.client_id, a.id,
               case when min(p.due_at) < now() + interval '1 day' then 1 else 7 end as days
        from gr.account a
        join gr.post p on (p.organisation_id, p.client_id, p.account_id) = (a.organisation_id, a.client_id, a.id)
        where a.needs_reconnect and a.state <> 'closed' and p.state = 'scheduled' and not p.on_hold
          and p.due_at < now() + interval '7 days'
        group by a.organisation_id, a.client_id, a.id, a.warned_days
        having a.warned_days is null or (a.warned_days = 7 and min(p.due_at) < now() + interval '1 day')
        limit most $$;
select gr.definer('gr.accounts_to_warn_of(int)');
