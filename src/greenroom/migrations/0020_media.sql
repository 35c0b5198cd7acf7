-- Files that a client owns. The content lies in the media store under its hash; here is what it is and whose.

create table gr.media_file (
  organisation_id uuid not null,
  client_id uuid not null,
  id uuid not null,
  hash text not null check (hash ~ '^[0-9a-f]{64}$'),
  size bigint not null check (size >= 0),
  type text not null check (type ~ '^[a-z]+/[a-z0-9.+-]+$'),
  name text not null check (length(name) between 1 and 200),
  origin text not null check (origin in ('captured', 'generated', 'edited')),
  width int check (width > 0),
  height int check (height > 0),
  duration double precision check (duration >= 0),
  created_at timestamptz not null default now(),
  primary key (organisation_id, client_id, id),
  foreign key (organisation_id, client_id) references gr.client (organisation_id, id)
);
-- The same content under the same name is one file, so that a stage done twice gives the same answer.
create unique index media_file_content on gr.media_file (organisation_id, client_id, hash, name, type);
select gr.secure('gr.media_file');
-- A file never changes; what refers to one may rely on that.
revoke update on gr.media_file from greenroom_app;
