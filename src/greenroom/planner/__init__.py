"""When posts go out: wall times and zones, the calendar, what is due."""
