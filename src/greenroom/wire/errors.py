"""The one thing that reading a frame can raise, whatever was sent."""


class Malformed(ValueError):
    """`Malformed("touch: x lies outside the screen")`: what is wrong with a frame, never what stood in it."""
