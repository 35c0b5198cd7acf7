"""What an adapter can do besides where its platform lets a published post be given other words."""

from collections.abc import Mapping
from typing import Literal, Protocol, runtime_checkable

from greenroom.channels.platforms.adapter import Desk, Package, Prepared, Receipt

Reading = Literal["corrected", "partly", "before", "unclear"]
"""What the post says: the new words, the new ones in some of its parts only, the old ones, or it can't be told."""


@runtime_checkable
class Corrects(Protocol):
    """All three may be repeated at will, for setting the same words again changes nothing and no call makes a post.

    All raise Gone when the post is not there any more, and RetryLater or NoAnswer when the platform does not answer.
    """

    async def plan_correction(
        self, desk: Desk, package: Package, receipt: Receipt, known: Mapping[str, str]
    ) -> Prepared:
        """What `correct_words` will set, complete; nothing is changed yet. `known` is what was sent before, when the
        post went out or was corrected. Rejected, naming the part, when not all of the post can be given these words."""
        ...

    async def correct_words(self, desk: Desk, receipt: Receipt, planned: Prepared) -> None:
        """Set the words. Rejected or NeedsPerson when the platform will not have it, naming the part of a thread."""
        ...

    async def read_words(self, desk: Desk, receipt: Receipt, planned: Prepared) -> Reading:
        """What the post says now."""
        ...
