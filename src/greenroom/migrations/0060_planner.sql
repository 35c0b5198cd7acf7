-- What is due, over all tenants, on the database's clock. Rows that somebody else is just taking are passed over.

create function gr.due_posts(most int) returns table (organisation_id uuid, client_id uuid, id uuid)
  language sql volatile security definer set search_path = gr, pg_temp
  as $$ select p.organisation_id, p.client_id, p.id from gr.post p
        where p.state = 'scheduled' and p.due_at <= now()
        order by p.due_at limit most for update skip locked $$;
select gr.definer('gr.due_posts(int)');
