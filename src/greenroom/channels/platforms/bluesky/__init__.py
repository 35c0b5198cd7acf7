"""Bluesky, and every other server that speaks the AT Protocol: a post is a record under a key that we choose."""
