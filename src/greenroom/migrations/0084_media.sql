-- Uploads that are under way or over, and the way from a signed link to the file it is for.

-- The bytes that have come lie in the home, in a part file named by the id; its length is the offset.
create table gr.upload (
  organisation_id uuid not null,
  client_id uuid not null,
  id uuid not null,
  name text not null check (length(name) between 1 and 200),
  size bigint not null check (size > 0),
  state text not null default 'open' check (state in ('open', 'done', 'refused')),
  reason text not null default '',
  file_id uuid,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  primary key (organisation_id, client_id, id),
  foreign key (organisation_id, client_id) references gr.client (organisation_id, id),
  foreign key (organisation_id, client_id, file_id) references gr.media_file (organisation_id, client_id, id),
  check ((state = 'done') = (file_id is not null))
);
create index upload_over on gr.upload (organisation_id, client_id, expires_at);
select gr.secure('gr.upload');

-- Whoever holds a signed link has no session: the file's id leads to where to look, the signature decides.
select gr.expose('gr.media_file');
create index media_file_by_id on gr.media_file (id);
create function gr.media_file_place(file uuid) returns table (organisation_id uuid, client_id uuid)
  language sql stable security definer set search_path = gr, pg_temp
  as $$ select f.organisation_id, f.client_id from gr.media_file f where f.id = file $$;
select gr.definer('gr.media_file_place(uuid)');
