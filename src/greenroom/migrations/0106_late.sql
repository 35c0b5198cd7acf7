-- How late a post may still go out is a setting of the installation, so whoever asks for what is due says it. What waits
-- for an account that may not post is not due until it is later than that, and then it is missed.
drop function gr.due_posts(int);
create function gr.due_posts(most int, late interval)
  returns table (organisation_id uuid, client_id uuid, id uuid)
  language sql volatile security definer set search_path = gr, pg_temp
  as $$ select p.organisation_id, p.client_id, p.id from gr.post p
        join gr.client c on (c.organisation_id, c.id) = (p.organisation_id, p.client_id)
        join gr.organisation o on o.id = p.organisation_id
        join gr.account a on (a.organisation_id, a.client_id, a.id) = (p.organisation_id, p.client_id, p.account_id)
        where p.state = 'scheduled' and greatest(p.due_at, coalesce(p.not_before, p.due_at)) <= now()
          and not p.on_hold and c.status = 'active' and o.status = 'active'
          and (not a.needs_reconnect and a.state in ('created', 'ramping', 'active')
               or greatest(p.due_at, coalesce(p.not_before, p.due_at)) < now() - late)
        order by greatest(p.due_at, coalesce(p.not_before, p.due_at)) limit most for update of p skip locked $$;
select gr.definer('gr.due_posts(int,interval)');

-- What a post says and shows, as fingerprints: the same words or the same file on the same account within a day are a
-- duplicate, whatever content they come from.
alter table gr.post add column words_hash text, add column file_hash text;
