"""`greenroom make` end to end in the draft profile: the file is decoded and held to what it promises."""

import errno
import json
import threading
import time
from pathlib import Path

import av
import pytest

from greenroom.entrypoints.cli.main import run
from greenroom.studio.contracts import Brief, CharacterSheet, Made, MakeInput, Progress, VoiceChoice
from greenroom.studio.errors import Cancelled, DiskFull
from greenroom.studio.make.profile import DRAFT, SQUARE, Profile
from greenroom.studio.make.provenance.authority import credentials
from greenroom.studio.make.provenance.sign import read
from greenroom.studio.make.video import _room, make_video

TEXT = """Honey bees live in colonies of 20,000 to 80,000 workers. A forager returns to the hive and performs a dance.
About 35% of the world's food crops depend on animal pollinators. Dancers scatter their angles by up to 15 degrees."""


def job(topic: str = "honey bees", **more: object) -> MakeInput:
    return MakeInput(brief=Brief.model_validate({"topic": topic, "seconds": 15, **more}))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Made, Path, list[Progress]]:
    folder = tmp_path_factory.mktemp("make")
    steps: list[Progress] = []
    done = make_video(
        job(text=TEXT, text_name="bees.md", seconds=20),
        folder / "out.mp4",
        folder=folder / "home",
        profile=DRAFT,
        progress=steps.append,
    )
    return done, folder, steps


def test_the_file_keeps_its_promises(made: tuple[Made, Path, list[Progress]]) -> None:
    done, folder, _ = made
    assert done.blocking == ()
    with av.open(done.video) as file:
        frames = [frame.to_ndarray(format="gray") for frame in file.decode(video=0)]
        video = file.streams.video[0]
        assert (video.codec_context.name, video.codec_context.pix_fmt) == ("h264", "yuv420p")
        assert int(video.codec_context.colorspace) == 1
    assert frames[0].shape == (480, 270)
    assert len(frames) == done.rendered.frames == round(done.rendered.duration * 15)
    assert done.rendered.duration == pytest.approx(20, rel=0.06)
    assert min(frame.std() for frame in frames) > 5
    assert done.rendered.loudness.integrated == pytest.approx(-14, abs=0.5)
    assert done.rendered.loudness.true_peak <= -1
    manifest = read(Path(done.video), credentials(folder / "home/credentials").anchors)
    assert manifest.state == "Trusted"
    assert manifest.digital_source_type.endswith("compositeWithTrainedAlgorithmicMedia")


def test_sound_and_pictures_are_as_long_as_each_other(made: tuple[Made, Path, list[Progress]]) -> None:
    with av.open(made[0].video) as file:
        lengths = [
            float(stream.duration * stream.time_base) for stream in file.streams if stream.duration and stream.time_base
        ]
    assert max(lengths) - min(lengths) < 0.15


def test_captions_transcript_and_thumbnail_lie_beside_it(made: tuple[Made, Path, list[Progress]]) -> None:
    done, _, _ = made
    cues = Path(done.captions).read_text()
    assert cues.startswith("WEBVTT\n\n1\n00:00:00.")
    spoken = " ".join(word.text for scene in done.spoken.scenes for word in scene.words)
    shown = " ".join(line for block in cues.split("\n\n")[1:] for line in block.split("\n")[2:] if line)
    assert shown.split() == spoken.replace("&", "&amp;").split()
    transcript = Path(done.transcript).read_text()
    assert "bees.md" in transcript
    assert done.script.closing in transcript
    assert Path(done.thumbnail).read_bytes()[:2] == b"\xff\xd8"


def test_progress_grows_to_the_end_and_names_the_stages(made: tuple[Made, Path, list[Progress]]) -> None:
    steps = made[2]
    overall = [step.overall for step in steps]
    assert overall == sorted(overall)
    assert overall[-1] == 1
    assert list(dict.fromkeys(step.stage for step in steps)) == [
        "script",
        "voice",
        "pictures",
        "render",
        "checks",
        "sign",
        "done",
    ]


def test_what_is_done_is_not_done_again_and_an_edit_makes_one_scene(made: tuple[Made, Path, list[Progress]]) -> None:
    done, folder, _ = made
    same = job(text=TEXT, text_name="bees.md", seconds=20)
    again = make_video(same, folder / "again.mp4", folder=folder / "home", profile=DRAFT)
    assert all(stage.cached for stage in again.stages)
    beats = list(done.script.beats)
    beats[0] = beats[0].model_copy(update={"on_screen": "Another line"})
    edited = same.model_copy(update={"script": done.script.model_copy(update={"beats": tuple(beats)})})
    third = make_video(edited, folder / "edited.mp4", folder=folder / "home", profile=DRAFT)
    assert third.rendered.scenes_made == 1
    assert third.rendered.scenes_reused == len(third.spoken.scenes) - 1
    words = beats[1].model_copy(update={"narration": beats[1].narration.replace("the", "our", 1)})
    edited = same.model_copy(
        update={
            "script": done.script.model_copy(update={"beats": (done.script.beats[0], words, *done.script.beats[2:])})
        }
    )
    fourth = make_video(edited, folder / "fourth.mp4", folder=folder / "home", profile=DRAFT)
    assert fourth.rendered.scenes_made == 1


