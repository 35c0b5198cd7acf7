"""A character of the cast as the pipeline needs it."""

from greenroom.cast.contracts import Character
from greenroom.studio.contracts import CharacterSheet, Disclosure, Palette, Persona, VoiceChoice


def sheet_of(character: Character) -> CharacterSheet:
    """Who speaks, how it looks and sounds, and how it says that it is AI."""
    return CharacterSheet(
        name=character.name,
        handle=character.handle,
        persona=Persona(**character.persona.model_dump()),
        palette=Palette(**character.palette.model_dump()),
        voice=VoiceChoice(**character.voice.model_dump()),
        disclosure=Disclosure(**character.disclosure.model_dump()),
        seed=character.seed,
    )
