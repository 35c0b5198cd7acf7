"""What the lab's benchmarks share: virtual phones, server and agent as processes, a wall as a client."""
