-- What state an account is in, who or what moved it there, when and why; and what that means for its posts.

alter table gr.account
  -- Of the last move, as in gr.account_move; null before the first one.
  add column state_at timestamptz,
  add column state_by text check (state_by in ('person', 'rule', 'platform')),
  add column state_who text check (length(state_who) <= 200),
  -- When a rule moves it on: a phase of its ramp, a rest or a cooldown ends then.
  add column state_until timestamptz;
create index account_until on gr.account (state_until) where state_until is not null;

create table gr.account_move (
  organisation_id uuid not null,
  client_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  was text not null check (was ~ '^[a-z]{1,20}$'),
  was_phase int,
  state text not null check (state ~ '^[a-z]{1,20}$'),
  phase int,
  by text not null check (by in ('person', 'rule', 'platform')),
  who text not null check (length(who) <= 200),
  actor_id uuid,
  why text not null check (length(why) between 1 and 1000),
  until timestamptz,
  -- The move of a rule that a person took back with this one.
  reverses uuid,
  at timestamptz not null default clock_timestamp(),
  primary key (organisation_id, client_id, id),
  foreign key (organisation_id, client_id, account_id) references gr.account (organisation_id, client_id, id),
  foreign key (organisation_id, client_id, reverses) references gr.account_move (organisation_id, client_id, id)
);
create index account_move_account on gr.account_move (organisation_id, client_id, account_id, at desc, id desc);
select gr.secure('gr.account_move');
revoke update, delete on gr.account_move from greenroom_app;

alter table gr.link_redirect add column established boolean not null default false;

-- Accounts that a rule moves on now, whoever has them.
create function gr.accounts_to_move(most int) returns table (organisation_id uuid, client_id uuid, id uuid)
  language sql stable security definer set search_path = gr, pg_temp
  as $$ select a.organisation_id, a.client_id, a.id from gr.account a
        where a.state_until <= now() and a.state in ('ramping', 'resting', 'cooldown')
        order by a.state_until limit most $$;
select gr.definer('gr.accounts_to_move(int)');

-- Accounts that may not post and for which posts wait: of the next week, and once more when it is the next day.
drop function gr.accounts_to_warn_of(int);
create function gr.accounts_to_warn_of(most int)
  returns table (organisation_id uuid, client_id uuid, id uuid, days int)
  language sql stable security definer set search_path = gr, pg_temp
  as $$ select a.organisation_id, a.client_id, a.id,
               case when min(p.due_at) < now() + interval '1 day' then 1 else 7 end as days
        from gr.account a
        join gr.post p on (p.organisation_id, p.client_id, p.account_id) = (a.organisation_id, a.client_id, a.id)
        where (a.needs_reconnect or a.state not in ('created', 'ramping', 'active')) and a.state <> 'closed'
          and p.state = 'scheduled' and not p.on_hold and p.due_at < now() + interval '7 days'
          and (a.needs_reconnect or a.state_until is null or p.due_at < a.state_until)
        group by a.organisation_id, a.client_id, a.id, a.warned_days
        having a.warned_days is null or (a.warned_days = 7 and min(p.due_at) < now() + interval '1 day')
        limit most $$;
select gr.definer('gr.accounts_to_warn_of(int)');
