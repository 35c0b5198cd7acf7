"""Small languages that people write: text to values, without any of the house's state."""
