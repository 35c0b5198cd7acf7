"""Characters: made, edited by version, put away and brought back, each within its client."""

import asyncio

import pytest

from greenroom.cast import change, listen, portrait, read
from greenroom.cast.contracts import (
    CharacterChange,
    Disclosure,
    NewCharacter,
    Palette,
    Persona,
    Profile,
    Sample,
    Voice,
)
from greenroom.cast.create import create
from greenroom.cast.errors import Refused
from greenroom.entrypoints import wiring
from greenroom.kit.clock import FixedClock
from greenroom.kit.errors import Conflict, Invalid, NotFound, Stale, TooMany
from greenroom.kit.ids import uuid7
from greenroom.media import facade as media
from tests.support.house import START, Tenant


@pytest.fixture(autouse=True)
def _wired() -> None:
    wiring.register_listeners()


async def test_from_a_template_with_a_portrait_at_once(tenant: Tenant) -> None:
    async with tenant.context() as ctx:
        made = await create(ctx, NewCharacter(template="ledger"))
        file = await portrait.portrait(ctx, made.id)
        drawn = media.path(ctx, file).read_bytes()
    assert (made.name, made.handle, made.version) == ("Nora Ledger", "nora-ledger", 1)
    assert "AI" in made.disclosure.profile
    assert drawn.startswith(b"\x89PNG")
    assert made.portrait_url is not None
    assert str(file.id) in made.portrait_url


async def test_from_nothing_it_speaks_of_itself_by_name(tenant: Tenant) -> None:
    async with tenant.context() as ctx:
        made = await create(ctx, NewCharacter(name="Ida"))
    assert made.disclosure.profile == "I am Ida, a virtual character. My videos are made with AI."
    assert made.voice == Voice()


async def test_the_same_name_gives_another_handle_and_another_face(tenant: Tenant) -> None:
    async with tenant.context() as ctx:
        first = await create(ctx, NewCharacter(name="Ida"))
        second = await create(ctx, NewCharacter(name="Ida"))
    assert (first.handle, second.handle) == ("ida", "ida-2")
    assert first.seed != second.seed


async def test_a_portrait_follows_its_seed(tenant: Tenant) -> None:
    async with tenant.context() as ctx:
        made = await create(ctx, NewCharacter(name="Ida", seed=1))
        first = await portrait.portrait(ctx, made.id)
        again = await portrait.redraw(ctx, made.id, 1)
        same = await portrait.portrait(ctx, made.id)
        fresh = await portrait.redraw(ctx, made.id, None)
    assert same.hash == first.hash
    assert again.version == 2
    assert fresh.seed != 1


@pytest.mark.parametrize(
    ("new", "field"),
    [
        (NewCharacter(), "name"),
        (NewCharacter(name="Ida", template="nobody"), "template"),
        (NewCharacter(name="Ida", voice=Voice(engine="hibari", voice="nobody")), "voice.voice"),
        (NewCharacter(name="Ida", palette=Palette(paper="#ffffff", ink="#eeeeee")), "palette.ink"),
        (NewCharacter(name="Ida", disclosure=Disclosure(profile="A cook")), "disclosure.profile"),
    ],
)
async def test_what_cannot_be_taken_is_said_at_its_field(tenant: Tenant, new: NewCharacter, field: str) -> None:
    async with tenant.context() as ctx:
        with pytest.raises(Invalid) as refused:
            await create(ctx, new)
    assert field in refused.value.fields


@pytest.mark.parametrize(
    ("new", "field"),
    [
        (NewCharacter(name="Elon Musk"), "name"),
        (NewCharacter(name="Ida", profile=Profile(biography="She is 15.")), "profile.biography"),
        (NewCharacter(name="Ida", persona=Persona(traits=("sexy",))), "persona.traits"),
    ],
)
async def test_what_greenroom_will_not_make_is_refused_where_it_is_typed(
    tenant: Tenant, new: NewCharacter, field: str
) -> None:
    async with tenant.context() as ctx:
        with pytest.raises(Refused) as refused:
            await create(ctx, new)
        assert (await read.list_characters(ctx)).items == []
    assert field in refused.value.fields


async def test_words_to_keep_away_from_are_not_asked_for(tenant: Tenant) -> None:
    async with tenant.context() as ctx:
        made = await create(ctx, NewCharacter(name="Ida", persona=Persona(never_says=("sexy", "teen idol"))))
    assert made.persona.never_says == ("sexy", "teen idol")


async def test_hostile_text_is_cleaned(tenant: Tenant) -> None:
    new = NewCharacter(
        name="\u202e  Ida \x00\u200b",
        profile=Profile(biography="<script>alert(1)</script>\u0000", interests=("a", "a", "\u200b")),
    )
    async with tenant.context() as ctx:
        made = await create(ctx, new)
    assert made.name == "Ida"
    assert made.profile.biography == "<script>alert(1)</script>"
    assert made.profile.interests == ("a",)


