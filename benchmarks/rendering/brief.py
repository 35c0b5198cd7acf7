"""What the benchmark's video says: a written script, so that the work stays the same when the writer gets better."""

from greenroom.studio.contracts import Beat, Brief, CharacterSheet, MakeInput, Script, Shot, Source

_FOUND = "A strong hive holds up to sixty thousand bees in high summer."
_QUOTE = Source(name="bees.txt", offset=0, length=len(_FOUND), quote=_FOUND)


def brief(seconds: int, seed: int) -> MakeInput:
    """Six pictures for 30 seconds, ten for 60; `seed` decides how they are drawn and move."""
    told = [beat for turn in range(seconds // 30) for beat in _beats(turn)]
    script = Script(
        title="How a hive gets through winter",
        hook="Bees do not sleep through the winter, and nobody heats their house.",
        beats=tuple(told),
        closing="Look at the next hive you pass in the snow: inside it is summer.",
        caption="How bees keep warm.",
        hashtags=("bees", "winter"),
        sources=(_QUOTE,),
        language="en",
    )
    return MakeInput(
        brief=Brief(topic="How bees keep warm in winter", seconds=seconds),
        character=CharacterSheet(name="Ada Field", handle="adafield", seed=seed),
        script=script,
    )


def _beats(turn: int) -> tuple[Beat, ...]:
    return (
        Beat(
            id=f"people-{turn}",
            narration="A strong hive holds up to sixty thousand bees in high summer, and about ten thousand in winter.",
            on_screen="60,000 in summer",
            picture=Shot(kind="bars", figures=(("summer", 60000.0), ("winter", 10000.0)), unit="bees"),
            source=_QUOTE,
        ),
        Beat(
            id=f"warm-{turn}",
            narration="They hang together as a ball, and those inside tremble with their wing muscles to make heat.",
            on_screen="A ball of bees",
            picture=Shot(kind="icon", words="sun"),
        ),
        Beat(
            id=f"turn-{turn}",
            narration="The ones at the edge are the blanket; when they get cold they change places with the middle.",
            on_screen="They take turns",
            picture=Shot(kind="icon", words="loop"),
        ),
        Beat(
            id=f"store-{turn}",
            narration="All that warmth is paid for with honey that was put away when the flowers were open.",
            on_screen="Paid in honey",
            picture=Shot(kind="icon", words="leaf"),
        ),
    )
