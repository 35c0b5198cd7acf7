"""The programs: the only places where parts are put together."""
