"""Which news of the rooms below this room acts on."""

from greenroom.channels.accounts import follow_character, open_page
from greenroom.channels.follow_job import follow_job
from greenroom.channels.steps import follow_content
from greenroom.infra import events


def register() -> None:
    events.listen("cast.character.created", open_page)
    events.listen("cast.character.changed", follow_character)
    events.listen("studio.content.changed", follow_content)
    events.listen("job.changed", follow_job)
