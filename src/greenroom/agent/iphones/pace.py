"""How long is waited between two tries. Tests wait less."""

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pace:
    """In seconds. `look`: between two looks at what a person has to do, or whether all is still well."""

    first: float = 1.0
    most: float = 60.0
    steady: float = 60.0  # what held for so long did not fail at once
    look: float = 4.0
    running: float = 1.0  # a program that lives for so long runs
    answering: float = 60.0  # for WebDriverAgent to start on the iPhone
    picture: float = 15.0
    tunnel: float = 20.0
    status: float = 5.0  # for one answer of WebDriverAgent

    def pause(self, failures: int) -> float:
        """Before the next try: twice as long each time."""
        return min(math.ldexp(self.first, min(failures, 20)), self.most)
