"""Where the bytes of media lie: one promise (`MediaStore`), kept by a folder and by an S3-compatible bucket."""

from greenroom.infra.store.link_into import link_into
from greenroom.infra.store.open import open_store
from greenroom.infra.store.stored import MediaStore, Stored

__all__ = ["MediaStore", "Stored", "link_into", "open_store"]
