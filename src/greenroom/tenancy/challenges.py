"""What the server asks between two steps of a sign-in: short-lived, answered once, kept as a hash."""

from datetime import timedelta
from uuid import UUID

from greenroom.infra.context import House
from greenroom.infra.database import Tx
from greenroom.kit.ids import uuid7
from greenroom.tenancy import challenge_store
from greenroom.tenancy.secrets import bytes_hash
from greenroom.tenancy.sign_in_contracts import Method

LASTS = timedelta(minutes=5)


async def ask(
    tx: Tx,
    house: House,
    purpose: str,
    challenge: bytes,
    *,
    person: tuple[UUID, UUID] | None,
    method: Method = "password",
) -> None:
    """Wait five minutes for the answer to `challenge`, from this person (organisation, user) or from anybody.

    `method` is how the sign-in began that the answer completes.
    """
    organisation, user = person or (None, None)
    await challenge_store.add(
        tx,
        {"organisation": organisation, "user": user, "id": uuid7(), "purpose": purpose,
         "hash": bytes_hash(challenge), "expires": house.clock.now() + LASTS, "method": method},
    )  # fmt: skip


async def answered(tx: Tx, house: House, purpose: str, challenge: bytes, *, user: UUID | None) -> bool:
    """Whether this was asked of them and is not over; it is never asked again."""
    return await challenge_store.take_hash(tx, bytes_hash(challenge), purpose, user, house.clock.now())
