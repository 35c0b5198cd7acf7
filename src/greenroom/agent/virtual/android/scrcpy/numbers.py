"""Where a picture stands in its stream: its frame_num, rewritten, so that one encoding serves streams of any length.

Only for what encoder.py makes: x264's baseline with one slice a picture, one reference and sixteen numbers. Then a
slice begins with first_mb 0, type 5 and parameter set 0 (`1 00110 1`), the four bits of the number come next, and
nothing near them needs an escape.
"""

PLAIN = b"\0\0\0\1\x41"  # a picture that leans on the one before, and that the next may lean on
NUMBERS = 16


def numbered(data: bytes, count: int) -> bytes:
    """The same picture as the `count`-th after its key frame; ValueError for what x264 was not asked for."""
    at = len(PLAIN)
    if not data.startswith(PLAIN) or data[at] & 0xFE != 0b10011010:
        raise ValueError("this is no picture of encoder.py's own kind")
    number = count % NUMBERS
    return PLAIN + bytes((data[at] & 0xFE | number >> 3, data[at + 1] & 0x1F | (number & 7) << 5)) + data[at + 2 :]


def unchanged(width: int, height: int, count: int) -> bytes:
    """The `count`-th picture after a key frame, where nothing differs from the one before: all its blocks skipped."""
    blocks = -(-width // 16) * -(-height // 16)
    run = f"{blocks + 1:b}"
    head = f"1001101{count % NUMBERS:04b}000" + "1" + "010"  # no new lists, the same quality, no deblocking
    bits = head + "0" * (len(run) - 1) + run + "1"
    bits += "0" * (-len(bits) % 8)
    return PLAIN + int(bits, 2).to_bytes(len(bits) // 8, "big")
