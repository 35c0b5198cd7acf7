"""All commands of the phone's shell by name."""

from collections.abc import Awaitable, Callable

from greenroom.agent.virtual.android.shell import (
    activity,
    basics,
    dumpsys,
    files,
    hands,
    package,
    programs,
    screen,
    settings,
)
from greenroom.agent.virtual.android.shell.run import Run

Command = Callable[[Run], Awaitable[int]]
COMMANDS: dict[str, Command] = {
    **basics.COMMANDS,
    **files.COMMANDS,
    **hands.COMMANDS,
    **screen.COMMANDS,
    **activity.COMMANDS,
    **package.COMMANDS,
    **dumpsys.COMMANDS,
    **settings.COMMANDS,
    **programs.COMMANDS,
}
