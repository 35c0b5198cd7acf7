"""What of a character is its definition: kept by version, compared and restored. Its face and its state are not."""

from typing import Any

from greenroom.infra.database import Row

KIND = "character"
FIELDS = ("name", "profile", "persona", "palette", "voice", "disclosure")


def said(row: Row) -> dict[str, Any]:
    """The document that the row holds."""
    return {field: row[field] for field in FIELDS}
