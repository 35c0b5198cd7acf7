"""The title card can be read on any picture, also where three lines reach into its busy part."""

import numpy as np
import pytest

from greenroom.studio.contracts import CharacterSheet
from greenroom.studio.make.colour import contrast
from greenroom.studio.make.profile import DRAFT, FINAL, Profile
from greenroom.studio.make.render import overlay

WHO = CharacterSheet(name="Nora Ledger", handle="nora")


@pytest.mark.parametrize("profile", [DRAFT, FINAL])
@pytest.mark.parametrize("words", ["Bees", "Why do leaves change colour in autumn?"])
def test_text_stands_on_its_ground_and_not_on_the_picture(words: str, profile: Profile) -> None:
    ground = WHO.palette.paper
    card = overlay.title(words, ground, WHO, profile)
    assert [text.text for text in card.texts][-1] == "with Nora Ledger"
    for text in card.texts:
        # Just left of a line there is nothing but the picture and what was laid over it.
        x, y = round(text.box.x) - 4, round(text.box.y + text.box.height / 2)
        shown = 1 - card.sprite.inverse[y - card.sprite.y, x - card.sprite.x] / 255
        if text is card.texts[-1] or y > 0.3 * profile.height:
            assert shown > 0.8
    assert contrast(card.texts[-1].colour, ground) >= 4.5
    lowest = card.texts[-1].box
    assert float(np.min(card.sprite.inverse[-3:] / 255)) > 0.8, "the veil ends softly"
    assert card.sprite.y + card.sprite.planes.y.shape[0] > lowest.y + lowest.height
