-- What can be done on a phone, as its agent tells it; none while it can't be reached.

alter table gr.phone
  add column abilities text[] not null default '{}' check (cardinality(abilities) <= 20);
