"""What Android's tools print: real outputs of several makers, and what must not be guessed from."""

import pytest

from greenroom.agent.drivers.adb import readers
from greenroom.agent.drivers.adb.about import ASKED, read_about
from greenroom.agent.phone_values import App, Battery, Front, Storage

PIXEL = """Current Battery Service state:
  AC powered: false
  USB powered: true
  Wireless powered: false
  Dock powered: false
  Max charging current: 500000
  Max charging voltage: 5000000
  Charge counter: 3251000
  status: 2
  health: 2
  present: true
  level: 74
  scale: 100
  voltage: 4123
  temperature: 281
  technology: Li-ion
"""
SAMSUNG = """Current Battery Service state:
  AC powered: false
  USB powered: false
  Wireless powered: false
  Max charging current: 0
  Max charging voltage: 0
  Charge counter: 2044000
  status: 3
  health: 2
  present: true
  level: 51
  scale: 100
  voltage: 3829
  temperature: 314
  technology: Li-ion
  batteryMiscEvent: 0
  mSecPlugTypeSummary: 0
  LED Charging: true
  FEATURE_WIRELESS_FAST_CHARGER_CONTROL: true
  level: 3
"""
HOT = "Current Battery Service state:\n  status: 4\n  health: 3\n  level: 40\n  scale: 50\n  temperature: -15\n"


@pytest.mark.parametrize(
    ("text", "battery"),
    [
        (PIXEL, Battery(74, True, 28.1, "good")),
        (SAMSUNG, Battery(51, False, 31.4, "good")),
        (HOT, Battery(80, False, -1.5, "too hot")),
        ("  level: 100\n  status: 5\n", Battery(100, True, None, "unknown")),
        ("Can't find service: battery\n", None),
        ("  level: many\n", None),
        ("  level: 9\n  temperature: -2147483648\n", Battery(9, False, None, "unknown")),
        ("  level: 9\n  temperature: 3001\n", Battery(9, False, None, "unknown")),
        ("", None),
    ],
)
def test_batteries(text: str, battery: Battery | None) -> None:
    assert readers.battery(text) == battery


NEW_DF = """Filesystem       1K-blocks     Used Available Use% Mounted on
/dev/block/dm-51 112903108 52637452  60134584  47% /data
"""
OLD_DF = """Filesystem               Size     Used     Free   Blksize
/data                   11.8G     4.6G     7.2G   4096
"""


@pytest.mark.parametrize(
    ("text", "storage"),
    [
        (NEW_DF, Storage(60134584 * 1024, 112903108 * 1024)),
        (OLD_DF, Storage(round(7.2 * (1 << 30)), round(11.8 * (1 << 30)))),
        ("df: /data: Permission denied\n", None),
        ("Filesystem\nx 9999999999999999999 1 8888888888888888888 1% /data\n", Storage(1 << 60, 1 << 60)),
        ("", None),
    ],
)
def test_storage(text: str, storage: Storage | None) -> None:
    assert readers.storage(text) == storage


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("Physical size: 1080x2400\n", (1080, 2400)),
        ("Physical size: 1440x3088\nOverride size: 1080x2316\n", (1080, 2316)),
        ("Error: no such service\n", None),
    ],
)
def test_sizes(text: str, size: tuple[int, int] | None) -> None:
    assert readers.natural_size(text) == size


def test_density_and_the_size_as_it_is_held() -> None:
    assert readers.density("Physical density: 560\nOverride density: 420\n") == 420
    assert readers.density("nothing") is None
    held = "  Display: mDisplayId=0\n    init=1080x2400 420dpi cur=2400x1080 app=2274x1017 rng=1080x969-2400x2274\n"
    assert readers.current_size(held) == (2400, 1080)
    assert readers.current_size("init=1080x2400") is None


SHADE = """  mCurrentFocus=Window{ab3 u0 NotificationShade}
  mFocusedApp=ActivityRecord{c7d1e6 u0 com.instagram.android/.activity.MainTabActivity t231}
"""


@pytest.mark.parametrize(
    ("text", "front"),
    [
        (
            "  mCurrentFocus=Window{6d2f2a6 u0 com.android.settings/com.android.settings.Settings}\n",
            Front("com.android.settings", "com.android.settings.Settings"),
        ),
        (
            SHADE,
            Front("com.instagram.android", "com.instagram.android.activity.MainTabActivity"),
        ),
        (
            "  mCurrentFocus=null\n    topResumedActivity=ActivityRecord{4f1 u0 com.a.b/com.a.b.Main$Inner t7}\n",
            Front("com.a.b", "com.a.b.Main$Inner"),
        ),
        (
            "  mFocusedApp=AppWindowToken{e2 token=Token{f3 ActivityRecord{d4 u0 com.android.chrome/.Main t5}}}\n",
            Front("com.android.chrome", "com.android.chrome.Main"),
        ),
        ("  mCurrentFocus=null\n  mFocusedApp=null\n", None),
    ],
)
def test_what_is_in_front(text: str, front: Front | None) -> None:
    assert readers.front(text) == front


