"""The apps of a virtual phone, each with state of its own."""