def test_the_same_brief_gives_the_same_pictures_and_sound(
    tmp_path: Path, made: tuple[Made, Path, list[Progress]]
) -> None:
    fresh = make_video(
        job(text=TEXT, text_name="bees.md", seconds=20), tmp_path / "b.mp4", folder=tmp_path, profile=DRAFT
    )
    assert fresh.script == made[0].script
    assert fresh.spoken == made[0].spoken

    def decoded(path: str) -> bytes:
        with av.open(path) as file:
            return b"".join(frame.to_ndarray().tobytes() for frame in file.decode(video=0))

    assert decoded(fresh.video) == decoded(made[0].video)


def test_stop_is_stop_and_what_was_done_stays(tmp_path: Path) -> None:
    stop = threading.Event()
    began, asked = list[float](), list[float]()

    def progress(at: Progress) -> None:
        if at.stage == "render" and not began:
            began.append(time.monotonic())
        if at.stage == "render" and at.fraction > 0.3 and not asked:
            asked.append(time.monotonic())
            stop.set()

    with pytest.raises(Cancelled):
        make_video(
            job(),
            tmp_path / "out.mp4",
            folder=tmp_path / "home",
            profile=DRAFT,
            progress=progress,
            cancelled=stop.is_set,
        )
    assert time.monotonic() - asked[0] < 0.5 + asked[0] - began[0]  # what was left takes twice as long as what was done
    assert [path.name for path in tmp_path.iterdir()] == ["home"]
    done = make_video(job(), tmp_path / "out.mp4", folder=tmp_path / "home", profile=DRAFT)
    assert [stage.cached for stage in done.stages][:3] == [True, True, True]
    assert done.rendered.scenes_reused > 0


def test_another_shape_of_picture(tmp_path: Path) -> None:
    small = Profile("small square", 320, 320, 15, "ultrafast", 28)
    assert SQUARE.width == SQUARE.height
    done = make_video(job(), tmp_path / "out.mp4", folder=tmp_path / "home", profile=small)
    assert (done.rendered.width, done.rendered.height) == (320, 320)
    assert done.blocking == ()


def test_without_the_neural_voice_another_speaks(tmp_path: Path) -> None:
    who = CharacterSheet(voice=VoiceChoice(engine="espeak-ng", voice="en-gb"))
    done = make_video(job().model_copy(update={"character": who}), tmp_path / "out.mp4", folder=tmp_path, profile=DRAFT)
    assert done.blocking == ()
    assert done.spoken.timing == "estimated"
    assert done.manifest.digital_source_type.endswith("/algorithmicMedia")


def test_a_full_disk_is_one_clear_sentence(tmp_path: Path) -> None:
    with pytest.raises(DiskFull, match="make room and start again"), _room(tmp_path):
        raise OSError(errno.ENOSPC, "No space left on device")


def test_the_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("GREENROOM_HOME", str(tmp_path / "home"))
    (tmp_path / "bees.txt").write_text(TEXT)
    out = tmp_path / "clip.mp4"
    line = [
        "make",
        "honey bees",
        "--text",
        str(tmp_path / "bees.txt"),
        "--out",
        str(out),
        "--seconds",
        "15",
        "--profile",
        "draft",
    ]
    assert run([*line, "--json"]) == 0
    shown = json.loads(capfd.readouterr().out)
    assert shown["video"] == str(out)
    assert Made.model_validate(shown).blocking == ()
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "bees.txt",
        "clip.jpg",
        "clip.mp4",
        "clip.txt",
        "clip.vtt",
        "home",
    ]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["make", "🎉", "--out", "a.mp4"], "Write in a few words"),
        (["make", "porn", "--out", "a.mp4"], "does not make"),
        (["make", "bees", "--out", "a.avi"], "has to end in .mp4"),
        (["make", "bees", "--out", "a.mp4", "--text", "/nowhere/x.txt"], "cannot be read"),
        (["make", "bees", "--out", "a.mp4", "--seconds", "90"], "15<=x<=60"),
        (["make", "bees"], "--out"),
    ],
)
def test_wrong_use_is_a_sentence_and_status_2(
    arguments: list[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GREENROOM_HOME", str(tmp_path / "home"))
    assert run(arguments) == 2
    assert said in capfd.readouterr().err
    assert not list(tmp_path.glob("*.mp4"))


def test_a_blocked_video_is_not_written_and_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GREENROOM_HOME", str(tmp_path / "home"))
    out = tmp_path / "clip.mp4"
    assert (
        run(["make", "bees", "--out", str(out), "--seconds", "15", "--profile", "draft", "--name", "Mara \U00013000"])
        == 4
    )
    assert "No font here can show" in capfd.readouterr().err
    assert not out.exists()
