"""Words that the writer knows by their kind: small words, verbs that begin an instruction, words of an area."""

import re


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\S+", text))


SMALL = _words("""
    & a about across after against all also always among an and another any are as at be because before between both
    but by can could did do does during each even ever every few for from had has have he her his how i if in into
    is it its just many may me might more most much my near nearly never no not of off often on one only or other
    our out over own per rather really roughly same should since so some still such than that the their them then
    there these they this those through to too toward towards under until up upon us using very via was we were what
    when where which while who why will with within without would yet you your
""")

VERBS = _words("""
    bake brew budget build buy choose clean cook create deal draw drink eat find fix gain garden get grow improve
    invest keep learn live lose make manage meditate negotiate organise organize pack paint plan play prepare
    protect quit read repair run save sell sing sleep speak start stop study teach train travel understand use write
""")

# Patterns of whole words; the first area that has one in a topic is the topic's.
_AREAS = {
    "money": r"""
        money interest invest\w* sav(?:e|ing|ings) budget\w* debt tax(?:es)? pension inflation mortgage rent
        stocks? crypto bank\w* salary price prices cost insurance loans? econom\w+ financ\w+
    """,
    "health": r"""
        health\w* sleep\w* diet\w* vitamins? exercis\w+ fitness stress anxiety medic\w+ doctor pain weight brain
        heart immune allerg\w+ headaches? therapy mental yoga running posture back
    """,
    "tech": r"""
        ai artificial computers? software apps? phones? internet privacy passwords? data robots? algorithm\w*
        code coding programming python batter(?:y|ies) chips? electric cyber\w* encryption cloud models?
    """,
    "food": r"""
        food cook\w* bak\w+ coffee tea bread recipes? kitchen chocolate wine cheese pasta soup breakfast dinner
        sourdough
    """,
    "nature": r"""
        animals? cats? dogs? birds? bees? plants? garden\w* trees? forests? oceans? sea climate weather space
        moon stars? planets? volcano\w* whales? insects? soil rivers? rain mushrooms? octopus\w*
    """,
    "past": r"""
        histor\w+ ancient medieval war wars empire roman century museum archaeolog\w+ myths? legends? crime
        mystery
    """,
    "craft": r"""
        writ\w+ draw\w* paint\w* photo\w* music guitar piano design\w* film\w* story stories novel poet\w* art
        craft\w* knit\w*
    """,
    "place": r"""
        travel\w* cit(?:y|ies) trip japan italy france hotel flights? airport trains? hik\w+ camp\w* island
        mountains? map maps
    """,
    "people": r"""
        friend\w* famil\w+ parent\w* love dating marriage leader\w* team\w* work career job boss meetings?
        habits? motivation confidence productivity procrastination discipline focus happiness conversation
        feedback negotiat\w+
    """,
}


def area(text: str) -> str:
    """The area that a text belongs to by its words, or "any"."""
    return next((name for name, pattern in _PATTERNS if pattern.search(text)), "any")


_PATTERNS = tuple(
    (name, re.compile(rf"\b(?:{'|'.join(words.split())})\b", re.IGNORECASE)) for name, words in _AREAS.items()
)
