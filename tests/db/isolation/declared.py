"""What the catalogue cannot say: which tables are nobody's, which are shared in an organisation, and why that is right.

A table with organisation_id and client_id, both not null, needs no word here: it is one client's, which is the
strictest there is. Everything weaker is declared with its reason, or the proof fails.
"""

from dataclasses import dataclass

APP, LOOKUP, OWNER = "greenroom_app", "greenroom_lookup", "greenroom_owner"

# Where the organisation is named by another column than organisation_id.
ORGANISATION_COLUMN = {"gr.organisation": "id"}

# Tables with a client in them whose rows everybody in the organisation may know.
BY_ORGANISATION = {
    "gr.client_access": "who may enter which client is asked before the clients of a request are known",
    "gr.identity_provider_access": "what new people get is asked while they sign in, before they see any client",
}

# Tables in which a row without a client belongs to the whole organisation.
SHARED = {
    "gr.event": "what happened to the organisation itself (a person was invited) concerns every client",
    "gr.audit_entry": "a change of the organisation's own settings or people belongs to no client",
    "gr.audit_value": "a personal value stands where its entry stands",
    "gr.secret": "a key that the whole organisation pays for serves all its clients",
    "gr.webhook": "an endpoint for the whole organisation belongs to no client; super users alone are shown it",
    "gr.webhook_delivery": "a delivery stands where its endpoint stands",
    "gr.service_key": "the organisation's own key serves the clients that may use it",
    "gr.phone": "a new phone is no client's yet; super users alone are shown it until they give it to one",
    "gr.phone_lease": "a lease stands where its phone stands",
    "gr.phone_lease_past": "a lease that ended stands where its phone stood then",
    "gr.phone_history": "what happened to a phone stands where the phone stood then",
}

# Tables in which a row without an organisation is anybody's.
UNOWNED = {
    "gr.once_link": "the first-run link exists before the first organisation; it holds a hash only, and works once",
    "gr.sign_in_challenge": "who signs in with a passkey is nobody yet; it holds a hash only, for minutes",
}

# Tables that are nobody's, with all that the application may do there, and the reason why no tenant can be seen.
GLOBAL = {
    "gr.migration": ("", "which migrations ran; the application has no right to it"),
    "gr.reader_key": ("delete insert select", "the day's key for telling readers apart; names nobody, thrown away"),
    "gr.reader_seen": ("delete insert select update", "keyed hashes of half an hour; name neither reader nor tenant"),
    "gr.request_bucket": ("delete insert select update", "how many requests are left; the keys are hashes"),
    "gr.throttle": ("delete insert select update", "sign-ins fail before a tenant is known; the keys are hashes"),
    "gr.job_kind": ("insert select update", "which queue runs a kind of job; the program's own words, no tenant's"),
    "pgq.pgqueuer": ("delete insert select update", "doorbells: a job's ids, nothing of what is in it"),
    "pgq.pgqueuer_log": ("delete insert select update", "doorbells that were answered"),
    "pgq.pgqueuer_schedules": ("select", "the installation's own ticks"),
    "pgq.pgqueuer_statistics": ("select", "how many doorbells of a kind were answered"),
}

# Tables whose rows stay what they were: the application may not update them, nor delete those marked so.
NEVER_CHANGED = {
    "gr.event": "update delete",
    "gr.account_move": "update delete",
    "gr.media_file": "update",
    "gr.render": "update delete",
    "gr.check_result": "update delete",
    "gr.review": "update delete",
    "gr.audit_entry": "update delete",
    "gr.audit_head": "delete",
    "gr.audit_value": "delete",
    "gr.definition_version": "update delete",
    "gr.phone_lease_past": "update delete",
    "gr.phone_history": "update delete",
}

