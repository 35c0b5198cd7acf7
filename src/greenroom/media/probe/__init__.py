"""A program of its own that reads one untrusted file under limits and writes a clean copy: `python -m …probe`."""
