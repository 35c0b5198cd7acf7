"""The hand and the voice that the studio lends to the cast."""

import io
import wave
from typing import TYPE_CHECKING

from greenroom.cast.contracts import AvailableVoice, Palette, Voice
from greenroom.studio import contracts
from greenroom.studio.make.voice import catalogue

if TYPE_CHECKING:
    from greenroom.studio.make.voice.utterance import Samples

PORTRAIT = 640
"""Pixels on a side."""


class StudioArtist:
    """Draws portraits and speaks samples with the pipeline's own tools (`cast.contracts.Artist`).

    The tools are loaded on first use: a server that only starts up needs neither.
    """

    def portrait(self, *, name: str, palette: Palette, seed: int) -> bytes:
        from greenroom.studio.make.pictures.portrait import draw_portrait

        return draw_portrait(seed, contracts.Palette(**palette.model_dump()), PORTRAIT)

    def voices(self) -> tuple[AvailableVoice, ...]:
        return tuple(
            AvailableVoice(engine=v.engine, voice=v.voice, name=v.name, language=v.language, note=v.note)
            for v in catalogue.voices()
        )

    def known(self, engine: str, voice: str) -> bool:
        return any((v.engine, v.voice) == (engine, voice) for v in catalogue.VOICES)

    def sample(self, voice: Voice, text: str) -> bytes:
        from greenroom.studio.make.voice.speak import speak

        spoken = speak(text, contracts.VoiceChoice(**voice.model_dump()))
        return _wav(spoken.samples)


def _wav(samples: "Samples") -> bytes:
    """Mono samples within -1 and 1 as 16-bit PCM."""
    from greenroom.studio.make.voice.utterance import RATE

    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes((samples.clip(-1, 1) * 32767).astype("<i2").tobytes())
    return buffer.getvalue()
