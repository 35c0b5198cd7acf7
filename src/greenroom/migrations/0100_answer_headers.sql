-- Answers that are given again bring all the headers that they had, their type among them.

alter table gr.idempotent_answer add column headers jsonb not null default '{}';
update gr.idempotent_answer set headers = jsonb_build_object('content-type', type) where type <> '';
alter table gr.idempotent_answer drop column type;
