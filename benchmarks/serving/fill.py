"""Fills a database: organisations with their videos, posts, characters and accounts, by the application's own role."""

import json
from dataclasses import dataclass
from uuid import UUID

import psycopg

from greenroom.cast.contracts import Disclosure, Palette, Persona, Profile, Voice
from greenroom.kit.ids import uuid7

ACCOUNTS = 50


@dataclass(frozen=True, slots=True)
class Filled:
    """One organisation of many, and the person who asks."""

    organisation: UUID
    client: UUID
    user: UUID


def fill(app_url: str, *, organisations: int, rows: int) -> Filled:
    """Make the organisations with `rows` videos and posts each; gives the one in the middle."""
    with psycopg.connect(app_url) as connection:
        made = [organisation(connection, number, rows) for number in range(organisations)]
    with psycopg.connect(app_url, autocommit=True) as connection:
        connection.execute("analyze")
    return made[len(made) // 2]


def organisation(connection: psycopg.Connection, number: int, rows: int) -> Filled:
    one = Filled(uuid7(), uuid7(), uuid7())
    values = {"organisation": one.organisation, "client": one.client, "user": one.user, "number": number, "rows": rows,
              "accounts": ACCOUNTS, **{name: json.dumps(value) for name, value in sheet().items()}}  # fmt: skip
    with connection.transaction():
        connection.execute(
            "select set_config('gr.organisation', %s, true), set_config('gr.clients', %s, true)",
            (str(one.organisation), f"{{{one.client}}}"),
        )
        for statement in STATEMENTS:
            connection.execute(statement, values)
    return one


def sheet() -> dict[str, object]:
    """A character as people describe one."""
    return {
        "profile": Profile(biography="Short talks on how kitchens work, with an eye for figures.").model_dump(),
        "persona": Persona(traits=("curious", "dry"), values=("care",), never_says=("guaranteed",)).model_dump(),
        "palette": Palette().model_dump(),
        "voice": Voice().model_dump(),
        "disclosure": Disclosure().model_dump(),
    }


# The same for all rows of one kind: the answer's length, not its meaning, is what is measured.
STATEMENTS = (
    "insert into organisation (id, name) values (%(organisation)s, 'Agency ' || %(number)s)",
    "insert into client (organisation_id, id, name) values (%(organisation)s, %(client)s, 'Engine Works')",
    """insert into app_user (organisation_id, id, email, name, role, status)
       values (%(organisation)s, %(user)s, 'ada@' || %(number)s || '.example', 'Ada Lovelace', 'super', 'active')""",
    """insert into character (organisation_id, client_id, id, name, handle, profile, persona, palette, seed, voice,
                              disclosure, created_at)
       select %(organisation)s, %(client)s, gen_random_uuid(), 'Mara Vale ' || n, 'mara-' || n, %(profile)s,
              %(persona)s, %(palette)s, n, %(voice)s, %(disclosure)s, now() - n * interval '1 hour'
       from generate_series(1, %(accounts)s) n""",
    """insert into account (organisation_id, client_id, id, platform, name, handle, url, character_id)
       select organisation_id, client_id, gen_random_uuid(), 'page', name, handle || '-' || %(number)s,
              '/@' || handle, id
       from character""",
    """insert into content (organisation_id, client_id, id, character_id, topic, format, seconds, brief, sheet,
                            script, status, error, created_at)
       select %(organisation)s, %(client)s, gen_random_uuid(), c.id, 'Why bread rises, part ' || n, 'explainer', 30,
              '{"topic": "Why bread rises"}', '{}', '{"title": "Why bread rises"}', 'failed',
              'The voice could not be made; try again', now() - n * interval '7 minutes'
       from generate_series(1, %(rows)s) n
       join (select id, row_number() over () as at from character) c on c.at = 1 + n %% %(accounts)s""",
    """insert into post (organisation_id, client_id, id, content_id, content_version, account_id, title, topic,
                         caption, hashtags, state, due_at, wall_time, zone, posted_at, permalink, created_at)
       select c.organisation_id, c.client_id, gen_random_uuid(), c.id, 1, a.id, 'Why bread rises', c.topic,
              'Yeast eats sugar and breathes out gas. The dough holds it.', '{bread,baking,kitchen}', 'published',
              c.created_at, c.created_at at time zone 'UTC', 'UTC', c.created_at, '/@mara/' || c.id, c.created_at
       from content c join account a using (organisation_id, client_id, character_id)""",
)