@pytest.mark.parametrize(
    ("values", "setting", "locale"),
    [
        ({"ro.product.locale": "en-US"}, "de-CH,en-US\n", "de-CH"),
        ({"ro.product.locale": "en-US", "persist.sys.locale": "sr-Latn-RS"}, "null\n", "sr-Latn-RS"),
        ({"persist.sys.language": "pt", "persist.sys.country": "BR"}, "null", "pt-BR"),
        ({}, "", ""),
    ],
)
def test_locales(values: dict[str, str], setting: str, locale: str) -> None:
    assert readers.locale(values, setting) == locale


def test_properties_hold_brackets_and_line_ends() -> None:
    text = "[ro.product.model]: [Pixel 7 [dev]]\r\n[debug.two]: [one\ntwo]\n[empty]: []\n"
    assert readers.properties(text) == {"ro.product.model": "Pixel 7 [dev]", "debug.two": "one\ntwo", "empty": ""}


def test_packages_are_read_from_the_end_of_their_lines() -> None:
    text = (
        "package:/data/app/~~Zq=x==/com.a.b-1w==/base.apk=com.a.b versionCode:312 uid:10211\n"
        "package:/system/priv-app/Odd Name/Odd.apk=com.odd.name versionCode:33 uid:1000\n"
        "package:com.bare\n"
        "WARNING: linker: something\n"
    )
    assert readers.packages(text) == {"com.a.b": 312, "com.odd.name": 33, "com.bare": 0}


def test_versions_belong_to_the_package_above_them() -> None:
    text = (
        "  Package [com.a] (1f2):\n    versionCode=3 minSdk=24\n    versionName=1.0.3\n    versionName=0.9\n"
        "  Package [com.b] (2f2):\n    flags=[ ]\n  Package [com.c] (3f2):\n    versionName=null\n"
    )
    assert readers.version_names(text) == {"com.a": "1.0.3", "com.c": "null"}


def test_apps_that_came_with_the_phone_are_told_apart() -> None:
    assert readers.apps({"b": 2, "a": 1}, {"a": 1}, {"a": "1.0"}) == (App("a", "1.0", 1, False), App("b", "", 2, True))


def test_a_phone_that_tells_nothing_is_no_error() -> None:
    found = read_about([""] * len(ASKED))
    assert (found.model, found.size, found.battery, found.storage, found.sdk) == ("", (0, 0), None, None, 0)


def test_a_name_with_control_characters_arrives_without_them() -> None:
    found = read_about(["[ro.product.model]: [<b>\x1b[31m\u202eevil\nphone]\n", *[""] * 7])
    assert found.model == "<b>[31mevil phone"


def test_a_phone_is_described_from_its_answers() -> None:
    values = (
        "[ro.product.model]: [SM-A546B]\n[ro.product.manufacturer]: [samsung]\n[ro.build.version.release]: [14]\n"
        "[ro.build.version.sdk]: [34]\n[ro.product.cpu.abilist]: [arm64-v8a,armeabi-v7a]\n[ro.serialno]: [RZCW1]\n"
    )
    size, density = "Physical size: 1080x2340\n", "Physical density: 450\n"
    found = read_about([values, size, density, "", SAMSUNG, NEW_DF, "de-DE\n", "9f2c5d0a4b7e1c36\n"])
    assert (found.model, found.maker, found.system, found.serial) == ("SM-A546B", "samsung", "Android 14", "RZCW1")
    assert (found.size, found.density, found.locale, found.sdk) == ((1080, 2340), 450, "de-DE", 34)
    assert found.abis == ("arm64-v8a", "armeabi-v7a")
    assert found.installed == "9f2c5d0a4b7e1c36"


@pytest.mark.parametrize(
    ("values", "serial"),
    [
        ("[ro.serialno]: [A1]\n[ro.boot.serialno]: [B2]\n", "A1"),
        ("[ro.serialno]: []\n[ro.boot.serialno]: [B2]\n", "B2"),
        ("[ro.boot.serialno]: [B2]\n", "B2"),
        ("", ""),
    ],
)
@pytest.mark.parametrize("drawn", ["null\n", "", "Permission denial: not you", "0"])
def test_a_phones_own_serial_is_known_by_either_name_and_what_is_no_number_is_none(
    values: str, serial: str, drawn: str
) -> None:
    found = read_about([values, *[""] * 6, drawn])
    assert (found.serial, found.installed) == (serial, "")
