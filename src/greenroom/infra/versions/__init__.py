"""Versions of definitions: kept with each change, compared, restored, exported.

A room that has a definition calls `kept` in its change function and registers a `Definition`; see
docs/decisions/0013-versions.md.
"""

from greenroom.infra.versions.keep import kept
from greenroom.infra.versions.registry import Definition, Present, name_authors_with, register

__all__ = ["Definition", "Present", "kept", "name_authors_with", "register"]
