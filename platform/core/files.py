"""Files that models keep."""

from __future__ import annotations

from django.core.files.storage import Storage, storages
from django.db import transaction


def private_storage() -> Storage:
    """Where nothing can be fetched by an address: files go out through a view that checks."""
    return storages["private"]


def delete_after_commit(storage: Storage, name: str | None) -> None:
    """Delete a file once the row that named it is gone for good; no name is no file."""
    if name:
        transaction.on_commit(lambda: storage.delete(name))
