"""The program beside the phones: drivers, the watchers, the link to the server, and virtual phones. No server code."""
