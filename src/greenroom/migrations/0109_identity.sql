-- Who a session's token belongs to, in one statement: it leads to its organisation, and from there on only what that
-- organisation may see is read, by the policies, as by any other statement of the application.
create function gr.identity_of_session(hash bytea, at timestamptz)
  returns table (organisation_id uuid, id uuid, user_id uuid, used_at timestamptz, name text, role text,
                 clients uuid[], levels text[])
  language plpgsql volatile set search_path = gr, pg_temp
  as $$
#variable_conflict use_column
declare place record;
begin
  select s.organisation_id, s.id into place from gr.session_by_token(hash) s;
  if not found then
    return;
  end if;
  perform set_config('gr.organisation', place.organisation_id::text, true), set_config('gr.clients', '{}', true),
          set_config('gr.actor', 'system:sign-in', true);
  return query
    select u.organisation_id, s.id, u.id, s.used_at, u.name, u.role, seen.clients, seen.levels
    from gr.session s
    join gr.app_user u on (u.organisation_id, u.id) = (s.organisation_id, s.user_id)
    cross join lateral (
      select coalesce(array_agg(c.id order by lower(c.name), c.id), '{}') as clients,
             coalesce(array_agg(a.level order by lower(c.name), c.id), '{}') as levels
      from gr.client c
      left join gr.client_access a
        on (a.organisation_id, a.client_id, a.user_id) = (c.organisation_id, c.id, u.id)
      where c.organisation_id = u.organisation_id and c.status = 'active'
        and (u.role = 'super' or a.user_id is not null)) seen
    where (s.organisation_id, s.id) = (place.organisation_id, place.id)
      and u.status = 'active' and s.expires_at > at;
end $$;
revoke all on function gr.identity_of_session(bytea, timestamptz) from public;
grant execute on function gr.identity_of_session(bytea, timestamptz) to greenroom_app;
