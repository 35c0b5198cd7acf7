"""What the benchmarks of the phone lab share: virtual phones, a server and an agent as processes, a wall as a client."""
