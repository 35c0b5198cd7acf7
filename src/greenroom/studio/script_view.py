"""A script as people see and edit it, and back into the pipeline's. Pure."""

from greenroom.kit.errors import Invalid
from greenroom.studio.contracts import Beat, Script, Shot, Source
from greenroom.studio.records import BeatEdit, BeatView, ScriptEdit, ScriptView


def script_view(script: Script, *, edited: bool) -> ScriptView:
    return ScriptView(
        title=script.title,
        hook=script.hook,
        beats=tuple(
            BeatView(
                id=beat.id,
                narration=beat.narration,
                on_screen=beat.on_screen,
                picture=beat.picture.kind,
                source=_quoted(beat.source) if beat.source else None,
            )
            for beat in script.beats
        ),
        closing=script.closing,
        caption=script.caption,
        hashtags=script.hashtags,
        sources=tuple(dict.fromkeys(_quoted(source) for source in script.sources)),
        language=script.language,
        notes=script.notes,
        edited=edited,
    )


def edited_script(script: Script, edit: ScriptEdit) -> Script:
    """The script with a person's changes; what they did not touch stays. Invalid when nothing is left to say."""
    changes = {field: value for field in edit.model_fields_set if (value := getattr(edit, field)) is not None}
    if edit.beats is not None:
        changes["beats"] = _beats(script, edit.beats)
    if edit.hashtags is not None:
        changes["hashtags"] = tuple(dict.fromkeys(tag for tag in edit.hashtags if tag))
    empty = {field: "Write something" for field in ("title", "hook", "closing") if changes.get(field) == ""}
    if empty:
        raise Invalid("A script needs a title, a hook and a closing", fields=empty)
    return script.model_copy(update=changes)


def _beats(script: Script, edits: tuple[BeatEdit, ...]) -> tuple[Beat, ...]:
    """Known beats keep what is drawn and quoted for them; the order is the person's."""
    ids = [edit.id for edit in edits]
    if len(set(ids)) != len(ids):
        raise Invalid("Two beats have the same id", fields={"beats": "Give each beat an id of its own"})
    silent = {f"beats.{edit.id}": "Write what is said" for edit in edits if not edit.narration}
    if silent:
        raise Invalid("A beat says nothing; write its narration or take it out", fields=silent)
    known = {beat.id: beat for beat in script.beats}
    return tuple(_beat(known.get(edit.id), edit) for edit in edits)


def _beat(known: Beat | None, edit: BeatEdit) -> Beat:
    if known is None:
        return Beat(
            id=edit.id, narration=edit.narration, on_screen=edit.on_screen or edit.narration[:40], picture=PLAIN
        )
    return known.model_copy(update={"narration": edit.narration, "on_screen": edit.on_screen or known.on_screen})


def _quoted(source: Source) -> str:
    return f"“{source.quote}” ({source.name})"


PLAIN = Shot(kind="pattern")
"""What is drawn for a beat that a person added."""
