"""Which apps are attended: those that ship, whatever the case of their id, what lies below them, and what is added."""

import re

import pytest

from greenroom.agent.virtual.model.apps.catalogue import KINDS
from greenroom.phones.attended_apps import is_attended, shipped
from greenroom.phones.contracts import APP_ID


@pytest.mark.parametrize(
    ("front", "attended"),
    [
        ("com.instagram.android", True),
        ("com.instagram.android/com.instagram.mainactivity.MainActivity", True),
        ("COM.BURBN.Instagram", True),
        ("com.burbn.instagram.shareextension", True),
        ("com.whatsapp.w4b", True),
        ("pinterest", True),
        ("com.example.social", True),
        ("com.example.socialite", False),
        ("com.example", False),
        ("com.facebook.WebDriverAgentRunner", False),
        ("com.apple.springboard", False),
        ("", False),
        (".", False),
    ],
)
def test_what_is_attended(front: str, *, attended: bool) -> None:
    assert is_attended(front, {"com.example.social"}) == attended


def test_the_sample_feed_is_attended_and_no_other_app_of_the_virtual_phones() -> None:
    assert {package for package in KINDS if is_attended(package)} == {"com.greenroom.feed"}


def test_the_shipped_list_is_in_order() -> None:
    assert len(shipped()) > 60
    for id, name in shipped().items():
        assert id == id.lower()
        assert name
        assert re.match(APP_ID, id) or id == "pinterest"
