-- Corrections of published posts: what the words were, what they are to be, and what became of it.

-- `phase` is written before what it names is begun: up to `asked` nothing has changed anywhere, in `armed` nobody
-- knows, from `sent` on the platform has said yes. Setting the same words again does no harm, so what is unknown is
-- looked at and, if need be, set again.
create table gr.post_correction (
  organisation_id uuid not null,
  client_id uuid not null,
  id uuid not null,
  post_id uuid not null,
  number int not null check (number > 0),
  asked_by text not null default '' check (length(asked_by) <= 200),
  before text not null check (length(before) <= 20000),
  after text not null check (length(after) <= 20000),
  phase text not null default 'asked' check (phase in ('asked', 'armed', 'sent')),
  remote jsonb not null default '{}',
  job_id uuid,
  outcome text check (outcome in ('corrected', 'failed', 'unknown')),
  reason text check (length(reason) <= 2000),
  asked_at timestamptz not null default now(),
  started_at timestamptz,
  armed_at timestamptz,
  ended_at timestamptz,
  primary key (organisation_id, client_id, id),
  foreign key (organisation_id, client_id, post_id) references gr.post (organisation_id, client_id, id),
  check ((outcome is null) = (ended_at is null)),
  check (phase = 'asked' or armed_at is not null)
);
create unique index post_correction_number on gr.post_correction (organisation_id, client_id, post_id, number);
create unique index post_correction_live on gr.post_correction (organisation_id, client_id, post_id)
  where ended_at is null;
select gr.secure('gr.post_correction');
