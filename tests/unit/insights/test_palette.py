"""Any four colours make a page that can be read, by day and by night."""

from hypothesis import given
from hypothesis import strategies as st

from greenroom.insights.page.palette import READ, SEE, Theme, contrast, dark, light, luminance, rgb

COLOURS = st.from_regex(r"#[0-9a-f]{6}", fullmatch=True)
AA = 4.5


@given(paper=COLOURS, ink=COLOURS, accent=COLOURS, second=COLOURS)
def test_contrast_holds_for_any_palette(paper: str, ink: str, accent: str, second: str) -> None:
    day, night = light(paper, ink, accent, second), dark(paper, ink, accent, second)
    for theme in (day, night):
        _readable(theme)
    assert luminance(rgb(day.paper)) > 0.7
    assert luminance(rgb(night.paper)) < 0.03


def _readable(theme: Theme) -> None:
    for ground in (theme.paper, theme.card, theme.soft):
        assert contrast(rgb(theme.ink), rgb(ground)) >= READ
        for colour in (theme.muted, theme.accent, theme.second):
            assert contrast(rgb(colour), rgb(ground)) >= SEE
    assert contrast(rgb(theme.on_accent), rgb(theme.accent)) >= AA


def test_a_palette_that_reads_well_stays_as_it_is() -> None:
    assert light("#f6f1e7", "#17202b", "#8a2c0d", "#0b5f5f").accent == "#8a2c0d"


def test_contrast_as_wcag_counts_it() -> None:
    assert round(contrast(rgb("#ffffff"), rgb("#000000")), 2) == 21.0
    assert round(contrast(rgb("#777777"), rgb("#ffffff")), 2) == 4.48
