"""Which news of the rooms below this room acts on, and what its jobs ask of those who cancel or retry them."""

from greenroom.channels.accounts import follow_character, open_page
from greenroom.channels.follow_job import KIND, TAKE_DOWN, follow_job
from greenroom.channels.retry_job import publish_again, take_down_again
from greenroom.channels.steps import follow_content
from greenroom.infra import events
from greenroom.infra.jobs import rule


def register() -> None:
    events.listen("cast.character.created", open_page)
    events.listen("cast.character.changed", follow_character)
    events.listen("studio.content.changed", follow_content)
    events.listen("job.changed", follow_job)
    rule(KIND, permission="publish", again=publish_again)
    rule(TAKE_DOWN, permission="publish", again=take_down_again)
