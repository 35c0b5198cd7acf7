"""A platform that loses answers, on purpose: a server with a ledger of what is really out, and its adapter."""
