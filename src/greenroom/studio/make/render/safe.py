"""Where text may be: clear of the buttons, captions and bars that platforms lay over a vertical video.

The shares are the widest overlay of the documented ones (TikTok, Reels, Shorts): top 10 %, bottom 20 %, right 12 %.
"""

from dataclasses import dataclass

from greenroom.studio.make.profile import Profile


@dataclass(frozen=True, slots=True)
class Box:
    x: float
    y: float
    width: float
    height: float

    def holds(self, other: "Box", slack: float = 0.5) -> bool:
        return (
            other.x >= self.x - slack
            and other.y >= self.y - slack
            and other.x + other.width <= self.x + self.width + slack
            and other.y + other.height <= self.y + self.height + slack
        )


def unit(profile: Profile) -> float:
    """What letters and shapes are measured by: the width of a tall frame, most of the shorter side of another."""
    return profile.width if profile.height >= 1.5 * profile.width else 0.8 * min(profile.width, profile.height)


def safe_box(profile: Profile) -> Box:
    """The part of the frame that no platform covers."""
    width, height = profile.width, profile.height
    if height < 1.5 * width:
        return Box(0.05 * width, 0.06 * height, 0.90 * width, 0.86 * height)
    return Box(0.06 * width, 0.10 * height, 0.82 * width, 0.70 * height)


def caption_box(profile: Profile) -> Box:
    """Where captions go: the lower part of the safe box, centred in the frame."""
    safe = safe_box(profile)
    margin = max(safe.x, profile.width - safe.x - safe.width) + 0.035 * profile.width
    height = 0.135 * profile.height
    return Box(margin, safe.y + safe.height - height, profile.width - 2 * margin, height)
