-- What tells a phone from all others however it is reached, as digests: two rows with one in common are one phone.

alter table gr.phone
  add column marks text[] not null default '{}' check (cardinality(marks) <= 4);
