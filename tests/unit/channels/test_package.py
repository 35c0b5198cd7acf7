"""What a package says and does not cut."""

from datetime import UTC, datetime

import pytest

from greenroom.channels.package import package_of
from greenroom.kit.ids import uuid7
from greenroom.studio.contracts import ApprovedContent, Disclosure, KeptFile

FILE = KeptFile(id=uuid7(), hash="0" * 64, type="video/mp4", size=1)


@pytest.mark.parametrize(
    ("caption", "line", "goes_out"),
    [
        ("Bread.\n\nMade with AI.", "Made with AI.", "Bread."),
        ("Made with AI.\n\nBread.\n\n  Made with AI.  \n\nRise.", "Made with AI.", "Bread.\n\nRise."),
        ("How AI bakes.\nMAID in AI.", "AI", "How AI bakes.\nMAID in AI."),
        ("Was it made with AI. No?", "made with AI.", "Was it made with AI. No?"),
        ("Bread (AI).\n\n\n\nRise.", "(AI).", "Bread (AI).\n\n\n\nRise."),
        ("Bread.\nOne line.\nAnother.", "One line.\nAnother.", "Bread."),
    ],
)
def test_only_a_line_of_its_own_is_taken_out(caption: str, line: str, goes_out: str) -> None:
    package = package_of(approved(line), uuid7(), caption, ["bread"])
    assert (package.caption, package.disclosure) == (goes_out, line)


def approved(line: str) -> ApprovedContent:
    return ApprovedContent(
        id=uuid7(), client_id=uuid7(), character_id=uuid7(), version=1, topic="Bread", title="Bread", caption="",
        hashtags=(), transcript="", sources=(), language="en", disclosure=Disclosure(caption=line),
        digital_source_type="trainedAlgorithmicMedia", video=FILE, captions=None, poster=None, duration=20, width=1080,
        height=1920, approved_by="Ines", approved_at=datetime(2026, 11, 21, tzinfo=UTC),
    )  # fmt: skip
