-- Accounts, posts, publish attempts, links, and the entries of the characters' own public pages.

create table gr.account (
  organisation_id uuid not null,
  client_id uuid not null,
  id uuid not null,
  platform text not null check (platform ~ '^[a-z_]{2,20}$'),
  name text not null check (length(name) between 1 and 200),
  handle text not null check (length(handle) between 1 and 200),
  url text not null default '',
  character_id uuid,
  state text not null default 'active' check (state in (
    'created', 'ramping', 'active', 'resting', 'cooldown', 'paused', 'flagged', 'restricted', 'suspended',
    'banned', 'closed')),
  state_reason text,
  remote_id text,
  version int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (organisation_id, client_id, id),
  foreign key (organisation_id, client_id) references gr.client (organisation_id, id),
  foreign key (organisation_id, client_id, character_id) references gr.character (organisation_id, client_id, id),
  check (platform <> 'page' or handle ~ '^[a-z0-9][a-z0-9_-]{0,59}$')
);
-- A page's handle is a public address of the installation: that one is taken is no secret, anybody can open it.
create unique index account_page_handle on gr.account (handle) where platform = 'page';
create unique index account_page_character on gr.account (organisation_id, client_id, character_id)
  where platform = 'page';
select gr.secure('gr.account');
select gr.expose('gr.account');

create table gr.post (
  organisation_id uuid not null,
  client_id uuid not null,
  id uuid not null,
  content_id uuid not null,
  content_version int not null,
  account_id uuid not null,
  title text not null,
  topic text not null default '',
  poster_id uuid,
  caption text not null default '',
  hashtags text[] not null default '{}',
  state text not null check (state in (
    'draft', 'approved', 'scheduled', 'claimed', 'publishing', 'published', 'unknown', 'failed', 'missed',
    'cancelled', 'removed')),
  state_reason text,
  wall_time timestamp,
  zone text,
  due_at timestamptz,
  note text,
  again boolean not null default false, -- a person said that a second post of the same content is meant
  job_id uuid,
  posted_at timestamptz,
  permalink text,
  remote_id text,
  disclosure jsonb not null default '{}',
  links jsonb not null default '[]',
  version int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (organisation_id, client_id, id),
  foreign key (organisation_id, client_id, content_id) references gr.content (organisation_id, client_id, id),
  foreign key (organisation_id, client_id, account_id) references gr.account (organisation_id, client_id, id),
  foreign key (organisation_id, client_id, poster_id) references gr.media_file (organisation_id, client_id, id),
  check ((wall_time is null) = (zone is null)),
  check (due_at is not null or state in ('draft', 'approved', 'cancelled')),
  check (state not in ('published', 'removed') or posted_at is not null)
);
create index post_due on gr.post (due_at) where state = 'scheduled';
create index post_calendar on gr.post (organisation_id, client_id, due_at);
create index post_content on gr.post (organisation_id, client_id, content_id);
create index post_account on gr.post (organisation_id, client_id, account_id);
select gr.secure('gr.post');
select gr.expose('gr.post', 'select, update'); -- update: `for update skip locked` asks for it

-- One row a try. `phase` is written before what it names is begun, so that after a crash it says what may have
-- happened: up to `prepare` nothing that anybody can see, in `commit` nobody knows, from `observe` on it is out.
create table gr.publish_attempt (
  organisation_id uuid not null,
  client_id uuid not null,
  id uuid not null,
  post_id uuid not null,
  number int not null check (number > 0),
  phase text not null check (phase in ('intent', 'prepare', 'commit', 'observe', 'finish')),
  marker text not null,
  request_hash text,
  remote jsonb not null default '{}',
  job_id uuid not null,
  epoch int not null,
  outcome text check (outcome in ('published', 'failed', 'held', 'absent')),
  error text,
  started_at timestamptz not null default now(),
  armed_at timestamptz,
  ended_at timestamptz,
  primary key (organisation_id, client_id, id),
  foreign key (organisation_id, client_id, post_id) references gr.post (organisation_id, client_id, id),
  check ((outcome is null) = (ended_at is null)),
  check (phase not in ('commit', 'observe', 'finish') or armed_at is not null)
);
create unique index publish_attempt_number on gr.publish_attempt (organisation_id, client_id, post_id, number);
create unique index publish_attempt_live on gr.publish_attempt (organisation_id, client_id, post_id)
  where ended_at is null;
select gr.secure('gr.publish_attempt');

create table gr.link (
  organisation_id uuid not null,
  client_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  title text not null check (length(title) between 1 and 120),
  address text not null check (length(address) <= 2000 and address ~ '^https?://'),
  active_from timestamptz,
  active_to timestamptz,
  position int not null default 0,
  version int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  deleted_at timestamptz,
  primary key (organisation_id, client_id, id),
  foreign key (organisation_id, client_id, account_id) references gr.account (organisation_id, client_id, id),
  check (active_to > active_from)
);
create index link_account on gr.link (organisation_id, client_id, account_id, position);
select gr.secure('gr.link');

-- What a character's own page shows. `key` comes from the post, so that no crash or race makes a second entry.
create table gr.page_entry (
  organisation_id uuid not null,
  client_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  post_id uuid not null,
  key text not null,
  slug text not null check (slug ~ '^[a-z0-9][a-z0-9-]{0,79}$'),
  title text not null,
  caption text not null,
  hashtags text[] not null default '{}',
  label text not null check (length(label) > 0),
  disclosure text not null check (length(disclosure) > 0),
  transcript text not null default '',
  sources jsonb not null default '[]',
  language text not null default 'en',
  video_id uuid not null,
  captions_id uuid,
  poster_id uuid,
  duration double precision not null,
  width int not null,
  height int not null,
  digital_source_type text not null default '',
  published_at timestamptz not null default now(),
  removed_at timestamptz,
  primary key (organisation_id, client_id, id),
  foreign key (organisation_id, client_id, account_id) references gr.account (organisation_id, client_id, id),
  foreign key (organisation_id, client_id, post_id) references gr.post (organisation_id, client_id, id),
  foreign key (organisation_id, client_id, video_id) references gr.media_file (organisation_id, client_id, id),
  foreign key (organisation_id, client_id, captions_id) references gr.media_file (organisation_id, client_id, id),
  foreign key (organisation_id, client_id, poster_id) references gr.media_file (organisation_id, client_id, id)
);
create unique index page_entry_once on gr.page_entry (organisation_id, client_id, key);
create unique index page_entry_post on gr.page_entry (organisation_id, client_id, post_id);
create unique index page_entry_slug on gr.page_entry (organisation_id, client_id, account_id, slug);
create index page_entry_recent on gr.page_entry (organisation_id, client_id, account_id, published_at desc)
  where removed_at is null;
select gr.secure('gr.page_entry');

-- Where a public address leads; what is there is then read under that client's scope.
create function gr.page_by_handle(wanted text) returns table (organisation_id uuid, client_id uuid, id uuid)
  language sql stable security definer set search_path = gr, pg_temp
  as $$ select a.organisation_id, a.client_id, a.id from gr.account a
        where a.platform = 'page' and a.handle = wanted $$;
select gr.definer('gr.page_by_handle(text)');
