"""Virtual phones: servers that real clients accept, over one deterministic model of a phone's screen."""
