"""What tells one phone from all others: the same by both ways, and nothing that many phones say."""

from dataclasses import replace

import pytest

from greenroom.agent.phone_values import Info
from greenroom.agent.program.marks import marks
from greenroom.wire.serials import is_own

PHONE = Info("android", "", "", "", "R58N30ABCDE", (0, 0), 0, "", None, None, installed="9f2c5d0a4b7e1c36")


def test_each_of_what_it_says_is_a_mark_and_what_it_does_not_say_is_none() -> None:
    both = marks(PHONE, shared=False)
    assert len(set(both)) == 2
    assert set(marks(replace(PHONE, installed=""), shared=False)) < set(both)
    assert marks(replace(PHONE, serial=""), shared=False) == marks(PHONE, shared=True)
    assert set(marks(PHONE, shared=True)) < set(both)
    assert marks(replace(PHONE, serial="unknown", installed=""), shared=False) == ()
    assert not {*both} & {*marks(replace(PHONE, platform="ios"), shared=False)}


@pytest.mark.parametrize(
    "serial",
    ["", "unknown", "Unknown1", "0123456789ABCDEF", "0123456789abcdef01", "1234567890", "123456789", "12345678",
     "00000000", "FFFFFFFFFFFF", "????????????", "null", "none", "EMULATOR35X1X1X0", "emulator-5554", "20080411",
     "(no serial number)", "no serial number", "default_serial", "android", "SerialNumber", "SN0123456789"],
)  # fmt: skip
def test_what_comes_from_the_factory_is_nobodys_own(serial: str) -> None:
    assert not is_own(serial)


@pytest.mark.parametrize(
    "serial",
    ["GRV00001", "R58N30ABCDE", "RZCW1", "X", "ce0117111111", "12345678AB", "1234", "9A191FFAZ00", "00008110-0001",
     "00000abc", "androidX1", "192.168.1.5:5555"],
)  # fmt: skip
def test_what_tells_a_phone_from_others_is(serial: str) -> None:
    assert is_own(serial)