# Functions that see across tenants: each gives back where to look, never what is there.
DEFINERS = {
    "gr.organisations_with_definitions()": "ids of organisations, for the export on the server; none of the rest",
    "gr.user_by_email(text)": "sign-in knows an address and no tenant",
    "gr.session_by_token(bytea)": "a cookie leads to its session's organisation",
    "gr.link_by_token(bytea)": "a one-time link leads to its organisation",
    "gr.tidy_sign_ins()": "removes what is over, in every organisation; gives nothing back",
    "gr.administrator_exists()": "whether the installation was set up; one bit",
    "gr.demo_organisation()": "the id of the demo, which holds invented people only",
    "gr.first_organisation()": "one organisation's id, for the agent of the installation's own virtual phones",
    "gr.jobs_without_doorbell(integer)": "ids of jobs that a worker must wake, whoever they belong to",
    "gr.jobs_interrupted(uuid[],integer[])": "of the runs of one worker, those that must stop; ids",
    "gr.tidy_jobs(timestamp with time zone,timestamp with time zone,integer)": "removes jobs long ended; a count",
    "gr.migrations()": "names of the migrations that ran, which are in every copy of the program",
    "gr.media_file_place(uuid)": "a signed link has no session; a file's id leads to its client, no further",
    "gr.page_by_handle(text)": "a public page's address leads to its account; anybody may open it",
    "gr.posts_to_measure(interval[],integer)": "ids of posts whose numbers are asked for next, whoever they belong to",
    "gr.accounts_to_warn_of(integer)": "ids of accounts that may not post and for which posts wait, whoever has them",
    "gr.accounts_to_move(integer)": "ids of accounts whose phase, rest or cooldown is over, whoever they belong to",
    "gr.accounts_failing_alike(text,text,timestamp with time zone)": (
        "ids and times of the own organisation's accounts that fail on one server, whichever clients they belong to"
    ),
    "gr.accounts_failing_together(timestamp with time zone,integer)": (
        "ids, servers and times of accounts that fail together, whoever they belong to"
    ),
    "gr.tidy_account_troubles()": "removes what went wrong two months ago and more; gives nothing back",
    "gr.due_posts(integer,interval)": "ids of posts that are due, whoever they belong to",
    "gr.schedules_to_fill(integer)": "ids of schedules whose posts are to be made, whoever they belong to",
    "gr.posts_on_the_wall(uuid,integer)": "ids of posts whose instant is worked out again, whoever they belong to",
    "gr.open_hours(integer)": "ids of hours that are to be summed up",
    "gr.tidy_uploads()": "removes uploads whose time is over, everywhere; ids, which name the files of their bytes",
    "gr.vault_keys()": "which master key each data key needs, asked when a process starts; no key is given back",
    "gr.service_keys_to_warn(timestamp with time zone,timestamp with time zone)": "ids of keys that end soon",
    "gr.webhooks_due(integer)": "ids of endpoints that have something to hear, whoever they belong to",
    "gr.tidy_webhook_deliveries()": "removes deliveries of a month ago that are over; gives nothing back",
    "gr.challenge_by_hash(bytea)": "a sign-in's second step knows a random challenge and no tenant",
    "gr.tidy_challenges()": "removes challenges that are over; gives nothing back",
    "gr.identity_provider_place(uuid)": "a sign-in begins with a provider's id and knows no tenant",
    "gr.shown_identity_providers(integer)": "the sign-in page names the providers that are meant for everybody; ids",
    "gr.redirect_by_state(bytea)": "who comes back from a provider knows a random state and no tenant",
    "gr.tidy_redirects()": "removes redirects that nobody came back from; gives nothing back",
    "gr.token_by_hash(bytea)": "a program's token leads to its organisation",
    "gr.agent_by_code(bytea)": "an enrolment code, good for minutes and once, leads to its agent",
    "gr.agent_place(uuid)": "who connects as an agent says its id and knows no tenant; it proves itself after",
    "gr.agents_silent(interval,integer)": "ids of agents of which nothing is heard, whoever has them",
    "gr.phone_leases_to_settle(interval,interval,integer)": "ids of phones whose lease is over or idle; ids",
    "gr.tidy_phone_history()": "removes comings and goings of three months ago; gives nothing back",
    "gr.tidy_idempotent_answers()": "removes answers of yesterday; gives nothing back",
}

# Unique indexes without the organisation in them, and why another tenant learns nothing from a clash.
GLOBAL_UNIQUES = {
    "gr.session_token_hash_key": "the hash of 256 random bits",
    "gr.once_link_pkey": "a random id; links may be there before any organisation",
    "gr.once_link_token_hash_key": "the hash of 256 random bits",
    "gr.api_token_token_hash_key": "the hash of 256 random bits",
    "gr.agent_code_hash_key": "the hash of 80 random bits that are good for ten minutes",
    "gr.sign_in_challenge_pkey": "a random id; challenges may be there before the person is known",
    "gr.sign_in_challenge_hash_key": "the hash of 256 random bits",
    "gr.sign_in_redirect_state_hash_key": "the hash of 256 random bits",
    "gr.account_page_handle": "a page's address is public: anybody can see that it is taken",
}

# Sequences that the application may read or advance.
SEQUENCES = {"pgq.pgqueuer_id_seq": "doorbells are numbered over all tenants; no tenant's page shows the number"}

# Files of src/greenroom that set a transaction's scope.
SETS_SCOPE = {
    "infra/database.py": "where a transaction is opened",
    "migrations/0109_identity.sql": "who a cookie belongs to is read as its organisation, in the same statement",
    "infra/audit/audit_store.py": "a chain is whole or nothing: reading it looks into every client of its organisation",
    "tenancy/demo_store.py": "the demo's organisation is looked for in the transaction that then makes it",
}


@dataclass(frozen=True)
class Kind:
    """Whose a table's rows are: by client or only by organisation, and what a missing owner means."""

    by_client: bool
    shared: bool = False
    unowned: bool = False


def kind_of(table: str, *, has_client: bool) -> Kind:
    """The kind of a table that names its organisation."""
    by_client = has_client and table not in BY_ORGANISATION
    return Kind(by_client, shared=table in SHARED, unowned=table in UNOWNED)
