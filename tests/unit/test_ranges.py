"""Which part of a file a request asks for (RFC 9110, 14)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenroom.infra.http.ranges import Span, Unsatisfiable, wanted

TAG = '"abc"'


@pytest.mark.parametrize(
    ("header", "span"),
    [
        ("bytes=0-0", Span(0, 0)),
        ("bytes=0-99", Span(0, 99)),
        ("bytes=0-1000", Span(0, 99)),
        ("bytes=90-", Span(90, 99)),
        ("bytes=-10", Span(90, 99)),
        ("bytes=-1000", Span(0, 99)),
        ("BYTES = 5 - 6", Span(5, 6)),
        ("bytes=6-5", None),
        ("bytes=-", None),
        ("bytes=a-b", None),
        ("bytes=0-1,5-6", None),  # several: all of it is an allowed answer
        ("seconds=0-1", None),  # an unknown unit must be ignored
        ("", None),
    ],
)
def test_a_range_of_a_hundred_bytes(header: str, span: Span | None) -> None:
    assert wanted({"range": header}, 100, TAG) == span


@pytest.mark.parametrize("header", ["bytes=100-", "bytes=100-200", "bytes=-0"])
def test_outside_the_file(header: str) -> None:
    with pytest.raises(Unsatisfiable):
        wanted({"range": header}, 100, TAG)


def test_another_version_of_the_file_gives_all_of_it() -> None:
    assert wanted({"range": "bytes=0-1", "if-range": TAG}, 100, TAG) == Span(0, 1)
    assert wanted({"range": "bytes=0-1", "if-range": '"old"'}, 100, TAG) is None
    assert wanted({"range": "bytes=0-1", "if-range": f"W/{TAG}"}, 100, TAG) is None


@given(st.from_regex(r"bytes=\d{0,5}-\d{0,5}", fullmatch=True), st.integers(1, 20_000))
def test_every_answer_lies_within_the_file(header: str, size: int) -> None:
    try:
        span = wanted({"range": header}, size, TAG)
    except Unsatisfiable:
        return
    if span is not None:
        assert 0 <= span.first <= span.last < size
        assert span.length == span.last - span.first + 1
