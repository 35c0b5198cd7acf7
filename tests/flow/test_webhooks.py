"""Webhooks over HTTP against real receivers: what is told, signed how, to whom, and who may ask for it."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from greenroom.infra.context import Context, House
from greenroom.infra.fetch.refuse import AddressRefused
from greenroom.kit.ids import uuid7
from greenroom.tenancy import store
from greenroom.tenancy.webhooks.address import check_address
from tests.support.house import Tenant
from tests.support.webhook_desk import HookDesk, hook_desk
from tests.support.webhook_receiver import OK, receiving, saying, signatures_that_hold

HOUR = timedelta(hours=1)


async def another_client(desk: HookDesk, name: str) -> str:
    made = await desk.browser.post("/clients", json={"name": name})
    assert made.is_success, made.text
    return str(made.json()["id"])


async def another_admin(ctx: Context) -> UUID:
    """Somebody who manages no client."""
    id = uuid7()
    person = {"id": id, "email": "bo@example.com", "name": "Bo", "role": "admin", "status": "active", "zone": "UTC"}
    await store.add_user(ctx.db, ctx.organisation, person)
    return id


async def test_an_event_is_told_once_signed_and_listed(tenant: Tenant) -> None:
    async with receiving() as receiver, hook_desk(tenant, receiver) as desk:
        hook, secret = await desk.made(receiver.address, kinds=["channels.post.*"], description="The wall")
        (event, _) = await desk.happened("channels.post.published", "cast.character.changed")
        await desk.deliver()
        await desk.deliver()
        (told,) = receiver.told
        assert told.line == "POST /hook HTTP/1.1"
        assert told.headers["content-type"] == "application/json"
        assert told.headers["webhook-id"] == told.event["id"] == event
        assert signatures_that_hold(secret, told.headers, told.body) == 1
        assert abs(int(told.headers["webhook-timestamp"]) - datetime.now(UTC).timestamp()) < 60
        assert told.event["organisation"] == str(tenant.organisation)
        assert told.event["client"] == str(tenant.client)
        (listed,) = await desk.deliveries(hook["id"])
        assert (listed["state"], listed["status"], listed["answer"], listed["attempts"]) == (
            "delivered",
            200,
            "told",
            1,
        )
        assert listed["duration_ms"] >= 0
        assert (await desk.webhook(hook["id"]))["last_status"] == 200


async def test_the_secret_is_in_one_answer_only(tenant: Tenant, caplog: pytest.LogCaptureFixture) -> None:
    async with receiving() as receiver, hook_desk(tenant, receiver) as desk:
        hook, secret = await desk.made(receiver.address)
        await desk.happened("channels.post.published")
        await desk.deliver()
        places = ["/webhooks", f"/webhooks/{hook['id']}/deliveries", "/audit"]
        said = "".join([(await desk.browser.get(place)).text for place in places]) + caplog.text
        async with tenant.context() as ctx:
            said += str(await ctx.db.all("select * from event")) + str(await ctx.db.all("select * from audit_entry"))
        assert secret not in said
        assert secret.removeprefix("whsec_") not in said
        assert all(secret.encode() not in one.body for one in receiver.told)


async def test_rotation_signs_with_both_for_a_day(tenant: Tenant) -> None:
    async with receiving() as receiver, hook_desk(tenant, receiver) as desk:
        hook, old = await desk.made(receiver.address)
        rotated = await desk.browser.post(f"/webhooks/{hook['id']}/secret")
        new = rotated.json()["secret"]
        assert rotated.json()["made"]["previous_secret_until"] is not None
        await desk.happened("job.changed")
        await desk.deliver()
        both = receiver.told[-1]
        assert signatures_that_hold(new, both.headers, both.body) == 1
        assert signatures_that_hold(old, both.headers, both.body) == 1
        await desk.pass_time(25 * HOUR)
        await desk.happened("job.changed")
        await desk.deliver()
        one = receiver.told[-1]
        assert signatures_that_hold(new, one.headers, one.body) == 1
        assert signatures_that_hold(old, one.headers, one.body) == 0
        async with tenant.context() as ctx:
            assert await ctx.db.value("select count(*) from secret where kind = 'webhook'") == 1


async def test_what_happened_before_it_was_made_or_while_it_was_off_is_not_told(tenant: Tenant) -> None:
    async with receiving() as receiver, hook_desk(tenant, receiver) as desk:
        await desk.happened("a.before")
        hook, _ = await desk.made(receiver.address, kinds=["a.*"])
        off = await desk.browser.patch(
            f"/webhooks/{hook['id']}", json={"active": False}, headers={"If-Match": f'"{hook["version"]}"'}
        )
        await desk.happened("a.while_off")
        await desk.deliver()
        on = await desk.browser.patch(
            f"/webhooks/{hook['id']}", json={"active": True}, headers={"If-Match": f'"{off.json()["version"]}"'}
        )
        assert on.json()["active"] is True
        await desk.happened("a.after")
        await desk.deliver()
        assert receiver.types == ["a.after"]


async def test_an_endpoint_hears_of_its_client_only(tenant: Tenant) -> None:
    async with receiving() as one, receiving() as whole, hook_desk(tenant, one, whole) as desk:
        second = await another_client(desk, "Second")
        await desk.made(one.address, kinds=["a.*"])
        await desk.made(whole.address, kinds=["a.*"], client_id=None)
        await desk.happened("a.mine")
        await desk.happened("a.second", client=UUID(second))
        await desk.happened("a.organisation", whole=True)
        await desk.deliver()
        assert one.types == ["a.mine"]
        assert sorted(whole.types) == ["a.mine", "a.organisation", "a.second"]


async def test_two_organisations_never_hear_of_each_other(tenant: Tenant, other_tenant: Tenant) -> None:
    async with (
        receiving() as mine,
        receiving() as theirs,
        hook_desk(tenant, mine, theirs) as my_desk,
        hook_desk(other_tenant, mine, theirs) as their_desk,
    ):
        hook, _ = await my_desk.made(mine.address, kinds=["a.*"], client_id=None)
        their_hook, _ = await their_desk.made(theirs.address, kinds=["a.*"], client_id=None)
        await my_desk.happened("a.mine")
        await their_desk.happened("a.theirs")
        await my_desk.deliver()
        assert (mine.types, theirs.types) == (["a.mine"], ["a.theirs"])
        assert [one["id"] for one in (await my_desk.browser.get("/webhooks")).json()["items"]] == [hook["id"]]
        for method, path in (("GET", "deliveries"), ("POST", "test"), ("POST", "secret")):
            refused = await my_desk.browser.request(method, f"/webhooks/{their_hook['id']}/{path}")
            assert refused.status_code == 404
        (delivery,) = await their_desk.deliveries(their_hook["id"])
        again = await my_desk.browser.post(f"/webhooks/{hook['id']}/deliveries/{delivery['id']}/send-again")
        assert again.status_code == 404


async def test_who_loses_the_client_is_told_nothing_more(tenant: Tenant) -> None:
    async with receiving() as receiver, hook_desk(tenant, receiver) as desk:
        hook, _ = await desk.made(receiver.address, kinds=["a.*"])
        await desk.happened("a.first")
        await desk.deliver()
        async with tenant.context() as ctx:
            await ctx.db.execute("update webhook set user_id = %(id)s", {"id": await another_admin(ctx)})
        await desk.happened("a.second")
        await desk.deliver()
        assert receiver.types == ["a.first"]
        off = await desk.webhook(hook["id"])
        assert off["active"] is False
        assert "no longer manages" in off["disabled_reason"]
        async with tenant.context() as ctx:
            told = await ctx.db.all("select severity from event where kind = 'tenancy.webhook.disabled'")
            entries = await ctx.db.all("select actor from audit_entry where action = 'webhook.disabled'")
        assert [row["severity"] for row in told] == ["error"]
        assert [row["actor"] for row in entries] == ["system"]


async def lose_the_client(ctx: Context, elsewhere: str) -> None:
    await ctx.db.execute("update webhook set user_id = %(id)s", {"id": await another_admin(ctx)})


async def move(ctx: Context, elsewhere: str) -> None:
    await ctx.db.execute("update webhook set address = %(address)s", {"address": elsewhere})


async def switch_off(ctx: Context, elsewhere: str) -> None:
    await ctx.db.execute("update webhook set active = false")


@pytest.mark.parametrize(("change", "told"), [(lose_the_client, (1, 0)), (move, (1, 3)), (switch_off, (1, 0))])
async def test_each_delivery_of_a_turn_asks_anew_whether_and_where(
    tenant: Tenant, change: Callable[[Context, str], Awaitable[None]], told: tuple[int, int]
) -> None:
    """Access or address change between two deliveries of one turn."""

    async def change_then_answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        async with tenant.context() as ctx:
            await change(ctx, elsewhere.address)
        writer.write(OK)

    async with (
        receiving(change_then_answer) as receiver,
        receiving() as elsewhere,
        hook_desk(tenant, receiver, elsewhere) as desk,
    ):
        await desk.made(receiver.address, kinds=["a.*"])
        await desk.happened("a.one", "a.two", "a.three", "a.four")
        await desk.deliver()
        assert (len(receiver.told), len(elsewhere.told)) == told


async def test_a_rotated_secret_signs_from_the_next_delivery_on(tenant: Tenant) -> None:
    secrets: list[str] = []

    async def rotate(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        rotated = await desk.browser.post(f"/webhooks/{hook['id']}/secret")
        secrets.append(rotated.json()["secret"])
        writer.write(OK)

    async with receiving(rotate) as receiver, hook_desk(tenant, receiver) as desk:
        hook, first = await desk.made(receiver.address, kinds=["a.*"])
        await desk.happened("a.one", "a.two")
        await desk.deliver()
        assert [signatures_that_hold(first, one.headers, one.body) for one in receiver.told] == [1, 1]
        assert [signatures_that_hold(secrets[0], one.headers, one.body) for one in receiver.told] == [0, 1]


async def test_a_deleted_one_hears_nothing_and_leaves_no_secret(tenant: Tenant) -> None:
    async with receiving() as receiver, hook_desk(tenant, receiver) as desk:
        hook, _ = await desk.made(receiver.address)
        await desk.happened("job.changed")
        assert (await desk.browser.delete(f"/webhooks/{hook['id']}")).status_code == 204
        await desk.deliver()
        assert receiver.told == []
        async with tenant.context() as ctx:
            assert await ctx.db.value("select count(*) from secret where kind = 'webhook'") == 0
            assert await ctx.db.value("select count(*) from webhook_delivery") == 0
        assert (await desk.browser.get(f"/webhooks/{hook['id']}/deliveries")).status_code == 404


async def test_a_test_reaches_this_endpoint_only_whatever_it_chose(tenant: Tenant) -> None:
    async with receiving() as one, receiving() as other, hook_desk(tenant, one, other) as desk:
        hook, secret = await desk.made(one.address, kinds=["studio.content.changed"])
        await desk.made(other.address, kinds=["tenancy.webhook.test"])
        sent = await desk.browser.post(f"/webhooks/{hook['id']}/test")
        assert (sent.status_code, sent.json()["state"]) == (202, "pending")
        await desk.deliver()
        assert one.types == ["tenancy.webhook.test"]
        assert signatures_that_hold(secret, one.told[0].headers, one.told[0].body) == 1
        assert other.told == []


async def test_one_delivery_can_be_sent_again(tenant: Tenant) -> None:
    async with receiving() as receiver, hook_desk(tenant, receiver) as desk:
        hook, _ = await desk.made(receiver.address, kinds=["a.*"])
        await desk.happened("a.one")
        await desk.deliver()
        (delivery,) = await desk.deliveries(hook["id"])
        path = f"/webhooks/{hook['id']}/deliveries/{delivery['id']}/send-again"
        assert (await desk.browser.post(path)).status_code == 202
        await desk.deliver()
        first, second = receiver.told
        assert first.headers["webhook-id"] == second.headers["webhook-id"]
        assert first.body == second.body
        off = {"If-Match": f'"{hook["version"]}"'}
        assert (await desk.browser.patch(f"/webhooks/{hook['id']}", json={"active": False}, headers=off)).is_success
        assert (await desk.browser.post(path)).status_code == 409
        assert (await desk.browser.post(f"/webhooks/{hook['id']}/test")).status_code == 409


async def test_deliveries_come_in_pages_and_by_state(tenant: Tenant) -> None:
    async with receiving(saying(500)) as receiver, hook_desk(tenant, receiver) as desk:
        hook, _ = await desk.made(receiver.address, kinds=["a.*"])
        await desk.happened(*["a.one"] * 5)
        await desk.deliver()
        path, found, cursor = f"/webhooks/{hook['id']}/deliveries", [], None
        while True:
            query = {"limit": 2, **({"cursor": cursor} if cursor else {})}
            page = (await desk.browser.get(path, params=query)).json()
            found += [one["id"] for one in page["items"]]
            if (cursor := page["next"]) is None:
                break
        assert len(found) == len(set(found)) == 5
        failed = (await desk.browser.get(path, params={"state": "failed"})).json()["items"]
        assert [one["status"] for one in failed] == [500]
        assert (await desk.browser.get(path, params={"cursor": "nonsense"})).status_code == 422


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/",
        "https://10.0.0.1/",
        "https://[::1]/",
        "https://169.254.169.254/latest/meta-data",
        "http://1.1.1.1/",
        "https://1.1.1.1:8443/",
        "https://user:secret@1.1.1.1/",
        "ftp://1.1.1.1/",
        "https://2130706433/",
    ],
)
async def test_an_address_that_nothing_may_be_sent_to_is_refused(tenant: Tenant, address: str) -> None:
    async with hook_desk(tenant) as desk:
        body = {"address": address, "client_id": str(tenant.client)}
        refused = await desk.browser.post("/webhooks", json=body)
        assert refused.status_code == 422
        assert "address" in refused.json()["errors"]
        made = await desk.browser.post("/webhooks", json={**body, "address": "https://1.1.1.1/"})
        assert made.status_code == 201, made.text
        changed = await desk.browser.patch(
            f"/webhooks/{made.json()['made']['id']}", json={"address": address}, headers={"If-Match": '"1"'}
        )
        assert changed.status_code == 422


async def test_a_name_is_asked_what_it_leads_to(house: House) -> None:
    async def public(host: str, port: int) -> list[str]:
        return ["1.1.1.1"]

    async def half_private(host: str, port: int) -> list[str]:
        return ["1.1.1.1", "10.0.0.1"]

    await check_address(house.settings, "https://hooks.example.com/", resolver=public)
    with pytest.raises(AddressRefused):
        await check_address(house.settings, "https://hooks.example.com/", resolver=half_private)


async def test_only_a_super_user_has_everything_sent(tenant: Tenant) -> None:
    async with hook_desk(tenant) as desk:
        whole = await desk.browser.post("/webhooks", json={"address": "https://1.1.1.1/"})
        assert whole.status_code == 201
        async with tenant.context() as ctx:
            await ctx.db.execute("update app_user set role = 'admin'")
            await store.set_access(
                ctx.db, tenant.organisation, tenant.user, [{"client_id": tenant.client, "level": "full"}]
            )
        assert (await desk.browser.get("/webhooks")).json()["items"] == []
        assert (await desk.browser.post(f"/webhooks/{whole.json()['made']['id']}/test")).status_code == 404
        assert (await desk.browser.post("/webhooks", json={"address": "https://1.1.1.1/"})).status_code == 403
        mine = {"address": "https://1.1.1.1/", "client_id": str(tenant.client)}
        assert (await desk.browser.post("/webhooks", json=mine)).status_code == 201
        async with tenant.context() as ctx:
            await ctx.db.execute("update client_access set level = 'limited'")
        assert (await desk.browser.get("/webhooks")).status_code == 403


async def test_each_change_is_in_the_audit_trail(tenant: Tenant) -> None:
    async with receiving() as receiver, hook_desk(tenant, receiver) as desk:
        hook, _ = await desk.made(receiver.address)
        version = {"If-Match": f'"{hook["version"]}"'}
        changed = await desk.browser.patch(f"/webhooks/{hook['id']}", json={"kinds": ["a.*"]}, headers=version)
        assert changed.json()["kinds"] == ["a.*"]
        stale = await desk.browser.patch(f"/webhooks/{hook['id']}", json={"kinds": ["*"]}, headers=version)
        assert stale.status_code == 412
        await desk.browser.post(f"/webhooks/{hook['id']}/secret")
        await desk.browser.delete(f"/webhooks/{hook['id']}")
        entries = (await desk.browser.get("/audit")).json()["items"]
        actions = [one["action"] for one in entries if one["subject_id"] == hook["id"]]
        assert actions == ["webhook.deleted", "webhook.secret_rotated", "webhook.changed", "webhook.created"]


async def test_an_address_is_in_the_trail_by_its_host_only(tenant: Tenant) -> None:
    """The rest of an address is often a secret, and the trail is never shortened."""
    async with hook_desk(tenant) as desk:
        body = {"address": "https://1.1.1.1/ZZCANARY-first?key=ZZCANARY", "client_id": str(tenant.client)}
        hook = (await desk.browser.post("/webhooks", json=body)).json()["made"]
        path = f"/webhooks/{hook['id']}"
        moved = {"address": "https://1.1.1.1/ZZCANARY-second"}
        assert (await desk.browser.patch(path, json=moved, headers={"If-Match": '"1"'})).is_success
        await desk.browser.delete(path)
        async with tenant.context() as ctx:
            kept = str(await ctx.db.all("select * from audit_entry")) + str(
                await ctx.db.all("select * from audit_value")
            )
        entries = (await desk.browser.get("/audit", params={"subject": hook["id"]})).json()["items"]
    assert "ZZCANARY" not in kept
    assert [one["action"] for one in entries] == ["webhook.deleted", "webhook.changed", "webhook.created"]
    (change,) = entries[1]["changes"]
    assert change["field"] == "address_digest"
    assert change["before"] != change["after"]
    made = {one["field"]: one["after"] for one in entries[2]["changes"]}
    assert (made["host"], made["address_digest"]) == ("1.1.1.1", change["before"])
