"""Addresses on a page: always usable, never one that a page needs itself."""

import re
from itertools import islice
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from greenroom.channels.platforms.page.address import RESERVED, free_slug, handles

POST = UUID("01a1fda4-c21e-7a98-ac93-241f738573be")


@given(wanted=st.text(max_size=80))
def test_handles_are_addresses_and_each_another(wanted: str) -> None:
    found = list(islice(handles(wanted), 12))
    assert len(set(found)) == 12
    for handle in found:
        assert re.fullmatch(r"[a-z0-9][a-z0-9_-]{0,59}", handle)
    assert found[1] == f"{found[0]}-2"


@given(title=st.text(max_size=300), taken=st.sets(st.sampled_from(["bread", "bread-2", "post-738573be"])))
def test_a_slug_is_free_and_an_address(title: str, taken: set[str]) -> None:
    slug = free_slug(title, taken, POST)
    assert slug not in taken | RESERVED
    assert re.fullmatch(r"[a-z0-9][a-z0-9-]{0,79}", slug)


def test_slugs_that_people_can_read() -> None:
    assert free_slug("Crème brûlée, in 60 s!", (), POST) == "creme-brulee-in-60-s"
    assert free_slug("لماذا", (), POST) == "post-738573be"
    assert free_slug("Feed", (), POST) == "feed-post"
    assert free_slug("Bread", {"bread", "bread-2"}, POST) == "bread-3"
