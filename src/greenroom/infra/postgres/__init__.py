"""Our own PostgreSQL beside Greenroom: found, initialised, started, stopped."""
