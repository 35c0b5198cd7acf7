"""If-Match: a change names the version it was made from, so that nobody overwrites what they have not seen."""

import re
from typing import Annotated

from fastapi import Depends, Header

from greenroom.kit.errors import Invalid

_TAG = re.compile(r'(?:W/)?"?([0-9]{1,9})(?:\.[0-9a-f]+)?"?')


def if_match(
    value: Annotated[
        str, Header(alias="If-Match", description='The record\'s version, as in `"3"`; the ETag it came with will do')
    ],
) -> int:
    """The version that the caller has read."""
    said = _TAG.fullmatch(value.strip())
    if said is None:
        raise Invalid('Send the version you read, as in If-Match: "3"', fields={"If-Match": "Not a version"})
    return int(said[1])


Version = Annotated[int, Depends(if_match)]
