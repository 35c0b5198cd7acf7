"""The formats a brief can ask for, as data: forms, the writer and the documentation read this list."""

from dataclasses import dataclass

from greenroom.studio.errors import Invalid


@dataclass(frozen=True, slots=True)
class Format:
    id: str
    name: str
    description: str


FORMATS: tuple[Format, ...] = (
    Format("explainer", "Explainer", "One subject, step by step, for somebody who meets it for the first time."),
    Format("listicle", "List", "A handful of numbered points, each on a card of its own."),
    Format("story", "Story", "Told in order, with a person in it; without a text it is plainly an imagined scene."),
    Format("quote", "Quotes", "A few short lines given room: sentences of the text, or questions to carry around."),
    Format("talking_character", "Talking character", "The character speaks in the first person, its portrait in view."),
    Format("slideshow", "Slideshow", "Many short slides, few words on each."),
)


def find(id: str) -> Format:
    found = next((one for one in FORMATS if one.id == id), None)
    if found is None:
        names = ", ".join(one.id for one in FORMATS)
        raise Invalid(f"There is no format {id}. Choose one of: {names}.", fields={"format": f"One of: {names}"})
    return found
