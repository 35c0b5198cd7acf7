-- Whether an account has the same words or the same file already is asked for each post that is planned or goes out, and
-- for that what posts of before 0106 say and show is looked at as it is: they have no fingerprints.
create index post_words on gr.post (organisation_id, client_id, account_id, words_hash) where words_hash is not null;
create index post_file on gr.post (organisation_id, client_id, account_id, file_hash) where file_hash is not null;
create index post_unmarked on gr.post (organisation_id, client_id, account_id) where file_hash is null;
