"""What can go wrong in the studio.

Problem (kit)
├── Invalid (kit)      a brief that cannot be made: says what to change
│   ├── Refused        asks for what Greenroom will not do: says why
│   └── Unwritable     nothing speakable is left of the text
├── Conflict (kit)
│   └── NotApproved    nobody approved this, as it is now
├── DiskFull (kit)     no room for the next file
└── Broken             a step failed for a reason of our own

Cancelled is no Problem and no Exception: it is a stop signal.
"""

from greenroom.kit.errors import Conflict, DiskFull, Invalid, Problem

__all__ = ["Broken", "Cancelled", "DiskFull", "Invalid", "NotApproved", "Problem", "Refused", "Unwritable"]


class Refused(Invalid):
    """The brief asks for something that Greenroom does not make."""

    slug = "refused"
    title = "Greenroom does not make this"


class Unwritable(Invalid):
    """No words are left to speak after cleaning."""

    slug = "unwritable"
    title = "There is nothing to say yet"


class NotApproved(Conflict):
    """Nothing goes out that a person did not approve, exactly as it is."""

    slug = "not-approved"
    title = "Nobody approved this"


class Broken(Problem):
    """A step of the pipeline failed; trying again may help, the log has the cause."""

    status = 500
    slug = "studio-broken"
    title = "The video could not be made"


class Cancelled(BaseException):
    """Somebody stopped this run. Finished stages stay and are reused."""
