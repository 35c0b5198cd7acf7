"""The studio's pipeline from a brief to a signed video: pure, without database, callable from a thread."""
