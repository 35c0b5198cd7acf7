"""What a person gives to link an account on a platform elsewhere, and what can be changed of it."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, AwareDatetime, Field, SecretStr

from greenroom.channels.contracts import Frozen
from greenroom.kit.text import clean_line

Identifier = Annotated[str, Field(min_length=3, max_length=300)]
Password = Annotated[SecretStr, Field(min_length=1, max_length=500)]
Service = Annotated[str, Field(max_length=300)]
Why = Annotated[str, Field(max_length=500), AfterValidator(clean_line)]


class NewAccount(Frozen):
    """`identifier` is a handle or a DID; without `service` its server is looked up.

    An account begins with a ramp of four weeks; `established` is one that has posted for long and needs none.
    """

    platform: Literal["bluesky"]
    identifier: Identifier
    password: Password
    service: Service | None = None
    character_id: UUID | None = None
    established: bool = False


class Reconnection(Frozen):
    """A new app password of the same account; `service` when it has moved to another server, as its document says."""

    password: Password
    service: Service | None = None


class AccountChange(Frozen):
    """Pause an account, or let it post again."""

    paused: bool


class AccountMoveForm(Frozen):
    """Where a person moves an account: `paused` without an end, `resting` until a time, `active` to post again.

    An account in its ramp goes on with it. `why` stands in its history.
    """

    to: Literal["active", "paused", "resting"]
    until: AwareDatetime | None = None
    why: Why = ""


class AccountReversal(Frozen):
    why: Why = ""


class NewAuthorisation(Frozen):
    """`service` is the server's name or address, or the account's (@mara@example.social).

    `established`: as when an account is linked with its password.
    """

    platform: Literal["mastodon"]
    service: Annotated[str, Field(min_length=3, max_length=300)]
    character_id: UUID | None = None
    established: bool = False


class Leaving(Frozen):
    """The address at the server to which the browser goes now."""

    address: str
