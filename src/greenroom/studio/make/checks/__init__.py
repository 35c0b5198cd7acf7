"""The gate before a person looks: every check has a score, a reason and a place."""
