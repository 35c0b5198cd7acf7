-- What the page of jobs asks: failures by their cause, and which queue runs a kind. The end of old jobs. And what
-- programs ask before they begin: whether the schema is theirs.

create index job_failed on gr.job (organisation_id, client_id, ended_at desc) where state = 'failed';

-- Failures have one cause when their kind is the same, and their error but for the numbers and ids in it.
create function gr.job_cause(kind text, error text) returns uuid
  language sql immutable parallel safe set search_path = gr, pg_temp
  as $$ select left(encode(sha256(convert_to(
          kind || E'\n' || regexp_replace(coalesce(error, ''), '[0-9a-f]{8}-[0-9a-f-]{27}|[0-9]+', '#', 'g'),
          'UTF8')), 'hex'), 32)::uuid $$;

-- Workers say here which kinds they can run, and on which queue; it is the same for every tenant.
create table gr.job_kind (
  name text primary key check (name ~ '^[a-z_]+(\.[a-z_]+)+$'),
  queue text not null check (queue in ('io', 'cpu'))
);
grant select, insert, update on gr.job_kind to greenroom_app;

grant delete on gr.job to greenroom_lookup;
create function gr.tidy_jobs(finished_before timestamptz, failed_before timestamptz, most int) returns bigint
  language sql volatile security definer set search_path = gr, pg_temp
  as $$ with old as (
          select j.organisation_id, j.client_id, j.id from gr.job j
          where (j.state in ('done', 'cancelled') and j.ended_at < finished_before)
             or (j.state = 'failed' and j.ended_at < failed_before)
          limit most),
        gone as (
          delete from gr.job j using old
          where (j.organisation_id, j.client_id, j.id) = (old.organisation_id, old.client_id, old.id) returning 1)
        select count(*) from gone $$;
select gr.definer('gr.tidy_jobs(timestamptz, timestamptz, int)');

grant select (name) on gr.migration to greenroom_lookup;
create function gr.migrations() returns setof text
  language sql stable security definer set search_path = gr, pg_temp
  as $$ select m.name from gr.migration m $$;
select gr.definer('gr.migrations()');
