-- What is due, over all tenants, on the database's clock. Rows that somebody else is just taking are passed over,
-- and so are those of archived clients and closed organisations: their time passes, and they are missed.
select gr.expose('gr.client');

create function gr.due_posts(most int) returns table (organisation_id uuid, client_id uuid, id uuid)
  language sql volatile security definer set search_path = gr, pg_temp
  as $$ select p.organisation_id, p.client_id, p.id from gr.post p
        join gr.client c on (c.organisation_id, c.id) = (p.organisation_id, p.client_id)
        join gr.organisation o on o.id = p.organisation_id
        where p.state = 'scheduled' and p.due_at <= now() and c.status = 'active' and o.status = 'active'
        order by p.due_at limit most for update of p skip locked $$;
select gr.definer('gr.due_posts(int)');
