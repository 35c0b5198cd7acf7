"""`python -m benchmarks.serving.bare URL PORT ORGANISATION CLIENT`: the same lists without session or tenant policies.

FastAPI and psycopg as their documentation shows them: a pool, one statement, a response model. The role may see all
rows; the statement names the organisation.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import click
import uvicorn
from fastapi import FastAPI
from psycopg import AsyncConnection
from psycopg.rows import DictRow, dict_row
from psycopg_pool import AsyncConnectionPool

from greenroom.cast.contracts import Character
from greenroom.channels.contracts import Post
from greenroom.infra.http.paging import Page, write_cursor
from greenroom.studio.records import Content

POOL = 8
"""As many connections as our server has."""
LIMIT = 50

CONTENTS = """
    select c.id, c.client_id, c.version, c.topic, c.format, c.seconds, c.status, c.error, r.duration, c.created_at,
           c.updated_at, json_build_object('id', h.id, 'name', h.name, 'portrait_url', null) as character,
           null as progress, null as thumbnail_url
    from gr.content c
    join gr.character h on (h.organisation_id, h.client_id, h.id) = (c.organisation_id, c.client_id, c.character_id)
    left join gr.render r on (r.organisation_id, r.client_id, r.id) = (c.organisation_id, c.client_id, c.render_id)
    where c.organisation_id = %(organisation)s and c.client_id = %(client)s and c.deleted_at is null
    order by c.created_at desc, c.id desc limit %(limit)s"""
POSTS = """
    select p.id, p.client_id, p.version, p.caption, p.hashtags, p.state, p.state_reason, p.wall_time, p.zone, p.due_at,
           p.note, p.posted_at, p.permalink, p.disclosure, p.schedule_id, p.on_hold,
           json_build_object('id', p.content_id, 'topic', p.topic, 'title', p.title, 'thumbnail_url', null) as content,
           json_build_object('id', a.id, 'platform', a.platform, 'name', a.name, 'handle', a.handle) as account,
           coalesce(p.posted_at, p.due_at, p.created_at) as shown_at
    from gr.post p
    join gr.account a on (a.organisation_id, a.client_id, a.id) = (p.organisation_id, p.client_id, p.account_id)
    where p.organisation_id = %(organisation)s and p.client_id = %(client)s
    order by shown_at desc, p.id desc limit %(limit)s"""
CHARACTERS = """
    select id, client_id, version, name, handle, status, profile, persona, palette, seed, voice, disclosure,
           null as portrait_url, page_url, created_at, updated_at, deleted_at
    from gr.character where organisation_id = %(organisation)s and client_id = %(client)s and deleted_at is null
    order by created_at desc, id desc limit %(limit)s"""


def bare_app(url: str, organisation: str, client: str) -> FastAPI:
    """Three lists over a pool of connections."""
    pool = AsyncConnectionPool(
        url,
        connection_class=AsyncConnection[DictRow],
        kwargs={"row_factory": dict_row},
        min_size=1,
        max_size=POOL,
        open=False,
    )

    @asynccontextmanager
    async def alive(app: FastAPI) -> AsyncIterator[None]:
        async with pool:
            yield

    async def rows(statement: str) -> list[DictRow]:
        async with pool.connection() as connection:
            values = {"organisation": organisation, "client": client, "limit": LIMIT + 1}
            cursor = await connection.execute(statement, values)
            return await cursor.fetchall()

    def page(found: list[DictRow], at: str) -> dict[str, Any]:
        more = write_cursor(found[LIMIT - 1][at], found[LIMIT - 1]["id"]) if len(found) > LIMIT else None
        return {"items": found[:LIMIT], "next": more}

    app = FastAPI(lifespan=alive)

    @app.get("/api/v1/contents", response_model=Page[Content])
    async def contents() -> Any:
        return page(await rows(CONTENTS), "created_at")

    @app.get("/api/v1/posts", response_model=Page[Post])
    async def posts() -> Any:
        found = await rows(POSTS)
        whole = page(found, "shown_at")
        for row in found:
            del row["shown_at"]
            row["corrects"] = ("text",)
        return whole

    @app.get("/api/v1/characters", response_model=Page[Character])
    async def characters() -> Any:
        return page(await rows(CHARACTERS), "created_at")

    return app


@click.command()
@click.argument("url")
@click.argument("port", type=int)
@click.argument("organisation")
@click.argument("client")
def main(url: str, port: int, organisation: str, client: str) -> None:
    """Serve it as our own server is served."""
    uvicorn.run(
        bare_app(url, organisation, client), host="127.0.0.1", port=port, log_config=None, access_log=False,
        server_header=False,
    )  # fmt: skip


if __name__ == "__main__":
    main()