async def test_an_edit_names_the_version_it_was_made_from(tenant: Tenant) -> None:
    async with tenant.context() as ctx:
        made = await create(ctx, NewCharacter(name="Ida"))
        edited = await change.change(ctx, made.id, CharacterChange(name="Ida Brook"), version=1)
    assert (edited.version, edited.name, edited.handle) == (2, "Ida Brook", "ida")
    async with tenant.context() as ctx:
        with pytest.raises(Stale) as stale:
            await change.change(ctx, made.id, CharacterChange(name="Lost"), version=1)
    assert stale.value.extra["current"].name == "Ida Brook"


async def test_an_edit_cannot_take_the_disclosure_away(tenant: Tenant) -> None:
    async with tenant.context() as ctx:
        made = await create(ctx, NewCharacter(name="Ida"))
        with pytest.raises(Invalid):
            await change.change(ctx, made.id, CharacterChange(disclosure=Disclosure(label="Handmade")), version=1)


async def test_put_away_and_brought_back(tenant: Tenant) -> None:
    async with tenant.context() as ctx:
        made = await create(ctx, NewCharacter(name="Ida"))
        await change.delete(ctx, made.id)
        await change.delete(ctx, made.id)
        assert (await read.list_characters(ctx)).items == []
        assert [one.id for one in (await read.list_characters(ctx, deleted=True)).items] == [made.id]
        with pytest.raises(Conflict):
            await change.change(ctx, made.id, CharacterChange(name="No"), version=2)
        back = await change.restore(ctx, made.id)
        assert back.deleted_at is None
        assert [one.id for one in (await read.list_characters(ctx)).items] == [made.id]


async def test_lists_are_searched_as_typed_and_read_in_pages(tenant: Tenant) -> None:
    async with tenant.context() as ctx:
        for name in ("Ida 100%", "Nora_Ledger", "Mei"):
            await create(ctx, NewCharacter(name=name))
        assert [one.name for one in (await read.list_characters(ctx, words="0%")).items] == ["Ida 100%"]
        assert [one.name for one in (await read.list_characters(ctx, words="a_l")).items] == ["Nora_Ledger"]
        assert (await read.list_characters(ctx, words="'; drop table character --")).items == []
        first = await read.list_characters(ctx, limit=2)
        rest = await read.list_characters(ctx, limit=2, cursor=first.next)
    assert [one.name for one in (*first.items, *rest.items)] == ["Mei", "Nora_Ledger", "Ida 100%"]
    assert rest.next is None


async def test_nobody_elses_character_is_found(tenant: Tenant, other_tenant: Tenant) -> None:
    async with tenant.context() as ctx:
        made = await create(ctx, NewCharacter(name="Ida"))
    async with other_tenant.context() as ctx:
        assert (await read.list_characters(ctx)).items == []
        for attempt in (
            read.find(ctx, made.id),
            change.delete(ctx, made.id),
            change.restore(ctx, made.id),
            portrait.portrait(ctx, made.id),
            change.change(ctx, made.id, CharacterChange(name="Mine"), version=1),
        ):
            with pytest.raises(NotFound):
                await attempt


async def test_the_public_address_comes_with_the_character(tenant: Tenant) -> None:
    async with tenant.context() as ctx:
        made = await create(ctx, NewCharacter(name="Ida"))
    assert made.page_url == "/p/ida"


async def test_a_voice_is_heard_but_not_all_day(tenant: Tenant) -> None:
    clock = FixedClock(START)
    voice = listen.voices()[-1]
    wanted = Sample(engine=voice.engine, voice=voice.voice, text="Hello.")
    who = tenant.user
    assert (await listen.sample(who, clock, wanted)).startswith(b"RIFF")
    for _ in range(listen.AT_MOST - 1):
        listen._count(who, clock.now())
    with pytest.raises(TooMany):
        await listen.sample(who, clock, wanted)
    clock.advance(listen.WITHIN)
    assert (await listen.sample(who, clock, wanted)).startswith(b"RIFF")
    with pytest.raises(Invalid):
        await listen.sample(who, clock, wanted.model_copy(update={"voice": "nobody"}))


async def test_only_a_few_wait_for_a_voice() -> None:
    clock = FixedClock(START)
    voice = listen.voices()[-1]
    wanted = Sample(engine=voice.engine, voice=voice.voice, text="Hello.")
    asked = (listen.sample(uuid7(), clock, wanted) for _ in range(listen.WAITING + 3))
    answers = await asyncio.gather(*asked, return_exceptions=True)
    refused = [answer for answer in answers if isinstance(answer, TooMany)]
    assert all(isinstance(answer, bytes | TooMany) for answer in answers)
    assert 1 <= len(refused) <= 3
    assert (await listen.sample(uuid7(), clock, wanted)).startswith(b"RIFF")
