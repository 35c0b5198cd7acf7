"""The shell of a virtual Android: its language and its commands."""
