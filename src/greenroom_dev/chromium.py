"""The Chromium that tests and screenshots drive: the system's own, with nothing in it that calls home."""

import shutil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
# The last list of these is the one that counts, so it has Playwright's own in it. Without the others every window comes
# with two pages of the address bar's that nobody sees: 0.6 s of CPU a window.
WITHOUT = (
    "AimEnabled", "AvoidCorsURLLoaderRestartOnRedirect", "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose", "HttpsFirstBalancedModeAutoEnable", "HttpsUpgrades", "LensOverlay", "MediaRouter",
    "NetworkTimeServiceQuerying", "OptimizationHints", "PaintHolding", "PreconnectToSearch", "TcpPortRandomizationWin",
    "ThirdPartyStoragePartitioning",
    "WebUIOmniboxAimPopup", "WebUIOmniboxFullPopup", "WebUIOmniboxPopup",
)  # fmt: skip
ARGUMENTS = (
    "--no-sandbox",  # tests may run as root, where Chromium starts only so
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    f"--disable-features={','.join(WITHOUT)}",
)


def find_chromium() -> str:
    """The path of the program. Raises FileNotFoundError with the command that installs it."""
    for name in NAMES:
        if path := shutil.which(name):
            return path
    raise FileNotFoundError(
        f"No Chromium is on PATH (looked for {', '.join(NAMES)}). Install it with "
        "`sudo apt-get install --no-install-recommends chromium`, or run `./greenroom test`, which does."
    )


def launch(playwright: "Playwright") -> "Browser":
    return playwright.chromium.launch(executable_path=find_chromium(), args=list(ARGUMENTS))


def reader_agent(browser: "Browser") -> str:
    """The user agent of a person with this browser. A headless one says so in its own, and is counted as a bot."""
    major = browser.version.split(".")[0]
    return f"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{major}.0.0.0 Safari/537.36"
