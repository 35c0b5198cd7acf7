-- Uploads that nobody finished are forgotten by themselves, not only when their client begins another one.

create index upload_over_everywhere on gr.upload (expires_at);
select gr.expose('gr.upload', 'select, delete');

-- The ids name the files with the bytes that came, which whoever asks removes.
create function gr.tidy_uploads() returns setof uuid
  language sql volatile security definer set search_path = gr, pg_temp
  as $$ delete from gr.upload where expires_at < now() returning id $$;
select gr.definer('gr.tidy_uploads()');
