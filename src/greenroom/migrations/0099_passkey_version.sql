-- A passkey's version, so that who renames it names what they have seen. Being used is no change of it.

alter table gr.passkey add column version integer not null default 1 check (version > 0);
