"""A virtual Android phone as real clients see it: the device side of ADB and what is reached through it."""
