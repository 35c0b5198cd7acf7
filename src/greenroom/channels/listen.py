"""Which news of the rooms below this room acts on, and what its jobs ask of those who cancel or retry them."""

from greenroom.channels import correct_outcome
from greenroom.channels.accounts import follow_character, open_page
from greenroom.channels.correct import CORRECT
from greenroom.channels.follow_job import KIND, LOOK, TAKE_DOWN, follow_job
from greenroom.channels.retry_job import look_again, publish_again, take_down_again
from greenroom.channels.steps import follow_content
from greenroom.infra import events
from greenroom.infra.jobs import rule


def register() -> None:
    events.listen("cast.character.created", open_page)
    events.listen("cast.character.changed", follow_character)
    events.listen("studio.content.changed", follow_content)
    events.listen("job.changed", follow_job)
    events.listen("job.changed", correct_outcome.follow_job)
    rule(KIND, permission="publish", again=publish_again)
    rule(LOOK, permission="publish", again=look_again)
    rule(TAKE_DOWN, permission="publish", again=take_down_again)
    rule(CORRECT, permission="publish", again=correct_outcome.correct_again)
