"""Drawn pictures: designed compositions in a character's palette, from a seed. Nothing photographic, nothing taken."""
