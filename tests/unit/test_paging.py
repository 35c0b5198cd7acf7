"""Cursors of lists that are read whole: pages together are the list, and no text is a way in."""

from typing import NamedTuple
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenroom.infra.http.paging import page_by, read_cursor
from greenroom.kit.errors import Invalid


class Named(NamedTuple):
    name: str
    id: UUID


def order(one: Named) -> tuple[str, UUID]:
    return one.name, one.id


things = st.lists(st.builds(Named, st.text(st.characters(codec="utf-8"), max_size=8), st.uuids()), max_size=40)


@given(things=things, limit=st.integers(1, 50), descending=st.booleans())
def test_pages_together_are_the_list(things: list[Named], limit: int, descending: bool) -> None:
    seen, cursor = list[Named](), None
    while True:
        page = page_by(things, order, cursor=cursor, limit=limit, descending=descending)
        assert len(page.items) <= limit
        seen += page.items
        if (cursor := page.next) is None:
            break
        assert len(page.items) == limit
    assert seen == sorted(things, key=lambda one: (one.name, str(one.id)), reverse=descending)


def test_what_went_meanwhile_moves_nothing() -> None:
    things = [Named(name, UUID(int=number)) for number, name in enumerate("abcdef")]
    first = page_by(things, order, cursor=None, limit=2)
    left = [things[0], *things[2:]]  # the one that the cursor stands on is gone
    assert [one.name for one in page_by(left, order, cursor=first.next, limit=2).items] == ["c", "d"]


@given(text=st.text(max_size=200))
def test_any_text_is_a_cursor_of_ours_or_refused(text: str) -> None:
    for read in (read_cursor, lambda cursor: page_by([], order, cursor=cursor, limit=1)):
        fields = {"cursor"}
        try:
            read(text)
        except Invalid as refused:
            fields = set(refused.fields)
        assert fields == {"cursor"}


@pytest.mark.parametrize("cursor", ["", "null", "W10", "WzEsMl0", "MjAyNi0wMS0wMXwx", "\u00e9", "A" * 2000])
def test_what_is_no_cursor_is_refused(cursor: str) -> None:
    with pytest.raises(Invalid):
        page_by([], order, cursor=cursor, limit=1)
    with pytest.raises(Invalid):
        read_cursor(cursor)
