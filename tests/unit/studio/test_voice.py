"""Both voices give samples and monotone word times inside them; the layout lands on the length asked for."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from greenroom.studio.contracts import Beat, Brief, CharacterSheet, Script, Shot, VoiceChoice, Word
from greenroom.studio.errors import Invalid
from greenroom.studio.make.script.write import write
from greenroom.studio.make.stage import SceneCache
from greenroom.studio.make.voice import catalogue
from greenroom.studio.make.voice.speak import speak
from greenroom.studio.make.voice.timeline import fit, lay_out
from greenroom.studio.make.voice.utterance import RATE, Utterance, resample, trimmed

HARD = "In 2024, 1,250 people paid $3.2 billion for it — at 7:30 pm, e.g. Dr. O'Neil's U.S. team (5km). 😀"
CHOICES = [VoiceChoice(), VoiceChoice(pitch=-3, speed=1.2), VoiceChoice(engine="espeak-ng", voice="en-gb")]


@pytest.mark.parametrize("choice", CHOICES, ids=["hibari", "lower and faster", "espeak-ng"])
@pytest.mark.parametrize("text", [HARD, "Yes.", "rhythm brrr xkcd", "word " * 30])
def test_words_are_timed_in_order_and_inside_the_sound(choice: VoiceChoice, text: str) -> None:
    spoken = speak(text, choice)
    assert [word.text for word in spoken.words][:2] == text.split()[:2]
    assert len(spoken.words) >= len([w for w in text.split() if any(c.isalnum() for c in w)])
    edges = [at for word in spoken.words for at in (word.start, word.end)]
    assert edges == sorted(edges)
    assert edges[0] >= 0
    assert edges[-1] <= spoken.duration
    assert spoken.timing == ("exact" if choice.engine == "hibari" else "estimated")
    assert np.abs(spoken.samples).max() > 0.05


def test_a_word_is_heard_where_it_is_said_to_be() -> None:
    """Between the words of a slow list there is quiet, and in them there is sound."""
    spoken = speak("One, two, three, four.", VoiceChoice())
    level = np.abs(spoken.samples)
    inside = [level[round(w.start * RATE) : round(w.end * RATE)].max() for w in spoken.words]
    gaps = zip(spoken.words, spoken.words[1:], strict=False)
    between = [level[round(a.end * RATE + 600) : round(b.start * RATE)].mean() for a, b in gaps]
    assert min(inside) > 3 * max(between)


def test_what_was_spoken_once_is_kept_bit_for_bit(tmp_path: Path) -> None:
    cache = SceneCache(tmp_path)
    first = speak(HARD, VoiceChoice(), cache)
    assert len(list(tmp_path.iterdir())) == 1
    again = speak(HARD, VoiceChoice(), cache)
    assert again.words == first.words
    assert np.array_equal(again.samples, first.samples)


def test_speed_and_pitch_change_what_they_say() -> None:
    plain, fast, low = (
        speak("Bees sleep at night.", VoiceChoice(**change)) for change in ({}, {"speed": 1.4}, {"pitch": -4})
    )
    assert fast.duration < 0.85 * plain.duration
    assert low.duration == pytest.approx(plain.duration, rel=0.2)
    assert _pitch(low) < 0.87 * _pitch(plain)


def test_an_unknown_voice_names_the_known_ones() -> None:
    with pytest.raises(Invalid, match="hibari/heart"):
        catalogue.find(VoiceChoice(engine="hibari", voice="nobody"))


@given(st.integers(2, 5000), st.floats(0.5, 2.5))
def test_resampling_keeps_the_length_and_a_tone(count: int, factor: float) -> None:
    made = resample(np.ones(count, np.float32), factor)
    assert len(made) == round(count * factor)
    assert np.allclose(made, 1, atol=1e-3)


def test_trimming_never_cuts_a_word() -> None:
    samples = np.zeros(RATE, np.float32)
    samples[20_000:30_000] = 0.5
    cut = trimmed(Utterance(samples, (Word(text="a", start=0.4, end=0.65),), "exact"))
    assert cut.duration < 0.5
    assert 0 <= cut.words[0].start < cut.words[0].end <= cut.duration


@pytest.mark.parametrize(("format_", "wanted"), [("explainer", 15), ("listicle", 45), ("slideshow", 30), ("quote", 20)])
def test_the_video_has_the_length_asked_for(format_: str, wanted: int, tmp_path: Path) -> None:
    cache, who = SceneCache(tmp_path), CharacterSheet()
    script = write(Brief(topic="honey", format=format_, seconds=wanted), who)

    def say(text: str, pace: float) -> Utterance:
        return speak(text, who.voice, cache, pace=pace)

    laid = lay_out(fit(script, wanted, say), say)
    assert laid.duration == pytest.approx(wanted, rel=0.05)
    assert len(laid.samples) == pytest.approx(laid.duration * RATE, abs=2)


def _beeps(rate: float) -> Callable[[str, float], Utterance]:
    """A voice that takes `rate` seconds a letter: layout without a synthesiser."""

    def say(text: str, pace: float) -> Utterance:
        words, at = [], 0.0
        for word in text.split():
            words.append(Word(text=word, start=at, end=at + len(word) * rate / pace))
            at = words[-1].end
        return Utterance(np.full(max(1, round(at * RATE)), 0.1, np.float32), tuple(words), "exact")

    return say


@settings(deadline=None)
@given(
    st.lists(
        st.text(alphabet="abc. ", min_size=1, max_size=60).filter(lambda t: any(c != "." and c != " " for c in t)),
        min_size=1,
        max_size=8,
    ),
    st.integers(15, 60),
)
def test_scenes_share_the_time_and_words_stay_in_their_scene(lines: list[str], wanted: int) -> None:
    beats = tuple(
        Beat(id=f"beat-{n}", narration=text, on_screen="", picture=Shot(kind="scene"))
        for n, text in enumerate(lines, 1)
    )
    script = Script(
        title="t", hook="A hook.", beats=beats, closing="An end.", caption="", hashtags=(), sources=(), language="en"
    )
    say = _beeps(0.06)
    laid = lay_out(fit(script, wanted, say), say)
    assert laid.scenes[0].start == 0
    assert laid.scenes[-1].end == pytest.approx(laid.duration)
    for before, after in zip(laid.scenes, laid.scenes[1:], strict=False):
        assert before.end == after.start
    for scene in laid.scenes:
        assert (scene.end * 15) == pytest.approx(round(scene.end * 15), abs=1e-3)
        times = [at for word in scene.words for at in (word.start, word.end)]
        assert times == sorted(times)
        assert all(scene.start <= at <= scene.end + 1e-6 for at in times)


def _pitch(spoken: Utterance) -> float:
    """The strongest period of the loudest fifth of a second, in hertz."""
    middle = int(np.argmax(np.convolve(spoken.samples**2, np.ones(4800), "same")))
    part = spoken.samples[max(0, middle - 4800) : middle + 4800]
    likeness = np.correlate(part, part, "full")[len(part) - 1 :]
    low, high = RATE // 400, RATE // 80
    return RATE / (low + int(np.argmax(likeness[low:high])))
