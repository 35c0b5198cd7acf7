"""Making a character, from a template or from nothing; its portrait is drawn at once."""

from typing import Any

from greenroom.cast import store
from greenroom.cast.contracts import Character, Disclosure, NewCharacter, Palette, Persona, Profile, Voice
from greenroom.cast.definition import KIND, said
from greenroom.cast.judge import judge
from greenroom.cast.portrait import draw, fresh_seed
from greenroom.cast.read import character_of
from greenroom.cast.rules.handles import handle_from
from greenroom.cast.templates import named, template
from greenroom.infra import audit, events, versions
from greenroom.infra.context import Context
from greenroom.kit.errors import Invalid
from greenroom.kit.ids import uuid7
from greenroom.kit.text import slug


async def create(ctx: Context, new: NewCharacter) -> Character:
    """Make the character for the context's one client.

    Raises Invalid (no name, unknown template or voice, unreadable colours), Refused, DiskFull.
    """
    ctx = ctx.within(ctx.one_client())
    row = _row(new)
    judge(row)
    portrait = await draw(ctx, name=row["name"], palette=row["palette"], seed=row["seed"])
    handle = handle_from(row["name"], await store.handles_like(ctx, ctx.one_client(), slug(row["name"])[:30]))
    character = uuid7()
    place = {"client": ctx.one_client(), "id": character, "handle": handle, "portrait_id": portrait.id}
    await store.insert(ctx, {**row, **place})
    await events.emit(
        ctx,
        "cast.character.created",
        subject=("character", character),
        message=f"{row['name']} joined the cast",
        data={"name": row["name"], "handle": handle},
    )
    now = await store.by_id(ctx, character)
    await versions.kept(ctx, KIND, character, said(now))
    made = character_of(now)
    await audit.record(
        ctx, "character.created", ("character", character), after=made.model_dump(), client=made.client_id
    )
    return made


def _row(new: NewCharacter) -> dict[str, Any]:
    """What was given, then the template's, then the defaults. A template's face goes with its name only."""
    base = template(new.template)
    name = new.name or (base.name if base else None)
    if name is None:
        raise Invalid("Give the character a name", fields={"name": "Write a name"})
    seed = base.seed if base and base.name == name else fresh_seed()
    base = named(base, name) if base else None
    return {
        "name": name,
        "profile": new.profile or (base.profile if base else Profile()),
        "persona": new.persona or (base.persona if base else Persona()),
        "palette": new.palette or (base.palette if base else Palette()),
        "voice": new.voice or (base.voice if base else Voice()),
        "disclosure": new.disclosure or (base.disclosure if base else _own_words(name)),
        "seed": seed if new.seed is None else new.seed,
    }


def _own_words(name: str) -> Disclosure:
    return Disclosure(
        profile=f"I am {name}, a virtual character. My videos are made with AI.",
        caption=f"Made with AI. {name} is a virtual character.",
    )
