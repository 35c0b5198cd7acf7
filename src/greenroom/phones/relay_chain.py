"""The frames of one stream since its last key frame, kept for who comes late and for who is behind. Pure."""

from greenroom.wire.binary import is_key, moment_of

RENEW_FRAMES, RENEW_SIZE = 150, 1_500_000
"""A chain that has grown to this is worth a new key frame."""
MOST_FRAMES, MOST_SIZE = 300, 4_000_000
"""What is kept at most; a wall's decoder takes as many frames in one heap."""
TAIL_FRAMES, TAIL_SIZE = 30, 500_000
"""What is kept without its key frame, for who is nearly there."""


class Chain:
    """Frames by their place in the stream, counted from its first. `whole`: the first that is kept is a key frame."""

    def __init__(self) -> None:
        self.start = 0
        self.size = 0
        self.whole = False
        self._frames: list[bytes] = []

    @property
    def end(self) -> int:
        """The place of the next frame that will come."""
        return self.start + len(self._frames)

    @property
    def is_long(self) -> bool:
        """Whether it is time for a new key frame."""
        return not self.whole or len(self._frames) >= RENEW_FRAMES or self.size >= RENEW_SIZE

    def __getitem__(self, place: int) -> bytes:
        return self._frames[place - self.start]

    def __len__(self) -> int:
        return len(self._frames)

    def add(self, frame: bytes) -> None:
        if is_key(frame):
            self.start, self.size, self.whole = self.end, 0, True
            self._frames = []
        self._frames.append(frame)
        self.size += len(frame)
        if len(self._frames) > MOST_FRAMES or self.size > MOST_SIZE:
            self.shorten()

    def clear(self) -> None:
        """Keep nothing: it goes on with the next key frame."""
        self.start, self.size, self.whole = self.end, 0, False
        self._frames = []

    def shorten(self) -> None:
        """Keep the newest frames only; a single one always stays."""
        kept, size = 0, 0
        for frame in reversed(self._frames):
            if kept and (kept == TAIL_FRAMES or size + len(frame) > TAIL_SIZE):
                break
            kept, size = kept + 1, size + len(frame)
        cut = len(self._frames) - kept
        if cut:
            self.start, self.size, self.whole = self.start + cut, size, False
            del self._frames[:cut]

    def size_from(self, place: int) -> int:
        """Bytes of the frames from this place on."""
        return sum(map(len, self._frames[max(0, place - self.start) :]))

    def behind(self, place: int) -> float:
        """Seconds of the phone's clock from the frame at this place to the newest."""
        return (moment_of(self._frames[-1]) - moment_of(self[place])) / 1e6
