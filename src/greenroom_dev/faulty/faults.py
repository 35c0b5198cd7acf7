"""What goes wrong at the faulty platform, and how often. Shares are between 0 and 1, times in seconds."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Faults:
    """Drawn for each call by a generator of numbers with a seed, so that a run can be had again."""

    drop: float = 0.05  # the connection ends before anything has happened
    error_after: float = 0.05  # it is out, and the answer is a 500
    reset_after: float = 0.05  # it is out, and the connection ends without an answer
    slow_after: float = 0.02  # it is out, and the answer comes `slow` later
    slow_down: float = 0.02  # 429 with Retry-After; nothing happened
    reads: float = 0.02  # an upload or a look ends without an answer
    slow: float = 4.0
    queue: float = 0.3  # up to so long an accepted call waits before it is out, also when its caller is gone
    lag: float = 1.0  # so long after it is out, or was edited, the list shows it
    corrects: bool = True  # whether a post that is out may be given other words


NO_FAULTS = Faults(drop=0, error_after=0, reset_after=0, slow_after=0, slow_down=0, reads=0, queue=0, lag=0)
