"""What the vault refuses, in sentences for whoever has to act.

Unavailable
└── WrongKey    the master key that is needed is not here
Conflict
└── Unreadable  what is stored was not written by the vault for this place
Gone
├── Erased      the organisation's data keys were erased
└── Expired     past its own date
"""

from greenroom.kit.errors import Conflict, Gone, Unavailable


class WrongKey(Unavailable):
    slug = "vault-key"
    title = "The vault's key is not here"
    exit_code = 2


class Unreadable(Conflict):
    slug = "secret-unreadable"
    title = "This secret does not open"


class Erased(Gone):
    slug = "secret-erased"
    title = "This secret was erased"


class Expired(Gone):
    slug = "secret-expired"
    title = "This secret has expired"
