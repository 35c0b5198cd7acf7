"""What can go wrong with a phone's lease and with an agent's code.

Problem (kit)
├── PhoneHeld (Conflict)   somebody else holds the phone
├── LeaseLost (Conflict)   the lease that is spoken of has ended; the sentence says why
└── CodeOver  (Gone)       an enrolment code was used already or is too old
"""

from greenroom.kit.errors import Conflict, Gone


class PhoneHeld(Conflict):
    slug = "phone-held"
    title = "Somebody else holds this phone"


class LeaseLost(Conflict):
    slug = "lease-lost"
    title = "You no longer hold this phone"


class CodeOver(Gone):
    slug = "code-over"
    title = "This code is over"
