-- Characters: virtual presenters that say openly that they are AI.

create table gr.character (
  organisation_id uuid not null,
  client_id uuid not null,
  id uuid not null,
  name text not null check (length(name) between 1 and 80),
  handle text not null check (handle ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(handle) <= 40),
  status text not null default 'active' check (status in ('active', 'resting')),
  profile jsonb not null,
  persona jsonb not null,
  palette jsonb not null,
  seed bigint not null check (seed >= 0),
  voice jsonb not null,
  disclosure jsonb not null,
  portrait_id uuid,
  page_url text,
  version int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  deleted_at timestamptz,
  primary key (organisation_id, client_id, id),
  foreign key (organisation_id, client_id) references gr.client (organisation_id, id),
  foreign key (organisation_id, client_id, portrait_id)
    references gr.media_file (organisation_id, client_id, id),
  -- A character that says nowhere that it is AI cannot be kept.
  constraint character_discloses check (
    length(trim(disclosure ->> 'profile')) > 0
    and length(trim(disclosure ->> 'caption')) > 0
    and length(trim(disclosure ->> 'label')) > 0)
);
create unique index character_handle on gr.character (organisation_id, client_id, handle);
create index character_list on gr.character (organisation_id, client_id, created_at desc, id desc);
select gr.secure('gr.character');
