"""Accounts, posts and their way out: each post reaches its account once, or a person is asked."""
