-- What went wrong between an account and its platform, as its health is made of; and whether it was the platform's.

create table gr.account_trouble (
  organisation_id uuid not null,
  client_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  service text not null check (length(service) between 1 and 300), -- the server that it is on, else its platform
  kind text not null check (kind in ('limit', 'error', 'away', 'warning', 'relogin', 'challenge')),
  said text not null check (length(said) <= 1000),
  -- Many accounts of the server failed alike, so nothing is held against this one.
  excused boolean not null default false,
  at timestamptz not null default clock_timestamp(),
  primary key (organisation_id, client_id, id),
  foreign key (organisation_id, client_id, account_id) references gr.account (organisation_id, client_id, id)
);
create index account_trouble_account on gr.account_trouble (organisation_id, client_id, account_id, at);
create index account_trouble_alike on gr.account_trouble (organisation_id, service, kind, at);
select gr.secure('gr.account_trouble');
select gr.expose('gr.account_trouble', 'select, delete');

-- Since when the account's server seems down, as its last failure showed; null once it answered.
alter table gr.account add column server_down_at timestamptz;

-- For each account of the own organisation on the server: the first and the last time in a day that it failed so.
create function gr.accounts_failing_alike(server text, failure text, since timestamptz)
  returns table (client_id uuid, account_id uuid, first_at timestamptz, last_at timestamptz)
  language sql stable security definer set search_path = gr, pg_temp
  as $$ select t.client_id, t.account_id, min(t.at), max(t.at) from gr.account_trouble t
        where t.organisation_id = gr.organisation() and t.service = server and t.kind = failure and t.at >= since
        group by t.client_id, t.account_id $$;
select gr.definer('gr.accounts_failing_alike(text,text,timestamptz)');

-- The accounts of each organisation that failed alike on a server of late, where there are several; ids and times.
create function gr.accounts_failing_together(since timestamptz, fewest int)
  returns table (organisation_id uuid, service text, kind text, client_id uuid, account_id uuid,
                 first_at timestamptz, last_at timestamptz, excused boolean)
  language sql stable security definer set search_path = gr, pg_temp
  as $$ with each_one as (
          select t.organisation_id, t.service, t.kind, t.client_id, t.account_id,
                 min(t.at) as first_at, max(t.at) as last_at, bool_and(t.excused) as excused
          from gr.account_trouble t where t.at >= since
          group by t.organisation_id, t.service, t.kind, t.client_id, t.account_id)
        select e.organisation_id, e.service, e.kind, e.client_id, e.account_id, e.first_at, e.last_at, e.excused
        from each_one e
        join (select organisation_id, service, kind from each_one
              group by organisation_id, service, kind
              having count(*) >= fewest and not bool_and(excused)) g
          using (organisation_id, service, kind) $$;
select gr.definer('gr.accounts_failing_together(timestamptz,int)');

create function gr.tidy_account_troubles() returns void
  language sql volatile security definer set search_path = gr, pg_temp
  as $$ delete from gr.account_trouble where at < now() - interval '60 days' $$;
select gr.definer('gr.tidy_account_troubles()');
