"""The programs and libraries that make videos, and those that only tests need."""

import importlib
import importlib.util
import shutil
import subprocess
from collections.abc import Iterator
from importlib.resources import files
from types import ModuleType

from greenroom.entrypoints.doctor.finding import Finding, broken, ok, warn
from greenroom.infra.settings import Settings

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
REINSTALL = "Install Greenroom's packages again (in a clone: delete .venv and run ./greenroom)."


def check_voice(settings: Settings) -> Iterator[Finding]:
    """A voice from a wheel; espeak-ng, a program of its own, stands in for it."""
    spare = _version("espeak-ng", "--version")
    spec = importlib.util.find_spec("hibari")
    if spec is not None and _import("onnxruntime") is not None:
        yield ok("voice", "hibari-tts")
    elif spare:
        yield warn("voice", "Only espeak-ng is here, which sounds like a machine", REINSTALL)
    else:
        yield broken("voice", "No voice is installed", REINSTALL)
    if spare:
        yield ok("espeak-ng", spare)
    else:
        mend = "apt-get install espeak-ng (macOS: brew install espeak-ng)"
        yield warn("espeak-ng", "Missing; it stands in when the other voice fails", mend)


def check_drawing(settings: Settings) -> Iterator[Finding]:
    skia = _import("skia")
    if skia is None:
        mend = "apt-get install libegl1 libgl1, the libraries that skia-python loads. " + REINSTALL
        yield broken("drawing", "skia-python does not load", mend)
        return
    yield ok("drawing", f"skia {skia.__version__}")
    folder = files("greenroom.studio") / "fonts"
    fonts = sorted(f.name for f in folder.iterdir() if f.name.endswith((".ttf", ".otf"))) if folder.is_dir() else []
    unread = [name for name in fonts if skia.Typeface.MakeFromFile(str(folder / name)) is None]
    if not fonts or unread:
        yield broken("fonts", f"Missing or unreadable: {', '.join(unread) or 'all'}", REINSTALL)
    else:
        yield ok("fonts", ", ".join(fonts))


def check_video(settings: Settings) -> Iterator[Finding]:
    av = _import("av")
    if av is None:
        yield broken("video", "PyAV does not load", REINSTALL)
        return
    lacking = [name for name in ("libx264", "aac") if name not in av.codecs_available]
    if lacking:
        yield broken("video", f"PyAV {av.__version__} lacks {', '.join(lacking)}", "Install PyAV's own wheel.")
    else:
        yield ok("video", f"PyAV {av.__version__} with libx264 and aac")


def check_provenance(settings: Settings) -> Iterator[Finding]:
    c2pa = _import("c2pa")
    if c2pa is None:
        yield broken("c2pa", "c2pa-python does not load", REINSTALL)
        return
    for path in (settings.c2pa_certificate, settings.c2pa_key):
        if path is not None and not path.is_file():
            yield broken("c2pa", f"{path} is missing", "Restore it, or unset GREENROOM_C2PA_CERTIFICATE and _KEY.")
            return
    signer = "your certificate" if settings.c2pa_certificate else "a certificate that Greenroom makes itself"
    yield ok("c2pa", f"SDK {c2pa.sdk_version()}, signing with {signer}")


def check_chromium(settings: Settings) -> Iterator[Finding]:
    """Only in a clone: the browser tests drive it."""
    if importlib.util.find_spec("greenroom_dev") is None:
        return
    found = next((version for name in CHROMIUM if (version := _version(name, "--version"))), None)
    if found:
        yield ok("chromium", found)
    else:
        yield warn("chromium", "Missing; only the browser tests need it", "apt-get install chromium")


def _import(name: str) -> ModuleType | None:
    try:
        return importlib.import_module(name)
    except (ImportError, OSError):
        return None


def _version(program: str, option: str) -> str | None:
    """The first line that the program says of itself; None when it is missing or does not run."""
    if shutil.which(program) is None:
        return None
    try:
        done = subprocess.run([program, option], capture_output=True, text=True, timeout=20, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return None
    lines = done.stdout.strip().splitlines()
    return lines[0].strip() if done.returncode == 0 and lines else None
