"""What a phone can't do is refused at the server, before a file is handed out, and not written down as done."""

from greenroom.wire.messages import Do, Done, Verb
from tests.support.phones import seen
from tests.support.wait import until
from tests.support.walls import Stage


async def test_what_a_phone_cannot_do_never_reaches_its_agent(stage: Stage) -> None:
    agent, epoch = stage.agent, await stage.take()
    verbs: tuple[Verb, ...] = ("install", "push", "reboot")
    await agent.phone(seen(1, abilities=("rotate",)))
    async with stage.browser() as ada:
        file = (await ada.post("/phones/files", params={"name": "a.ipa"}, content=b"x")).json()["id"]

        async def told() -> bool:
            return bool((await ada.get(f"/phones/{stage.phone}")).json()["abilities"] == ["rotate"])

        await until(told)
    async with stage.wall() as wall:
        number = wall.numbers[stage.phone]
        for verb in verbs:
            await wall.say(Do(1, number, epoch, verb, file, 1))
        await wall.hears(Done, 3)
        said = [(one.kind, one.sentence.partition(")")[0].partition("(")[2]) for one in wall.of(Done)]
        assert said == [("not_supported", verb) for verb in verbs]
        await agent.phone(seen(1, abilities=("reboot", "rotate")))
        await wall.say(Do(2, number, epoch, "reboot", "", 1))
        order = await agent.hears(Do)
        assert [one.verb for one in agent.of(Do)] == ["reboot"]
        await agent.say(Done(order.id, 1, "", "", ""))
        assert (await wall.hears(Done, 4)).kind == ""
    async with stage.tenant.context() as ctx:
        rows = await ctx.db.all("select action from audit_entry where action like 'phone.%'")
    assert [row["action"] for row in rows if row["action"] in ("phone.app_installed", "phone.rebooted")] == [
        "phone.rebooted"
    ]
