-- Identity providers: named to everybody only where one organisation is alone, addresses that lead to people who are
-- here already, and accounts that a signed-in person ties.

-- A name is chosen freely, and everybody at the door would read it.
alter table gr.identity_provider alter column shown set default false;

-- Whoever is here already is tied by a verified address in one of these domains; without any, when signed in only.
alter table gr.identity_provider add column tie_domains text[] not null default '{}';

-- The browser was sent to tie the session's person, not to show again who they are.
alter table gr.sign_in_redirect add column ties boolean not null default false;
alter table gr.sign_in_redirect add constraint sign_in_redirect_ties check (session_id is not null or not ties);

drop function gr.shown_identity_providers(int);
create function gr.shown_identity_providers(most int) returns table (organisation_id uuid, id uuid)
  language sql stable security definer set search_path = gr, pg_temp
  as $$ select p.organisation_id, p.id from gr.identity_provider p
        where p.enabled and p.shown and not exists (select from gr.organisation o where o.id <> p.organisation_id)
        order by p.created_at, p.id limit most $$;
select gr.definer('gr.shown_identity_providers(int)');
