"""What all public pages share is read once, whatever is asked for."""

import pytest

from greenroom.insights.page import render


@pytest.mark.parametrize("name", sorted(render.ASSETS))
def test_an_asset_is_read_once(name: str) -> None:
    first, second = render.asset(name), render.asset(name)
    assert first is not None
    assert second is not None
    assert first.body is second.body
    assert first.headers["etag"] == second.headers["etag"]


@pytest.mark.parametrize("name", ["", "nothing.css", "../view.py"])
def test_there_are_no_other_assets(name: str) -> None:
    assert render.asset(name) is None
