"""Screenshots of every page with realistic data, for people to look at: `python -m greenroom_dev.shots OUT`."""
