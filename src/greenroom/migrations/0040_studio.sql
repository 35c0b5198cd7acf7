-- Content: from a brief to an approved video. Stages are durable rows, so that work goes on where it stopped.

create table gr.content (
  organisation_id uuid not null,
  client_id uuid not null,
  id uuid not null,
  character_id uuid not null,
  topic text not null check (length(topic) between 1 and 500),
  format text not null,
  seconds int not null check (seconds between 15 and 60),
  brief jsonb not null,
  -- The character as it was when this was asked for; later edits of the character do not change finished content.
  sheet jsonb not null,
  -- The script as it is now. A person's edits replace the writer's from then on.
  script jsonb,
  edited boolean not null default false,
  status text not null check (status in (
    'scripting', 'generating', 'assembling', 'checking', 'review', 'approved', 'rejected', 'failed', 'cancelled')),
  -- Counts the makings: an edit begins another, a retry goes on with the same.
  making int not null default 1,
  job_id uuid,
  render_id uuid,
  approval_id uuid,
  error text,
  version int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  deleted_at timestamptz,
  primary key (organisation_id, client_id, id),
  foreign key (organisation_id, client_id) references gr.client (organisation_id, id),
  foreign key (organisation_id, client_id, character_id)
    references gr.character (organisation_id, client_id, id),
  foreign key (organisation_id, client_id, job_id) references gr.job (organisation_id, client_id, id)
    on delete set null (job_id),
  -- Approved means that a review says so, about this render; everything else carries no approval.
  constraint content_approved_by_review check ((status = 'approved') = (approval_id is not null)),
  constraint content_reviewed_has_render check (
    status not in ('review', 'approved', 'rejected') or render_id is not null)
);
create index content_newest on gr.content (organisation_id, client_id, created_at desc, id desc);
create index content_job on gr.content (organisation_id, client_id, job_id);
select gr.secure('gr.content');

create table gr.stage_run (
  organisation_id uuid not null,
  client_id uuid not null,
  content_id uuid not null,
  making int not null,
  stage text not null,
  key text not null,
  state text not null check (state in ('running', 'done', 'failed', 'cancelled')),
  data jsonb not null default '{}',
  -- Name of the result's file -> its id in gr.media_file and the file name that the next stage expects.
  files jsonb not null default '{}',
  cached boolean not null default false,
  starts int not null default 0,
  job_id uuid,
  epoch int not null default 0,
  worker text not null default '',
  started_at timestamptz,
  ended_at timestamptz,
  seconds double precision,
  error text,
  primary key (organisation_id, client_id, content_id, making, stage),
  foreign key (organisation_id, client_id, content_id) references gr.content (organisation_id, client_id, id)
);
-- The same key gives the same result, whichever content it was made for.
create index stage_run_key on gr.stage_run (organisation_id, client_id, stage, key) where state = 'done';
select gr.secure('gr.stage_run');

create table gr.render (
  organisation_id uuid not null,
  client_id uuid not null,
  id uuid not null,
  content_id uuid not null,
  making int not null,
  video_id uuid not null,
  captions_id uuid,
  transcript_id uuid,
  thumbnail_id uuid,
  width int not null,
  height int not null,
  fps double precision not null,
  duration double precision not null,
  size bigint not null,
  loudness jsonb not null,
  manifest jsonb not null,
  created_at timestamptz not null default now(),
  primary key (organisation_id, client_id, id),
  foreign key (organisation_id, client_id, content_id) references gr.content (organisation_id, client_id, id),
  foreign key (organisation_id, client_id, video_id) references gr.media_file (organisation_id, client_id, id),
  foreign key (organisation_id, client_id, captions_id) references gr.media_file (organisation_id, client_id, id),
  foreign key (organisation_id, client_id, transcript_id) references gr.media_file (organisation_id, client_id, id),
  foreign key (organisation_id, client_id, thumbnail_id) references gr.media_file (organisation_id, client_id, id)
);
create unique index render_of_making on gr.render (organisation_id, client_id, content_id, making);
select gr.secure('gr.render');
-- What was checked and approved stays what it was.
revoke update, delete on gr.render from greenroom_app;

create table gr.check_result (
  organisation_id uuid not null,
  client_id uuid not null,
  render_id uuid not null,
  position int not null,
  kind text not null,
  title text not null,
  ok boolean not null,
  level text not null check (level in ('block', 'warn', 'info')),
  score double precision not null,
  reason text not null,
  at_seconds double precision,
  measured jsonb not null default '{}',
  primary key (organisation_id, client_id, render_id, position),
  foreign key (organisation_id, client_id, render_id) references gr.render (organisation_id, client_id, id)
);
select gr.secure('gr.check_result');
revoke update, delete on gr.check_result from greenroom_app;

create table gr.review (
  organisation_id uuid not null,
  client_id uuid not null,
  id uuid not null,
  content_id uuid not null,
  content_version int not null,
  render_id uuid not null,
  video_hash text not null,
  script_hash text not null,
  reviewer_id uuid not null,
  reviewer text not null,
  decision text not null check (decision in ('approve', 'changes')),
  note text not null default '',
  at_seconds double precision check (at_seconds >= 0),
  created_at timestamptz not null default now(),
  primary key (organisation_id, client_id, id),
  foreign key (organisation_id, client_id, content_id) references gr.content (organisation_id, client_id, id),
  foreign key (organisation_id, client_id, render_id) references gr.render (organisation_id, client_id, id),
  foreign key (organisation_id, reviewer_id) references gr.app_user (organisation_id, id)
);
create index review_of_content on gr.review (organisation_id, client_id, content_id, created_at);
select gr.secure('gr.review');
revoke update, delete on gr.review from greenroom_app;

alter table gr.content
  add foreign key (organisation_id, client_id, render_id) references gr.render (organisation_id, client_id, id),
  add foreign key (organisation_id, client_id, approval_id) references gr.review (organisation_id, client_id, id);
