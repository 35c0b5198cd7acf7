-- Whom the installation's own virtual phones are for: whoever set it up.
create function gr.first_organisation() returns uuid
  language sql stable security definer set search_path = gr, pg_temp
  as $$ select o.id from gr.organisation o where not o.demo order by o.created_at, o.id limit 1 $$;
select gr.definer('gr.first_organisation()');
