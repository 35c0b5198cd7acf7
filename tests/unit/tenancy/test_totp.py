"""Codes as RFC 6238 has them, and recovery codes that nobody guesses."""

from datetime import UTC, datetime, timedelta

import pytest

from greenroom.tenancy import totp

# RFC 6238, appendix B, SHA-1: the last six of its eight digits.
SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
VECTORS = [(59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (2000000000, "279037")]


@pytest.mark.parametrize(("seconds", "code"), VECTORS)
def test_the_codes_of_the_rfc_match_at_their_step(seconds: int, code: str) -> None:
    assert totp.matching_step(SECRET, code, datetime.fromtimestamp(seconds, UTC)) == seconds // 30


@pytest.mark.parametrize(("off", "matches"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_code_matches_one_step_around_its_own(off: int, matches: bool) -> None:
    now = datetime.fromtimestamp(1234567890, UTC) + off * timedelta(seconds=30)
    assert totp.matching_step(SECRET, "005924", now) == (1234567890 // 30 if matches else None)


@pytest.mark.parametrize("code", ["", "00592", "\u0664\u0665\u0666\u0667\u0668\u0669", "\u00e9", "\ud800", "\x00" * 6])
def test_what_is_no_code_matches_nothing(code: str) -> None:
    assert totp.matching_step(SECRET, code, datetime.fromtimestamp(1234567890, UTC)) is None


def test_recovery_codes_are_ten_different_ones_of_120_bits() -> None:
    codes = totp.new_recovery_codes()
    assert len(set(codes)) == 10
    assert all(len(totp.plain_code(code)) == 24 and not totp.is_from_app(totp.plain_code(code)) for code in codes)


@pytest.mark.parametrize(("typed", "code"), [("123 456", "123456"), ("ABCD-efgh ijkl", "abcdefghijkl")])
def test_what_people_put_between_is_left_out(typed: str, code: str) -> None:
    assert totp.plain_code(typed) == code


@pytest.mark.parametrize("code", ["12345", "1234567", "١٢٣٤٥٦", "12345a"])
def test_only_six_digits_are_from_an_app(code: str) -> None:
    assert not totp.is_from_app(code)
