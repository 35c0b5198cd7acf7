"""What a person gives to link an account on a platform elsewhere, and what can be changed of it."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, SecretStr

from greenroom.channels.contracts import Frozen

Identifier = Annotated[str, Field(min_length=3, max_length=300)]
Password = Annotated[SecretStr, Field(min_length=1, max_length=500)]
Service = Annotated[str, Field(max_length=300)]


class NewAccount(Frozen):
    """`identifier` is a handle or a DID; without `service` its server is looked up."""

    platform: Literal["bluesky"]
    identifier: Identifier
    password: Password
    service: Service | None = None
    character_id: UUID | None = None


class Reconnection(Frozen):
    """A new app password of the same account; `service` when it has moved to another server."""

    password: Password
    service: Service | None = None


class AccountChange(Frozen):
    """Pause an account, or let it post again."""

    paused: bool


class NewAuthorisation(Frozen):
    """`service` is the server's name or address, or the account's (@mara@example.social)."""

    platform: Literal["mastodon"]
    service: Annotated[str, Field(min_length=3, max_length=300)]
    character_id: UUID | None = None


class Leaving(Frozen):
    """The address at the server to which the browser goes now."""

    address: str
