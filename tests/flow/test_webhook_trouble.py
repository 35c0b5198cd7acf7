"""Webhooks to receivers that fail, hang, lead elsewhere, say too much or want no more."""

import asyncio
from datetime import timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import psycopg
import pytest

from greenroom.infra.context import Context
from greenroom.infra.postgres.addresses import Addresses
from greenroom.tenancy.webhooks import courier
from greenroom.tenancy.webhooks.courier import deliver_due
from tests.support.house import Tenant
from tests.support.wait import until_true
from tests.support.webhook_desk import HookDesk, hook_desk
from tests.support.webhook_receiver import Receiver, receiving, saying

SECOND, HOUR, DAY = timedelta(seconds=1), timedelta(hours=1), timedelta(days=1)


async def hang(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.read()  # until the sender has waited long enough


async def hang_up(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.close()


async def one_attempt(desk: HookDesk, receiver: Receiver) -> dict[str, Any]:
    """A fresh endpoint's only delivery, after it was tried once."""
    hook, _ = await desk.made(receiver.address, kinds=["a.*"])
    await desk.happened("a.one")
    await desk.deliver()
    (delivery,) = await desk.deliveries(hook["id"])
    return delivery


async def test_a_failure_is_tried_again_under_the_same_id_until_it_is_delivered(tenant: Tenant) -> None:
    async with receiving(saying(500, b"oh"), saying(503), hang_up) as receiver, hook_desk(tenant, receiver) as desk:
        failed = await one_attempt(desk, receiver)
        assert (failed["state"], failed["status"], failed["answer"]) == ("failed", 500, "oh")
        assert failed["error"] == "It answered 500"
        await desk.deliver()
        assert len(receiver.told) == 1, "it is left in peace for some seconds"
        hook = (await desk.browser.get("/webhooks")).json()["items"][0]
        assert hook["failing_since"] is not None
        assert hook["rests_until"] is not None
        for attempts in (2, 3, 4):
            await desk.pass_time(HOUR)
            await desk.deliver()
            assert len(receiver.told) == attempts
        (delivered,) = await desk.deliveries(hook["id"])
        assert (delivered["state"], delivered["attempts"], delivered["error"]) == ("delivered", 4, "")
        assert len({told.headers["webhook-id"] for told in receiver.told}) == 1
        assert len({told.body for told in receiver.told}) == 1
        assert (await desk.webhook(hook["id"]))["failing_since"] is None


async def test_retries_keep_the_order(tenant: Tenant) -> None:
    async with receiving(saying(500), saying(500)) as receiver, hook_desk(tenant, receiver) as desk:
        await desk.made(receiver.address, kinds=["a.*"])
        await desk.happened("a.one", "a.two", "a.three")
        for _ in range(3):
            await desk.deliver()
            await desk.pass_time(60 * SECOND)
        assert receiver.types == ["a.one", "a.one", "a.one", "a.two", "a.three"]
        assert receiver.most_at_once == 1


async def test_retry_after_is_obeyed(tenant: Tenant) -> None:
    async with receiving(saying(429, retry_after="900")) as receiver, hook_desk(tenant, receiver) as desk:
        await one_attempt(desk, receiver)
        await desk.happened("a.two")
        await desk.pass_time(600 * SECOND)
        await desk.deliver()
        assert receiver.types == ["a.one"]
        await desk.pass_time(301 * SECOND)
        await desk.deliver()
        assert receiver.types == ["a.one", "a.one", "a.two"]


async def test_what_a_person_asks_for_goes_first_and_at_once(tenant: Tenant) -> None:
    async with receiving(saying(503, retry_after="900")) as receiver, hook_desk(tenant, receiver) as desk:
        hook, _ = await desk.made(receiver.address, kinds=["a.*"])
        await desk.happened("a.one", "a.two")
        await desk.deliver()
        first, _ = await desk.deliveries(hook["id"])
        assert (await desk.browser.post(f"/webhooks/{hook['id']}/test")).is_success
        await desk.deliver()
        assert receiver.types == ["a.one", "tenancy.webhook.test", "a.two"]
        assert (
            await desk.browser.post(f"/webhooks/{hook['id']}/deliveries/{first['id']}/send-again")
        ).status_code == 202
        await desk.deliver()
        assert receiver.types[3:] == ["a.one"]


async def test_a_redirect_is_not_followed(tenant: Tenant) -> None:
    async with receiving() as canary:
        away = saying(307, location=canary.address)
        async with receiving(away) as receiver, hook_desk(tenant, receiver, canary) as desk:
            delivery = await one_attempt(desk, receiver)
        assert canary.told == []
    assert (delivery["state"], delivery["status"]) == ("failed", 307)
    assert "redirects are not followed" in delivery["error"]


async def test_gone_switches_it_off(tenant: Tenant) -> None:
    async with receiving(saying(410)) as receiver, hook_desk(tenant, receiver) as desk:
        delivery = await one_attempt(desk, receiver)
        assert delivery["state"] == "dead"
        (hook,) = (await desk.browser.get("/webhooks")).json()["items"]
        assert (hook["active"], hook["disabled_reason"]) == (False, "It answered 410 Gone: it wants no more")
        await desk.happened("a.two")
        await desk.deliver()
        assert len(receiver.told) == 1
        async with tenant.context() as ctx:
            assert await told_off(ctx) == (1, 1)


async def told_off(ctx: Context) -> tuple[int, int]:
    """How many events and how many entries of the audit trail say that an endpoint was switched off."""
    return (
        await ctx.db.value("select count(*) from event where kind = 'tenancy.webhook.disabled'"),
        await ctx.db.value("select count(*) from audit_entry where action = 'webhook.disabled'"),
    )


async def test_five_megabytes_are_not_read(tenant: Tenant) -> None:
    async with receiving(saying(200, b"x" * 5_000_000)) as receiver, hook_desk(tenant, receiver) as desk:
        delivery = await one_attempt(desk, receiver)
    assert (delivery["state"], delivery["answer"]) == ("failed", "")
    assert "more than" in delivery["error"]


async def test_a_kilobyte_of_the_answer_is_kept_as_text(tenant: Tenant) -> None:
    answer = b"\x00\xff\x1b[31m" + "ü".encode() * 3000
    async with receiving(saying(200, answer)) as receiver, hook_desk(tenant, receiver) as desk:
        delivery = await one_attempt(desk, receiver)
    assert delivery["state"] == "delivered"
    assert len(delivery["answer"]) == 1024
    assert "\x00" not in delivery["answer"]
    assert "\x1b" not in delivery["answer"]


async def test_one_that_hangs_holds_up_nobody(tenant: Tenant) -> None:
    async with receiving(hang) as slow, receiving() as quick, hook_desk(tenant, slow, quick) as desk:
        hook, _ = await desk.made(slow.address, kinds=["a.*"])
        await desk.made(quick.address, kinds=["a.*"])
        await desk.happened("a.one")
        delivering = asyncio.create_task(desk.deliver())
        await until_true(lambda: len(slow.told) == 1 and len(quick.told) == 1)
        await desk.happened("a.two")
        await until_true(lambda: len(quick.told) == 2)
        assert not delivering.done(), "the slow one was waited for"
        assert len(slow.told) == 1
        await delivering  # for the ten seconds that an answer may take
        first, *_ = await desk.deliveries(hook["id"])
        assert (first["state"], first["status"]) == ("failed", None)
        assert "took longer" in first["error"]
        assert slow.most_at_once == 1


async def test_a_turn_that_breaks_off_before_it_has_its_endpoint_is_not_tried_without_a_pause(
    tenant: Tenant, database_urls: Addresses, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing was written, so the endpoint is due still; others are told meanwhile, and this one once it is mended."""
    assert database_urls.superuser is not None
    monkeypatch.setattr(courier, "_PAUSES", (60,))
    async with receiving() as bad, receiving() as good, hook_desk(tenant, bad, good) as desk:
        hook, _ = await desk.made(bad.address, kinds=["a.*"])
        await desk.made(good.address, kinds=["a.*"])
        await desk.happened("a.one")
        with psycopg.connect(database_urls.superuser, autocommit=True) as owner:
            owner.execute(f"""create function gr.refuse() returns trigger language plpgsql as
                              $$ begin raise exception 'no room'; end $$;
                              create trigger refuse before update on gr.webhook for each row
                              when (old.id = '{hook["id"]}') execute function gr.refuse()""")
            for _ in range(5):
                async with asyncio.timeout(30):
                    await desk.deliver()
            assert (len(bad.told), len(good.told)) == (0, 1)
            broke = [record for record in caplog.records if "its turn broke off" in record.message]
            assert len(broke) == 1
            owner.execute("drop trigger refuse on gr.webhook; drop function gr.refuse()")
        clock = courier._broken[UUID(hook["id"])].until + 1
        monkeypatch.setattr(courier, "time", SimpleNamespace(monotonic=lambda: clock))
        await desk.deliver()
        assert len(bad.told) == 1


async def test_only_so_many_are_spoken_with_at_once(tenant: Tenant) -> None:
    async def slowly(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(0.2)
        writer.write(saying(200))

    async with receiving(*[slowly] * 5) as receiver, hook_desk(tenant, receiver) as desk:
        for _ in range(5):
            await desk.made(receiver.address, kinds=["a.*"])
        await desk.happened("a.one")
        await deliver_due(desk.house, at_once=2)
        assert len(receiver.told) == 5
        assert receiver.most_at_once == 2


async def test_after_three_days_it_is_dead_and_after_five_of_failures_the_endpoint_is_off(tenant: Tenant) -> None:
    async with receiving(*[saying(500)] * 3) as receiver, hook_desk(tenant, receiver) as desk:
        hook, _ = await desk.made(receiver.address, kinds=["a.*"])
        await desk.happened("a.one")
        await desk.deliver()
        await desk.pass_time(3 * DAY)
        await desk.deliver()
        (delivery,) = await desk.deliveries(hook["id"])
        assert (delivery["state"], delivery["attempts"], delivery["next_at"]) == ("dead", 2, None)
        assert (await desk.webhook(hook["id"]))["active"] is True
        await desk.pass_time(2 * DAY)
        await desk.happened("a.two")
        await desk.deliver()
        off = await desk.webhook(hook["id"])
        assert (off["active"], off["disabled_reason"]) == (False, "It has given no good answer for 5 days")
        async with tenant.context() as ctx:
            assert await told_off(ctx) == (1, 1)
        on = await desk.browser.patch(
            f"/webhooks/{hook['id']}", json={"active": True}, headers={"If-Match": f'"{off["version"]}"'}
        )
        assert (on.json()["disabled_reason"], on.json()["failing_since"]) == (None, None)


async def test_a_name_that_leads_home_at_delivery_is_not_called(tenant: Tenant) -> None:
    async def rebound(host: str, port: int) -> list[str]:
        return ["127.0.0.1"]

    async with receiving() as canary, hook_desk(tenant) as desk:
        hook, _ = await desk.made("https://1.1.1.1/", kinds=["a.*"])
        async with tenant.context() as ctx:
            address = f"http://hooks.example.com:{canary.port}/"
            await ctx.db.execute("update webhook set address = %(address)s", {"address": address})
        await desk.happened("a.one")
        await desk.deliver(resolver=rebound)
        assert canary.told == []
        (delivery,) = await desk.deliveries(hook["id"])
        assert (delivery["state"], delivery["status"]) == ("failed", None)
        assert "not on the public internet" in delivery["error"]


async def test_signing_tells_of_no_secret_and_does_not_feed_itself(tenant: Tenant) -> None:
    async with receiving() as receiver, hook_desk(tenant, receiver) as desk:
        await desk.made(receiver.address, client_id=None, kinds=["*"])
        await desk.happened("a.one")
        for _ in range(4):
            await desk.deliver()
        assert receiver.types == ["tenancy.webhook.created", "a.one"]


async def test_an_event_that_commits_late_is_told_too(tenant: Tenant) -> None:
    async with receiving() as receiver, hook_desk(tenant, receiver) as desk:
        await desk.made(receiver.address, kinds=["a.*"])
        async with tenant.context() as ctx:
            await ctx.db.execute("select pg_current_xact_id()")
            await desk.happened("a.quick", wait=False)
            await deliver_due(desk.house)
            assert receiver.types == [], "an older transaction is still open, so nothing newer has its place yet"
        await desk.deliver()
        assert receiver.types == ["a.quick"]


async def test_two_couriers_at_once_tell_once(tenant: Tenant) -> None:
    async with receiving() as receiver, hook_desk(tenant, receiver) as desk:
        await desk.made(receiver.address, kinds=["a.*"])
        await desk.happened(*["a.one"] * 10)
        await asyncio.gather(desk.deliver(), desk.deliver(), desk.deliver())
        await desk.deliver()
        ids = [told.headers["webhook-id"] for told in receiver.told]
        assert len(ids) == len(set(ids)) == 10
        assert receiver.most_at_once == 1
