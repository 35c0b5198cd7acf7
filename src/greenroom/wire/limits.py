"""How long a frame may be, and how much may stand in one. Whoever reads refuses more before it looks inside."""

LARGEST_CONTROL = 512 * 1024
"""Bytes of a control message; the longest list of phones fits."""
LARGEST_VIDEO = 768 * 1024
"""Bytes of a video frame with its header; a key frame of 1280 pixels at 4 Mbit/s has a third of that."""
LARGEST_FRAME = max(LARGEST_CONTROL, LARGEST_VIDEO)
"""What a socket is told to take at most."""
MOST_PHONES = 64
"""Phones of one agent, and tiles of one wall."""
LARGEST_NUMBER = 2**16 - 1
LARGEST_EPOCH = 2**63 - 1
"""As the database's bigint."""
