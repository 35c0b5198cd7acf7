"""The words of the system and its apps in four languages (words.txt: key|en|de|ar|ja), and the calendar's."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

LOCALES = ("en-US", "de-DE", "ar-EG", "ja-JP")
NAMES = {"en-US": "English", "de-DE": "Deutsch", "ar-EG": "العربية", "ja-JP": "日本語"}


def speaker(locale: str) -> Callable[[str], str]:
    """What says the words of a language; one that is not known speaks English."""
    return _speaker(_column(locale))


def right_to_left(locale: str) -> bool:
    return locale.split("-")[0] in ("ar", "he", "fa", "ur")


def date(locale: str, weekday: int, day: int, month: int) -> str:
    """A day as the lock screen has it; Monday is 0, January 1."""
    names = _CALENDAR[_column(locale)]
    days, months = names.split("/")
    return _DATES[_column(locale)].format(
        weekday=days.split(",")[weekday], day=day, month=months.split(",")[month - 1], number=month
    )


def _column(locale: str) -> int:
    return next((place for place, one in enumerate(LOCALES) if one[:2] == locale[:2].lower()), 0)


@cache
def _speaker(column: int) -> Callable[[str], str]:
    table = {
        line.split("|")[0]: line.split("|")[column + 1]
        for line in (Path(__file__).parent / "words.txt").read_text(encoding="utf-8").splitlines()
    }
    return table.__getitem__


_DATES = (
    "{weekday}, {month} {day}",
    "{weekday}, {day}. {month}",
    "{weekday}، {day} {month}",
    "{number}月{day}日 {weekday}",
)
_CALENDAR = (
    (
        "Monday,Tuesday,Wednesday,Thursday,Friday,Saturday,Sunday/January,February,March,April,May,June,July,August,"
        "September,October,November,December"
    ),
    (
        "Montag,Dienstag,Mittwoch,Donnerstag,Freitag,Samstag,Sonntag/Januar,Februar,März,April,Mai,Juni,Juli,August,"
        "September,Oktober,November,Dezember"
    ),
    (
        "الاثنين,الثلاثاء,الأربعاء,الخميس,الجمعة,السبت,الأحد/يناير,فبراير,مارس,أبريل,مايو,يونيو,يوليو,أغسطس,"
        "سبتمبر,أكتوبر,نوفمبر,ديسمبر"
    ),
    "月曜日,火曜日,水曜日,木曜日,金曜日,土曜日,日曜日/1月,2月,3月,4月,5月,6月,7月,8月,9月,10月,11月,12月",
)
