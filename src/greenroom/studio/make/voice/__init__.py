"""Narration: text in, samples and the time of every written word out."""
