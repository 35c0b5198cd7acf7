"""Secrets that must be used again: sealed under a key per organisation, which a master key outside the database wraps.

What only has to be recognised (passwords, tokens of our own) is hashed where it belongs, and does not come here.
"""
