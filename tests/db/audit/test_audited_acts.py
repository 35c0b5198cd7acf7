"""What else stands in the trail: links, passwords and sessions, and what workers did without anybody pressing a key."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx

from greenroom.channels import facade as channels
from greenroom.entrypoints.api import create_app
from greenroom.infra.audit import read
from greenroom.infra.audit.read import AuditEntry
from greenroom.infra.context import Actor
from greenroom.tenancy import people, store
from greenroom.tenancy.secrets import hash_password
from greenroom.tenancy.sign_in import start_session
from tests.support.house import Tenant
from tests.support.publish import Desk, make_desk

PASSWORD = "seven quiet herons"


async def trail(tenant: Tenant, subject: UUID) -> list[AuditEntry]:
    """What stands in the trail about this, the oldest first."""
    async with tenant.context() as ctx:
        assert (await read.verify(ctx)).broken_at is None
        return list(reversed(await read.list_entries(ctx, whole=True, subject=subject)))


def after(entry: AuditEntry) -> dict[str, Any]:
    return {change.field: change.after for change in entry.changes}


async def browser(tenant: Tenant) -> httpx.AsyncClient:
    token = await start_session(tenant.house, tenant.organisation, tenant.user, address="", agent="test")
    return httpx.AsyncClient(
        transport=httpx.ASGITransport(app=create_app(tenant.house), client=("192.0.2.9", 1)),
        base_url="http://localhost/api/v1",
        headers={"Cookie": f"greenroom={token}"},
    )


async def test_links_on_a_page_with_what_was_there_before(tenant: Tenant) -> None:
    desk = await make_desk(tenant)
    async with await browser(tenant) as own:
        form = {"account_id": str(desk.page.id), "title": "Shop", "address": "https://example.com/shop"}
        link = (await own.post("/links", json=form)).json()["id"]
        await own.patch(f"/links/{link}", json={"title": "New shop"}, headers={"If-Match": '"1"'})
        assert (await own.delete(f"/links/{link}")).is_success
    made, changed, deleted = await trail(tenant, UUID(link))
    assert [made.action, changed.action, deleted.action] == ["link.created", "link.changed", "link.deleted"]
    assert after(made)["address"] == "https://example.com/shop"
    assert [(c.field, c.before, c.after) for c in changed.changes] == [("title", "Shop", "New shop")]
    assert {entry.client_id for entry in (made, changed, deleted)} == {tenant.client}
    assert {entry.actor_id for entry in (made, changed, deleted)} == {tenant.user}


async def test_a_changed_password_and_sessions_that_were_ended(tenant: Tenant) -> None:
    async with tenant.context() as ctx:
        await store.set_password(ctx.db, tenant.organisation, tenant.user, await hash_password(PASSWORD))
    async with await browser(tenant) as own, await browser(tenant) as lost, await browser(tenant) as other:
        (first, *_) = [s["id"] for s in (await own.get("/sessions")).json()["items"] if not s["current"]]
        assert (await own.delete(f"/sessions/{first}")).status_code == 204
        assert (await own.delete("/sessions")).status_code == 204
        assert (await own.delete("/sessions")).status_code == 204  # none was left to end: nothing to tell
        form = {"present": PASSWORD, "password": "eight loud herons"}
        changed = await own.post("/profile/password", json=form)
        assert changed.status_code == 204, changed.text
        assert {(await one.get("/session")).status_code for one in (lost, other)} == {401}
    entries = await trail(tenant, tenant.user)
    assert [entry.action for entry in entries] == [
        "sign_in.session_ended", "sign_in.other_sessions_ended", "sign_in.password_changed",
    ]  # fmt: skip
    assert {(entry.actor_id, entry.address) for entry in entries} == {(tenant.user, "192.0.2.9")}
    assert "heron" not in str(entries)


async def test_a_password_that_was_chosen_with_a_link(tenant: Tenant) -> None:
    async with tenant.context() as ctx:
        link = await people.renew_link(ctx, tenant.user)
    app = httpx.ASGITransport(app=create_app(tenant.house), client=("192.0.2.7", 1))
    async with httpx.AsyncClient(transport=app, base_url="http://localhost/api/v1") as stranger:
        form = {"token": link.rpartition("/")[2], "password": PASSWORD}
        assert (await stranger.post("/password", json=form)).is_success
    renewed, chosen = await trail(tenant, tenant.user)
    assert [renewed.action, chosen.action] == ["user.link_renewed", "sign_in.password_chosen"]
    assert (chosen.actor, chosen.actor_id, chosen.address) == ("user", tenant.user, "192.0.2.7")


async def test_what_a_worker_published_and_took_down_with_who_wanted_it(desk: Desk, tenant: Tenant) -> None:
    content = await desk.approved()
    async with await browser(tenant) as own:
        form = {"content_id": str(content), "account_id": str(desk.page.id)}
        post = UUID((await own.post("/posts", json=form)).json()["id"])
        await own.post(f"/posts/{post}/publish")
        assert await desk.run(post) is None
        await own.post(f"/posts/{post}/take-down")
        assert await desk.run(post) is None
    entries = await trail(tenant, post)
    by_job = [entry for entry in entries if entry.actor == "job"]
    assert [entry.action for entry in by_job] == ["post.published", "post.removed"]
    assert [after(entry)["state"] for entry in by_job] == ["published", "removed"]
    assert {after(entry)["decided_by"] for entry in by_job} == {str(tenant.user)}
    assert {entry.client_id for entry in by_job} == {tenant.client}
    assert after(by_job[0])["permalink"]
    assert {entry.actor_id for entry in entries if entry.actor == "user"} == {tenant.user}


async def test_what_was_missed_or_failed_while_nobody_looked(desk: Desk, tenant: Tenant) -> None:
    async with tenant.context() as ctx:
        rows = {}
        for name in ("missed", "failed"):
            content = await desk.approved(f"Why {name} things happen")
            post = await channels.add_post(ctx, content=content, account=desk.page.id)
            due = await channels.database_now(ctx) + timedelta(days=1)
            await channels.schedule(ctx, post.id, wall=None, zone=None, due=due, note=None)
            rows[name] = post.id
        await ctx.db.execute("update post set due_at = now() - interval '2 days'")
    async with tenant.context() as ctx:
        planner = replace(ctx, actor=Actor("system", None, "planner"))
        late = await channels.database_now(ctx) - timedelta(hours=1)
        assert await channels.claim_due(planner, rows["missed"], late=late) == "missed"
        await channels.give_up(planner, rows["failed"], "It could not be claimed")
    for name, post in rows.items():
        entry = (await trail(tenant, post))[-1]
        assert (entry.action, entry.actor, entry.actor_id) == (f"post.{name}", "system", None)
        assert after(entry)["state"] == name
        assert entry.reason
