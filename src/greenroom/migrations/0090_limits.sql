-- Request limits. A server takes a share out of a bucket and spends it by itself, so a row is written once in many
-- requests. Unlogged: nothing here is worth a line of the write-ahead log, and after a crash all buckets are full.

create unlogged table gr.request_bucket (
  -- A hash of what is limited: a person, a token, an organisation, an address.
  key bytea primary key check (length(key) = 32),
  left_over double precision not null,
  at timestamptz not null default clock_timestamp()
);
grant select, insert, update, delete on gr.request_bucket to greenroom_app;
