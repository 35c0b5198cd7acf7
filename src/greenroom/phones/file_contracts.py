"""What is said of a file for phones."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict


class PhoneFile(BaseModel):
    """A file that can be installed or pushed on phones until `expires_at`, by who sent it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: UUID
    name: str
    size: int
    expires_at: datetime
