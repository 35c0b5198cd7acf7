"""If-Match: a change names the version it was made from, so that nobody overwrites what they have not seen."""

from typing import Annotated

from fastapi import Depends, Header

from greenroom.kit.errors import Invalid


def if_match(
    value: Annotated[str, Header(alias="If-Match", description='The record\'s version, as in `"3"`')],
) -> int:
    """The version that the caller has read."""
    text = value.strip().removeprefix("W/").strip('"')
    if not text.isdigit() or len(text) > 9:
        raise Invalid('Send the version you read, as in If-Match: "3"', fields={"If-Match": "Not a version"})
    return int(text)


Version = Annotated[int, Depends(if_match)]
