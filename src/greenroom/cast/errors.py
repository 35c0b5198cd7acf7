"""What can go wrong with a character.

Problem (kit)
├── Invalid (kit)
│   └── Refused     asks for what Greenroom will not make; `fields` says where and why
└── Stale (kit)     somebody else changed it; carries its present state
"""

from greenroom.kit.errors import Invalid, Stale

__all__ = ["Refused", "Stale"]


class Refused(Invalid):
    """The character asks for something that Greenroom does not make."""

    slug = "refused"
    title = "Greenroom does not make this"
