"""Content Credentials (C2PA): who made a file, how, and from what kind of source."""
