"""A script as people see it and change it."""

import pytest
from pydantic import ValidationError

from greenroom.kit.errors import Invalid
from greenroom.studio.contracts import Beat, Script, Shot, Source
from greenroom.studio.records import BeatEdit, ScriptEdit
from greenroom.studio.script_view import edited_script, script_view

QUOTE = Source(name="report", offset=3, length=9, quote="Nine of ten")
SCRIPT = Script(
    title="Bees",
    hook="Did you hear it?",
    beats=(
        Beat(id="b1", narration="Nine of ten bees.", on_screen="9 of 10", picture=Shot(kind="chart"), source=QUOTE),
        Beat(id="b2", narration="Listen.", on_screen="Listen", picture=Shot(kind="words", words="Listen")),
    ),
    closing="Goodbye.",
    caption="Bees. Made with AI.",
    hashtags=("bees",),
    sources=(QUOTE,),
    language="en",
)


def test_a_view_is_plain_text() -> None:
    view = script_view(SCRIPT, edited=False)
    assert view.beats[0].picture == "chart"
    assert view.beats[0].source == "“Nine of ten” (report)"
    assert view.beats[1].source is None
    assert view.sources == ("“Nine of ten” (report)",)


def test_a_changed_caption_changes_nothing_else() -> None:
    assert edited_script(SCRIPT, ScriptEdit(caption="New")) == SCRIPT.model_copy(update={"caption": "New"})


def test_beats_keep_what_is_drawn_and_quoted_for_them() -> None:
    view = script_view(SCRIPT, edited=False)
    sent = tuple(BeatEdit(**beat.model_dump()) for beat in view.beats)
    assert edited_script(SCRIPT, ScriptEdit(beats=sent)) == SCRIPT

    edits = (BeatEdit(id="b2", narration="Listen well."), BeatEdit(id="new", narration="One more thing."))
    turned = edited_script(SCRIPT, ScriptEdit(beats=edits))
    assert [beat.id for beat in turned.beats] == ["b2", "new"]
    assert turned.beats[0].picture == Shot(kind="words", words="Listen")
    assert turned.beats[0].narration == "Listen well."
    assert turned.beats[1].source is None


@pytest.mark.parametrize(
    "edit",
    [
        ScriptEdit(title=""),
        ScriptEdit(hook="\u202e"),
        ScriptEdit(beats=(BeatEdit(id="b1", narration=" "),)),
        ScriptEdit(beats=(BeatEdit(id="b1", narration="a"), BeatEdit(id="b1", narration="b"))),
    ],
)
def test_a_script_that_says_nothing_is_refused(edit: ScriptEdit) -> None:
    with pytest.raises(Invalid) as refused:
        edited_script(SCRIPT, edit)
    assert refused.value.fields


def test_no_beats_and_unknown_fields_are_refused() -> None:
    with pytest.raises(ValidationError):
        ScriptEdit(beats=())
    with pytest.raises(ValidationError):
        ScriptEdit.model_validate({"status": "approved"})


def test_hashtags_lose_their_sign_and_their_doubles() -> None:
    assert edited_script(SCRIPT, ScriptEdit(hashtags=("#a b", "ab", "", "c"))).hashtags == ("ab", "c")
