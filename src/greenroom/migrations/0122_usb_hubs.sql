-- Times that several phones of one USB hub went at once. Found from what agents say; open until they are back.

create table gr.hub_alarm (
  organisation_id uuid not null references gr.organisation (id),
  id uuid not null,
  agent_id uuid not null,
  hub text not null check (length(hub) between 1 and 120),
  phones uuid[] not null check (cardinality(phones) between 1 and 1000),
  raised_at timestamptz not null default clock_timestamp(),
  cleared_at timestamptz,
  primary key (organisation_id, id),
  foreign key (organisation_id, agent_id) references gr.agent (organisation_id, id)
);
create index hub_alarm_open on gr.hub_alarm (organisation_id, agent_id) where cleared_at is null;
select gr.secure('gr.hub_alarm', by => 'organisation');
