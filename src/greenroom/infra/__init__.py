"""The parts under the rooms: settings, database, jobs, events, store, web plumbing."""
