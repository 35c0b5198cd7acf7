"""The database's advisory locks. The numbers are arbitrary, but must differ and must not change between versions."""

MIGRATIONS = 7_160_001
"""One process migrates at a time."""

TICKS = 7_160_002
"""Held by the worker that leads the periodic ticks."""

DEMO = 7_160_003
"""One process makes the demo organisation."""

VAULT = 7_160_004
"""Shared by whoever adds a data key; taken alone before all of them are wrapped by a newer master key."""

DEFINITIONS = 7_160_005
"""The seed of the locks, one a definition, under which its next version gets its number."""

PHONES = 7_160_006
"""The seed of the locks, one a phone's serial and mark, under which it is taken."""

WORKERS = 7160
"""First key of the two-key locks by which workers show that they live; a space of its own."""
